"""Whose choice the film on view is while films come in: the list's, until the reader's."""

import pytest
from PySide6.QtCore import QPoint, Qt

from pneumo_desktop.core.cases import Call
from pneumo_desktop.ui.wiring.arrivals import arrive
from tests.ui.hands import call_it, drop, press, wheel

HEIGHTS = (0.1, 0.3, 0.2, 1.0, 0.15, 0.6)  # the sickest is neither first nor last by name


@pytest.fixture
def folder(film_file, tmp_path):
    """A folder of films, of which `3.png` is High."""
    for number, probability in enumerate(HEIGHTS):
        film_file(f"films/{number}.png", probability, folder=tmp_path)
    return tmp_path / "films"


def on_view(room):
    return room.desk.current.outcome.path.name


def finish(qtbot, room, start):
    with qtbot.waitSignal(room.intake.finished, timeout=60_000):
        start()


def in_sight(room):
    table = room.queue.table
    return table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_an_opened_folder_shows_the_head_of_the_list(room, qtbot, folder):
    finish(qtbot, room, lambda: drop(room.window, folder))
    assert on_view(room) == "3.png"
    assert room.queue.table.currentIndex().row() == 0
    assert in_sight(room)
    qtbot.waitUntil(lambda: room.film.view.film is not None, timeout=30_000)
    assert room.film.view.film.facts.path.name == "3.png"


def test_films_only_passed_over_are_still_fresh(rooms, room, qtbot, folder):
    finish(qtbot, room, lambda: drop(room.window, folder))
    order = [stored.outcome.path.name for stored in room.queue.cases()]
    read = []
    for _ in order:
        read.append(on_view(room))
        call_it(rooms, room, Call.NORMAL)
        press(qtbot, room, Qt.Key.Key_N)
    assert read == order


def test_the_film_of_an_earlier_start_gives_way_until_the_reader_touches_it(
    rooms, room, qtbot, folder, film_file
):
    rooms.answer(room, film_file("old.png", 0.05))
    rooms.close(room)
    again = rooms.open()
    assert on_view(again) == "old.png"
    finish(qtbot, again, lambda: drop(again.window, folder))
    assert on_view(again) == "3.png"


@pytest.mark.parametrize("touch", ["key", "click", "wheel", "note", "call"])
def test_what_the_reader_turned_to_stays(rooms, room, qtbot, folder, film_file, touch):
    rooms.answer(room, film_file("old.png", 0.05))
    rooms.close(room)
    again = rooms.open()
    qtbot.waitUntil(lambda: not again.loader.loading, timeout=30_000)
    if touch == "key":
        press(qtbot, again, Qt.Key.Key_Plus)
    elif touch == "click":
        qtbot.mouseClick(again.film.view, Qt.MouseButton.LeftButton)
    elif touch == "wheel":
        wheel(again.film.view, QPoint(60, 60), 1)
    elif touch == "note":
        qtbot.keyClicks(again.reading.note, "left base")
    else:
        press(qtbot, again, Qt.Key.Key_1)
    finish(qtbot, again, lambda: drop(again.window, folder))
    assert on_view(again) == "old.png"
    assert again.queue.current.outcome.path.name == "old.png"
    assert in_sight(again)


def test_the_reader_who_turns_to_a_film_while_more_come_keeps_it(room, qtbot, folder):
    def turn(*_):
        if room.desk.current and not turned:
            turned.append(on_view(room))
            room.film.view.entered.emit()

    turned = []
    room.desk.shown.connect(turn)
    finish(qtbot, room, lambda: drop(room.window, folder))
    assert [on_view(room)] == turned


def test_once_all_are_in_later_films_move_nothing(rooms, room, qtbot, film_file, folder):
    rooms.answer(room, film_file("first.png", 0.05))
    finish(qtbot, room, lambda: drop(room.window, folder))
    assert on_view(room) == "first.png"


def test_a_start_with_a_folder_shows_its_head_and_one_with_a_film_that_film(
    room, qtbot, folder, film_file
):
    finish(qtbot, room, lambda: arrive(room, [folder]))
    assert on_view(room) == "3.png"
    finish(qtbot, room, lambda: arrive(room, [film_file("named.png", 0.02)]))
    assert on_view(room) == "named.png"


def test_the_selected_row_stays_in_sight_while_more_urgent_films_come(
    rooms, room, qtbot, folder, film_file, tmp_path
):
    rooms.answer(room, film_file("first.png", 0.05))
    for number in range(40):
        film_file(f"more/{number}.png", 0.2 + number / 100, folder=tmp_path)
    finish(qtbot, room, lambda: drop(room.window, tmp_path / "more"))
    room.queue.settle()
    assert room.queue.table.currentIndex().row() == 40
    assert in_sight(room)
