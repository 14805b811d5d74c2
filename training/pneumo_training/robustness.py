"""How far an answer moves when a film is changed in ways that must not matter."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.card import Interval, MeasuredResult
from pneumo_desktop.core.cases import Film, FilmFacts
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.greyscale import full_window
from pneumo_desktop.core.metrics import wilson
from pneumo_training.augment import ROBUSTNESS

MOST = 200  # films
_ROUNDS = 500
_ROLE = "validation films, which also chose the epoch; each changed once at random"


def robustness(
    model: LiteRtClassifier, images: NDArray[np.uint8], tick: Callable[[], None]
) -> Iterator[MeasuredResult]:
    """Yield per kind of change how far probabilities of `images` (films, rows, columns) move.

    The sets are drawn as in training, but with another seed.
    """
    some = images[:: 1 + len(images) // MOST]
    before = _probabilities(model, some, tick)
    for name, change in ROBUSTNESS.items():
        rng = np.random.default_rng(4711)
        changed = np.stack([change(image, rng) for image in some])
        after = _probabilities(model, changed, tick)
        yield MeasuredResult(f"changed: {name}", _ROLE, len(some), differences(before, after))


def differences(one: NDArray[np.float64], other: NDArray[np.float64]) -> dict[str, Interval]:
    """Return how far two probabilities of the same films (films,) are apart, with intervals."""
    away = np.abs(one - other)
    same = int(np.sum((one >= 0.5) == (other >= 0.5)))
    named = {"same side": wilson(same, len(away))}
    draws = away[np.random.default_rng(0).integers(0, len(away), (_ROUNDS, len(away)))]
    for name, level in (("median difference", 0.5), ("95th percentile of difference", 0.95)):
        low, high = np.quantile(np.quantile(draws, level, axis=1), [0.025, 0.975])
        named[name] = Interval(float(np.quantile(away, level)), float(low), float(high))
    return named


def _probabilities(
    model: LiteRtClassifier, images: NDArray[np.uint8], tick: Callable[[], None]
) -> NDArray[np.float64]:
    found = []
    for pixels in images:
        tick()
        facts = FilmFacts(Path(), "", "", pixels.shape[1], pixels.shape[0], 8)
        film = Film(facts, np.ascontiguousarray(pixels), full_window(8))
        found.append(model.predict(film).pneumonia_probability)
    return np.asarray(found)
