"""What was measured of a model, as tables of words: one for each kind of figure and role of films.

A card may hold figures that this table does not know; they are shown under their own name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pneumo_desktop.core.card import Interval, MeasuredResult
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

NOT_MEASURED = QT_TRANSLATE_NOOP("ModelCard", "No figures measured.")
_SHARE = QT_TRANSLATE_NOOP("ModelCard", "{value:.1f} % ({low:.1f} to {high:.1f})")
_NUMBER = QT_TRANSLATE_NOOP("ModelCard", "{value:.3f} ({low:.3f} to {high:.3f})")
_FILMS = QT_TRANSLATE_NOOP("ModelCard", "Films")
# name in the card -> (heading, whether it is a share and told in per cent), in the order of columns
_FIGURES = {
    "auroc": (QT_TRANSLATE_NOOP("ModelCard", "AUROC"), False),
    "accuracy": (QT_TRANSLATE_NOOP("ModelCard", "Accuracy"), True),
    "sensitivity": (QT_TRANSLATE_NOOP("ModelCard", "Sensitivity"), True),
    "specificity": (QT_TRANSLATE_NOOP("ModelCard", "Specificity"), True),
    "ece": (QT_TRANSLATE_NOOP("ModelCard", "Calibration error"), False),
    "brier": (QT_TRANSLATE_NOOP("ModelCard", "Brier score"), False),
    "answered at 0.70": (QT_TRANSLATE_NOOP("ModelCard", "Answered at 70 %"), True),
    "right of the answered": (QT_TRANSLATE_NOOP("ModelCard", "Right of the answered"), True),
    "refused as no chest film": (QT_TRANSLATE_NOOP("ModelCard", "Refused as no chest film"), True),
    "same side": (QT_TRANSLATE_NOOP("ModelCard", "Same side of the balanced point"), True),
    "median difference": (
        QT_TRANSLATE_NOOP("ModelCard", "Median difference of the probability"),
        False,
    ),
    "95th percentile of difference": (
        QT_TRANSLATE_NOOP("ModelCard", "95th percentile of the difference"),
        False,
    ),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; the first cell of a row names it, an empty one was not measured."""

    caption: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure_heading(name: str) -> str:
    """Return a figure's name in words."""
    return _FIGURES[name][0] if name in _FIGURES else name[:1].upper() + name[1:]


def figure_words(name: str, value: float) -> str:
    """Return a figure's value: shares in per cent, all else as a number."""
    return f"{100.0 * value:.1f} %" if _is_share(name) else f"{value:.3f}"


def _is_share(name: str) -> bool:
    return name in _FIGURES and _FIGURES[name][1]


def interval_words(name: str, rate: Interval) -> str:
    """Return a figure with its 95 % interval."""
    if _is_share(name):
        value, low, high = (100.0 * end for end in (rate.value, rate.low, rate.high))
        return _SHARE.format(value=value, low=low, high=high)
    return _NUMBER.format(value=rate.value, low=rate.low, high=rate.high)


def answer_tables(results: Iterable[MeasuredResult]) -> tuple[Table, ...]:
    """Return how films were answered: a table for each role, in the order of the card."""
    return _tables(result for result in results if _kind(result) == "answers")


def other_tables(results: Iterable[MeasuredResult]) -> tuple[Table, ...]:
    """Return what else was measured: how far changes move answers, and which pictures pass."""
    return _tables(result for result in results if _kind(result) != "answers")


def _tables(results: Iterable[MeasuredResult]) -> tuple[Table, ...]:
    groups: dict[tuple[str, str], list[MeasuredResult]] = {}
    for result in results:
        groups.setdefault((result.role, _kind(result)), []).append(result)
    return tuple(_table(role, group) for (role, _), group in groups.items())


def _kind(result: MeasuredResult) -> str:
    """Return what the figures are about; films of one class lack some but are the same kind."""
    if "same side" in result.figures:
        return "differences"
    return "refusals" if set(result.figures) == {"refused as no chest film"} else "answers"


def _table(role: str, results: list[MeasuredResult]) -> Table:
    held = {name for result in results for name in result.figures}
    unknown = sorted(held - _FIGURES.keys())
    names = [name for name in _FIGURES if name in held] + unknown
    rows = tuple(
        (f"{result.films}, n = {result.n}", *(_cell(result, name) for name in names))
        for result in results
    )
    return Table(role[:1].upper() + role[1:], (_FILMS, *map(figure_heading, names)), rows)


def _cell(result: MeasuredResult, name: str) -> str:
    return interval_words(name, result.figures[name]) if name in result.figures else ""
