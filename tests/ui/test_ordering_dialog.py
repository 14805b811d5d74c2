"""The rule of the list, read and adjusted where the list is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.ui.ordering_dialog import OrderingDialog
from tests.ui.hands import words


def open_dialog(room, qtbot):
    menu = room.queue.table.header.make_menu(room.window)
    menu.actions()[-1].trigger()
    qtbot.waitUntil(lambda: bool(room.window.findChildren(OrderingDialog)))
    return room.window.findChildren(OrderingDialog)[0]


def test_the_rule_is_read_and_adjusted_in_the_window(rooms, room, qtbot, home, film_file):
    old, new = rooms.answer(room, film_file("a.png", 1.0), film_file("b.png", 0.99))
    store = room.desk._store
    store._rows("UPDATE cases SET received = '2024-05-01' WHERE id = ?", (new.id,))
    dialog = open_dialog(room, qtbot)
    dialog.ageing.setValue(0.0)
    assert "0 points" in words(dialog)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    assert [case.id for case in room.queue.cases()] == [old.id, new.id]
    assert load_settings(home).ageing == 0.0
    dialog = open_dialog(room, qtbot)
    dialog.ageing.setValue(50.0)
    dialog.reject()
    assert load_settings(home).ageing == 0.0
