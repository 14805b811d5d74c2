"""Bugs while the window is open: logged without patient data, told in a sentence."""

import faulthandler
import logging
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from pneumo_desktop.core.logs import FOLDER, log_failure
from pneumo_desktop.core.private import make_private
from pneumo_desktop.ui.dialogs import tell

_log = logging.getLogger(__name__)
_NATIVE = "window-native.txt"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
}
_QUOTING = re.compile(r"(\"|'|file:|[A-Za-z]:[\\/]|[\\/~]).*", re.DOTALL)
ENDED_BADLY = "The program ended unexpectedly the last time."
REPORT = "A report without patient data was kept in %s."


class Unexpected(QObject):
    """Hears of what nobody caught, in whichever thread, and tells of it over `window`.

    The window goes on; one box is enough.
    """

    _happened = Signal(str)

    def __init__(self, window: QWidget, home: Path) -> None:
        super().__init__(window)
        self._window, self._folder = window, home / FOLDER
        self._happened.connect(self._tell)

    def listen(self) -> None:
        """Take the place of Python's hooks."""
        sys.excepthook = lambda _kind, error, _trace: self._hear("a slot", error)
        threading.excepthook = lambda caught: self._hear("a thread", caught.exc_value)
        sys.unraisablehook = lambda caught: _log_unraisable(caught.exc_value)

    def _hear(self, where: str, error: BaseException | None) -> None:
        if error is None or isinstance(error, KeyboardInterrupt):
            return
        log_failure(f"{where} failed", error)
        with suppress(RuntimeError):  # the window may be gone already
            self._happened.emit(f"{type(error).__name__}: {error}")

    @Slot(str)
    def _tell(self, text: str) -> None:
        if QApplication.activeModalWidget() is None:
            headline = self.tr("Something unexpected happened; what you did last may be lost.")
            tell(self._window, headline, f"{text}\n\n{REPORT % self._folder}")

    def tell_ended_badly(self) -> None:
        """Tell that the last window crashed."""
        tell(self._window, ENDED_BADLY, REPORT % self._folder)


def _log_unraisable(error: BaseException | None) -> None:
    if error is not None:
        log_failure("a destructor failed", error)


@contextmanager
def watching_native(home: Path) -> Iterator[bool]:
    """Keep where the program was when it crashes outside Python, and log what Qt says.

    Yields whether the last window crashed; its report then has a name of its own.
    """
    file = home / FOLDER / _NATIVE
    crashed = _put_aside(file)
    before: Any = qInstallMessageHandler(_hear_qt)
    with ExitStack() as stack:
        stack.callback(qInstallMessageHandler, before)
        with suppress(OSError):  # without a place for a report there is none
            make_private(file)
            faulthandler.enable(stack.enter_context(file.open("a")))
            stack.callback(faulthandler.disable)
        yield crashed


def _put_aside(file: Path) -> bool:
    try:
        if not file.stat().st_size:
            return False
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(file.stat().st_mtime))
        file.replace(file.with_name(f"crash-{moment}-native.txt"))
    except OSError:
        return False
    return True


def _hear_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Log a message of Qt's up to where it quotes a path or a name."""
    _log.log(_LEVELS.get(kind, logging.ERROR), "Qt: %s", _QUOTING.sub("...", text))
