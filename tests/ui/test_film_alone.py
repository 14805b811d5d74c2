"""F11 gives the film alone; keys go on working, messages lie over it, Esc and F11 lead back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolBar

from pneumo_desktop.core.cases import Call
from tests.ui.hands import press

F11, ESCAPE = Qt.Key.Key_F11, Qt.Key.Key_Escape


def others(room):
    """Everything in the window that is not the film."""
    window, film = room.window, room.film
    return [
        window.menuBar(), window.strip, window.tabs.tabBar(), room.queue, room.panel,
        film.findChildren(QToolBar)[0], film.findChildren(QToolBar)[0].parentWidget().priors,
    ]  # fmt: skip


@pytest.fixture
def alone(room, three, qtbot):
    press(qtbot, room, F11)
    qtbot.waitUntil(lambda: not room.queue.isVisible(), timeout=30_000)
    return room


@pytest.mark.parametrize("back", [F11, ESCAPE])
def test_nothing_but_the_film_is_seen_until_its_reader_leaves(alone, qtbot, back):
    assert [widget for widget in others(alone) if widget.isVisible()] == []
    assert alone.film.view.isVisible()
    assert alone.film.view.height() == alone.window.height()
    assert alone.film.view.width() == alone.window.width()
    press(qtbot, alone, back)
    assert all(widget.isVisible() for widget in others(alone)[:-1])
    assert not alone.window.isFullScreen()
    assert not alone.actions["film-alone"].isChecked()


def test_keys_go_on_working_and_what_they_say_lies_over_the_film(alone, qtbot):
    current = alone.desk.current.id
    press(qtbot, alone, Qt.Key.Key_1)
    assert alone.desk.current.reading.call is Call.NORMAL
    press(qtbot, alone, Qt.Key.Key_Up)
    assert alone.desk.current.id != current
    press(qtbot, alone, Qt.Key.Key_C)
    messages = alone.window.tabs.messages
    assert messages.isVisible()
    middle = messages.mapTo(alone.window, messages.rect().center())
    assert alone.window.rect().contains(middle)
    assert QApplication.widgetAt(messages.mapToGlobal(messages.rect().center())) in {
        messages, *messages.findChildren(type(messages.label))
    }  # fmt: skip


def test_a_call_is_told_while_no_panel_shows_it(alone, qtbot):
    for key, told in ((Qt.Key.Key_2, "Call as Pneumonia"), (Qt.Key.Key_B, "Flag")):
        press(qtbot, alone, key)
        assert alone.window.message == told
    press(qtbot, alone, ESCAPE)
    press(qtbot, alone, Qt.Key.Key_1)
    assert "Call" not in alone.window.message


@pytest.mark.parametrize("key", ["T", "L"])
def test_what_lies_beside_the_film_leads_back_to_it(alone, qtbot, key):
    press(qtbot, alone, key)
    assert not alone.window.isFullScreen()
    wanted = {"T": alone.reading.note, "L": alone.queue.table}[key]
    qtbot.waitUntil(wanted.hasFocus, timeout=30_000)


def test_a_map_keeps_its_legend_beside_the_film(alone, qtbot):
    press(qtbot, alone, Qt.Key.Key_A)
    assert alone.film._legend.isVisible()
    press(qtbot, alone, Qt.Key.Key_A)
    assert not alone.film._legend.isVisible()
    qtbot.waitUntil(lambda: alone.film.view.height() == alone.window.height(), timeout=30_000)


def test_a_banner_comes_back_too(rooms, qtbot, film_file):
    room = rooms.open(banner="Synthetic films")
    (banner,) = room.window._banners
    room.window.activateWindow()
    press(qtbot, room, F11)
    assert not banner.isVisible()
    press(qtbot, room, ESCAPE)
    assert banner.isVisible()
