"""Two models on the same films: is one better, worse, or can these films not tell?"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.card import Interval
from pneumo_desktop.core.judgement.areas import Difference, difference
from pneumo_desktop.core.judgement.clusters import Clusters

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
LEVEL = 0.05
_ROUNDS = 2000


class Verdict(StrEnum):
    """What may be said of the new model against the one in use."""

    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """A model's `probability` (films,) and the `threshold` from which it calls Pneumonia."""

    probability: Numbers
    threshold: float

    def right(self, truth: Flags) -> Flags:
        """Return which films are called rightly."""
        found: Flags = (self.probability >= self.threshold) == truth
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """A new model against the one in use on the same films, no gate applied.

    `difference` is the share of films called rightly by the new one less that of the other, with
    the 95 % interval of a bootstrap that draws patients; `only_new` and `only_old` count the films
    that one alone called rightly; `p` is McNemar's, exact; `auroc` is the difference of the areas.
    """

    films: int
    patients: int
    right_new: int
    right_old: int
    only_new: int
    only_old: int
    difference: Interval
    p: float
    auroc: Difference

    @property
    def verdict(self) -> Verdict:
        """Better or worse only where interval and test agree, and the ranking does not object.

        McNemar's test takes films for independent, the bootstrap is too sure where few films
        differ: each alone would say too much.
        """
        if not self.p < LEVEL:
            return Verdict.CANNOT_TELL
        if self.difference.low > 0.0:
            return Verdict.CANNOT_TELL if self.auroc.interval.high < 0.0 else Verdict.BETTER
        if self.difference.high < 0.0:
            return Verdict.CANNOT_TELL if self.auroc.interval.low > 0.0 else Verdict.WORSE
        return Verdict.CANNOT_TELL


def compare(new: Calls, old: Calls, truth: Flags, of: Clusters) -> Comparison:
    """Compare two models on films (films,); `of` is the number of each film's patient."""
    right_new, right_old = new.right(truth), old.right(truth)
    only_new, only_old = int(np.sum(right_new & ~right_old)), int(np.sum(right_old & ~right_new))
    return Comparison(
        films=len(truth),
        patients=len(np.unique(of)),
        right_new=int(right_new.sum()),
        right_old=int(right_old.sum()),
        only_new=only_new,
        only_old=only_old,
        difference=bootstrapped(right_new.astype(float) - right_old, of),
        p=mcnemar(only_new, only_old),
        auroc=difference(new.probability, old.probability, truth, of),
    )


def mcnemar(one: int, other: int) -> float:
    """Return the exact two-sided p of two counts of differing pairs (McNemar 1947; binomial)."""
    pairs = one + other
    tail, ways = 0, 1  # of so many differing films to choose `count`, in whole numbers
    for count in range(min(one, other) + 1):
        tail += ways
        ways = ways * (pairs - count) // (count + 1)
    return float(min(1, 2 * tail / 2**pairs))


def bootstrapped(values: Numbers, of: Clusters, *, seed: int = 0) -> Interval:
    """Return the mean of `values` (films,) with the 95 % interval of drawing patients again."""
    if not len(values):
        return Interval(math.nan, math.nan, math.nan)
    numbers = np.unique(of, return_inverse=True)[1]
    sums, sizes = np.bincount(numbers, values), np.bincount(numbers)
    rng = np.random.default_rng(seed)
    even = np.full(len(sums), 1.0 / len(sums))
    means = []
    for _ in range(_ROUNDS // 100):  # a hundred draws at a time keep the memory small
        drawn = rng.multinomial(len(sums), even, size=100)
        means.append((drawn @ sums) / (drawn @ sizes))
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return Interval(float(np.mean(values)), float(low), float(high))
