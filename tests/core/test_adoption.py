"""A trained model is taken into use: card completed, reason kept, nothing measured edited."""

from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest

from pneumo_desktop.core import adoption
from pneumo_desktop.core.adoption import Adoption, adopted, keep_card, problem, words_of
from pneumo_desktop.core.card import OWN, Interval, MeasuredResult, encode_card, read_card
from pneumo_desktop.core.card_words import card_sections, plain_text
from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.judgement.against import Answered, against, ask, asked
from pneumo_desktop.core.judgement.figures import figures_at
from pneumo_desktop.core.judgement.judged import read_judged
from pneumo_desktop.core.judgement.viewings import Viewing, Viewings
from pneumo_desktop.core.judgement.words import verdict_words, viewing_words
from pneumo_desktop.core.model_package import load_package
from tests.core.judgement.make_judged import rows, write

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = Viewings((Viewing(NOON, 0.3),))


@pytest.fixture
def calibration(tmp_path):
    return read_judged(write(tmp_path / "calibration.csv", rows(40, seed=1)))


@pytest.fixture
def test_films(tmp_path):
    return read_judged(write(tmp_path / "test.csv", rows(60, seed=2)))


@pytest.fixture
def measured(card):
    """A card with what training measures."""
    rate = Interval(0.9, 0.8, 0.95)
    result = MeasuredResult("films kept apart", "locked test: once", 60, {"accuracy": rate})
    return msgspec.structs.replace(card, results=(result,), training={"recipe": "x"})


def wish(card, **changes):
    about = {"words": words_of(card), "point": 0.3, "reason": "It was trained on our own machine.",
             "initials": "AB", "at": NOON, "seen": SEEN, "against": None}  # fmt: skip
    return Adoption(**about | changes)


def better(judged, classifier, point=0.5):
    """Return a comparison that the new model wins."""
    wrong = np.where(judged.truth, 0.1, 0.9)
    answers = [Answered(place, float(p)) for place, p in enumerate(wrong)]
    return against(judged, point, answers, classifier, "default", frozenset())


def test_a_point_of_ones_own_is_kept_with_where_it_was_chosen(measured, calibration, test_films):
    card = adopted(measured, wish(measured), calibration, test_films)
    point = card.operating_points[OWN]
    assert point.threshold == 0.3
    there = figures_at(calibration, 0.3)
    assert "40 calibration films of 20 patients, by a person (AB) on 2026-03-01" in point.chosen_on
    assert f"sensitivity {100 * there.sensitivity.value:.1f} %" in point.chosen_on
    assert card.operating_points["balanced"] == measured.operating_points["balanced"]
    assert len(card.risk_coverage[OWN]) == 50
    assert [r.role for r in card.results] == [
        "locked test: once", "locked test, at the operating point chosen here",
    ]  # fmt: skip
    assert card.results[1].figures["accuracy"] == figures_at(test_films, 0.3).accuracy


@pytest.mark.parametrize("seen", [Viewings(), Viewings((Viewing(NOON, 0.31),))])
def test_nothing_of_the_locked_test_is_kept_that_was_not_seen(
    measured, calibration, test_films, seen
):
    card = adopted(measured, wish(measured, seen=seen), calibration, test_films)
    assert card.has_point(OWN)
    assert OWN not in card.risk_coverage
    assert card.results == measured.results


def test_the_point_of_calibration_adds_none_and_takes_an_earlier_one_away(
    measured, calibration, test_films
):
    first = adopted(measured, wish(measured), calibration, test_films)
    card = adopted(first, wish(measured, point=0.5), calibration, test_films)
    assert not card.has_point(OWN)
    assert OWN not in card.risk_coverage
    assert card.results == measured.results


def test_taking_it_into_use_twice_keeps_one_point_and_one_result(measured, calibration, test_films):
    first = adopted(measured, wish(measured), calibration, test_films)
    seen = Viewings((*SEEN.seen, Viewing(NOON, 0.4)))
    again = adopted(first, wish(first, point=0.4, seen=seen), calibration, test_films)
    assert again.operating_points[OWN].threshold == 0.4
    assert len(again.results) == 2


def test_words_are_changed_and_what_was_measured_is_not(measured, calibration, test_films):
    words = msgspec.structs.replace(
        words_of(measured), title=" Ours ", population="Adults", minimum_age=18.0,
        maximum_age=90.0, limits=("No children.", "  ", "Supine films only."),
    )  # fmt: skip
    card = adopted(measured, wish(measured, words=words, point=0.5), calibration, test_films)
    assert (card.title, card.population.description) == ("Ours", "Adults")
    assert (card.population.minimum_age, card.population.maximum_age) == (18.0, 90.0)
    assert card.limits == ("No children.", "Supine films only.")
    for name in ("results", "files", "calibration", "gates", "name", "version", "operating_points"):
        assert getattr(card, name) == getattr(measured, name)
    assert card.training["recipe"] == "x"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "not compared"),
        ({"reason": "  good enough  "}, "Write why"),
        ({"title": " "}, "title"),
        ({"population": ""}, "on whose films"),
        ({"minimum_age": 9.0, "maximum_age": 2.0}, "ages must rise"),
        ({"maximum_age": float("nan")}, "ages must rise"),
        ({"limits": (" ",)}, "limits"),
        ({"limits": ("x",) * 41}, "40 lines"),
        ({"reason": "x" * 2001}, "characters"),
        ({}, ""),
    ],
)
def test_what_is_missing_is_said(card, change, said):
    reason = change.pop("reason", "It was trained on our own machine.")
    words = msgspec.structs.replace(words_of(card), **change)
    found = problem(wish(card, words=words, reason=reason))
    assert said in found if said else not found


def test_only_a_better_model_needs_no_reason(card, classifier, test_films):
    found = better(test_films, classifier)
    assert found.comparison.verdict == "better"
    assert problem(wish(card, reason="", against=found)) == ""
    right = [Answered(place, float(ill)) for place, ill in enumerate(test_films.truth)]
    worse = against(test_films, 0.99, right, classifier, "default", frozenset())
    assert worse.comparison.verdict == "worse"
    assert "The verdict is: worse." in problem(wish(card, reason="", against=worse))


def test_the_card_says_how_it_was_taken_into_use(measured, calibration, test_films, classifier):
    wanted = wish(measured, against=better(test_films, classifier))
    card = adopted(measured, wanted, calibration, test_films)
    said = plain_text(card_sections(card))
    assert "Taken into use on 2026-03-01 by AB." in said
    assert "It was found better than stub 1.0, on 60 films kept apart." in said
    assert "Why it is used: It was trained on our own machine." in said
    assert "seen once; the operating point was chosen before" in said
    alone = plain_text(card_sections(adopted(measured, wish(measured), calibration, test_films)))
    assert "It was not compared with the model used before." in alone


@pytest.mark.parametrize("record", [3, {}, {"against": {}, "reason": ""}, {"verdict": ["x"]}])
def test_a_record_of_somebody_elses_is_shown_as_far_as_it_goes(card, record):
    odd = msgspec.structs.replace(card, training={"adoption": record})
    assert "Stub" in plain_text(card_sections(odd))


def test_a_card_with_its_record_is_read_again(added_package, calibration, test_films, classifier):
    package = load_package(added_package)
    wanted = wish(package.card, against=better(test_films, classifier))
    kept = keep_card(package, adopted(package.card, wanted, calibration, test_films))
    assert load_package(added_package).card == kept.card == read_card(added_package / "card.json")
    assert encode_card(kept.card) == (added_package / "card.json").read_bytes()
    assert kept.identity == package.identity


def test_numbers_that_are_none_do_not_spoil_the_card(
    added_package, calibration, test_films, classifier
):
    """Films of one class alone have no AUROC and no specificity."""
    ill = test_films.only(test_films.truth)
    package = load_package(added_package)
    wanted = wish(package.card, against=better(ill, classifier))
    keep_card(package, adopted(package.card, wanted, calibration, ill))
    assert load_package(added_package).card.training[adoption.RECORD]["difference of AUROC"] is None


def test_the_model_in_use_answers_films_it_has_not_learnt_from(tmp_path, film_file, classifier):
    paths = [film_file(f"film-{number}.png", 0.1 + 0.2 * number) for number in range(5)]
    hashes = [read_film(path).facts.sha256 for path in paths]
    found = [
        row | {"path": str(path), "sha256": sha256}
        for row, path, sha256 in zip(rows(5), paths, hashes, strict=True)
    ]
    judged = read_judged(write(tmp_path / "t.csv", found))
    film_file("film-1.png", 0.9)  # changed since
    paths[2].unlink()
    learnt = frozenset({hashes[0][:16]})
    places = asked(judged, learnt)
    assert places == (1, 2, 3, 4)
    answers = list(ask(judged, places, read_film, classifier))
    assert [a.place for a in answers] == [1, 2, 3, 4]
    assert [a.probability is None for a in answers] == [True, True, False, False]
    assert answers[2].probability == pytest.approx(0.7, abs=0.01)
    both = against(judged, 0.5, answers, classifier, "sensitive", learnt)
    assert (both.comparison.films, both.learnt, both.gone) == (2, 1, 2)
    words = " ".join(verdict_words(both))
    assert "cannot tell" in words
    assert "left out because Stub learnt from them: 1." in words
    assert "not be read any more, or were changed: 2." in words


def test_a_model_that_does_not_say_what_it_learnt_from_is_said_so(test_films, classifier):
    answers = [Answered(place, 0.5) for place in asked(test_films, None)]
    found = against(test_films, 0.5, answers, classifier, "default", None)
    assert found.comparison.films == len(test_films)
    assert any("not known which films Stub learnt from" in line for line in verdict_words(found))


def test_where_no_film_is_left_that_is_said(test_films, classifier):
    learnt = frozenset(sha256[:16] for sha256 in test_films.sha256)
    found = against(test_films, 0.5, [], classifier, "default", learnt)
    assert asked(test_films, learnt) == ()
    assert verdict_words(found)[0].startswith("No film is left")


def test_an_error_that_is_no_films_is_not_hidden(test_films, classifier):
    def fail(_):
        raise MemoryError

    def refuse(_):
        raise FilmError(ReasonCode.MISSING, "gone")

    assert next(ask(test_films, (0,), refuse, classifier)).probability is None
    with pytest.raises(MemoryError):
        next(ask(test_films, (0,), fail, classifier))


@pytest.mark.parametrize(
    ("seen", "point", "said"),
    [
        (Viewings(), 0.5, "has not been seen"),
        (SEEN, 0.3, "has been seen once."),
        (SEEN, 0.5, "no test any more"),
        (Viewings(SEEN.seen * 3), 0.3, "seen 3 times."),
        (Viewings(lost=True), 0.3, "damaged"),
    ],
)
def test_what_was_seen_of_the_locked_test_is_said(seen, point, said):
    assert said in viewing_words(seen, point)
