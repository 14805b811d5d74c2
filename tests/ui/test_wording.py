import msgspec
import pytest

from pneumo_desktop.core.card import Calibration
from pneumo_desktop.core.cases import Patient, Priority, ReasonCode
from pneumo_desktop.ui import terms, wording
from pneumo_desktop.ui.intake import Advance
from tests.ui import make


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "over 99 %"),
        (0.9901, "over 99 %"),
        (0.99, "99 %"),
        (0.704, "70 %"),
        (0.01, "1 %"),
        (0.0, "under 1 %"),
    ],
)
def test_probabilities_never_reach_certainty(probability, words):
    assert terms.percent(probability) == words


def test_normal_never_stands_alone():
    words = wording.meaning(make.case(Priority.LOW, 10.0))
    assert words == (
        "No pneumonia pattern found. Other findings (pneumothorax, effusion, mass, fracture, "
        "lines and tubes) are not assessed."
    )


def test_an_invalid_says_why():
    assert wording.meaning(make.case(Priority.CHECK, 40.0)) == "The model is 60% sure."
    assert wording.meaning(make.case(None)) == "Not a chest X-ray."


def test_pneumonia_does_not_claim_the_rest_is_well():
    assert "not assessed" in wording.meaning(make.case(Priority.HIGH))


def test_a_doubtful_film_tells_the_probability_and_what_is_no_film_tells_none(card):
    assert wording.confidence_line(make.case(Priority.HIGH), card) == "90 % confidence (calibrated)"
    doubtful = wording.confidence_line(make.case(Priority.CHECK, 40.0, 0.6), card)
    assert doubtful == "No answer; pneumonia probability 60 % (calibrated)"
    assert wording.confidence_line(make.case(None), card) == ""


def test_a_probability_is_called_calibrated_only_where_the_card_says_so(card):
    high = make.case(Priority.HIGH)
    assert wording.confidence_line(high, None) == "90 % confidence"
    raw = msgspec.structs.replace(card, calibration=Calibration(1.0, 0.0, "nowhere: raw"))
    assert wording.confidence_line(high, raw) == "90 % confidence (not calibrated)"
    assert "as the network gives them" in wording.population_line(raw)
    assert "Probabilities hold" not in wording.population_line(raw)


def test_an_inverted_films_probability_is_that_of_the_corrected_film(card):
    found = make.inverted()
    assert wording.is_inverted(found)
    assert not wording.is_inverted(make.case())
    assert wording.confidence_line(found, card) == (
        "No answer; pneumonia probability 90 % of the corrected film (calibrated)"
    )


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (None, "Age unknown: this model was measured on ages 1 to 5."),
        (54.0, "Age 54 y, outside the population: this model was measured on ages 1 to 5."),
        (0.5, "Age 6 mo, outside the population: this model was measured on ages 1 to 5."),
    ],
)
def test_an_age_the_model_does_not_know_is_remarked(card, age, words):
    assert wording.remarks(make.case(patient=Patient(age_years=age)), card) == [words]


def test_a_known_age_and_a_frontal_view_need_no_remark(card):
    assert wording.remarks(make.case(patient=make.JANE, view="pa"), card) == []


def test_a_view_that_is_not_frontal_is_remarked(card):
    (remark,) = wording.remarks(make.case(patient=make.JANE, view="LLO"), card)
    assert remark.startswith("View LLO is not frontal")


def test_a_model_whose_ages_are_not_known_says_so(card):
    words = ["It is not known which ages this model was measured on."]
    ages = msgspec.structs.replace(card.population, minimum_age=0.0, maximum_age=0.0)
    unknown = msgspec.structs.replace(card, population=ages)
    assert wording.remarks(make.case(patient=make.JANE), None) == words
    assert wording.remarks(make.case(patient=make.JANE), unknown) == words


def test_what_is_no_chest_film_has_no_remarks(card):
    assert wording.remarks(make.case(None), card) == []


def test_the_patient_line_holds_what_the_file_says():
    assert wording.patient_lines(make.facts(patient=make.JANE)) == [
        "Jane Doe",
        "ID 4711",
        "4 y · F",
    ]
    assert wording.patient_lines(make.facts()) == []


def test_a_row_is_named_by_patient_or_file():
    assert wording.title_of(make.stored(1, make.case(patient=make.JANE))) == "Jane Doe"
    assert wording.title_of(make.stored(1, make.case(name="a.png"))) == "a.png"
    assert wording.title_of(make.stored(1, make.rejected("b.png"))) == "b.png"


def test_severity_is_told_with_its_band():
    assert wording.severity_line(make.case()) == "High · severity 80 of 100"
    assert wording.severity_line(make.case(None)) == "No severity and no priority"


@pytest.mark.parametrize(
    ("band", "call", "words"),
    [
        (Priority.HIGH, "Pneumonia", "same as the model"),
        (Priority.HIGH, "Normal", "the model said Pneumonia"),
        (Priority.CHECK, "Normal", "the model gave no answer"),
    ],
)
def test_a_call_is_told_against_the_label(band, call, words):
    line = wording.reading_line(make.stored(1, make.case(band), call))
    assert line.startswith(f"Read as {call} on 2026-03-01")
    assert line.endswith(words)


def test_an_unread_case_has_no_reading_line():
    assert wording.reading_line(make.stored(1, make.case())) == ""


def test_films_apart_are_counted_by_why():
    counts = {ReasonCode.NOT_A_CHEST_FILM: 2, ReasonCode.UNREADABLE: 1}
    assert wording.apart_line(counts) == "3 files apart: 2 not of a chest, 1 unreadable"
    assert wording.apart_line({ReasonCode.LATERAL_VIEW: 1}) == "1 file apart: 1 lateral view"
    assert wording.apart_line({}) == ""


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "1 s"), (59, "59 s"), (61, "1 min"), (7300, "2 h 2 min")]
)
def test_time_left_is_coarse(seconds, words):
    assert terms.duration(seconds) == words


def test_progress_tells_count_rate_and_time_left():
    assert Advance(0, 0, True, 0.0).words() == "Looking for films: 0 found"
    assert Advance(0, 3, False, 0.0).words() == "Starting"
    assert Advance(10, 30, False, 5.0).words() == "10 of 30 · 2.0 films/s · 10 s left"
    assert "1,500 or more" in Advance(10, 1500, True, 5.0).words()


def test_the_end_is_told_too():
    assert Advance(1, 1, False, 2.0).summary() == "1 file answered in 2 s"
    assert Advance(2, 9, False, 2.0).summary() == "Cancelled: 2 files answered of 9"
    assert Advance(0, 0, False, 2.0).summary().startswith("No film found there.")


def test_nothing_claims_to_be_faster_or_better():
    told = " ".join(value for value in vars(wording).values() if isinstance(value, str)).lower()
    assert not {"faster", "better", "critical", "stat"} & set(told.replace(".", " ").split())
