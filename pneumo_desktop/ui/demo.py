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

from pneumo_desktop.commands.common import complain, print_json, table
from pneumo_desktop.commands.records import HEADING, outcome_cells, outcome_record
from pneumo_desktop.core.cases import Outcome
from pneumo_desktop.core.paths import resource

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

SIZE = (1600, 940)
PATIENCE_MS = 180_000


def demo_films() -> list[Path]:
    """Return the synthetic films, without the page that tells of their making."""
    return sorted(path for path in resource("demo").iterdir() if path.suffix != ".md")


def photograph(workplace: "Workplace", picture: Path, *, as_json: bool) -> None:
    """Wait until all is answered, show the sickest film, print the queue, save the window."""
    workplace.window.resize(*SIZE)
    with _without_chatter():
        workplace.window.show()
        _photograph(workplace, picture)
    _print([stored.outcome for stored in workplace.queue.cases()], picture, as_json=as_json)


def _photograph(workplace: "Workplace", picture: Path) -> None:
    if workplace.intake.busy:
        _wait(workplace.intake.finished)
    workplace.actions["attention"].setChecked(True)
    cases = workplace.queue.cases()
    if cases:
        loaded = QEventLoop()
        workplace.loader.loaded.connect(loaded.quit)
        workplace.loader.failed.connect(loaded.quit)
        workplace.desk.show(cases[0])
        loaded.exec()
    picture.parent.mkdir(parents=True, exist_ok=True)
    workplace.window.grab().save(str(picture))


def _print(outcomes: list[Outcome], picture: Path, *, as_json: bool) -> None:
    if as_json:
        for outcome in outcomes:
            print_json(outcome_record(outcome))
        complain(f"Screenshot: {picture}")
        return
    rows: list[tuple[str, ...]] = [HEADING, *map(outcome_cells, outcomes)]
    sys.stdout.write(f"{table(rows)}\nScreenshot: {picture}\n")
    sys.stdout.flush()


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
