"""Loads a model's answers to films kept apart, counts looks at its locked test, and compares."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.judgement.against import Against
from pneumo_desktop.core.judgement.judged import (
    JudgementError,
    answers_folder,
    read_judged,
)
from pneumo_desktop.core.judgement.rival import NONE_BEFORE, Asked, compared, other_model
from pneumo_desktop.core.judgement.viewings import count_viewing, viewings
from pneumo_desktop.core.labelled.plan import FOLDER
from pneumo_desktop.core.model_package import NETWORK, load_package
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.training_job import CALIBRATION_ANSWERS, TEST_ANSWERS
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.training.judging import Answers, Judging
from pneumo_desktop.ui.translation import translated


class Judge(QObject):
    """One model at a time; a newer wish ends an older one.

    Signals:
        judged: The `Judging` as it is now.
    """

    judged = Signal(Judging)

    def __init__(
        self, home: Path, settings: Callable[[], Settings], parent: QObject | None = None
    ) -> None:
        """`settings` tells which model is in use at present, and which was before."""
        super().__init__(parent)
        self._home, self._settings = home, settings
        self._now = Judging()
        self._sandbox = Sandbox()
        self._work = Background("judge", self)
        self._work.items.connect(self._take)
        self._work.failed.connect(self._fail)

    def look_at(self, package: Path | None) -> None:
        """Load the answers of a model, where they are not those at hand."""
        wanted = str(package or "")
        if wanted == self._now.package:
            return
        self._work.cancel()
        self._now = Judging(wanted)
        self.judged.emit(self._now)
        if package is not None:
            self._work.run(_load(package, self._home / FOLDER / package.name))

    def show_test(self, point: float) -> None:
        """Put a look at the locked test on record, then show it, and compare with the model in use.

        Nothing is shown that could not be recorded.
        """
        if self._now.answers is None:
            return
        try:
            folder = self._folder()
            seen = count_viewing(folder, point, datetime.now(UTC))
        except (OSError, JudgementError) as error:
            why = self.tr("The locked test is not shown, as the look could not be recorded: %s")
            self._tell(problem=why % translated(str(error)))
            return
        self._tell(seen=seen, shown_at=point, against=None, unlike="", problem="")
        self.compare()

    def compare(self) -> None:
        """Let the model in use answer the films of the locked test on view."""
        now = self._now
        if now.answers is None or now.shown_at is None:
            return
        self._work.cancel()
        settings = self._settings()
        name = other_model(settings, now.answers.card.files[NETWORK])
        if not name:
            self._tell(unlike=translated(NONE_BEFORE), comparing=None)
            return
        self._tell(comparing=(0, 0), against=None, unlike="")
        test, point = now.answers.test, now.shown_at
        self._work.run(compared(test, point, name, settings, self._sandbox))

    def stop(self) -> None:
        """Compare no further."""
        if self._now.comparing is not None:
            self._work.cancel()
            words = self.tr("The comparison was stopped. The model in use is not compared with.")
            self._tell(comparing=None, unlike=words)

    def refresh(self) -> None:
        """Read the card at hand again; it was edited."""
        if self._now.answers is not None:
            card = load_package(Path(self._now.package)).card
            self._tell(answers=replace(self._now.answers, card=card))

    def shutdown(self) -> None:
        """End thread and child; call from the window's end."""
        self._work.cancel()
        self._sandbox.interrupt()
        self._work.shutdown()
        self._sandbox.close()

    def _folder(self) -> Path:
        package = Path(self._now.package)
        return answers_folder(package, self._home / FOLDER / package.name)

    def _tell(self, **known: object) -> None:
        self._now = replace(self._now, **known)  # type: ignore[arg-type]
        self.judged.emit(self._now)

    @Slot(list)
    def _take(self, items: list[Answers | Asked | Against | str]) -> None:
        for item in items:
            if isinstance(item, str):
                self._tell(problem=item)
            elif isinstance(item, Answers):
                self._tell(answers=item, seen=viewings(self._folder()))
            elif isinstance(item, Against):
                self._tell(against=item, comparing=None)
        last = items[-1]
        if isinstance(last, Asked):
            self._tell(comparing=(last.done, last.total))

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if self._now.comparing is not None:
            words = self.tr("The model in use cannot be compared with: %s")
            self._tell(comparing=None, unlike=words % translated(str(error)))
        else:
            self._tell(problem=translated(str(error)))


def _load(package: Path, run: Path) -> Iterator[Answers | str]:
    """Yield a model's answers, or why there are none."""
    try:
        yield _answers(package, answers_folder(package, run))
    except (JudgementError, CardError) as error:
        yield translated(str(error))


def _answers(package: Path, folder: Path) -> Answers:
    card = load_package(package).card
    sizes = {name: (package / name).stat().st_size for name in card.files}
    calibration, test = (read_judged(folder / n) for n in (CALIBRATION_ANSWERS, TEST_ANSWERS))
    return Answers(card, calibration, test, sizes)
