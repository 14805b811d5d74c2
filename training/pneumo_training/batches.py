"""Shuffled, augmented batches, made by threads while the network learns from the one before."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pneumo_training.augment import augment
from pneumo_training.recipe import AugmentationPart

_AHEAD = 4  # batches


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """`images` (films, rows, columns, 1) grey 0-255; `truth` and `weight` (films,)."""

    images: NDArray[np.uint8]
    truth: NDArray[np.float32]
    weight: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Films to learn from: `images` (films, rows, columns), `truth` and `weight` (films,)."""

    images: NDArray[np.uint8]
    truth: NDArray[np.bool_]
    weight: NDArray[np.float32]
    augmentation: AugmentationPart
    seed: int


def even_weights(truth: NDArray[np.bool_], *, balanced: bool) -> NDArray[np.float32]:
    """Return a weight per film: 1, or such that both classes weigh the same and the mean is 1."""
    if not balanced:
        return np.ones(len(truth), np.float32)
    share = float(np.mean(truth))
    return np.where(truth, 0.5 / share, 0.5 / (1.0 - share)).astype(np.float32)


def steps(source: Source, size: int) -> int:
    """Return the batches of one epoch; the last may be smaller."""
    return -(-len(source.truth) // size)


def epoch_batches(source: Source, size: int, epoch: int) -> Iterator[Batch]:
    """Yield one epoch; every film's draw depends on seed, epoch and film alone."""
    order = np.random.default_rng((source.seed, epoch)).permutation(len(source.truth))
    starts = list(range(0, len(order), size))

    def make(start: int) -> Batch:
        chosen = order[start : start + size]
        images = [
            augment(
                source.images[film],
                source.augmentation,
                np.random.default_rng((source.seed, epoch, int(film))),
            )
            for film in chosen
        ]
        truth = source.truth[chosen].astype(np.float32)
        return Batch(np.stack(images)[..., np.newaxis], truth, source.weight[chosen])

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
