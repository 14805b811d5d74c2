"""Up and Down go through the worklist from anywhere in the reading room but fields and sliders."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QSlider

from tests.ui.hands import drop

DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(room, qtbot, film_file, tmp_path):
    """A window with a folder just opened."""
    for number, probability in enumerate((0.1, 1.0, 0.6)):
        film_file(f"films/{number}.png", probability, folder=tmp_path)
    with qtbot.waitSignal(room.intake.finished, timeout=60_000):
        drop(room.window, tmp_path / "films")
    qtbot.waitUntil(lambda: not room.loader.loading, timeout=30_000)
    room.window.activateWindow()
    qtbot.waitUntil(room.window.isActiveWindow, timeout=30_000)
    return room


def row(room):
    return room.queue.table.currentIndex().row()


def keyed(room, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key wherever the keys go at present."""
    qtbot.keyClick(QApplication.focusWidget() or room.window, key, modifier)


def places(room):
    return {
        "nowhere": None,
        "film": room.film.view,
        "worklist": room.queue.table,
        "button": room.reading.findChildren(QPushButton)[0],
        "case": room.panel,
    }


@pytest.mark.parametrize("where", ["nowhere", "film", "worklist", "button", "case"])
def test_arrows_go_through_the_list_wherever_the_keys_are(opened, qtbot, where):
    place = places(opened)[where]
    if place:
        place.setFocus()
    for key, then in ((DOWN, 1), (DOWN, 2), (DOWN, 2), (UP, 1), (UP, 0), (UP, 0)):
        keyed(opened, qtbot, key)
        assert row(opened) == then
        assert opened.desk.current.id == opened.queue.current.id


def test_boxes_fields_and_sliders_keep_their_arrows(opened, qtbot):
    box, slider = opened.queue.filter.days, opened.film.findChildren(QSlider)[0]
    box.setFocus()
    keyed(opened, qtbot, DOWN)
    assert box.currentIndex() == 1
    opened.actions["attention"].setChecked(True)
    before = slider.value()
    slider.setFocus()
    keyed(opened, qtbot, UP)
    assert slider.value() > before
    opened.reading.note.setFocus()
    keyed(opened, qtbot, DOWN)
    opened.queue.search.setFocus()
    keyed(opened, qtbot, DOWN)
    assert row(opened) == 0


def test_with_shift_they_move_the_film(opened, qtbot):
    view = opened.film.view
    view.setFocus()
    before = view.place
    keyed(opened, qtbot, DOWN, SHIFT)
    assert view.place.top < before.top
    assert row(opened) == 0
