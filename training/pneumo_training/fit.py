"""The learning itself: epochs of steps, validated, kept, resumable."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from pneumo_desktop.core.metrics import auroc
from pneumo_training.batches import Source, epoch_batches, steps
from pneumo_training.checkpoint import Checkpoint, Epoch, read_checkpoint, write_checkpoint
from pneumo_training.control import Control
from pneumo_training.failure import TrainingError
from pneumo_training.recipe import TrainingPart

_WARM_UP = 0.06  # of all steps
_RUN_AWAY = 1e4  # nats; a wrong film that the network is sure of costs some tens
Told = Callable[["Moment"], None]


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the learning is; `figures` are given after an epoch."""

    epoch: int
    step: int
    steps: int
    loss: float
    figures: dict[str, float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Validation films: `images` (films, rows, columns), or their features (films, numbers).

    `truth` is (films,).
    """

    images: NDArray[Any]
    truth: NDArray[np.bool_]


def logits(network: Any, images: NDArray[Any], tick: Callable[[], None]) -> NDArray[np.float64]:
    """Return pneumonia minus normal, (films,), for `images` as `Held` has them."""
    found: list[NDArray[np.float64]] = []
    for start in range(0, len(images), 32):
        tick()
        batch = images[start : start + 32, ..., np.newaxis].astype(np.float32)
        raw = np.asarray(_forward(network, tf.constant(batch)), dtype=np.float64)
        found.append(raw[:, 0] if raw.shape[1] == 1 else raw[:, 1] - raw[:, 0])
    return np.concatenate(found) if found else np.zeros(0)


def _forward(network: Any, batch: Any) -> Any:
    """Run in inference mode as one compiled graph per network."""
    compiled = getattr(network, "compiled_forward", None)
    if compiled is None:
        compiled = tf.function(lambda x: network(x, training=False), reduce_retracing=True)
        network.compiled_forward = compiled
    return compiled(batch)


class Learner:
    """A network, its optimiser, and the running mean of its weights."""

    def __init__(self, network: Any, part: TrainingPart, total: int) -> None:
        self.network = network
        self.part = part
        rate: Any = part.learning_rate
        if part.schedule == "cosine":
            warm = max(1, int(total * _WARM_UP))
            rate = keras.optimizers.schedules.CosineDecay(
                part.learning_rate / 20.0,
                max(1, total - warm),
                alpha=0.02,
                warmup_target=part.learning_rate,
                warmup_steps=warm,
            )
        self.optimizer = keras.optimizers.Adam(rate, weight_decay=part.weight_decay or None)
        self.optimizer.build(network.trainable_variables)
        self.mean = [tf.Variable(v, trainable=False) for v in network.trainable_variables]
        self._dice = _dice(network)
        self._statistics = _statistics(network)
        self._begun = [v.numpy().copy() for v in (*network.trainable_variables, *self._statistics)]
        self._learn = tf.function(self._step, reduce_retracing=True)

    def learn(self, images: Any, truth: Any, weight: Any) -> tuple[float, int]:
        """Take one step; return the mean loss and the films called right."""
        loss, right = self._learn(tf.constant(images), tf.constant(truth), tf.constant(weight))
        return float(loss), int(right)

    def _step(self, images: Any, truth: Any, weight: Any) -> tuple[Any, Any]:
        variables = self.network.trainable_variables
        with tf.GradientTape() as tape:
            raw = self.network(tf.cast(images, tf.float32), training=True)
            # the softmax of two is the sigmoid of their difference: one loss serves both heads
            logit = raw[:, 0] if raw.shape[1] == 1 else raw[:, 1] - raw[:, 0]
            smooth = self.part.label_smoothing
            wanted = truth * (1.0 - smooth) + 0.5 * smooth
            each = tf.nn.sigmoid_cross_entropy_with_logits(labels=wanted, logits=logit)
            loss = tf.reduce_mean(each * weight)
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables, strict=True))
        if self.part.averaging:
            done = tf.cast(self.optimizer.iterations, tf.float32)
            decay = tf.minimum(self.part.averaging, (1.0 + done) / (10.0 + done))
            for mean, variable in zip(self.mean, variables, strict=True):
                mean.assign(mean + (variable - mean) * (1.0 - decay))
        return loss, tf.reduce_sum(tf.cast((logit > 0.0) == (truth > 0.5), tf.int32))

    def state(self) -> list[NDArray[Any]]:
        """Return everything that changes while learning."""
        return [variable.numpy().copy() for variable in self._changing()]

    def restore(self, state: list[NDArray[Any]]) -> None:
        """Take up what `state` returned."""
        for variable, value in zip(self._changing(), state, strict=True):
            variable.assign(value)

    def _changing(self) -> list[Any]:
        network = self.network.trainable_variables
        learnt = [*network, *self.optimizer.variables, *self.mean]
        return [*learnt, *self._dice, *self._statistics]

    def best(self) -> list[NDArray[Any]]:
        """Return the weights to be validated: the running mean where the recipe wants one.

        What batch normalisation has seen belongs to them; the beginning has its share in all.
        """
        source = self.mean if self.part.averaging else self.network.trainable_variables
        learnt, keep = (*source, *self._statistics), self.part.keep
        return [
            (keep * begun + (1.0 - keep) * variable.numpy()).astype(begun.dtype)
            for begun, variable in zip(self._begun, learnt, strict=True)
        ]

    def show(self, weights: list[NDArray[Any]]) -> None:
        """Put `weights` into the network."""
        shown = [*self.network.trainable_variables, *self._statistics]
        for variable, value in zip(shown, weights, strict=True):
            variable.assign(value)


def _dice(network: Any) -> list[Any]:
    """Return where dropout's random numbers stand: a run taken up again must not repeat them."""
    weights = {id(variable) for variable in network.weights}
    return [variable for variable in network.variables if id(variable) not in weights]


def _statistics(network: Any) -> list[Any]:
    """Return the means and variances that batch normalisation keeps; no gradient changes them."""
    kept = ("moving_mean", "moving_variance")
    return [variable for variable in network.non_trainable_weights if variable.path.endswith(kept)]


def fit(
    learner: Learner, source: Source, held: Held, folder: Path, told: Told, control: Control
) -> tuple[Epoch, ...]:
    """Learn until the epochs are over or the user wants to finish; leave the best weights in place.

    The epoch with the least class-balanced validation loss is the best. A checkpoint in `folder`
    is taken up where one fits.

    Raises:
        TrainingError: The loss has run away.
        Cancelled: The user cancelled.
    """
    kept = read_checkpoint(folder) or Checkpoint((), [], [])
    if kept.state:
        learner.restore(kept.state)
    total = learner.part.epochs
    for epoch in range(len(kept.epochs) + 1, total + 1):
        if control.finishing and kept.epochs:
            break
        loss, accuracy = _one_epoch(learner, source, epoch, told, control)
        kept = _keep(learner, held, kept, (loss, accuracy), control)
        write_checkpoint(folder, kept)
        count = steps(source, learner.part.batch)
        told(Moment(epoch, count, count, loss, _figures(kept.epochs[-1])))
    learner.show(kept.best)
    return kept.epochs


def _one_epoch(
    learner: Learner, source: Source, epoch: int, told: Told, control: Control
) -> tuple[float, float]:
    size = learner.part.batch
    count, right, films, losses = steps(source, size), 0, 0, 0.0
    for number, batch in enumerate(epoch_batches(source, size, epoch), 1):
        control.step()
        loss, correct = learner.learn(batch.images, batch.truth, batch.weight)
        _check(loss, epoch)
        films, right = films + len(batch.truth), right + correct
        losses += loss * len(batch.truth)
        told(Moment(epoch, number, count, losses / films))
        if control.finishing:
            break
    return losses / films, right / films


def _keep(
    learner: Learner, held: Held, kept: Checkpoint, trained: tuple[float, float], control: Control
) -> Checkpoint:
    """Validate the epoch's weights and keep them where they are the best so far."""
    state, weights = learner.state(), learner.best()
    learner.show(weights)
    found = logits(learner.network, held.images, control.step)
    learner.restore(state)
    each = np.logaddexp(0.0, np.where(held.truth, -found, found))
    loss = float(0.5 * (each[held.truth].mean() + each[~held.truth].mean()))
    _check(loss, len(kept.epochs) + 1)
    right = float(np.mean((found >= 0.0) == held.truth))
    epoch = Epoch(trained[0], trained[1], loss, right, auroc(found, held.truth))
    least = min((other.val_loss for other in kept.epochs), default=np.inf)
    best = weights if loss < least else kept.best
    return Checkpoint((*kept.epochs, epoch), state, best)


def _check(loss: float, epoch: int) -> None:
    if not loss < _RUN_AWAY:  # so that no number at all counts as well
        raise TrainingError(
            f"The loss has run away in epoch {epoch} (it is {loss:g}). "
            "Lower learning_rate in the recipe, or look for broken films."
        )


def _figures(epoch: Epoch) -> dict[str, float]:
    return {
        "loss": epoch.loss,
        "accuracy": epoch.accuracy,
        "val_loss": epoch.val_loss,
        "val_accuracy": epoch.val_accuracy,
        "val_auroc": epoch.val_auroc,
    }
