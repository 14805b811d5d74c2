"""Loads a model's answers to films kept apart, counts looks at its locked test, and compares."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.card import CardError, ModelCard
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.judgement.against import Against, Answered, against, ask, asked
from pneumo_desktop.core.judgement.judged import (
    Judged,
    JudgementError,
    answers_folder,
    read_judged,
)
from pneumo_desktop.core.judgement.viewings import count_viewing, viewings
from pneumo_desktop.core.labelled.plan import FOLDER
from pneumo_desktop.core.learnt import learnt_marks
from pneumo_desktop.core.model_package import NETWORK, find_card, find_package, load_package
from pneumo_desktop.core.model_use import fitting, going_back
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.training_job import CALIBRATION_ANSWERS, TEST_ANSWERS
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.training.judging import Answers, Judging


@dataclass(frozen=True, slots=True)
class _Ask:
    """How many films the model in use answered, and of how many."""

    done: int
    total: int


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

    @property
    def judging(self) -> Judging:
        """What is known at present."""
        return self._now

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
            self._tell(problem=why % error)
            return
        self._tell(seen=seen, shown_at=point, against=None, unlike="", problem="")
        self.compare()

    def compare(self) -> None:
        """Let the model in use answer the films of the locked test on view."""
        now = self._now
        if now.answers is None or now.shown_at is None:
            return
        self._work.cancel()
        name = self._other(now.answers.card.files[NETWORK])
        if not name:
            words = self.tr("This model is in use already, and none was before it to compare with.")
            self._tell(unlike=words, comparing=None)
            return
        self._tell(comparing=(0, 0), against=None, unlike="")
        settings = self._settings()
        self._work.run(_compare(now.answers.test, now.shown_at, name, settings, self._sandbox))

    def _other(self, network: str) -> str:
        """Return the model in use, else the one before it where that is the model at hand."""
        settings = self._settings()
        former = settings.former.model if settings.former else ""
        for name in (settings.model, former):
            try:
                if name and find_card(name).files[NETWORK] != network:
                    return name
            except CardError:
                continue
        return ""

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
    def _take(self, items: list[Answers | _Ask | Against | str]) -> None:
        for item in items:
            if isinstance(item, str):
                self._tell(problem=item)
            elif isinstance(item, Answers):
                self._tell(answers=item, seen=viewings(self._folder()))
            elif isinstance(item, Against):
                self._tell(against=item, comparing=None)
        last = items[-1]
        if isinstance(last, _Ask):
            self._tell(comparing=(last.done, last.total))

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if self._now.comparing is not None:
            words = self.tr("The model in use cannot be compared with: %s") % error
            self._tell(comparing=None, unlike=words)
        else:
            self._tell(problem=str(error))


def _load(package: Path, run: Path) -> Iterator[Answers | str]:
    """Yield a model's answers, or why there are none."""
    try:
        yield _answers(package, answers_folder(package, run))
    except (JudgementError, CardError) as error:
        yield str(error)


def _answers(package: Path, folder: Path) -> Answers:
    card = load_package(package).card
    sizes = {name: (package / name).stat().st_size for name in card.files}
    calibration, test = (read_judged(folder / n) for n in (CALIBRATION_ANSWERS, TEST_ANSWERS))
    return Answers(card, calibration, test, sizes)


def _compare(
    test: Judged, point: float, name: str, settings: Settings, sandbox: Sandbox
) -> Iterator[_Ask | Against]:
    """Yield how far it is, then the comparison; an interpreter of its own leaves reading alone."""
    package = find_package(name)
    classifier = LiteRtClassifier(package, threads=1)
    learnt = learnt_marks(package)
    places = asked(test, learnt)
    yield _Ask(0, len(places))
    answers: list[Answered] = []
    for answer in ask(test, places, sandbox, classifier):
        answers.append(answer)
        yield _Ask(len(answers), len(places))
    yield against(test, point, answers, classifier, _point_of(package.card, name, settings), learnt)


def _point_of(card: ModelCard, name: str, settings: Settings) -> str:
    """Return the operating point at which the other model answers, or did."""
    used = settings if name == settings.model or settings.former is None else going_back(settings)
    return fitting(used, card).operating_point
