"""The worklist's rows in their order, as the database gives them."""

import random
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pneumo_desktop.core import marks
from pneumo_desktop.core.cases import Call, Label, Priority, Reading, ReasonCode
from pneumo_desktop.core.ordering import Ordering, urgency
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.core.store_query import Sort, Status, Wanted
from tests.ui import make

BANDS = [*Priority, None]


def keep(store, *outcomes):
    return [store.record(outcome).id for outcome in outcomes]


def read(store, number, call=Call.NORMAL, note=""):
    return store.mark_read(number, Reading(call, datetime.now(UTC), note))


def received(store, number, hours_ago):
    moment = datetime.now(UTC) - timedelta(hours=hours_ago)
    store._rows("UPDATE cases SET received = ? WHERE id = ?", (moment.isoformat(), number))
    return moment


def numbers(store, *by, **wanted):
    sorting = [(Sort(name.strip("-")), name.startswith("-")) for name in by]
    found = store.worklist.numbers(Wanted(**wanted), *([sorting] if by else []))
    return [abs(number) for number in found]


@pytest.mark.parametrize("ageing", [0.0, 1.0, 30.0])
def test_sqlite_keeps_the_order_of_the_rule(tmp_path, ageing):
    rule, dice, wanted = Ordering(ageing), random.Random(7), []
    with CaseStore(tmp_path / "a.sqlite3", ordering=rule) as store:
        for n in range(120):
            band, severity = dice.choice(BANDS), dice.randint(0, 1000) / 10
            (number,) = keep(store, make.case(band, severity, name=f"{n}.png"))
            hours = dice.randint(0, 10_000) / 10
            received(store, number, hours)
            score = None if band is None else severity
            wanted.append((*urgency(band, score, hours, rule), number))
        by_rule = [number for *_, number in sorted(wanted)]
        assert numbers(store) == by_rule


def test_a_film_keeps_its_place_when_it_is_called_and_sinks_as_others_wait(tmp_path):
    with CaseStore(tmp_path / "a.sqlite3", ordering=Ordering(10.0)) as store:
        first, second = keep(store, make.case(severity=90.0), make.case(severity=85.0, name="b"))
        read(store, first)
        assert numbers(store) == [first, second]
        for number in (first, second):
            received(store, number, 2.0)
        store._rows(
            "UPDATE cases SET read_at = ? WHERE id = ?",
            ((datetime.now(UTC) - timedelta(hours=1.9)).isoformat(), first),
        )
        assert numbers(store) == [second, first]


def test_a_row_says_by_its_sign_whether_it_is_read(store):
    first, second = keep(store, make.case(), make.case(Priority.LOW, name="b"))
    read(store, second)
    assert list(store.worklist.numbers(Wanted())) == [first, -second]


def test_films_of_one_study_share_a_row_led_by_the_most_urgent_frontal_one(store):
    lateral = make.case(Priority.CHECK, 99.0, name="ll", view="LL", study="1.2")
    reason = replace(lateral.answer.reason, code=ReasonCode.LATERAL_VIEW)
    lateral = replace(lateral, answer=replace(lateral.answer, reason=reason))
    normal = make.case(Priority.LOW, 10.0, name="pa", view="PA", study="1.2")
    doubtful = make.case(Priority.CHECK, 40.0, name="ap", view="AP", study="1.2")
    other = make.case(Priority.MEDIUM, 60.0, name="other", study="1.3")
    ids = keep(store, lateral, normal, doubtful, other, make.case(None, name="hand", study="1.2"))
    assert numbers(store) == [ids[3], ids[2], ids[4]]
    row = store.worklist.page([ids[2]])[ids[2]]
    assert (row.films, row.unread, row.lead.id) == (3, 3, ids[2])
    assert [film.id for film in store.worklist.study(ids[1])] == ids[:3]
    assert store.worklist.row_of(ids[0]) == ids[2]
    assert [film.id for film in store.all()] == [ids[3], ids[2], ids[0], ids[1], ids[4]]


def test_a_study_is_unread_until_its_last_film_is_read_and_waits_since_its_first(store):
    first, second = keep(
        store, make.case(name="a", study="1"), make.case(Priority.LOW, name="b", study="1")
    )
    came = received(store, first, 3.0)
    later = received(store, second, 1.0)
    row = store.worklist.page([first])[first]
    assert abs((row.received - came).total_seconds()) < 0.01
    assert row.waited == pytest.approx(3.0, abs=0.1)
    read(store, first)
    row = store.worklist.page([first])[first]
    assert row.unread == 1
    assert abs((row.received - later).total_seconds()) < 0.01
    read(store, second)
    assert store.worklist.page([first])[first].unread == 0
    assert numbers(store, status=Status.UNREAD) == []


def test_films_of_two_patients_are_no_study_whatever_their_files_say(store):
    jane = make.case(name="a", study="1", patient=make.JANE)
    keep(store, jane, make.case(name="b", study="1"))
    assert len(numbers(store)) == 2


def test_what_is_erased_restored_or_archived_leaves_and_joins_its_row(store):
    first, second = keep(
        store, make.case(name="a", study="1"), make.case(Priority.LOW, name="b", study="1")
    )
    erased = store.erase([first])
    assert numbers(store) == [second]
    store.restore(erased)
    assert numbers(store) == [first]
    store.mark(first, marks.archiving(on=True))
    assert numbers(store) == [second]
    assert numbers(store, status=Status.ARCHIVED) == [first]
    assert [film.id for film in store.all(archived=True)] == [first]


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({}, "abcd"),
        ({"label": Label.PNEUMONIA}, "ac"),
        ({"status": Status.READ}, "c"),
        ({"status": Status.UNREAD}, "abd"),
        ({"status": Status.DISAGREED}, "c"),
        ({"status": Status.FLAGGED}, "b"),
        ({"status": Status.ARCHIVED}, ""),
        ({"band": Priority.LOW}, "b"),
        ({"band": "apart"}, "d"),
        ({"text": "doe JANE"}, "a"),
        ({"text": "4711"}, "a"),
        ({"text": "B.png"}, "b"),
        ({"text": "jane b.png"}, ""),
        ({"text": "MÜLLER"}, "b"),
        ({"text": "100%"}, ""),
        ({"text": "effusion"}, "c"),
        ({"text": "pneumonia"}, ""),
        ({"label": Label.PNEUMONIA, "status": Status.UNREAD, "text": "doe"}, "a"),
    ],
)
def test_the_list_is_narrowed(store, wanted, left):
    mueller = replace(make.JANE, name="Müller", identifier="8")
    ids = keep(
        store,
        make.case(name="a.png", patient=make.JANE),
        make.case(Priority.LOW, 5.0, name="b.png", patient=mueller),
        make.case(name="c.png"),
        make.rejected("d.png"),
    )
    read(store, ids[2], note="effusion?")
    store.mark(ids[1], marks.flagging(on=True))
    assert sorted(numbers(store, **wanted)) == sorted(ids["abcd".index(name)] for name in left)


def test_the_list_is_narrowed_by_when_films_came(store):
    ids = keep(store, *(make.case(name=f"{n}") for n in range(3)))
    moments = [
        received(store, number, hours) for number, hours in zip(ids, (50, 20, 1), strict=True)
    ]
    second = timedelta(seconds=1)
    between = {"since": moments[1] - second, "until": moments[2] - second}
    assert numbers(store, **between) == [ids[1]]


def test_the_pinned_row_stays(store):
    first, second = keep(store, make.case(), make.case(Priority.LOW, name="b"))
    assert sorted(numbers(store, label=Label.NORMAL, pinned=first)) == [first, second]
    assert not store.worklist.admits(Wanted(label=Label.NORMAL), first)
    assert store.worklist.admits(Wanted(label=Label.NORMAL), second)


def test_a_blind_reader_gets_films_as_they_came_and_no_answer_by_filtering(store):
    ids = keep(store, make.case(Priority.LOW, 5.0), make.case(name="b"), make.rejected("c"))
    assert numbers(store, "-severity", blind=True, label=Label.PNEUMONIA, band="apart") == ids


def _film(name, band=Priority.HIGH, severity=80.0, age=None, sex=""):
    patient = replace(make.JANE, name=name, age_years=age, sex=sex)
    return make.case(band, severity, name=f"{name}.png", patient=patient)


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (["severity"], "cbade"),
        (["-severity"], "dabce"),
        (["title"], "abcde"),
        (["-title"], "dcbae"),
        (["age"], "bcade"),
        (["-age"], "acbde"),
        (["label", "title"], "dabce"),
        (["label", "-title"], "dcbae"),
        (["sex", "age"], "bcade"),
        (["received"], "dcbae"),
        (["waiting"], "abcde"),
        (["status", "-title"], "dcabe"),
        (["call"], "bcade"),
        (["films", "reason", "view", "confidence", "title"], "abcde"),
        (["agreement", "title"], "bacde"),
    ],
)
def test_it_is_sorted_by_one_column_or_several_what_stands_apart_last(store, by, order):
    ids = keep(
        store,
        _film("A", severity=70.0, age=50.0, sex="F"),
        _film("b", severity=80.0, age=3.0, sex="F"),
        _film("C", severity=90.0, age=9.0, sex="F"),
        _film("d", Priority.LOW, 4.0),
        make.rejected("aa.png"),
    )
    for number, hours in zip(ids, (5, 4, 3, 2, 9), strict=True):
        received(store, number, hours)
    read(store, ids[1], Call.NORMAL)
    assert numbers(store, *by) == [ids["abcde".index(name)] for name in order]


def test_rows_are_counted_with_a_priority_unread_and_apart_by_reason(store):
    ids = keep(store, make.case(), make.case(name="b"), make.case(None, name="c"))
    keep(store, make.rejected("d"), make.rejected("e"))
    read(store, ids[0])
    counts = store.worklist.counts()
    assert (counts.studies, counts.unread) == (2, 1)
    assert counts.apart == {ReasonCode.NOT_A_CHEST_FILM: 1, ReasonCode.UNREADABLE: 2}


def test_the_latest_case_of_a_file_is_found(store):
    odd = Path("/films/b\udc80d\n.dcm")
    case = make.case()
    (number,) = keep(store, replace(case, facts=replace(case.facts, path=odd)))
    assert store.worklist.at(odd).id == number
    assert store.worklist.at(Path("/films/else")) is None
    assert numbers(store, text=".DCM") == [number]
    assert numbers(store, text="ü") == []


def test_another_program_keeps_the_rows_in_step_too(store, tmp_path):
    (number,) = keep(store, make.case())
    with sqlite3.connect(tmp_path / "cases.sqlite3") as other:
        other.execute("DELETE FROM cases")
    other.close()
    assert numbers(store) == []
    assert store.worklist.row_of(number) is None
    assert store.worklist.page([number]) == {}
