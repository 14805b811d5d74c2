"""Distances on a film, in millimetres where its spacing is known and in pixels where it is not.

Source: DICOM PS3.3 10.7.1: spacing at the detector is larger than in the patient, by a
magnification that the file does not tell; so what a millimetre was measured in is always named.
"""

import math
from dataclasses import dataclass

from pneumo_desktop.core.cases import FilmFacts, SpacingKind
from pneumo_desktop.ui.orientation import Point

_KINDS = {
    SpacingKind.CALIBRATED: "calibrated",
    SpacingKind.DETECTOR: "at the detector",
    SpacingKind.UNSTATED: "not stated where",
}


@dataclass(frozen=True, slots=True)
class Distance:
    """A straight line between two points of a film, in its pixels as stored."""

    start: Point
    end: Point

    @property
    def pixels(self) -> float:
        """Its length in pixels."""
        return math.dist(self.start, self.end)


def millimetres(distance: Distance, spacing_mm: tuple[float, float]) -> float:
    """Return the length for a (row, column) spacing, which need not be the same."""
    rows = (distance.end[1] - distance.start[1]) * spacing_mm[0]
    columns = (distance.end[0] - distance.start[0]) * spacing_mm[1]
    return math.hypot(rows, columns)


def distance_words(distance: Distance, facts: FilmFacts) -> str:
    """Return the length with its unit and what it was measured in."""
    if facts.spacing_mm is None:
        return f"{distance.pixels:.0f} px"
    kind = _KINDS[facts.spacing_kind or SpacingKind.UNSTATED]
    return f"{millimetres(distance, facts.spacing_mm):.1f} mm {kind}"
