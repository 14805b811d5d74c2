"""What the window says in passing: seen, undone, looked into, never in the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pneumo_desktop.ui.message_bar import MessageBar
from pneumo_desktop.ui.message_details import MessageDetails
from tests.ui.hands import LEFT, words

LONG = "The film /films/of/a/long/path/" + "x" * 300 + ".dcm cannot be read."


@pytest.fixture
def bar(qtbot):
    window = QWidget()
    field = QLineEdit(window)
    field.setGeometry(50, 100, 100, 30)
    bar = MessageBar(window)
    bar.setGeometry(50, 50, 700, 40)  # away from the mouse
    qtbot.addWidget(window)
    window.show()
    field.setFocus()
    yield bar
    window.close()


def tabs_end(tabs):
    return tabs.tabRect(tabs.count() - 1).right()


def shown(bar):
    return [b.text() for b in (bar.act, bar.details, bar.leave) if b.isVisible()]


def test_a_message_in_passing_goes_by_itself(bar, qtbot):
    bar._timer.setInterval(30)
    bar.show_message("Saved.")
    assert bar.isVisible()
    assert shown(bar) == ["Close"]
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert bar.text == ""


def test_a_message_stays_while_its_buttons_have_the_keys(bar, qtbot):
    bar._timer.setInterval(30)
    bar.show_message("Saved.")
    bar.window().activateWindow()
    bar.leave.setFocus()
    qtbot.waitUntil(bar.leave.hasFocus)
    qtbot.wait(120)
    assert bar.isVisible()
    bar.window().findChild(QLineEdit).setFocus()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_what_can_be_undone_is_not_taken_away_by_time(bar, qtbot):
    done = []
    bar._timer.setInterval(30)
    bar.show_message("Called Normal.", ("Undo", lambda: done.append("undone")))
    qtbot.wait(120)
    assert shown(bar) == ["Undo", "Close"]
    qtbot.mouseClick(bar.act, LEFT)
    assert done == ["undone"]
    assert not bar.isVisible()


def test_the_next_action_takes_a_message_in_passing_and_no_other(bar):
    for offered in ({"action": ("Undo", list)}, {"details": "No room on the disk."}):
        bar.show_message("Said.", **offered)
        bar.pass_by()
        assert bar.text == "Said."
        bar.dismiss()
    bar.show_message("Said.")
    bar.pass_by()
    assert not bar.isVisible()


def test_an_action_may_speak_in_its_turn(bar, qtbot):
    bar.show_message("Called Normal.", ("Undo", lambda: bar.show_message("Taken back.")))
    qtbot.mouseClick(bar.act, LEFT)
    assert bar.text == "Taken back."


def test_an_error_covered_by_newer_words_comes_back_once(bar, qtbot):
    bar.show_message("The films cannot be answered.", details="No room on the disk.")
    bar.show_message("Saved.")
    bar.show_message("Saved again.")
    assert bar.text == "Saved again."
    qtbot.keyClick(bar.leave, Qt.Key.Key_Space)
    assert bar.text == "The films cannot be answered."
    bar.show_message("The films cannot be answered.", details="No room on the disk.")
    qtbot.mouseClick(bar.leave, LEFT)
    assert not bar.isVisible()


def test_details_can_be_copied_while_the_window_goes_on(bar, qtbot):
    bar.show_message("The films cannot be answered.", details="No room on the disk.")
    qtbot.mouseClick(bar.details, LEFT)
    (dialog,) = bar.window().findChildren(MessageDetails)
    assert not dialog.isModal()
    qtbot.mouseClick(dialog.copy, LEFT)
    copied = QGuiApplication.clipboard().text()
    assert copied == "The films cannot be answered.\n\nNo room on the disk."
    qtbot.mouseClick(dialog.leave, LEFT)
    assert bar.text == "The films cannot be answered."


def test_words_that_do_not_fit_are_cut_and_found_in_the_details(bar, qtbot):
    bar.show_message(LONG)
    QApplication.sendPostedEvents()
    assert bar.label.seen.endswith("…")
    assert bar.label.text() == LONG
    assert shown(bar) == ["Details…", "Close"]
    bar.resize(6000, 40)
    QApplication.sendPostedEvents()
    assert bar.label.seen == LONG
    assert shown(bar) == ["Close"]


def test_words_leave_room_for_the_buttons(bar):
    bar.show_message(LONG, ("Undo this call", print), "why")
    QApplication.sendPostedEvents()
    assert shown(bar) == ["Undo this call", "Details…", "Close"]
    assert bar.label.geometry().right() < bar.act.geometry().left()
    assert bar.leave.geometry().right() < bar.width()


def test_saying_something_moves_nothing_in_the_window(room):
    before = {w: w.geometry() for w in (room.queue, room.film, room.panel, room.window.strip)}
    room.window.show_message("Saved.", ("Undo", print), "why")
    bar = room.window.tabs.messages
    assert "Saved." in words(room.window)
    assert before == {w: w.geometry() for w in before}
    assert bar.geometry().left() > tabs_end(room.window.tabs.tabBar())
    top = room.queue.mapTo(room.window.tabs, room.queue.rect().topLeft()).y()
    assert bar.geometry().bottom() <= top
    room.window.show_message("")
    assert not bar.isVisible()


def test_a_larger_font_leaves_the_bar_beside_the_tabs(room, qapp):
    before = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(2 * before.pointSizeF())
    try:
        qapp.setFont(larger)
        room.window.show_message("Saved.")
        bar, tabs = room.window.tabs.messages, room.window.tabs.tabBar()
        assert bar.geometry().left() > tabs_end(tabs)
        assert bar.height() >= bar.fontMetrics().height()
    finally:
        qapp.setFont(before)
