"""A card in words: everything it holds, and nothing that it does not."""

import re
from pathlib import Path

import msgspec
import pytest

from pneumo_desktop.core.card import (
    Calibration,
    Interval,
    MeasuredResult,
    Population,
    read_card,
)
from pneumo_desktop.core.card_words import ages_words, card_sections, identity_line, plain_text
from pneumo_desktop.core.paths import resource

ROLE = "locked test: patients apart"


def text_of(card, **changes):
    return plain_text(card_sections(msgspec.structs.replace(card, **changes)))


def result(films, n, role=ROLE, **figures):
    rates = {name.replace("_", " "): Interval(*values) for name, values in figures.items()}
    return MeasuredResult(films, role, n, rates)


def test_name_version_and_short_hash_come_first(card):
    lines = text_of(card).splitlines()
    assert lines[:2] == ["Stub", "stub, version 1.0, network abababababab (SHA-256)"]
    assert "not a diagnosis" in lines[2]


def test_the_prevalence_says_where_probabilities_hold(card):
    said = text_of(card, prevalence=0.25)
    assert "Probabilities hold where 25 % of films show pneumonia." in said
    assert "Where pneumonia is rarer they are too high" in said


def test_a_model_without_calibration_promises_no_prevalence(card):
    raw = Calibration(1.0, 0.0, "nowhere: this model is not calibrated")
    said = text_of(card, calibration=raw)
    assert "Not calibrated: its probabilities are as the network gives them." in said
    assert "hold where" not in said


def test_operating_points_stand_with_where_they_were_chosen(card):
    (section,) = [s for s in card_sections(card) if s.title.startswith("Confidence")]
    (table,) = section.tables
    assert [row[:2] for row in table.rows] == [
        ("sensitive", "0.20"), ("balanced (default)", "0.50"), ("specific", "0.80"),
    ]  # fmt: skip
    assert {row[2] for row in table.rows} == {"made up for tests"}


def test_figures_stand_with_interval_films_and_role(card):
    measured = result("films kept apart", 442, auroc=(0.9963, 0.9926, 0.9988),
                      accuracy=(0.9706, 0.95, 0.983))  # fmt: skip
    said = text_of(card, results=(measured,))
    assert "Locked test: patients apart:\n  films kept apart, n = 442\n" in said
    assert "    AUROC: 0.996 (0.993 to 0.999)\n    Accuracy: 97.1 % (95.0 to 98.3)" in said
    assert "No figures measured." not in said


def test_a_card_without_results_says_so(card):
    assert "No figures measured." in text_of(card)


def test_films_of_one_class_share_the_table_of_their_role_and_leave_gaps(card):
    rate = (0.5, 0.4, 0.6)
    results = (
        result("both", 10, accuracy=rate, specificity=rate),
        result("normals", 5, specificity=rate),
        result("elsewhere", 5, "view", specificity=rate),
    )
    sections = card_sections(msgspec.structs.replace(card, results=results))
    (tables,) = [s.tables for s in sections if s.title == "How films were answered"]
    assert [table.caption for table in tables] == ["Locked test: patients apart", "View"]
    assert tables[0].heading == ("Films", "Accuracy", "Specificity")
    assert tables[0].rows[1] == ("normals, n = 5", "", "50.0 % (40.0 to 60.0)")


def test_a_figure_that_this_program_does_not_know_is_shown_under_its_own_name(card):
    said = text_of(card, results=(result("adults", 91, spearman=(0.71, 0.6, 0.8)),))
    assert "Spearman: 0.710 (0.600 to 0.800)" in said


def test_changes_and_refusals_stand_apart_from_answers(card):
    rate = (1.0, 0.9, 1.0)
    results = (
        result("kept", 10, accuracy=rate),
        MeasuredResult("tone", "changed", 10, {"same side": Interval(*rate)}),
        MeasuredResult("bone", "kept", 10, {"refused as no chest film": Interval(*rate)}),
    )
    last = card_sections(msgspec.structs.replace(card, results=results))[-1]
    assert last.title == "What else was measured"
    assert [table.rows[0][0] for table in last.tables] == ["tone, n = 10", "bone, n = 10"]


@pytest.mark.parametrize(
    ("ages", "words"), [((1.0, 5.0), "1 to 5 years"), ((0.0, 0.0), "not stated")]
)
def test_ages_that_are_not_known_are_not_stated(ages, words):
    assert ages_words(Population("some", *ages)) == words


def test_a_model_of_unknown_making_states_nothing(card):
    unknown = msgspec.structs.replace(card, population=Population("", 0.0, 0.0), training={})
    said = plain_text(card_sections(unknown))
    assert "Population: not stated" in said
    assert "What it learnt from\nNot stated." in said
    assert "How it was made\nNot stated." in said
    assert "network not stated" in identity_line(msgspec.structs.replace(card, files={}))


def test_the_making_is_told_whatever_a_card_holds_of_it(card):
    training = {
        "data": ["Films of a hospital, CC BY 4.0"],
        "recipe": "title = 'long'",
        "seeds": {"split": 1, "training": 2},
        "epochs": [{"loss": 1.0}, {"loss": 0.5}],
        "left_out": ["broken.png"],
        "exports": {"float16": {"largest difference": 0.00985, "flips": 0}},
    }
    said = text_of(card, training=training)
    assert "• Films of a hospital, CC BY 4.0" in said
    assert "Seeds: split 1, training 2" in said
    assert "Epochs: 2" in said
    assert "could not be read: 1" in said
    assert "Exports: float16 (largest difference 0.00985, flips 0)" in said
    assert "long" not in said


def test_severity_is_told_with_the_cards_constants(card):
    said = text_of(card)
    assert "a certain film of no extent gets 75, its extent adds up to 25" in said
    assert "share of 7 x 7 places whose evidence exceeds 0.100" in said
    assert "below 0.50 is refused" in said
    assert "not clinical severity" in said


def test_plots_beside_the_card_are_named(card):
    assert "roc.png" in plain_text(card_sections(card, [Path("plots/roc.png")]))
    assert "Plots" not in plain_text(card_sections(card))


def test_every_shipped_card_says_all_and_claims_nothing():
    cards = [read_card(path) for path in resource("models").glob("*/card.json")]
    assert cards
    for shipped in cards:
        said = plain_text(card_sections(shipped))
        assert shipped.population.description in said
        assert all(limit in said for limit in shipped.limits)
        assert all(entry in said for entry in shipped.training["data"])
        assert said.count(", n = ") == len(shipped.results) > 0
        assert not {"faster", "better", "superior"} & set(re.findall("[a-z]+", said.lower()))
