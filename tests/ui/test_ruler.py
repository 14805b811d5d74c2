from dataclasses import replace

import pytest

from pneumo_desktop.core.cases import SpacingKind
from pneumo_desktop.ui.ruler import Distance, distance_words, millimetres
from tests.ui import make

LINE = Distance((0.0, 0.0), (300.0, 400.0))


def test_without_a_spacing_pixels_are_counted():
    assert distance_words(LINE, make.facts()) == "500 px"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SpacingKind.CALIBRATED, "100.0 mm calibrated"),
        (SpacingKind.DETECTOR, "100.0 mm at the detector"),
        (SpacingKind.UNSTATED, "100.0 mm not stated where"),
        (None, "100.0 mm not stated where"),
    ],
)
def test_a_millimetre_names_what_it_was_measured_in(kind, words):
    facts = replace(make.facts(), spacing_mm=(0.2, 0.2), spacing_kind=kind)
    assert distance_words(LINE, facts) == words


def test_rows_and_columns_may_be_spaced_differently():
    assert millimetres(Distance((0, 0), (10, 0)), (0.5, 0.1)) == pytest.approx(1.0)
    assert millimetres(Distance((0, 0), (0, 10)), (0.5, 0.1)) == pytest.approx(5.0)
