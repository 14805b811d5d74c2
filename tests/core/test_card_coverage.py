import msgspec
import pytest

from pneumo_desktop.core.card import CoveragePoint, MeasuredResult, encode_card, read_card
from pneumo_desktop.core.card_coverage import NOT_KNOWN, coverage_line


@pytest.fixture
def measured(card):
    points = (
        CoveragePoint(0.5, 1.0, 0.9),
        CoveragePoint(0.7, 0.8, 0.95),
        CoveragePoint(0.99, 0.0, None),
    )
    locked = MeasuredResult("films kept apart", "locked test: measured once", 40, {})
    return msgspec.structs.replace(card, risk_coverage={"balanced": points}, results=(locked,))


def test_a_threshold_says_how_many_are_answered_and_how_many_of_those_rightly(measured):
    assert coverage_line(measured, "default", 0.70) == (
        "At 70 %: 80.0 % of 40 films kept apart answered, 95.0 % of those as labelled. "
        "Measured with no gate applied."
    )


def test_where_none_is_answered_nothing_is_right(measured):
    assert coverage_line(measured, "balanced", 0.99) == (
        "At 99 %: 0.0 % of 40 films kept apart answered."
    )


def test_a_card_without_points_says_so(card, measured):
    assert coverage_line(card, "default", 0.70) == NOT_KNOWN
    assert coverage_line(measured, "sensitive", 0.70) == NOT_KNOWN


def test_the_points_survive_the_card_file(measured, tmp_path):
    (tmp_path / "card.json").write_bytes(encode_card(measured))
    assert read_card(tmp_path / "card.json") == measured
