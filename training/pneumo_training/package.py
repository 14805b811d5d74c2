"""The finished model as a folder: written beside its place, then moved there whole."""

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from pneumo_desktop.core.card import (
    SCHEMA,
    Calibration,
    EvidenceSpec,
    Gates,
    InputSpec,
    ModelCard,
    OperatingPoint,
    Population,
    SeverityConstants,
    encode_card,
)
from pneumo_desktop.core.learnt import LEARNT, learnt_text
from pneumo_desktop.core.model_package import BEING_MADE, NETWORK, REPLACED
from pneumo_desktop.core.preprocess import RESIZE
from pneumo_training.failure import TrainingError
from pneumo_training.litert import Precision
from pneumo_training.recipe import CardPart

LABELS = ("Normal", "Pneumonia")
EXTENT_SHARE = 0.25
EVIDENCE_FROM = 0.0  # where a position begins to speak for pneumonia; no extent was ever labelled
_KERAS, _CARD = "model.keras", "card.json"
_UNKNOWN = CardPart(
    data_sha256="",
    version="",
    title="",
    population="Not known to this program: the films of the folder it was trained on",
    minimum_age=0.0,
    maximum_age=0.0,
    limits=(
        "Measured, if at all, on films of the folder it learnt from; others may be answered worse.",
        "Pneumothorax, effusion, mass, fracture, lines and tubes are not assessed.",
    ),
    data=("Films given by whoever trained this model; their origin and licence are not known.",),
)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Every constant of the card that was chosen, and where."""

    calibration: Calibration
    points: dict[str, OperatingPoint]
    gates: Gates
    severity: SeverityConstants
    evidence: EvidenceSpec
    prevalence: float


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A network ready to be packed in several precisions, of which `default` is the one to use.

    `size` is (height, width).
    """

    networks: dict[Precision, bytes]
    default: Precision
    model: Any
    size: tuple[int, int]

    def files(self) -> dict[str, bytes]:
        """Return the networks by the names of their files."""
        return {
            NETWORK if name == self.default else f"model.{name}.tflite": network
            for name, network in self.networks.items()
        }


def describe(about: CardPart | None, data_sha256: str, title: str, version: str) -> CardPart:
    """Return the recipe's words where they are true of these films, else the careful ones."""
    if about is not None and about.data_sha256 == data_sha256:
        return about
    return CardPart(
        data_sha256,
        version,
        title,
        _UNKNOWN.population,
        _UNKNOWN.minimum_age,
        _UNKNOWN.maximum_age,
        _UNKNOWN.limits,
        _UNKNOWN.data,
    )


def make_card(
    name: str, about: CardPart, made: Made, decisions: Decisions, training: dict[str, Any]
) -> ModelCard:
    """Return the card, without files and results yet."""
    versions = {"tensorflow": tf.__version__, "keras": keras.__version__, "numpy": np.__version__}
    return ModelCard(
        schema=SCHEMA,
        name=name,
        version=about.version,
        title=about.title,
        files={},
        input=InputSpec(made.size[0], made.size[1], RESIZE),
        labels=LABELS,
        calibration=decisions.calibration,
        operating_points=decisions.points,
        gates=decisions.gates,
        severity=decisions.severity,
        evidence=decisions.evidence,
        prevalence=decisions.prevalence,
        population=Population(about.population, about.minimum_age, about.maximum_age),
        limits=about.limits,
        training={"data": list(about.data), "versions": versions, **training},
    )


def check_place(out: Path) -> None:
    """Refuse to replace anything but a model package.

    Raises:
        TrainingError: The folder holds something else, or is a file.
    """
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / _CARD).is_file()):
        raise TrainingError(
            f"{out} already exists and is no model package. Choose an empty or a new folder."
        )


class Package:
    """A package being written; nothing is at `out` before `finish`."""

    def __init__(self, out: Path) -> None:
        check_place(out)
        self.out = out
        self.part = out.with_name(out.name + BEING_MADE)
        self._old = out.with_name(out.name + REPLACED)
        if not out.exists() and self._old.exists():  # killed in the middle of `finish`
            self._old.rename(out)
        shutil.rmtree(self.part, ignore_errors=True)
        self.part.mkdir(parents=True)

    def write(self, made: Made, card: ModelCard, learnt: Iterable[str] | None = None) -> ModelCard:
        """Write networks, model and card; return the card with the files' hashes.

        `learnt` are the hashes of the films learnt from, None where they are not known.
        """
        networks = made.files()
        for name, network in networks.items():
            (self.part / name).write_bytes(network)
        made.model.save(self.part / _KERAS)
        names = [NETWORK, *sorted(set(networks) - {NETWORK}), _KERAS]
        if learnt is not None:
            (self.part / LEARNT).write_text(learnt_text(learnt), encoding="ascii", newline="\n")
            names.append(LEARNT)
        files = {
            name: hashlib.sha256((self.part / name).read_bytes()).hexdigest() for name in names
        }
        return self.write_card(replaced(card, files=files))

    def write_card(self, card: ModelCard) -> ModelCard:
        """Write the card alone."""
        (self.part / _CARD).write_bytes(encode_card(card))
        return card

    def finish(self) -> Path:
        """Move the package to its place."""
        shutil.rmtree(self._old, ignore_errors=True)
        if self.out.exists():
            self.out.rename(self._old)
        self.part.rename(self.out)
        shutil.rmtree(self._old, ignore_errors=True)
        return self.out

    def discard(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.part, ignore_errors=True)


def replaced(card: ModelCard, **fields: Any) -> ModelCard:
    """Return the card with some fields changed."""
    kept = {name: getattr(card, name) for name in card.__struct_fields__}
    return ModelCard(**{**kept, **fields})
