"""What was measured of a model, as tables of words: one for each kind of figure and role of films.

A card may hold figures that this table does not know; they are shown under their own name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pneumo_desktop.core.card import Interval, MeasuredResult

NOT_MEASURED = "No figures measured."
# name in the card -> (heading, whether it is a share and told in per cent), in the order of columns
_FIGURES = {
    "auroc": ("AUROC", False),
    "accuracy": ("Accuracy", True),
    "sensitivity": ("Sensitivity", True),
    "specificity": ("Specificity", True),
    "ece": ("Calibration error", False),
    "brier": ("Brier score", False),
    "answered at 0.70": ("Answered at 70 %", True),
    "right of the answered": ("Right of the answered", True),
    "refused as no chest film": ("Refused as no chest film", True),
    "same side": ("Same side of the balanced point", True),
    "median difference": ("Median difference of the probability", False),
    "95th percentile of difference": ("95th percentile of the difference", False),
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
    return f"{100.0 * value:.1f} %" if _FIGURES.get(name, ("", False))[1] else f"{value:.3f}"


def interval_words(name: str, rate: Interval) -> str:
    """Return a figure with its 95 % interval."""
    low, high = (figure_words(name, end).removesuffix(" %") for end in (rate.low, rate.high))
    return f"{figure_words(name, rate.value)} ({low} to {high})"


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
    return Table(role[:1].upper() + role[1:], ("Films", *map(figure_heading, names)), rows)


def _cell(result: MeasuredResult, name: str) -> str:
    return interval_words(name, result.figures[name]) if name in result.figures else ""
