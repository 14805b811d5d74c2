"""What the finished package does to films, through the very code that will read them.

Each view is measured once, at the balanced point, with no gate applied but where it says so.
"""

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.card import CoveragePoint, Interval, MeasuredResult
from pneumo_desktop.core.cases import FilmError, Prediction
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.judgement.curves import covered
from pneumo_desktop.core.metrics import bootstrap_auroc, brier, ece, rates, wilson
from pneumo_training.mixing import is_apart
from pneumo_training.recipe import ViewPart
from pneumo_training.robustness import differences

Figures = dict[str, Interval]
_ROUNDS = 500
_CLEAR = {"Normal": False, "Lung Opacity": True}  # the third class is neither


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Calibrated `probability`, `chest` score and `truth` (films,), all 0-1.

    `unread` are the places of the films that could not be answered, among those asked.
    """

    probability: NDArray[np.float64]
    chest: NDArray[np.float64]
    truth: NDArray[np.bool_]
    unread: frozenset[int] = frozenset()


def answers(
    model: LiteRtClassifier, films: list[tuple[Path, bool]], tick: Callable[[], None]
) -> Answers:
    """Answer `films` (path, is pneumonia); unreadable ones are left out."""
    found: list[tuple[Prediction, bool]] = []
    unread: set[int] = set()
    for place, (path, ill) in enumerate(films):
        tick()
        try:
            found.append((model.predict(read_film(path)), ill))
        except FilmError:
            unread.add(place)
    return Answers(
        np.array([prediction.pneumonia_probability for prediction, _ in found]),
        np.array([prediction.chest_probability for prediction, _ in found]),
        np.array([ill for _, ill in found], dtype=np.bool_),
        frozenset(unread),
    )


def figures(found: Answers, chest_minimum: float, threshold: float) -> Figures:
    """Return every figure that films of this truth allow."""
    p, truth = found.probability, found.truth
    right = rates(p >= threshold, truth)
    named: Figures = {"refused as no chest film": _share(found.chest < chest_minimum)}
    if truth.any():
        named["sensitivity"] = right.sensitivity
    if not truth.all():
        named["specificity"] = right.specificity
    if truth.any() and not truth.all():
        named["accuracy"] = right.accuracy
        named["auroc"] = bootstrap_auroc(p, truth)
        named["ece"] = _again(ece, p, truth)
        named["brier"] = _again(brier, p, truth)
    sure = np.maximum(p, 1.0 - p) >= 0.7
    named["answered at 0.70"] = _share(sure)
    named["right of the answered"] = _share(((p >= threshold) == truth)[sure])
    return {name: rate for name, rate in named.items() if math.isfinite(rate.value)}


def coverage(found: Answers, points: dict[str, float]) -> dict[str, tuple[CoveragePoint, ...]]:
    """Return what each confidence threshold of 50 to 99 % does, no gate applied.

    `points` maps an operating point to the probability from which it calls Pneumonia.
    """
    if not len(found.truth):
        return {}
    return {name: covered(found.probability, found.truth, point) for name, point in points.items()}


def _share(flags: NDArray[np.bool_]) -> Interval:
    return wilson(int(np.sum(flags)), len(flags))


def _again(
    figure: Callable[[NDArray[np.float64], NDArray[np.bool_]], float],
    p: NDArray[np.float64],
    truth: NDArray[np.bool_],
) -> Interval:
    """Return a figure with its bootstrap interval."""
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(p), len(p)) for _ in range(_ROUNDS)]
    low, high = np.quantile([figure(p[draw], truth[draw]) for draw in draws], [0.025, 0.975])
    return Interval(figure(p, truth), float(low), float(high))


def measure_view(
    model: LiteRtClassifier, data: Path, view: ViewPart, tick: Callable[[], None]
) -> Iterator[MeasuredResult]:
    """Yield the results of one of the recipe's views; nothing where its folder is missing."""
    folder = data / view.films
    if not folder.is_dir():
        return
    if view.kind == "twins":
        yield from _twins(model, data, folder, view, tick)
        return
    card = model.card
    for name, films in _films(folder, view):
        found = answers(model, films, tick)
        named = figures(found, card.gates.chest_minimum, card.threshold("balanced"))
        yield MeasuredResult(f"{view.name}{name}", view.role, len(found.truth), named)


def _films(folder: Path, view: ViewPart) -> Iterator[tuple[str, list[tuple[Path, bool]]]]:
    """Yield (part, films) of a folder of normals, or of NIH films with a radiologist's class."""
    if view.kind == "normals":
        paths = [path for path in find_files([folder]) if not view.apart or is_apart(path)]
        yield "", [(path, False) for path in paths]
        return
    yield ", normal or opacity", read_by_radiologists(folder)
    for position in ("AP", "PA"):
        yield f", {position}", read_by_radiologists(folder, position)
    other = [row for row in _radiologists_rows(folder) if row["rsna_class"] not in _CLEAR]
    yield (
        ", neither normal nor opacity, counted as normal",
        [(folder / row["file"], False) for row in other],
    )


def read_by_radiologists(folder: Path, view: str = "") -> list[tuple[Path, bool]]:
    """Return the NIH films (path, has an opacity) that radiologists called normal or opacity."""
    return [
        (folder / row["file"], _CLEAR[row["rsna_class"]])
        for row in _radiologists_rows(folder)
        if row["rsna_class"] in _CLEAR and view in {"", row["view"]}
    ]


def _radiologists_rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["rsna_class"]]


def _twins(
    model: LiteRtClassifier, data: Path, folder: Path, view: ViewPart, tick: Callable[[], None]
) -> Iterator[MeasuredResult]:
    """Yield how far the answers to the same film at two sizes are apart."""
    pairs = [
        (path, data / path.relative_to(folder))
        for path in find_files([folder])
        if (data / path.relative_to(folder)).is_file()
    ]
    if not pairs:
        return
    large = answers(model, [(path, False) for path, _ in pairs], tick).probability
    small = answers(model, [(path, False) for _, path in pairs], tick).probability
    named = differences(large, small)
    yield MeasuredResult(view.name, view.role, len(pairs), named)


def plain(named: Figures) -> dict[str, float]:
    """Return the values alone, as progress lines carry them."""
    return {name: interval.value for name, interval in named.items()}
