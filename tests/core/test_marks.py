"""Calls, flags, the archive and erasing: what is kept, what is logged, what can be taken back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pneumo_desktop.core.audit import Act
from pneumo_desktop.core.cases import Call, Patient, Reading
from pneumo_desktop.core.marks import (
    MarksChangedError,
    archiving,
    flagging,
    noting,
    taking_back,
    uncalled,
)
from pneumo_desktop.core.store import CaseStore

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
READ = Reading(Call.NORMAL, NOON, "seen", answer_seen=False)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kept" / "cases.sqlite3"


@pytest.fixture
def store(path):
    with CaseStore(path, "AB") as opened:
        yield opened


@pytest.fixture
def case(case):
    return replace(case, facts=replace(case.facts, patient=Patient("Doe^Jane", "4711")))


def acts(store):
    return [entry.deed.act for entry in store.audit_log()]


def test_a_call_keeps_who_called_whether_the_answer_was_seen_and_which_model_stood(store, case):
    number = store.record(case).id
    store.mark_read(number, READ)
    reading = store.get(number).reading
    assert (reading.initials, reading.answer_seen, reading.model) == ("AB", False, "stub 1.0")
    (entry,) = (e for e in store.audit_log() if e.deed.act is Act.READ)
    assert entry.deed.detail == {"call": "Normal", "answer_seen": False, "model": "stub 1.0"}


def test_a_call_shows_the_answer_for_good_even_when_taken_back(store, case):
    number = store.record(case).id
    assert not store.get(number).answer_shown
    store.mark_read(number, READ)
    assert store.mark_unread(number).answer_shown


def test_a_flag_is_of_the_case_and_stays_when_a_call_goes(store, case):
    number = store.record(case).id
    assert store.mark(number, flagging(on=True)).flagged
    store.mark_read(number, READ)
    assert store.mark(number, uncalled).flagged
    assert not store.mark(number, flagging(on=False)).flagged
    assert acts(store)[1:] == [Act.FLAGGED, Act.READ, Act.UNREAD, Act.UNFLAGGED]


def test_what_changes_nothing_is_not_logged(store, case):
    number = store.record(case).id
    store.mark(number, flagging(on=False))
    store.mark(number, uncalled)
    store.mark(number, noting("a note without a call"))
    assert acts(store) == [Act.ANSWERED]
    assert store.get(number).reading is None


def test_another_note_keeps_the_call_and_its_time_and_is_not_written_to_the_log(store, case):
    number = store.record(case).id
    before = store.mark_read(number, READ).reading
    after = store.mark(number, noting("Doe^Jane, effusion")).reading
    assert after == replace(before, note="Doe^Jane, effusion")
    log = list(store.audit_log())
    assert log[-1].deed.act is Act.NOTED
    assert "Doe" not in str(log)


def test_archived_cases_are_a_list_of_their_own_and_keep_their_reading(store, case):
    number = store.record(case).id
    store.mark_read(number, READ)
    store.mark(number, archiving(on=True))
    assert store.all() == []
    (archived,) = store.all(archived=True)
    assert archived.reading.call is Call.NORMAL
    store.mark(number, archiving(on=False))
    assert [stored.id for stored in store.all()] == [number]
    assert acts(store)[-2:] == [Act.ARCHIVED, Act.UNARCHIVED]


def test_an_archived_film_that_is_opened_again_is_listed_again(store, case):
    number = store.record(case).id
    store.mark(number, archiving(on=True))
    assert store.record(case).id == number
    assert [stored.id for stored in store.all()] == [number]


def test_taking_back_restores_what_stood_before(store, case):
    number = store.record(case).id
    before = store.mark_read(number, READ).marks
    after = store.mark_read(number, replace(READ, call=Call.OTHER)).marks
    assert store.mark(number, taking_back(before, after)).marks == before


def test_what_another_changed_since_is_not_taken_back(path, store, case):
    number = store.record(case).id
    before, after = store.get(number).marks, store.mark_read(number, READ).marks
    with CaseStore(path, "CD") as other:
        other.mark_read(number, replace(READ, call=Call.PNEUMONIA))
    with pytest.raises(MarksChangedError):
        store.mark(number, taking_back(before, after))
    assert store.get(number).reading.call is Call.PNEUMONIA


def test_an_erased_case_leaves_nothing_of_its_patient_on_the_disk(path, store, case):
    number = store.record(case).id
    store.mark_read(number, replace(READ, note="4711 by phone"))
    assert b"Doe^Jane" in _bytes_on_disk(path)
    store.erase([number])
    left = _bytes_on_disk(path)
    assert b"Doe^Jane" not in left
    assert b"4711" not in left
    assert acts(store)[-1] is Act.ERASED
    assert store.check_audit_log() == ""


def _bytes_on_disk(path):
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_erasing_is_taken_back_with_call_note_flag_and_number(store, case):
    number = store.record(case).id
    store.mark_read(number, READ)
    before = store.mark(number, flagging(on=True))
    erased = store.erase([number])
    assert store.all() == []
    (after,) = store.restore(erased)
    assert (after.id, after.marks, after.received) == (before.id, before.marks, before.received)
    assert store.check_audit_log() == ""


def test_a_film_that_came_again_after_it_was_erased_stays_as_it_came(store, case):
    erased = store.erase([store.record(case).id])
    again = store.record(case)
    assert store.restore(erased) == []
    assert [stored.id for stored in store.all()] == [again.id]


def test_of_several_cases_all_are_erased_or_none(store, case):
    number = store.record(case).id
    with pytest.raises(KeyError):
        store.erase([number, 99])
    assert [stored.id for stored in store.all()] == [number]
    assert Act.ERASED not in acts(store)
