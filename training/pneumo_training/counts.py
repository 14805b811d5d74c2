"""How many films a run has to do with, before they are read."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_training.mixing import missing_pools
from pneumo_training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Counts:
    """Films by their part; `mixed` are those of other hospitals that an epoch draws."""

    train: float
    validation: float
    calibration: float
    test: float
    mixed: int = 0

    @property
    def all(self) -> float:
        """The data's own films."""
        return self.train + self.validation + self.calibration + self.test

    @property
    def epoch(self) -> float:
        """The films that an epoch learns from."""
        return self.train + self.mixed


def count_films(listed: tuple[Listed, ...], recipe: Recipe, data: Path) -> Counts:
    """Return the films of each part, as their list divides them, else by the recipe's shares."""
    mixed = _mixed(recipe, data)
    given = Counter(film.part for film in listed)
    if None not in given:  # nor where there is no film at all, which the caller finds out
        return Counts(
            given["train"], given["validation"], given["calibration"], given["test"], mixed
        )
    part, count = recipe.data, len(listed)
    kept = part.validation + part.calibration + part.test
    return Counts(
        count * (1.0 - kept),
        count * part.validation,
        count * part.calibration,
        count * part.test,
        mixed,
    )


def _mixed(recipe: Recipe, data: Path) -> int:
    part = recipe.mixing
    if part is None or missing_pools(part, data):
        return 0
    return sum(pool.each_epoch for pool in part.pools) + 2 * part.blended_each
