"""The chest score: is this an upright frontal chest film at all.

A logistic layer on the classifier's own features, each channel's mean and maximum, so it costs
nothing to run. Against it stand pictures of other things, and chest films upside down, on their
side, inverted, or cropped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from PIL import Image

from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.labelled.patients import patient_of
from pneumo_training.augment import ROBUSTNESS, frame
from pneumo_training.export import Head, pool
from pneumo_training.failure import TrainingError
from pneumo_training.films import read_pictures

Images = NDArray[np.uint8]
_MOST = 600  # films of one folder
_TURNED = 300  # films of each population that are turned, inverted and cropped
_RIDGE = 3e-4
_LOST = 0.002  # share of real films that may fall below the minimum when it is chosen
_HIGHEST = 0.7  # the minimum asks for no more, however high all real films score


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """Pictures of one kind: `images` (pictures, rows, columns), divided in three by patient.

    `made` are chest films made wrong.
    """

    name: str
    chest: bool
    images: Images
    part: NDArray[np.int_]  # 0 to learn from, 1 to choose the minimum, 2 to measure
    made: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """A kind with its pooled features (pictures, 2 * channels), and those of changed pictures."""

    kind: Kind
    pooled: NDArray[np.float64]
    varied: NDArray[np.float64]

    @property
    def apart(self) -> NDArray[np.float64]:
        """The features of the part to measure."""
        rows: NDArray[np.float64] = self.pooled[self.kind.part == 2]
        return rows


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """The score, the least one that passes, and how many held-apart pictures were refused."""

    score: Head
    minimum: float
    refused: dict[str, tuple[int, int]]  # kind: (refused, of)
    unseen: dict[str, tuple[int, int]]  # the same by scores that never saw the kind
    chosen_on: str


def read_kind(name: str, folder: Path, size: int, tick: Callable[[], None], *, chest: bool) -> Kind:
    """Read a folder's pictures; those of one patient stay together.

    Raises:
        TrainingError: None can be read.
    """
    paths = [path for path in find_files([folder]) if path.suffix.lower() != ".csv"]
    rng = np.random.default_rng(7)
    chosen = sorted(int(i) for i in rng.permutation(len(paths))[:_MOST])
    images, owners = [], []
    for picture in read_pictures([paths[i] for i in chosen], size, []):
        tick()
        images.append(picture.pixels)
        owners.append(patient_of(picture.path))
    if not images:
        raise TrainingError(
            f"No picture in {folder} can be read, and the chest score is to learn from them. Put "
            "some there, or remove the folder, and start again; nothing needs to be learnt again."
        )
    return Kind(name, chest, np.stack(images), divide(owners))


def films_kind(images: Images, part: list[int]) -> Kind:
    """Return chest films already divided; of the part to learn from only so many."""
    places = np.asarray(part)
    kept = np.concatenate(
        [
            np.flatnonzero(places == 0)[:: 1 + int(np.sum(places == 0)) // _MOST],
            np.flatnonzero(places != 0),
        ]
    )
    name = "the training films' own kind"
    return Kind(name, chest=True, images=images[kept], part=places[kept])


def divide(owners: list[str]) -> NDArray[np.int_]:
    """Return 0, 1 or 2 per picture (60, 20, 20 of 100 owners), seeded."""
    names = sorted(set(owners))
    order = np.random.default_rng(11).permutation(len(names))
    place = {names[int(name)]: int(rank * 5 // len(names)) for rank, name in enumerate(order)}
    return np.asarray([max(0, place[owner] - 2) for owner in owners])


def turned_films(chest: list[Kind]) -> list[Kind]:
    """Return the chest films made wrong, each in the part of the film it was made of."""
    some = [slice(None, None, max(1, len(kind.images) // _TURNED)) for kind in chest]
    images = np.concatenate([kind.images[s] for kind, s in zip(chest, some, strict=True)])
    part = np.concatenate([kind.part[s] for kind, s in zip(chest, some, strict=True)])
    rng = np.random.default_rng(13)
    side = np.where(rng.random(len(images)) < 0.5, 1, 3)
    changed = {
        "upside down": images[:, ::-1, ::-1],
        "mirrored top to bottom": images[:, ::-1],
        "on its side": np.stack([np.rot90(i, int(k)) for i, k in zip(images, side, strict=True)]),
        "inverted": 255 - images,
        "badly cropped": np.stack([_cropped(image, rng) for image in images]),
    }
    return [
        Kind(name, chest=False, images=np.ascontiguousarray(i), part=part, made=True)
        for name, i in changed.items()
    ]


def _cropped(image: Images, rng: np.random.Generator) -> Images:
    """Return a corner of 30 to 45 % of the side, as large as the whole was."""
    side = int(image.shape[0] * rng.uniform(0.3, 0.45))
    top = int(rng.choice([0, image.shape[0] - side]))
    left = int(rng.choice([0, image.shape[1] - side]))
    corner = Image.fromarray(image[top : top + side, left : left + side])
    return np.asarray(corner.resize(image.shape[::-1], Image.Resampling.BILINEAR))


def learn_gate(features: Any, kinds: list[Kind], tick: Callable[[], None]) -> Gate:
    """Fit the score on part 0, choose its minimum on part 1, count refusals on part 2.

    `features` maps (n, size, size, 1) grey 0-255 to (n, rows, columns, channels).
    """
    run = tf.function(lambda x: pool(features(x, training=False)), reduce_retracing=True)
    known = [
        _Known(kind, _pooled(run, kind.images, tick), _pooled(run, _varied(kind), tick))
        for kind in kinds
    ]
    head, minimum = _fit(known)
    films = sum(int(np.sum(kind.part != 2)) for kind in kinds if kind.chest)
    where = f"{films} chest films of all populations at hand, of which {_LOST:.1%} may fall below"
    refused = {one.kind.name: _refused(head, minimum, one.apart) for one in known}
    return Gate(head, minimum, refused, _unseen(known, tick), where)


def _unseen(known: list[_Known], tick: Callable[[], None]) -> dict[str, tuple[int, int]]:
    """Return the refusals of each kind of other pictures by a score that never saw that kind."""
    found: dict[str, tuple[int, int]] = {}
    for one in known:
        others = [other for other in known if other is not one]
        if one.kind.chest or one.kind.made or all(o.kind.chest or o.kind.made for o in others):
            continue
        tick()
        found[one.kind.name] = _refused(*_fit(others), one.pooled)
    return found


def _fit(known: list[_Known]) -> tuple[Head, float]:
    """Return the score of these kinds and the least that passes."""
    learnt = [np.concatenate([one.pooled[one.kind.part == 0], one.varied]) for one in known]
    truth = np.concatenate(
        [np.full(len(x), one.kind.chest) for x, one in zip(learnt, known, strict=True)]
    )
    weight = np.concatenate([np.full(len(x), 1.0 / len(x)) for x in learnt])
    for side in (truth, ~truth):  # chest and not chest weigh the same, and so does each kind
        weight[side] /= 2.0 * weight[side].sum()
    head = _logistic(np.concatenate(learnt), truth, weight)
    return head, _minimum(head, known)


def _refused(head: Head, minimum: float, pooled: NDArray[np.float64]) -> tuple[int, int]:
    return int(np.sum(_score(head, pooled) < minimum)), len(pooled)


def _minimum(head: Head, known: list[_Known]) -> float:
    """Return the least score that passes: low enough for the worst population."""
    lowest = [
        float(np.quantile(_score(head, one.pooled[one.kind.part != 2]), _LOST))
        for one in known
        if one.kind.chest
    ]
    return round(min(_HIGHEST, *lowest), 4)


def _varied(kind: Kind) -> Images:
    """Return the pictures to learn from, each changed in one random way, and each framed.

    Films photographed or cut out of a publication have frames, and are films all the same. Other
    things stay other things inverted, upside down and on their side.
    """
    rng = np.random.default_rng(17)
    changes = list(ROBUSTNESS.values())
    learnt = kind.images[kind.part == 0]
    changed = [changes[int(rng.integers(len(changes)))](image, rng) for image in learnt]
    varied = np.stack([*changed, *(frame(image, rng) for image in learnt)])
    if kind.chest or kind.made:
        return varied
    turned = (255 - learnt, learnt[:, ::-1], np.rot90(learnt, 1, (1, 2)))
    return np.concatenate([varied, *turned])


def _pooled(run: Any, images: Images, tick: Callable[[], None]) -> NDArray[np.float64]:
    found = []
    for start in range(0, len(images), 32):
        tick()
        found.append(run(tf.constant(images[start : start + 32, ..., None].astype(np.float32))))
    return np.concatenate(found).astype(np.float64)


def _score(head: Head, pooled: NDArray[np.float64]) -> NDArray[np.float64]:
    return 0.5 * (1.0 + np.tanh(0.5 * (pooled @ head.weights + head.bias)))


def _logistic(
    x: NDArray[np.float64], truth: NDArray[np.bool_], weight: NDArray[np.float64]
) -> Head:
    """Fit by accelerated gradient steps on standardised features, with a ridge."""
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-3
    z = np.concatenate([(x - middle) / spread, np.ones((len(x), 1))], axis=1)
    bound = 0.25 * float(np.linalg.norm(z * np.sqrt(weight)[:, None], 2)) ** 2 + _RIDGE
    here = before = np.zeros(z.shape[1])
    for step in range(800):
        ahead = here + step / (step + 3.0) * (here - before)
        p = 0.5 * (1.0 + np.tanh(0.5 * (z @ ahead)))
        gradient = z.T @ (weight * (p - truth)) + _RIDGE * np.append(ahead[:-1], 0.0)
        before, here = here, ahead - gradient / bound
    weights = here[:-1] / spread
    return Head(weights.astype(np.float32), float(here[-1] - middle @ weights))
