"""The constants of a trained network: calibration, operating points, gate, severity."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from pneumo_desktop.core.card import EvidenceSpec, Gates, SeverityConstants
from pneumo_training.anatomy import Anatomy
from pneumo_training.calibrate import (
    PREVALENCE,
    Scored,
    calibrate,
    operating_points,
)
from pneumo_training.export import Parity
from pneumo_training.films import read_pictures
from pneumo_training.learnt import bounding_films
from pneumo_training.package import EVIDENCE_FROM, EXTENT_SHARE, Decisions
from pneumo_training.task import Task

Images = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Films as the network sees them: `logit` (films,) and `evidence` (films, rows, columns)."""

    logit: NDArray[np.float64]
    evidence: NDArray[np.float32]


def see(anatomy: Anatomy, images: Images, tick: Callable[[], None]) -> Seen:
    """Run the taken-apart network on `images` (films, rows, columns)."""
    weights = tf.constant(anatomy.weights)

    def parts(batch: Any) -> Any:
        return tf.reduce_sum(anatomy.features(batch, training=False) * weights, axis=-1)

    run = tf.function(parts, reduce_retracing=True)
    found = []
    for start in range(0, len(images), 32):
        tick()
        found.append(np.asarray(run(images[start : start + 32, ..., None].astype(np.float32))))
    evidence = np.concatenate(found)
    return Seen(evidence.sum(axis=(1, 2), dtype=np.float64) + anatomy.bias, evidence)


def decide(
    scored: Scored, elsewhere: Scored | None, gates: Gates, evidence: EvidenceSpec
) -> Decisions:
    """Choose the constants on `scored`, the calibration films; see `calibrate` for `elsewhere`."""
    where = (
        f"{len(scored.truth)} calibration films, their patients apart from all others, both "
        "classes weighing the same; label Pneumonia"
    )
    if elsewhere is not None:
        where += f"; the scale no sharper than {len(elsewhere.truth)} films from elsewhere bear"
    calibration = calibrate(scored, where, elsewhere)
    return Decisions(
        calibration,
        operating_points(scored, calibration),
        gates,
        SeverityConstants(EVIDENCE_FROM, EXTENT_SHARE),
        evidence,
        PREVALENCE,
    )


def seen_elsewhere(task: Task, anatomy: Anatomy, tick: Callable[[], None]) -> Scored | None:
    """Return the logits of the view that may bound the scale, None where it is missing."""
    films = bounding_films(task)
    if not films:
        return None
    paths, size = [path for path, _ in films], task.recipe.data.size
    found = {picture.path: picture.pixels for picture in read_pictures(paths, size, [])}
    logit = see(anatomy, np.stack(list(found.values())), tick).logit
    return Scored(logit, np.array([ill for path, ill in films if path in found]))


def with_parity(decisions: Decisions, parity: Parity) -> Decisions:
    """Return the decisions with the evidence sum as the exported network keeps it."""
    spec = decisions.evidence
    return Decisions(
        decisions.calibration,
        decisions.points,
        decisions.gates,
        decisions.severity,
        EvidenceSpec(spec.rows, spec.columns, parity.bias, parity.error),
        decisions.prevalence,
    )
