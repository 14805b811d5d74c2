"""What a threshold does, as the model's card measured it."""

from pneumo_desktop.core.card import CoveragePoint, ModelCard, point_name
from pneumo_desktop.core.card_figures import figure_words
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

NOT_KNOWN = QT_TRANSLATE_NOOP(
    "ModelCard",
    "This model's card does not say how many films are answered at which threshold. A higher "
    "threshold answers fewer.",
)
_ANSWERED = QT_TRANSLATE_NOOP("ModelCard", "At {threshold:.0f} %: {share} of {films} answered.")
_RIGHT = QT_TRANSLATE_NOOP(
    "ModelCard",
    "At {threshold:.0f} %: {share} of {films} answered, {right} of those as labelled. Measured "
    "with no gate applied.",
)
_KEPT_APART = QT_TRANSLATE_NOOP("ModelCard", "films kept apart")
_LOCKED = "locked test"  # begins the role of the films that the points are of
_SHARE = "accuracy"  # a figure told in per cent


def coverage_points(card: ModelCard, operating_point: str) -> tuple[CoveragePoint, ...]:
    """Return the card's points at an operating point; none where they were not measured."""
    return card.risk_coverage.get(point_name(operating_point), ())


def coverage_line(card: ModelCard, operating_point: str, threshold: float) -> str:
    """Return how many films are answered at a threshold 0-1, and how many of those rightly."""
    points = coverage_points(card, operating_point)
    if not points:
        return NOT_KNOWN
    point = min(points, key=lambda each: abs(each.threshold - threshold))
    films = next((r for r in card.results if r.role.startswith(_LOCKED)), None)
    of = f"{films.n} {films.films}" if films else _KEPT_APART
    at, share = 100 * threshold, figure_words(_SHARE, point.answered)
    if point.right is None:
        return _ANSWERED.format(threshold=at, share=share, films=of)
    right = figure_words(_SHARE, point.right)
    return _RIGHT.format(threshold=at, share=share, films=of, right=right)
