"""Cases read here teach by calls made before the answer was seen; a model learns not of itself."""

from datetime import UTC, datetime

import pytest

from pneumo_desktop.core.cases import Call, Policy, Reading
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.sources import films_read_here
from pneumo_desktop.core.screening import screen
from pneumo_desktop.core.store import CaseStore

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path, film_file, classifier):
    """A real case database: four films called, one not, and a file that is no film."""
    calls = {
        "ill.png": (Call.PNEUMONIA, False),
        "well.png": (Call.NORMAL, False),
        "after.png": (Call.PNEUMONIA, True),
        "fracture.png": (Call.OTHER, False),
    }
    paths = [film_file(name) for name in (*calls, "still unread.png")]
    (tmp_path / "no film.png").write_bytes(b"no film")
    with CaseStore(tmp_path / "cases.sqlite") as store:
        for outcome in screen([*paths, tmp_path / "no film.png"], read_film, classifier, Policy()):
            stored = store.record(outcome)
            if outcome.path.name in calls:
                call, seen = calls[outcome.path.name]
                store.mark_read(stored.id, Reading(call, NOW, answer_seen=seen))
        yield store


def test_calls_made_after_the_answer_was_seen_are_left_out_and_counted(store, tmp_path):
    here = films_read_here(store.all())
    assert sorted(here.films, key=lambda film: film.path) == [
        Listed(tmp_path / "ill.png", ill=True),
        Listed(tmp_path / "well.png", ill=False),
    ]
    assert (here.seen, here.other, here.unread) == (1, 1, 2)


def test_who_insists_gets_them(store, tmp_path):
    here = films_read_here(store.all(), after_seeing=True)
    assert Listed(tmp_path / "after.png", ill=True) in here.films
    assert (len(here.films), here.seen) == (3, 0)


def test_of_two_films_that_stood_under_one_name_the_last_call_counts(
    tmp_path, film_file, classifier
):
    with CaseStore(tmp_path / "cases.sqlite") as store:
        for call, probability, day in ((Call.NORMAL, 0.3, 2), (Call.PNEUMONIA, 0.4, 1)):
            (outcome,) = screen(
                [film_file("film.png", probability)], read_film, classifier, Policy()
            )
            at = datetime(2026, 1, day, tzinfo=UTC)
            store.mark_read(store.record(outcome).id, Reading(call, at, answer_seen=False))
        assert store.count() == 2
        assert [film.ill for film in films_read_here(store.all()).films] == [False]
