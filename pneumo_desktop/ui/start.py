"""The two ways in: the reader's own window, and the demo."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.golden import demo_films
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.recovery import WHOLE, minding_end, recover
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.single_instance import hand_over
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui import memory, wording
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.application import (
    complain,
    has_screen,
    let_interrupt_end,
    make_application,
)
from pneumo_desktop.ui.demo import no_training, photograph
from pneumo_desktop.ui.models import chosen, installed
from pneumo_desktop.ui.second_start import hearing_second_starts
from pneumo_desktop.ui.unexpected import Unexpected, watching_native
from pneumo_desktop.ui.wiring.arrivals import arrive


def open_window(paths: Sequence[Path]) -> int:
    """Open the window on the reader's own cases and answer `paths`; return the exit status.

    Where a window is open already, it takes the paths and comes to the front.
    """
    if not has_screen() and "QT_QPA_PLATFORM" not in os.environ:
        sys.stderr.write("There is no screen to open a window on. Try: pneumo-desktop screen\n")
        return 2
    home = data_dir()
    if hand_over(home, paths):
        return 0
    application = make_application()
    with minding_end(home) as ended_badly:
        try:
            mended = recover(home, ended_badly=ended_badly)
            workplace = Workplace(application, Place(home, chosen(home)))
        except (CardError, StoreError) as error:
            complain(str(error))
            raise
        workplace.window.show()
        workplace.self_tester.test_soon()
        for done in mended:
            workplace.window.show_message(done, details=done if done != WHOLE else "")
        if paths:
            arrive(workplace, paths)
        elif memory.greet_once(home):
            workplace.actions["welcome"].trigger()
        with hearing_second_starts(home) as starts:
            starts.asked.connect(partial(arrive, workplace))
            return _run(application, workplace, home)


def _run(application: QApplication, workplace: Workplace, home: Path) -> int:
    """Run until the window closes; what nobody expected is reported below `home`."""
    let_interrupt_end()
    unexpected = Unexpected(workplace.window, home)
    unexpected.listen()
    with watching_native(home) as crashed:
        if crashed:
            unexpected.tell_ended_badly()
        return application.exec()


def run_demo(screenshot: Path | None, *, as_json: bool = False) -> int:
    """Show the synthetic films in a list of their own; without a screen, save a picture.

    `as_json` prints the answers as `screen --json` does, not as a table.
    """
    application = make_application()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        models = installed(Settings())
        place = Place(Path(folder), models, wording.DEMO_BANNER, no_training)
        workplace = Workplace(application, place)
        workplace.leading.begin(None)
        workplace.intake.add(demo_films())
        if screenshot or not has_screen():
            picture = screenshot or data_dir() / "pneumo-demo.png"
            kept = photograph(workplace, picture, as_json=as_json)
            workplace.window.close()
            return 0 if kept else 2
        workplace.window.show()
        return _run(application, workplace, data_dir())
