"""The demo without a reader: wait for the answers, print the queue, save a picture."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance

from pneumo_desktop.commands.common import table
from pneumo_desktop.commands.records import HEADING, outcome_cells

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace

SIZE = (1600, 940)
PATIENCE_MS = 180_000


def photograph(workplace: "Workplace", picture: Path) -> None:
    """Wait until all is answered, show the sickest film, print the queue, save the window."""
    workplace.window.resize(*SIZE)
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
    rows: list[tuple[str, ...]] = [HEADING, *(outcome_cells(case.outcome) for case in cases)]
    picture.parent.mkdir(parents=True, exist_ok=True)
    workplace.window.grab().save(str(picture))
    sys.stdout.write(f"{table(rows)}\nScreenshot: {picture}\n")
    sys.stdout.flush()


def _wait(signal: SignalInstance) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()
