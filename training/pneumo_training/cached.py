"""Learning with a frozen backbone that sees every film once.

Each film is changed at random once, as in a first epoch, and what the backbone makes of it is
kept: every epoch then shows the head alone the same features. Validation films are not changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from numpy.typing import NDArray

from pneumo_training.batches import Source
from pneumo_training.control import Control
from pneumo_training.feature_file import FeatureFile
from pneumo_training.fit import Held
from pneumo_training.model import HEAD

_FIRST = 1  # the epoch whose draws are kept
_AT_ONCE = 32  # films
Seen = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Kept(Source):
    """Films with a fixed draw; a picture is the features of one, (numbers,) float32."""

    features: FeatureFile
    row: NDArray[np.intp]

    def picture(self, film: int, _: int) -> NDArray[np.float32]:
        """Return the film's features, the same in every epoch."""
        return self.features.row(int(self.row[film]))


class Cache:
    """The features of one run's films; they are computed by `fill`."""

    def __init__(self, network: Any, source: Source, held: Held, folder: Path) -> None:
        """Keep them in `folder`, those of `source` shuffled: a part of them is a fair one."""
        self._source = source.of_epoch(_FIRST)
        self._held = held
        self._order = np.random.default_rng((source.seed, _FIRST)).permutation(
            len(self._source.truth)
        )
        body, self.head = halves(network)
        self._body = tf.function(lambda images: body(images, training=False), reduce_retracing=True)
        self._features = FeatureFile(folder, int(body.output.shape[1]))

    def __len__(self) -> int:
        return len(self._held.truth) + len(self._order)

    def fill(self, seen: Seen, control: Control) -> None:
        """Compute what the file does not hold yet; `seen(films so far, of)` after each step.

        Where the user wants to finish, it stops after the first training films.

        Raises:
            TrainingError: The disk is full.
            Cancelled: The user cancelled.
        """
        done = len(self._features)
        self._features.check_room(len(self) - done)
        while done < len(self) and not (control.finishing and done > len(self._held.truth)):
            control.step()
            films = range(done, min(done + _AT_ONCE, len(self)))
            batch = np.stack([self._picture(film) for film in films])[..., np.newaxis]
            self._features.append(np.asarray(self._body(tf.constant(batch.astype(np.float32)))))
            done = films.stop
            seen(done, len(self))

    def _picture(self, number: int) -> NDArray[Any]:
        """Return the film of row `number`: the validation films, then the drawn training films."""
        first = len(self._held.truth)
        if number < first:
            unchanged: NDArray[Any] = self._held.images[number]
            return unchanged
        return self._source.picture(int(self._order[number - first]), _FIRST)

    def films(self) -> tuple[Kept, Held]:
        """Return the films whose features there are, to learn from and to validate on."""
        first, source = len(self._held.truth), self._source
        place = np.empty(len(self._order), np.intp)
        place[self._order] = np.arange(len(self._order))
        there = np.flatnonzero(place < len(self._features) - first)
        kept = Kept(
            images=source.images,
            truth=source.truth[there],
            weight=source.weight[there],
            augmentation=source.augmentation,
            seed=source.seed,
            features=self._features,
            row=first + place[there],
        )
        return kept, Held(self._features.rows(0, first), self._held.truth)


def halves(network: Any) -> tuple[Any, Any]:
    """Return what stands before the head of `network`, and the head; layers are shared.

    The head takes features (n, numbers, 1), as batches bring them.
    """
    tail = [layer for layer in network.layers[-2:] if layer.name in ("dropout", HEAD)]
    features = tail[0].input
    numbers = int(features.shape[1])
    given = layers.Input((numbers, 1), name="features")
    x = layers.Reshape((numbers,))(given)
    for layer in tail:
        x = layer(x)
    return keras.Model(network.input, features), keras.Model(given, x, name="head")
