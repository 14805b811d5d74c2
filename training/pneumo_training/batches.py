"""Shuffled, augmented batches, made by threads while the network learns from the one before."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pneumo_training.augment import augment
from pneumo_training.mixing import Mixture
from pneumo_training.recipe import AugmentationPart

_AHEAD = 4  # batches
_MIXTURE = 9_999_991  # no film has this number, so no film's draw is this one


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """`images` (films, rows, columns, 1) grey 0-255, or (films, features, 1) where they are kept.

    `truth` and `weight` are (films,).
    """

    images: NDArray[Any]
    truth: NDArray[np.float32]
    weight: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Films to learn from: `images` (films, rows, columns), `weight` and `truth` (films,).

    `truth` is what the network shall answer, 0-1. Of the `mixture`, films of other hospitals, each
    epoch draws its own.
    """

    images: NDArray[np.uint8]
    truth: NDArray[np.float32]
    weight: NDArray[np.float32]
    augmentation: AugmentationPart
    seed: int
    mixture: Mixture | None = None

    def of_epoch(self, epoch: int) -> "Source":
        """Return the films of one epoch: the own ones and this epoch's draw from the mixture."""
        if self.mixture is None:
            return self
        rng = np.random.default_rng((self.seed, epoch, _MIXTURE))
        drawn = self.mixture.draw(self.images, self.truth > 0.5, rng)
        return Source(
            np.concatenate([self.images, drawn.images]),
            np.concatenate([self.truth, drawn.truth]),
            np.concatenate([self.weight, drawn.weight]),
            self.augmentation,
            self.seed,
        )

    def picture(self, film: int, epoch: int) -> NDArray[Any]:
        """Return one film's draw, which depends on seed, epoch and film alone."""
        rng = np.random.default_rng((self.seed, epoch, film))
        return augment(self.images[film], self.augmentation, rng)


def even_weights(truth: NDArray[np.bool_], *, balanced: bool) -> NDArray[np.float32]:
    """Return a weight per film: 1, or such that both classes weigh the same and the mean is 1."""
    if not balanced:
        return np.ones(len(truth), np.float32)
    share = float(np.mean(truth))
    return np.where(truth, 0.5 / share, 0.5 / (1.0 - share)).astype(np.float32)


def steps(source: Source, size: int) -> int:
    """Return the batches of one epoch; the last may be smaller."""
    mixed = len(source.mixture) if source.mixture else 0
    return -(-(len(source.truth) + mixed) // size)


def epoch_batches(source: Source, size: int, epoch: int) -> Iterator[Batch]:
    """Yield one epoch, shuffled."""
    source = source.of_epoch(epoch)
    order = np.random.default_rng((source.seed, epoch)).permutation(len(source.truth))
    starts = list(range(0, len(order), size))

    def make(start: int) -> Batch:
        chosen = order[start : start + size]
        images = [source.picture(int(film), epoch) for film in chosen]
        return Batch(np.stack(images)[..., np.newaxis], source.truth[chosen], source.weight[chosen])

    pool = ThreadPoolExecutor(2, thread_name_prefix="augment")
    try:
        ahead: list[Future[Batch]] = [pool.submit(make, start) for start in starts[:_AHEAD]]
        for start in starts[_AHEAD:]:
            yield ahead.pop(0).result()
            ahead.append(pool.submit(make, start))
        while ahead:
            yield ahead.pop(0).result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
