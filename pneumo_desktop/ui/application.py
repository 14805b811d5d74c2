"""The one QApplication: made before any widget, told its name, style and icon."""

import os
import signal
import sys
from contextlib import suppress
from ctypes import CDLL
from pathlib import Path

from PySide6.QtCore import QLibraryInfo
from PySide6.QtWidgets import QApplication, QMessageBox

from pneumo_desktop import __version__
from pneumo_desktop.ui.icons import application_icon

M_MMAP_THRESHOLD, LARGE = -3, 512 << 10
_SCREENLESS = ("offscreen", "minimal")


def has_screen() -> bool:
    """Return whether there is a screen to show a window on."""
    if os.environ.get("QT_QPA_PLATFORM") in _SCREENLESS:
        return False
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def check_screen() -> None:
    """Load Qt's plugin for X11 where it will be used: Qt itself would end the program.

    Raises:
        ImportError: A system library that the plugin needs is missing; its name comes first.
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if has_screen() and platform in ("", "xcb") and not os.environ.get("WAYLAND_DISPLAY"):
        plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
        load_plugin(plugins / "platforms" / "libqxcb.so")


def load_plugin(plugin: Path) -> None:
    """Load `plugin` where there is such a file.

    Raises:
        ImportError: As for `check_screen`.
    """
    if plugin.is_file():
        try:
            CDLL(str(plugin))
        except OSError as error:
            raise ImportError(str(error)) from error


def return_large_blocks() -> None:
    """Let films' memory go back to the system as soon as they are let go of.

    glibc raises the size from which a block has pages of its own to that of the largest one freed
    (mallopt(3), M_MMAP_THRESHOLD), up to 32 MB: films would then lie among small objects, and the
    heap would keep what lies between them. A size that is set stays. Others have no such call.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)


def make_application() -> QApplication:
    """Return the application, drawing into memory where there is no screen."""
    return_large_blocks()
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("pneumo-desktop")
    application.setApplicationDisplayName("Pneumo Desktop")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("pneumo-desktop")
    application.setStyle("Fusion")
    application.setWindowIcon(application_icon())
    return application


def let_interrupt_end() -> None:
    """Let Ctrl+C in the terminal end the program; Qt's loop would sit it out."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def complain(text: str) -> None:
    """Say in a box why there is no window, where there is a screen to say it on."""
    if has_screen():
        QMessageBox.critical(None, "Pneumo Desktop", text)
