"""The demo without a reader: wait for the answers, print the queue, save a picture."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    SignalInstance,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QImageWriter

from pneumo_desktop.commands.common import complain, print_json, table
from pneumo_desktop.commands.records import HEADING, outcome_cells, outcome_record
from pneumo_desktop.core.cases import Outcome
from pneumo_desktop.core.trainer_location import TrainerLocation, TrainerMissingError
from pneumo_desktop.core.training_job import Task

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

SIZE = (1600, 940)
PATIENCE_MS = 180_000


def no_training(_task: Task) -> TrainerLocation:
    """Say why the demo does not train.

    Raises:
        TrainerMissingError: Always.
    """
    raise TrainerMissingError(
        "The demo keeps nothing, so it does not train. Start Pneumo Desktop without demo to train."
    )


def photograph(workplace: "Workplace", picture: Path, *, as_json: bool) -> bool:
    """Wait until all is answered, show the sickest film, print the queue, save the window.

    Returns whether the picture was saved; where not, stderr says why.
    """
    workplace.window.resize(*SIZE)
    with _without_chatter():
        workplace.window.show()
        _pose(workplace)
        why_not = _save(workplace.window.grab().toImage(), picture)
    _print([stored.outcome for stored in workplace.queue.cases()], as_json=as_json)
    if why_not:
        complain(
            f"The screenshot could not be written to {picture}: {why_not}. "
            "Name a .png file in a folder that you may write to."
        )
    elif as_json:
        complain(f"Screenshot: {picture}")
    else:
        sys.stdout.write(f"Screenshot: {picture}\n")
        sys.stdout.flush()
    return not why_not


def _pose(workplace: "Workplace") -> None:
    if workplace.intake.busy:
        _wait(workplace.intake.finished)
    workplace.actions["attention"].setChecked(True)
    cases = workplace.queue.cases()
    if cases:
        loaded = QEventLoop()
        workplace.loader.loaded.connect(loaded.quit)
        workplace.loader.failed.connect(loaded.quit)
        workplace.desk.show(cases[0])
        if workplace.loader.loading:
            loaded.exec()


def _save(image: QImage, picture: Path) -> str:
    """Return why the picture could not be saved, empty where it was."""
    try:
        picture.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return error.strerror or str(error)
    writer = QImageWriter(str(picture))
    return "" if writer.write(image) else writer.errorString().rstrip(".")


def _print(outcomes: list[Outcome], *, as_json: bool) -> None:
    if as_json:
        for outcome in outcomes:
            print_json(outcome_record(outcome))
        return
    rows: list[tuple[str, ...]] = [HEADING, *map(outcome_cells, outcomes)]
    sys.stdout.write(f"{table(rows)}\n")


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Drop what Qt's screenless platform says of every window: that it has no window manager."""
    before: Any = qInstallMessageHandler(_pass_on)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def _wait(signal: SignalInstance) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()
