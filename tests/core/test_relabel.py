"""Another threshold labels unread films anew; what a reader called stays as its reader saw it."""

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest

from pneumo_desktop.core import relabel as relabel_module
from pneumo_desktop.core.audit import Act
from pneumo_desktop.core.cases import Call, Label, ModelIdentity, Policy, Priority, Reading
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.gates import answer
from pneumo_desktop.core.relabel import Begun
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.store import CaseStore

STRICT = Policy(threshold=0.95)
READ = Reading(Call.PNEUMONIA, datetime(2024, 5, 1, 12, 0, tzinfo=UTC))


@pytest.fixture
def store(path, film_file, classifier, tmp_path):
    """Five answered films of 0.1 to 0.98 and a file that is not there."""
    with CaseStore(path, "AB") as opened:
        for number, probability in enumerate((0.1, 0.6, 0.8, 0.9, 0.98)):
            film = film_file("x" * (number + 1) + ".png", probability)
            opened.record(screen_one(film, read_film, classifier, Policy()))
        opened.record(screen_one(tmp_path / "gone.png", read_film, classifier, Policy()))
        yield opened


def labels(store):
    return [store.get(number).outcome.answer.label.value[0] for number in range(1, 6)]


def test_unread_films_are_labelled_as_if_they_had_been_answered_so(store, card):
    *_, last = store.relabel(lambda _: card, STRICT)
    assert labels(store) == ["I", "I", "I", "I", "P"]
    assert (last.done, last.total, last.changed, last.left) == (5, 5, 3, 0)
    for number in range(1, 6):
        case = store.get(number).outcome
        assert case.answer == answer(case.facts, case.prediction, card, STRICT)


def test_a_read_film_keeps_what_its_reader_saw(store, card):
    before = store.mark_read(3, READ)
    list(store.relabel(lambda _: card, STRICT))
    after = store.get(3)
    assert (after.outcome.answer, after.reading) == (before.outcome.answer, before.reading)
    assert after.outcome.answer.label is Label.PNEUMONIA
    assert labels(store) == ["I", "I", "P", "I", "P"]


def test_a_film_called_while_the_threshold_changes_keeps_what_its_reader_saw(path, store, card):
    seen = store.get(3).outcome.answer

    def card_of(_):
        """Stand in the moment between reading the cases and writing their new answers."""
        with CaseStore(path) as reader:
            reader.mark_read(3, READ)
        return card

    list(store.relabel(card_of, STRICT))
    assert store.get(3).outcome.answer == seen
    assert store.get(2).outcome.answer.policy == STRICT


def test_a_film_that_another_model_answered_meanwhile_keeps_that_answer(path, store, card):
    other = ModelIdentity("other", "2.0", "ef" * 32)

    def card_of(_):
        with CaseStore(path) as elsewhere:
            elsewhere.record(replace(elsewhere.get(3).outcome, model=other))
        return card

    list(store.relabel(card_of, STRICT))
    assert store.get(3).outcome.model == other
    assert store.get(3).outcome.answer.policy == Policy()


def test_another_operating_point_moves_where_pneumonia_begins(store, card):
    list(store.relabel(lambda _: card, Policy("specific", 0.5)))
    assert labels(store) == ["N", "I", "P", "P", "P"]  # 0.6 is Normal, and 40 % sure of it
    assert store.get(4).outcome.answer.priority is Priority.HIGH


def test_films_of_a_model_that_is_gone_or_has_no_such_point_stay_as_they_are(store, card):
    *_, last = store.relabel(lambda _: None, STRICT)
    assert (last.left, last.changed) == (5, 0)
    few = msgspec.structs.replace(
        card, operating_points={"balanced": card.operating_points["balanced"]}
    )
    *_, last = store.relabel(lambda _: few, Policy("sensitive"))
    assert last.left == 5
    assert labels(store) == ["N", "I", "P", "P", "P"]


def test_it_goes_in_chunks_and_can_be_left_in_between(store, card, monkeypatch):
    monkeypatch.setattr(relabel_module, "CHUNK", 2)
    work = store.relabel(lambda _: card, STRICT)
    assert [next(work).done, next(work).done] == [2, 4]
    work.close()
    assert store.relabelling() == Begun(STRICT, STRICT)
    assert labels(store) == ["I", "I", "I", "I", "P"]
    assert store.get(5).outcome.answer.policy == Policy()
    (last,) = store.relabel(lambda _: card, STRICT)  # the rest, and only that
    assert (last.done, store.get(5).outcome.answer.policy) == (1, STRICT)
    assert store.relabelling() is None


def test_what_was_left_in_the_middle_can_be_gone_back_on(path, store, card, monkeypatch):
    monkeypatch.setattr(relabel_module, "CHUNK", 2)
    before = [store.get(number).outcome.answer for number in range(1, 6)]
    work = store.relabel(lambda _: card, STRICT, Policy())
    next(work)
    work.close()
    with CaseStore(path) as other:  # as a program that starts after the first was killed
        begun = other.relabelling()
        assert begun == Begun(STRICT, Policy())
        *_, last = other.relabel(lambda _: card, begun.old, begun.policy)
        assert last.total == 2
        assert other.relabelling() is None
    assert [store.get(number).outcome.answer for number in range(1, 6)] == before


def test_the_log_names_the_threshold_and_the_cases_but_no_answer_twice(store, card):
    list(store.relabel(lambda _: card, STRICT))
    (entry,) = (e for e in store.audit_log() if e.deed.act is Act.RELABELLED)
    assert entry.deed.detail == {
        "at": "default", "threshold": 0.95, "count": 5, "cases": "1-5", "with another label": 3,
    }  # fmt: skip
    assert list(store.relabel(lambda _: card, STRICT)) == []
    assert store.check_audit_log() == ""
