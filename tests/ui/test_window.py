"""The frame around it: layout, colours, keys, dialogs, closing."""

import multiprocessing
import os
import threading
import time
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMessageBox, QWidget

from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.actions import SPECS, key_table
from pneumo_desktop.ui.theme import DARK, LIGHT

CONTROL = Qt.KeyboardModifier.ControlModifier


def dialog(kind=QDialog):
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    return next(shown)


def test_the_layout_is_remembered_in_a_file_of_ours(rooms, room, home):
    room.window.splitter.setSizes([500, 400, 380])
    room.queue.table.setColumnWidth(4, 222)
    room.actions["attention"].setChecked(True)
    room.actions["dark"].trigger()
    kept = room.window.splitter.sizes()
    rooms.close(room)
    assert (home / "window.ini").stat().st_mode & (0o077 if os.name == "posix" else 0) == 0
    again = rooms.open()
    assert again.window.splitter.sizes() == kept
    assert again.queue.table.columnWidth(4) == 222
    assert again.actions["attention"].isChecked()
    assert again.actions["dark"].isChecked()
    again.actions["system"].trigger()


def test_a_layout_of_another_version_is_left_alone(rooms, room, home):
    rooms.close(room)
    file = home / "window.ini"
    file.write_text(file.read_text().replace("version=1", "version=99"))
    assert rooms.open().window.isVisible()


@pytest.mark.parametrize(("name", "colours"), [("dark", DARK), ("light", LIGHT)])
def test_the_scheme_changes_while_the_window_is_open(room, qapp, name, colours):
    room.actions[name].trigger()
    assert qapp.palette().window().color().name() == colours.window
    assert room.actions[name].isChecked()
    assert not room.actions["system"].isChecked()
    room.actions["system"].trigger()


def test_the_systems_scheme_is_followed_live(room, qapp, monkeypatch):
    hints = qapp.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().window().color().name() == DARK.window
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: Qt.ColorScheme.Light)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert qapp.palette().window().color().name() == LIGHT.window


def test_no_two_actions_share_a_key():
    keys = [key for spec in SPECS for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_every_action_is_in_a_menu_with_a_tip(room):
    listed = {
        action for menu in room.window.menuBar().actions() for action in menu.menu().actions()
    }
    for name, action in room.actions.items():
        assert action in listed, name
        assert action.toolTip(), name


def test_the_list_of_keys_holds_every_key(room, qtbot):
    qtbot.keyClick(room.window, Qt.Key.Key_F1)
    table = dialog().findChild(dialogs.QTableWidget)
    rows = table.rowCount()
    told = {table.item(row, 2).text() for row in range(rows)}
    assert {keys for _, _, keys in key_table(room.actions)} <= told
    dialog().close()


def test_about_says_what_it_is_and_is_not(room, card):
    room.actions["about"].trigger()
    text = dialog(QMessageBox).informativeText()
    for part in (
        "not a diagnosis",
        "not clinical severity",
        "not assessed",
        "Children aged 1 to 5",
    ):
        assert part in text
    assert "Frontal films only." in text
    assert not {"faster", "better"} & set(text.lower().split())
    dialog(QMessageBox).close()


def test_everything_that_can_be_used_has_a_name_for_those_who_cannot_see(room):
    for index in (0, 1):
        room.window.tabs.setCurrentIndex(index)
        for widget in room.window.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QAbstractButton):
                named = widget.accessibleName() or widget.text() or widget.toolTip()
                inner = widget.objectName().startswith("qt_") or not widget.focusPolicy()
                corner = "CornerButton" in type(widget).__name__ or widget.parent().inherits(
                    "QTableView"
                )
                assert named or inner or corner, widget


def test_the_search_field_and_the_list_are_a_key_away(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png"))
    room.window.activateWindow()
    qtbot.keyClick(room.window, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(room.queue.search.hasFocus)
    room.actions["worklist"].trigger()
    qtbot.waitUntil(room.queue.table.hasFocus)


def test_keys_typed_into_a_field_are_words_not_commands(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png"))
    room.reading.note.setFocus()
    qtbot.keyClicks(room.reading.note, "2nd film")
    assert room.queue.cases()[0].reading is None
    assert room.reading.note.text() == "2nd film"


def test_closing_with_work_pending_ends_everything_in_order(
    rooms, room, qtbot, tmp_path, film_file
):
    order = []
    for name in ("trainer", "intake", "loader"):
        part = getattr(room, name)
        way = "stop" if name == "trainer" else "shutdown"
        end = getattr(part, way)
        setattr(part, way, lambda end=end, name=name: (order.append(name), end()))
    room.desk.close = lambda end=room.desk.close: (order.append("store"), end())
    room.window.dropped.emit([tmp_path / f"{n}.png" for n in range(5000)])
    qtbot.waitUntil(lambda: bool(room.queue.cases()), timeout=20_000)
    started = time.monotonic()
    room.window.close()
    assert time.monotonic() - started < 60  # it does not wait for the films
    assert order == ["trainer", "intake", "loader", "store"]
    names = {thread.name.split("_")[0] for thread in threading.enumerate()}
    assert not names & {"search", "screening", "film"}
    assert not multiprocessing.active_children()
    rooms.opened.remove(room)


@pytest.mark.parametrize(("press", "may"), [("Interrupt", True), ("Keep", False)])
def test_the_question_before_closing(qtbot, at_the_box, press, may):
    parent = QWidget()
    qtbot.addWidget(parent)

    def answer(box):
        next(button for button in box.buttons() if button.text().startswith(press)).click()

    at_the_box(answer)
    assert dialogs.may_stop_training(parent) is may


def test_the_file_dialogs_return_paths(qtbot, monkeypatch, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen = str(tmp_path / "a.png")
    monkeypatch.setattr(dialogs.QFileDialog, "getOpenFileNames", lambda *_: ([chosen], ""))
    monkeypatch.setattr(dialogs.QFileDialog, "getExistingDirectory", lambda *_: "")
    assert dialogs.ask_films(parent) == [tmp_path / "a.png"]
    assert dialogs.ask_folder(parent, "Choose") is None
    monkeypatch.setattr(dialogs.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    assert dialogs.ask_folder(parent, "Choose") == tmp_path


def test_quit_closes_the_window(room, qtbot):
    assert isinstance(room.actions["quit"], QAction)
    qtbot.keyClick(room.window, Qt.Key.Key_Q, CONTROL)
    assert not room.window.isVisible()


def test_the_window_stays_alive_with_ten_thousand_files_dropped(rooms, room, qtbot, tmp_path):
    """Store, list and panel included; no single pause may take much of the whole."""
    beats = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    timer.start()
    with qtbot.waitSignal(room.intake.finished, timeout=120_000):
        room.window.dropped.emit([tmp_path / f"{number}.png" for number in range(10_000)])
    timer.stop()
    longest = max(later - earlier for earlier, later in pairwise(beats))
    assert len(room.queue.cases()) == 10_000
    assert longest < (beats[-1] - beats[0]) / 5
