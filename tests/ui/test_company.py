"""The window in company: other programs on the same database, notes that wait."""

from dataclasses import replace
from datetime import UTC, datetime

from pneumo_desktop.core.cases import Call, Policy, Reading
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.store import FILE, CaseStore
from tests.ui.hands import call_it

READ = Reading(Call.NORMAL, datetime(2024, 5, 1, tzinfo=UTC))


def test_a_case_saved_by_a_command_appears_and_a_reading_elsewhere_shows(
    room, qtbot, home, film_file, classifier
):
    with CaseStore(home / FILE) as other:
        case = screen_one(film_file("a.png"), read_film, classifier, Policy())
        number = other.record(case).id
        qtbot.waitUntil(lambda: len(room.queue.cases()) == 1, timeout=20_000)
        other.mark_read(number, READ)
        qtbot.waitUntil(lambda: room.queue.cases()[0].reading is not None, timeout=20_000)
        assert room.queue.cases()[0].reading.read_at == READ.read_at


def test_a_rejection_that_gave_way_elsewhere_leaves_the_list(
    rooms, room, qtbot, home, film_file, tmp_path, classifier
):
    rooms.answer(room, tmp_path / "late.png")
    outcome = screen_one(film_file("late.png"), read_film, classifier, Policy())
    with CaseStore(home / FILE) as other:
        other.record(outcome)
    room.desk.refresh()
    (only,) = room.queue.cases()
    assert only.outcome.facts == outcome.facts


def test_a_rejection_with_a_readers_word_on_it_stays(rooms, room, film_file, tmp_path):
    (rejected,) = rooms.answer(room, tmp_path / "late.png")
    room.desk.show_number(rejected.id)
    room.reading.note.setText("asked for it again")
    call_it(rooms, room, Call.NOT_DIAGNOSTIC)
    cases = rooms.answer(room, film_file("late.png"))
    assert len(cases) == 2
    assert {c.reading.note for c in cases if c.reading} == {"asked for it again"}


def test_a_note_without_a_call_waits_for_its_readers_return(rooms, room, film_file):
    first, second = rooms.answer(room, film_file("a.png", 0.9), film_file("b.png", 0.8))
    room.desk.show_number(first.id)
    room.reading.note.setText("left base?")
    room.desk.show_number(second.id)
    assert room.reading.note.text() == ""
    room.desk.show_number(first.id)
    assert room.reading.note.text() == "left base?"


def test_the_store_knows_its_own_writing_from_that_of_others(home, film_file, classifier):
    case = screen_one(film_file("a.png"), read_film, classifier, Policy())
    with CaseStore(home / FILE) as mine, CaseStore(home / FILE) as theirs:
        mine.record(case)
        assert not mine.changed_elsewhere()
        theirs.record(replace(case, facts=replace(case.facts, sha256="other")))
        assert mine.changed_elsewhere()
        assert not mine.changed_elsewhere()
