"""Everything can be used without a mouse, without sight, and with letters of twice the size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.elided_label import ElidedLabel
from pneumo_desktop.ui.message_details import MessageDetails
from pneumo_desktop.ui.welcome import Welcome

INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton")  # parts of Qt's own widgets


def windows(room):
    """Every window and page of the program, one after the other, on view."""
    room.window.show_message("Saved.", ("Undo", print), "why")
    for index in range(room.window.tabs.count()):
        room.window.tabs.setCurrentIndex(index)
        yield room.window
    room.actions["preferences"].trigger()
    for index in range(room.preferences.tabs.count()):
        room.preferences.tabs.setCurrentIndex(index)
        yield room.preferences
    room.preferences.close()
    room.actions["reasons"].trigger()
    sheet = dialogs.show_keys(room.window, room.actions)
    yield sheet
    sheet.close()
    room.self_tester.dialog.show_started()
    for dialog in (room.help, MessageDetails("Text", "why", room.window), Welcome(room.window),
                   room.choice.dialog, room.self_tester.dialog):  # fmt: skip
        dialog.show()
        yield dialog
        dialog.close()


def usable(window):
    """The widgets that the keyboard can reach."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith(INNER)
    ]


def named(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface and interface.text(QAccessible.Text.Name)


def test_everything_the_keyboard_can_reach_has_a_name(room):
    without = {
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
        for window in windows(room)
        for widget in usable(window)
        if not named(widget)
    }
    assert without == set()


def test_every_button_has_a_tip_that_says_more_than_its_words(room):
    standard = {"OK", "Cancel", "Close", "&Close"}
    without = {
        widget.text()
        for window in windows(room)
        for widget in usable(window)
        if isinstance(widget, QAbstractButton) and not widget.toolTip()
        and widget.text() not in standard
    }  # fmt: skip
    assert without == set()


def test_the_tab_key_leads_through_everything_and_back(room):
    for window in windows(room):
        window.activateWindow()
        start = next(iter(usable(window)))
        start.setFocus(Qt.FocusReason.TabFocusReason)
        reached = set()
        for _ in range(200):
            focused = window.focusWidget()
            reached.add(focused)
            QTest.keyClick(focused, Qt.Key.Key_Tab)
            if window.focusWidget() is start:
                break
        missed = [w for w in usable(window) if w.isEnabled() and w not in reached
                  and not any(w.isAncestorOf(r) for r in reached if r)]  # fmt: skip
        assert [f"{type(w).__name__} {w.accessibleName()}" for w in missed] == []


@pytest.fixture
def twice(qapp):
    """Letters of twice the size, as a system's text scale asks for."""
    before = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(2 * before.pointSizeF())
    qapp.setFont(larger)
    yield
    qapp.setFont(before)


def is_cut(widget):
    if isinstance(widget, ElidedLabel) or not widget.text():
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() + 1 < widget.heightForWidth(widget.width())
    wanted = widget.minimumSizeHint()
    return widget.width() < wanted.width() or widget.height() < wanted.height()


def test_letters_of_twice_the_size_are_not_cut_off(twice, rooms):
    room = rooms.open()
    cut = set()
    for window in windows(room):
        if window is not room.window:
            window.resize(window.sizeHint().expandedTo(window.size()))
        QApplication.processEvents()
        cut |= {
            f"{type(window).__name__}: {widget.text()[:40]}"
            for kind in (QLabel, QAbstractButton)
            for widget in window.findChildren(kind)
            if widget.isVisible() and is_cut(widget)
            and not widget.objectName().startswith(INNER)
        }  # fmt: skip
    assert cut == set()
