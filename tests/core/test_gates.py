from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.cases import FilmFacts, Label, Policy, Prediction, Priority, ReasonCode
from pneumo_desktop.core.gates import answer


def facts(**changes) -> FilmFacts:
    return FilmFacts(Path("film.dcm"), "00" * 32, "DICOM", 100, 100, 12, **changes)


def prediction(probability=0.9, chest=0.99, inverted=None) -> Prediction:
    return Prediction(probability, chest, np.zeros((7, 7), np.float32), inverted)


def test_a_confident_film_is_answered(card):
    said = answer(facts(), prediction(0.9), card, Policy())
    assert (said.label, said.raw_label, said.reason) == (Label.PNEUMONIA, Label.PNEUMONIA, None)
    assert said.confidence == 0.9
    assert said.severity == 67.5


def test_the_confidence_of_normal_is_that_of_normal(card):
    said = answer(facts(), prediction(0.1), card, Policy())
    assert said.label is Label.NORMAL
    assert said.confidence == pytest.approx(0.9)


def test_a_film_below_the_threshold_is_invalid_and_keeps_its_place(card):
    said = answer(facts(), prediction(0.6), card, Policy())
    assert (said.label, said.raw_label) == (Label.INVALID, Label.PNEUMONIA)
    assert said.reason is not None
    assert said.reason.code is ReasonCode.LOW_CONFIDENCE
    assert said.severity == 45.0
    assert said.priority is Priority.CHECK


def test_exactly_the_threshold_is_an_answer(card):
    assert answer(facts(), prediction(0.7), card, Policy(threshold=0.7)).label is Label.PNEUMONIA


@pytest.mark.parametrize(
    ("point", "raw"),
    [("default", "Normal"), ("sensitive", "Pneumonia"), ("specific", "Normal")],
)
def test_the_operating_point_decides_the_raw_label(card, point, raw):
    said = answer(facts(), prediction(0.3), card, Policy(operating_point=point))
    assert said.raw_label == raw
    assert said.confidence == pytest.approx(0.3 if raw == "Pneumonia" else 0.7)


@pytest.mark.parametrize(
    ("changes", "chest", "code"),
    [
        ({}, 0.2, ReasonCode.NOT_A_CHEST_FILM),
        ({"body_part": "EXTREMITY"}, 1.0, ReasonCode.NOT_A_CHEST_FILM),
        ({"body_part": "ABDOMEN AP"}, 1.0, ReasonCode.NOT_A_CHEST_FILM),
        ({"modality": "CT"}, 1.0, ReasonCode.NOT_A_CHEST_FILM),
    ],
)
def test_what_is_no_frontal_chest_film_has_no_severity(card, changes, chest, code):
    said = answer(facts(**changes), prediction(0.95, chest), card, Policy())
    assert said.label is Label.INVALID
    assert said.reason is not None
    assert said.reason.code is code
    assert said.severity is None
    assert said.priority is None
    assert said.raw_label is Label.PNEUMONIA


@pytest.mark.parametrize(
    ("inverted", "code"),
    [
        (None, ReasonCode.NOT_A_CHEST_FILM),
        (0.4, ReasonCode.NOT_A_CHEST_FILM),
        (0.6, ReasonCode.INVERTED_POLARITY),
    ],
)
def test_a_film_that_is_a_chest_when_inverted_is_named_so(card, inverted, code):
    said = answer(facts(), prediction(0.95, 0.2, inverted), card, Policy())
    assert said.reason is not None
    assert said.reason.code is code
    assert (said.severity is None) == (code is ReasonCode.NOT_A_CHEST_FILM)


@pytest.mark.parametrize(
    "part", ["CHEST PA", "PORTABLE CHEST", "CHEST ABDOMEN", "THORAX_AP", "UNKNOWN", "", "CXR"]
)
def test_a_region_that_may_be_the_chest_is_left_to_the_network(card, part):
    assert answer(facts(body_part=part), prediction(), card, Policy()).label is Label.PNEUMONIA


def test_a_lateral_chest_film_is_to_be_checked_and_keeps_its_place(card):
    said = answer(facts(view="LL"), prediction(0.95), card, Policy())
    assert said.label is Label.INVALID
    assert said.reason is not None
    assert said.reason.code is ReasonCode.LATERAL_VIEW
    assert said.severity is not None
    assert said.priority is Priority.CHECK


def test_less_than_the_threshold_never_reads_as_equal(card):
    said = answer(facts(), prediction(0.6999), card, Policy())
    assert said.reason is not None
    assert "69 % sure, less than the 70 %" in said.reason.text
