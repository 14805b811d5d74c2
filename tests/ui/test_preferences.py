"""Preferences: chosen together, kept, used at once; keys that would do two things are named."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from pneumo_desktop.core.cases import Call
from pneumo_desktop.core.settings import load_settings, save_settings
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui import dialogs, preferences_folders
from pneumo_desktop.ui.actions import SPECS
from tests.ui.hands import LEFT

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def preferences(room):
    room.actions["preferences"].trigger()
    return room.preferences


def press(preferences, button):
    QTest.mouseClick(preferences.buttons.button(getattr(QDialogButtonBox.StandardButton, button)),
                     LEFT)  # fmt: skip


def choose_key(preferences, name, key, modifier=Qt.KeyboardModifier.NoModifier):
    page = preferences.keys
    preferences.tabs.setCurrentWidget(page)
    page.table.setCurrentCell(list(page.keys).index(name), 0)
    page.edit.setFocus()
    QTest.keyClick(page.edit, key, modifier)
    page.edit.editingFinished.emit()  # Qt waits a second for more keys


def test_threshold_and_initials_are_kept_and_used_at_once(room, preferences, home):
    preferences.reading.spin.setFocus()
    QTest.keyClick(preferences.reading.slider, Qt.Key.Key_Right)
    assert preferences.reading.spin.value() == 71
    preferences.reading.spin.setValue(85)
    assert preferences.reading.slider.value() == 85
    QTest.keyClicks(preferences.reading.initials, "AB")
    preferences.reading.ageing.setValue(2.5)
    press(preferences, "Ok")
    kept = load_settings(home)
    assert (kept.threshold, kept.initials) == (0.85, "AB")
    assert kept.ageing == room.desk.worklist.ordering.ageing == 2.5
    assert room.intake._policy.threshold == 0.85
    assert room.desk._store.initials == "AB"
    assert room.window.message == "New films are answered from 85 % confidence on."


def test_a_python_to_train_with_is_typed_or_chosen_and_kept(preferences, home, monkeypatch):
    page = preferences.folders
    preferences.tabs.setCurrentWidget(page)
    assert page.python.placeholderText() == "Found by itself"
    monkeypatch.setattr(dialogs, "ask_file", lambda *_: Path("/opt/train/bin/python"))
    QTest.mouseClick(page.choose_python, LEFT)
    assert page.python.text() == "/opt/train/bin/python"
    page.python.setFocus()
    QTest.keyClicks(page.python, "3 ")
    press(preferences, "Ok")
    assert load_settings(home).trainer_python == "/opt/train/bin/python3"


def test_the_preferences_are_a_key_away(room, qtbot):
    room.window.activateWindow()
    qtbot.waitUntil(room.window.isActiveWindow, timeout=60_000)
    qtbot.keyClick(room.window, Qt.Key.Key_Comma, CONTROL)
    assert room.preferences.isVisible()


def test_a_mover_of_the_threshold_is_told_while_it_moves(preferences, qtbot):
    with qtbot.waitSignal(preferences.reading.threshold_moved) as moved:
        preferences.reading.slider.setValue(90)
    assert moved.args == [0.9]


def test_what_is_cancelled_changes_nothing(room, preferences, home):
    preferences.reading.spin.setValue(85)
    press(preferences, "Cancel")
    assert load_settings(home).threshold == 0.70
    room.actions["preferences"].trigger()
    assert preferences.reading.spin.value() == 70


def test_the_colours_change_at_once(room, preferences):
    preferences.reading.theme.setCurrentIndex(preferences.reading.theme.findData("dark"))
    press(preferences, "Ok")
    assert room.actions["dark"].isChecked()
    room.actions["system"].trigger()


def test_another_key_does_it_from_now_on_and_after_a_restart(rooms, room, preferences, home):
    choose_key(preferences, "next-unread", Qt.Key.Key_Q)
    press(preferences, "Ok")
    action = room.actions["next-unread"]
    assert [key.toString() for key in action.shortcuts()] == ["Q"]
    assert action.toolTip().endswith("(Q)")
    assert load_settings(home).shortcuts == {"next-unread": ("Q",)}
    rooms.models.settings = load_settings(home)
    rooms.close(room)
    assert rooms.open().actions["next-unread"].shortcut().toString() == "Q"


def test_the_sheet_of_keys_shows_the_readers_own(room, preferences):
    choose_key(preferences, "next-unread", Qt.Key.Key_Q)
    press(preferences, "Ok")
    sheet = dialogs.show_keys(room.window, room.actions)
    table = sheet.findChild(dialogs.QTableWidget)
    rows = {table.item(n, 1).text(): table.item(n, 2).text() for n in range(table.rowCount())}
    assert rows["Next unread"] == "Q"
    sheet.close()


def test_a_key_that_would_do_two_things_is_named_and_not_taken(room, preferences, home):
    choose_key(preferences, "next-unread", Qt.Key.Key_F)
    page = preferences.keys
    assert "F would do more than one thing: Fit, Next unread" in page.problem.text()
    preferences.tabs.setCurrentIndex(0)
    press(preferences, "Ok")
    assert preferences.isVisible()
    assert preferences.tabs.currentWidget() is page
    QTest.mouseClick(page.reset, LEFT)
    assert page.problem.text() == ""
    press(preferences, "Ok")
    assert load_settings(home).shortcuts == {}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Left])
def test_a_key_of_the_window_itself_is_named_and_not_taken(preferences, home, key):
    choose_key(preferences, "attention-held", key)
    assert "cannot do this: Attention map while held" in preferences.keys.problem.text()
    press(preferences, "Ok")
    assert preferences.isVisible()
    QTest.mouseClick(preferences.keys.reset, LEFT)
    assert preferences.keys.problem.text() == ""


def test_a_held_key_is_minded_too(preferences):
    choose_key(preferences, "next-unread", Qt.Key.Key_S)
    assert "S would do more than one thing" in preferences.keys.problem.text()


def test_buttons_and_tips_name_the_readers_own_key(room, preferences):
    choose_key(preferences, "next-unread", Qt.Key.Key_Q)
    choose_key(preferences, Call.NORMAL, Qt.Key.Key_9)
    press(preferences, "Ok")
    buttons = {button.text(): button for button in room.panel.findChildren(QPushButton)}
    assert buttons["Normal  9"].toolTip().endswith("(9)")
    assert "Next unread  Q" in buttons


def test_no_sentence_names_a_key_that_the_reader_may_have_changed():
    keys = {key for spec in SPECS for key in spec.keys if "+" in key or key.startswith("F")}
    keys -= {"F", "+"}
    told = re.compile("|".join(rf"(?<![\w+]){re.escape(key)}(?!\w)" for key in sorted(keys)))
    ui = Path(preferences_folders.__file__).parent
    found = [
        f"{file.name}: {text}"
        for file in ui.rglob("*.py")
        if "training" not in file.parts  # its steps have keys that are nobody's own
        if file.name not in {"actions.py", "reading_actions.py", "film_actions.py", "shortcuts.py"}
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(text := node.value, str)
        and " " in text and "\n    " not in text and told.search(text)
    ]  # fmt: skip
    assert found == []


def test_the_other_keys_of_an_action_stay_and_all_can_be_reset(preferences, room):
    choose_key(preferences, "next", Qt.Key.Key_Q)
    assert preferences.keys.chosen == {"next": ("Q", "J", "PgDown")}
    QTest.keyClick(preferences.keys.edits[2], Qt.Key.Key_Semicolon)
    preferences.keys.edits[2].editingFinished.emit()
    assert preferences.keys.chosen == {"next": ("Q", "J", ";")}
    QTest.mouseClick(preferences.keys.reset_all, LEFT)
    assert preferences.keys.chosen == {}


def test_keys_of_an_action_that_is_gone_are_forgotten(rooms, room, home):
    from msgspec.structs import replace

    save_settings(home, replace(load_settings(home), shortcuts={"gone": ("Q",), "fit": ("Y1",)}))
    rooms.models.settings = load_settings(home)
    rooms.close(room)
    assert rooms.open().window.isVisible()


def test_the_data_folder_is_shown_and_opened(preferences, home, monkeypatch):
    shown = []
    monkeypatch.setattr(preferences_folders, "QDesktopServices", type("", (), {
        "openUrl": staticmethod(shown.append)}))  # fmt: skip
    preferences.tabs.setCurrentWidget(preferences.folders)
    assert preferences.folders.data.text() == str(home)
    QTest.mouseClick(preferences.folders.open_data, LEFT)
    assert shown == [QUrl.fromLocalFile(str(home))]
    assert QDesktopServices


def test_a_folder_to_watch_is_chosen_and_given_up(room, preferences, home, tmp_path, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: tmp_path)
    preferences.tabs.setCurrentWidget(preferences.folders)
    QTest.mouseClick(preferences.folders.choose, LEFT)
    press(preferences, "Ok")
    assert room.watcher.folder == tmp_path
    assert load_settings(home).watch_folder == str(tmp_path)
    room.actions["preferences"].trigger()
    QTest.mouseClick(preferences.folders.stop, LEFT)
    press(preferences, "Ok")
    assert room.watcher.folder is None


def test_preferences_that_cannot_be_kept_are_told_and_not_used(room, preferences, monkeypatch):
    def full(*_):
        raise StoreError("No room.")

    monkeypatch.setattr(room.models, "change", full)
    preferences.reading.spin.setValue(85)
    press(preferences, "Ok")
    assert room.window.message == "The preferences cannot be kept."
    assert room.intake._policy.threshold == 0.70
