"""The self-test in the window: asked for, cancelled, and by itself after a change."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.self_test import Result
from pneumo_desktop.ui import self_tester
from pneumo_desktop.ui.message_details import MessageDetails
from pneumo_desktop.ui.theme import DARK, LIGHT

WELL, ILL = Result("model mine", detail="2.0.0"), Result("audit log", "entry 3 was removed")


@pytest.fixture
def found(monkeypatch):
    """What the test of a stubbed installation finds; an `Event` in it is waited for."""
    words = []

    def say(_home):
        for word in words:
            if isinstance(word, threading.Event):
                assert word.wait(20)
            elif isinstance(word, Exception):
                raise word
            else:
                yield word

    monkeypatch.setattr(self_tester, "self_test", say)
    monkeypatch.setattr(self_tester, "self_test_if_changed", say)
    return words


@pytest.fixture
def opened(room, found, qtbot):
    """Return a function that opens the dialog on what is found and waits for its end."""

    def open_dialog(*words):
        found[:] = words
        room.actions["self-test"].trigger()
        qtbot.waitUntil(room.self_tester.dialog.again.isEnabled, timeout=20_000)
        return room.self_tester.dialog

    yield open_dialog
    room.self_tester.dialog.close()


def details_of(room):
    """What a reader sees who asks for the details of the message."""
    room.window.tabs.messages.details.click()
    (dialog,) = room.window.findChildren(MessageDetails)
    words = dialog.words.toPlainText()
    dialog.close()
    return words


def test_the_whole_test_runs_from_the_help_menu_and_can_be_copied(room, qtbot):
    dialog = room.self_tester.dialog
    room.actions["self-test"].trigger()
    assert dialog.leave.text() == "Cancel"
    qtbot.waitUntil(dialog.again.isEnabled, timeout=60_000)
    assert dialog.state.text() == f"All {dialog.table.rowCount()} checks passed."
    assert dialog.table.rowCount() > 10
    dialog.copy.click()
    copied = QApplication.clipboard().text()
    assert "passed\tanswers of efficientnet-lite0 to the demo films\tall 10 as shipped" in copied
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_failed_is_counted_chosen_and_told_apart_in_both_schemes(opened, room):
    dialog = opened("Looking", WELL, ILL)
    assert dialog.state.text() == "1 of 2 checks failed."
    assert dialog.table.currentRow() == 1
    assert [dialog.table.item(1, column).text() for column in range(3)] == [
        "audit log", "FAILED", "entry 3 was removed",
    ]  # fmt: skip
    for name, colours in (("dark", DARK), ("light", LIGHT)):
        room.actions[name].trigger()
        seen = [dialog.table.item(row, 1).foreground().color().name() for row in (0, 1)]
        assert seen == [colours.low, colours.high]
    room.actions["system"].trigger()


def test_it_can_be_cancelled_and_begun_anew(room, found, qtbot):
    gate, dialog = threading.Event(), room.self_tester.dialog
    found[:] = ["Checking the model", WELL, gate, ILL]
    room.actions["self-test"].trigger()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1, timeout=20_000)
    assert dialog.state.text() == "Checking the model…"
    dialog.leave.click()
    assert dialog.isVisible()
    assert dialog.state.text().startswith("Cancelled")
    gate.set()
    found[:] = [WELL]
    dialog.again.click()
    qtbot.waitUntil(lambda: dialog.state.text() == "All 1 checks passed.", timeout=20_000)
    assert dialog.table.rowCount() == 1
    dialog.leave.click()
    assert not dialog.isVisible()


def test_closing_the_list_or_the_window_ends_the_test(rooms, room, found, qtbot):
    gate = threading.Event()
    found[:] = ["Checking", gate, ILL]
    room.actions["self-test"].trigger()
    qtbot.keyClick(room.self_tester.dialog, Qt.Key.Key_Escape)
    assert not room.self_tester._work.busy
    room.actions["self-test"].trigger()
    gate.set()
    rooms.close(room)
    assert not any(thread.name.startswith("self-test") for thread in threading.enumerate())


def test_a_test_that_breaks_off_says_so_without_its_words(opened):
    dialog = opened(WELL, ValueError("Doe^Jane"))
    assert dialog.state.text() == "The self-test could not go on: ValueError"


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(self_tester, "SOON_MS", 0)


def test_after_a_change_only_what_failed_is_told(soon, rooms, found, qtbot):
    found[:] = ["Looking", WELL, ILL]
    room = rooms.open()
    room.self_tester.test_soon()
    qtbot.waitUntil(lambda: "something wrong" in room.window.message, timeout=20_000)
    assert "audit log: entry 3 was removed\n\nHelp, Self-test" in details_of(room)
    assert not room.self_tester.dialog.isVisible()


@pytest.mark.parametrize("words", [[WELL], []])
def test_where_all_is_well_or_nothing_has_changed_nothing_is_told(soon, rooms, found, qtbot, words):
    found[:] = words
    room = rooms.open()
    with qtbot.waitSignal(room.self_tester._work.idle, timeout=20_000):
        room.self_tester.test_soon()
    assert "something wrong" not in room.window.message


def test_the_quiet_test_waits_while_films_are_answered(soon, rooms, found, qtbot, monkeypatch):
    busy = [True]
    room = rooms.open()
    monkeypatch.setattr(room.self_tester, "_busy", lambda: busy[0])
    room.self_tester.test_soon()
    qtbot.wait(50)
    assert not room.self_tester._work.busy
    with qtbot.waitSignal(room.self_tester._work.idle, timeout=20_000):
        busy[0] = False


def test_a_quiet_test_that_breaks_off_is_told(soon, rooms, found, qtbot):
    found[:] = [ValueError("Doe^Jane")]
    room = rooms.open()
    room.self_tester.test_soon()
    qtbot.waitUntil(lambda: "something wrong" in room.window.message, timeout=20_000)
    assert "self-test: ValueError" in details_of(room)
