"""The desk and its store: what others change under it, and a store that fails for a while."""

import sqlite3
from contextlib import contextmanager

import pytest

from pneumo_desktop.core import store as store_module
from pneumo_desktop.core.cases import Call, Policy, Rejected
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.store import FILE, CaseStore
from pneumo_desktop.ui.desk import ANSWERED_AGAIN, NOT_SAVED, TAKEN_OFF
from tests.ui.hands import call_it, words

STRICT = Policy(threshold=0.99)


def record_elsewhere(home, *outcomes):
    with CaseStore(home / FILE) as other:
        for outcome in outcomes:
            other.record(outcome)


def test_an_answer_the_reader_never_saw_is_not_called(rooms, room, home, film_file, classifier):
    film = film_file("a.png", 0.9)
    rooms.answer(room, film)
    record_elsewhere(home, screen_one(film, read_film, classifier, STRICT))
    call_it(rooms, room, Call.PNEUMONIA)
    (stored,) = room.queue.cases()
    assert stored.reading is None
    assert stored.outcome.answer.policy == STRICT
    assert "Invalid" in words(room.panel)
    assert room.window.message == ANSWERED_AGAIN
    call_it(rooms, room, Call.PNEUMONIA)
    (stored,) = room.queue.cases()
    assert stored.reading.call is Call.PNEUMONIA


def test_a_rejection_on_view_gives_way_to_the_film_that_took_its_place(
    rooms, room, home, film_file, tmp_path, classifier
):
    rooms.answer(room, film_file("other.png"), tmp_path / "late.png")
    room.desk.show(next(c for c in room.queue.cases() if isinstance(c.outcome, Rejected)))
    late = film_file("late.png", 0.8)
    shown = []
    room.desk.shown.connect(shown.append)
    newest = screen_one(film_file("newest.png", 0.7), read_film, classifier, Policy())
    record_elsewhere(home, newest, screen_one(late, read_film, classifier, Policy()))
    room.desk.refresh()
    assert [stored.outcome.path for stored in shown] == [late]  # not, in passing, a neighbour
    assert room.desk.current.outcome.facts.path == late
    assert room.queue.current.id == room.desk.current.id
    assert words(room.panel).startswith("late.png")


def test_of_several_films_the_one_that_replaces_the_rejection_on_view_is_shown(
    rooms, room, film_file, tmp_path
):
    rooms.answer(room, film_file("other.png"), tmp_path / "late.png")
    room.desk.show(next(c for c in room.queue.cases() if isinstance(c.outcome, Rejected)))
    rooms.answer(room, film_file("first.png", 0.7), film_file("late.png", 0.8))
    assert room.desk.current.outcome.path.name == "late.png"


def test_where_nothing_took_the_place_of_the_case_on_view_the_panel_says_so(
    rooms, room, home, film_file
):
    rooms.answer(room, film_file("other.png", 0.2), film_file("a.png"))
    gone = room.desk.current
    with sqlite3.connect(home / FILE) as connection:
        connection.execute("DELETE FROM cases WHERE id = ?", (gone.id,))
    call_it(rooms, room, Call.NORMAL)
    assert room.window.message == TAKEN_OFF
    assert room.desk.current is None
    assert room.queue.current is None
    assert "No film chosen" in words(room.panel)


def test_a_rejection_that_left_the_list_elsewhere_is_not_dropped_twice(
    rooms, room, home, film_file, tmp_path, classifier
):
    rooms.answer(room, tmp_path / "late.png", film_file("other.png"))
    film = film_file("late.png", 0.8)
    record_elsewhere(home, screen_one(film, read_film, classifier, Policy()))
    room.desk.refresh()
    assert len(rooms.answer(room, film_file("late.png", 0.7))) == 3


def test_a_film_in_the_place_of_a_rejection_on_view_is_shown_with_its_pixels(
    rooms, room, film_file, tmp_path
):
    (rejected,) = rooms.answer(room, tmp_path / "late.png")
    (stored,) = rooms.answer(room, film_file("late.png"))
    assert stored.id != rejected.id  # a number is never given again
    assert room.film.view.film.facts.path == stored.outcome.path


@contextmanager
def locked(home):
    connection = sqlite3.connect(home / FILE, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@pytest.fixture
def impatient(monkeypatch, rooms):
    """A window whose store waits for nobody."""
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.01)
    return rooms.open()


def test_answers_that_cannot_be_saved_wait_until_they_can(
    rooms, impatient, home, film_file, tmp_path
):
    room, seen = impatient, []
    room.desk._refresh.stop()
    room.desk.troubled.connect(lambda text, why: seen.append((text, why)))
    with locked(home):
        rooms.answer(room, film_file("a.png"), film_file("b.png", 0.7))
        rooms.answer(room, film_file("c.png", 0.8))
        room.desk.refresh()
        assert room.queue.cases() == []
        assert NOT_SAVED in words(room.window)
        (told,) = seen
        assert "locked" in told[1]
    assert rooms.answer(room, film_file("d.png", 0.75)) == []  # not tried, and waited for, each
    room.desk.refresh()
    assert sorted(c.outcome.path.stem for c in room.queue.cases()) == ["a", "b", "c", "d"]
    assert NOT_SAVED not in words(room.window)
    assert len(seen) == 2


def test_what_waits_is_saved_at_the_latest_when_the_window_closes(
    rooms, impatient, home, film_file
):
    with locked(home):
        rooms.answer(impatient, film_file("a.png"))
    rooms.close(impatient)
    with CaseStore(home / FILE) as store:
        assert len(store.all()) == 1


def test_what_others_changed_is_told_only_of_the_case_on_view(
    rooms, room, home, film_file, classifier
):
    films = [film_file(f"{n}.png", 0.75 + n / 20) for n in range(2)]
    rooms.answer(room, *films)
    updated = []
    room.desk.updated.connect(updated.append)
    on_view = room.desk.current.outcome.path
    others = [film for film in films if film != on_view]
    record_elsewhere(home, *(screen_one(film, read_film, classifier, STRICT) for film in others))
    room.desk.refresh()
    assert updated == []
    labels = {c.outcome.path: c.outcome.answer.label for c in room.queue.cases()}
    assert labels[others[0]] == "Invalid"
    record_elsewhere(home, screen_one(on_view, read_film, classifier, STRICT))
    room.desk.refresh()
    assert [stored.outcome.path for stored in updated] == [on_view]
