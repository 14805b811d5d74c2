"""What nobody caught is told in one box, from whichever thread, and reported."""

import faulthandler
import sys
import threading

import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QMessageBox, QWidget

from pneumo_desktop.core.logs import keeping_log
from pneumo_desktop.ui import unexpected
from pneumo_desktop.ui.unexpected import Unexpected, watching_native


@pytest.fixture
def window(qtbot, home, monkeypatch):
    for place, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(place, name, getattr(place, name))
    home.mkdir()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    Unexpected(window, home).listen()
    with keeping_log(home, "window"):
        yield window
    for box in window.findChildren(QMessageBox):
        box.close()


def reports(home):
    return [path.read_text() for path in sorted((home / "logs").glob("crash-*.txt"))]


def test_a_bug_is_told_in_one_box_and_the_window_goes_on(window, home, capsys):
    for text in ("disk full of Doe^Jane", "disk still full"):
        sys.excepthook(OSError, OSError(text), None)
    (box,) = window.findChildren(QMessageBox)
    assert box.informativeText().startswith("OSError: disk full of Doe^Jane\n")
    assert f"A report without patient data was kept in {home / 'logs'}." in box.informativeText()
    assert len(reports(home)) == 2
    assert "Doe" not in capsys.readouterr().err + "".join(reports(home))
    assert window.isVisible()


def test_a_bug_in_a_thread_is_told_by_the_window(window, home, qtbot):
    def fail():
        raise ValueError("Doe^Jane")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: window.findChildren(QMessageBox) != [])
    (report,) = reports(home)
    assert "test_unexpected.py" in report
    assert "Doe" not in report


def test_ctrl_c_is_no_bug_and_a_destructors_is_reported_without_a_box(window, home):
    class Careless:
        def __del__(self):
            raise ValueError("Doe^Jane")

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert reports(home) == []
    Careless()
    (report,) = reports(home)
    assert "a destructor failed" in report
    assert window.findChildren(QMessageBox) == []


def test_what_qt_says_is_logged_up_to_where_it_quotes(home, qtbot, monkeypatch):
    home.mkdir()
    with keeping_log(home, "window"):
        for text in (
            "QImage: cannot open /films/Doe^Jane.dcm",
            'QFile: "Doe^Jane" is missing',
            r"QFile: C:\films\Doe",
        ):
            unexpected._hear_qt(QtMsgType.QtWarningMsg, None, text)
    written = (home / "logs" / "window.log").read_text()
    assert "Qt: QImage: cannot open ..." in written
    assert written.count("Qt: QFile: ...") == 2
    assert "Doe" not in written


@pytest.fixture
def native_reports():
    """The test run wants reports of native crashes of its own afterwards."""
    yield
    faulthandler.enable(sys.__stderr__)


def test_without_a_place_for_reports_the_window_runs_all_the_same(home, native_reports):
    with watching_native(home / "gone") as crashed:
        assert not crashed


def test_a_crash_of_the_last_window_is_found_and_put_aside(home, native_reports):
    (home / "logs").mkdir(parents=True)
    (home / "logs" / "window-native.txt").write_text("Fatal Python error: Segmentation fault")
    with watching_native(home) as crashed:
        assert crashed
    with watching_native(home) as crashed:
        assert not crashed
    (report,) = reports(home)
    assert "Segmentation fault" in report
