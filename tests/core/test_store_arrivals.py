"""A blind reader's list: made of what the files say and when they came, never of an answer."""

from dataclasses import replace
from datetime import UTC, datetime

from pneumo_desktop.core import marks
from pneumo_desktop.core.cases import Call, Label, Priority, Reading
from pneumo_desktop.core.store_query import Counts, Sort, Status, Wanted
from tests.ui import make


def keep(store, *outcomes):
    return [store.record(outcome).id for outcome in outcomes]


def read(store, number, call=Call.NORMAL):
    return store.mark_read(number, Reading(call, datetime.now(UTC)))


def numbers(store, **wanted):
    found = store.worklist.numbers(Wanted(blind=True, **wanted), [(Sort.SEVERITY, True)])
    return [abs(number) for number in found]


def a_study():
    return [
        make.case(None, name="hand", study="1"),
        make.case(Priority.LOW, name="pa", study="1"),
        make.case(Priority.HIGH, name="ap", study="1"),
    ]


def test_films_of_a_study_share_a_row_whatever_was_answered(store):
    first, *_ = keep(store, *a_study())
    (other,) = keep(store, make.rejected())
    assert numbers(store) == [first, other]
    row = store.worklist.page([first], blind=True)[first]
    assert (row.films, row.unread, row.lead.id) == (3, 3, first)
    assert store.worklist.row_of(first + 2, blind=True) == first
    assert store.worklist.counts(blind=True) == Counts(2, 2)
    assert [film.id for film in store.all(blind=True)] == [first, first + 1, first + 2, other]


def test_another_answer_moves_no_row(store):
    ids = keep(store, *a_study(), make.case(Priority.LOW, name="other"))
    before = numbers(store)
    for name, band in (("hand", Priority.HIGH), ("pa", None), ("ap", Priority.CHECK)):
        keep(store, make.case(band, name=name, study="1"))
    keep(store, make.case(Priority.HIGH, 99.0, name="other"))
    assert numbers(store) == before == [ids[0], ids[3]]


def test_a_row_keeps_its_place_when_its_first_film_is_called(store):
    first, second, *_ = keep(store, *a_study())
    (other,) = keep(store, make.case(name="other"))
    read(store, first)
    assert numbers(store) == [first, other]
    for number in (second, second + 1):
        read(store, number)
    assert list(store.worklist.numbers(Wanted(blind=True))) == [-first, other]
    assert numbers(store, status=Status.UNREAD) == [other]


def test_rows_follow_the_archive_erasing_and_notes(store):
    first, second, third = keep(store, *a_study())
    store.mark(first, marks.archiving(on=True))
    assert numbers(store) == [second]
    assert numbers(store, status=Status.ARCHIVED) == [first]
    erased = store.erase([second])
    assert numbers(store) == [third]
    store.restore(erased)
    assert numbers(store) == [second]
    store.mark_read(third, Reading(Call.NORMAL, datetime.now(UTC), "effusion"))
    assert numbers(store, text="effusion") == [second]


def test_films_called_otherwise_are_listed_and_what_waits_is_not(store):
    first, second, third = keep(store, *(make.case(name=n) for n in "abc"))
    read(store, first, Call.NORMAL)
    read(store, second, Call.PNEUMONIA)
    assert numbers(store, status=Status.DISAGREED) == [first]
    assert numbers(store, label=Label.NORMAL, band=Priority.LOW) == [first, second, third]


def test_films_of_two_patients_are_no_study(store):
    keep(store, make.case(name="a", study="1", patient=make.JANE), make.case(name="b", study="1"))
    assert len(numbers(store)) == 2


def test_a_relabelled_film_stays_where_it_came(store):
    first, second, _ = keep(store, *a_study())
    case = store.get(second).outcome
    keep(store, replace(case, answer=replace(case.answer, severity=None, priority=None)))
    assert numbers(store) == [first]
