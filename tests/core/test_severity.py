import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core.card import SeverityConstants
from pneumo_desktop.core.cases import Label, Priority
from pneumo_desktop.core.severity import HIGH_FROM, extent, priority, severity

CONSTANTS = SeverityConstants(evidence_threshold=0.1, extent_share=0.25)
share = st.floats(0.0, 1.0)


@pytest.mark.parametrize(
    ("probability", "area", "expected"),
    [(0.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 0.0, 75.0), (1.0, 1.0, 100.0), (0.5, 0.5, 43.8)],
)
def test_severity_is_a_table(probability, area, expected):
    assert severity(probability, area, CONSTANTS) == expected


@given(share, share, share)
def test_severity_never_falls_with_probability(a, b, area):
    low, high = sorted((a, b))
    assert severity(low, area, CONSTANTS) <= severity(high, area, CONSTANTS)


@given(share, share, share)
def test_severity_never_falls_with_area(a, b, probability):
    low, high = sorted((a, b))
    assert severity(probability, low, CONSTANTS) <= severity(probability, high, CONSTANTS)


@given(st.floats(0.05, 1.0))
def test_at_equal_probability_a_larger_area_is_more_severe(probability):
    assert severity(probability, 0.1, CONSTANTS) < severity(probability, 0.6, CONSTANTS)


def test_extent_is_the_share_of_positions_above_the_threshold():
    evidence = np.array([[0.0, 0.2], [0.05, 0.3]], np.float32)
    assert extent(evidence, 0.1) == 0.5


@pytest.mark.parametrize(
    ("label", "score", "expected"),
    [
        (Label.PNEUMONIA, HIGH_FROM, Priority.HIGH),
        (Label.PNEUMONIA, HIGH_FROM - 0.1, Priority.MEDIUM),
        (Label.INVALID, 99.0, Priority.CHECK),
        (Label.NORMAL, 99.0, Priority.LOW),
    ],
)
def test_priority_is_a_table(label, score, expected):
    assert priority(label, score) is expected
