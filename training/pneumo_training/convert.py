"""`python -m pneumo_training.convert MODEL.keras --out DIR`: anybody's classifier as a package.

Speaks lines of progress on standard output. Exit: 0 done, 1 failed, 2 wrong usage.
"""

import argparse
import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from keras import layers

from pneumo_desktop.core.card import (
    NOWHERE,
    Calibration,
    CardError,
    EvidenceSpec,
    Gates,
    ModelCard,
    OperatingPoint,
    SeverityConstants,
    read_card,
)
from pneumo_desktop.core.training_job import Progress
from pneumo_training.anatomy import dissect
from pneumo_training.decide import with_parity
from pneumo_training.export import (
    Head,
    Pixels,
    Serving,
    ShippedGate,
    shipped_gate,
)
from pneumo_training.failure import TrainingError
from pneumo_training.package import (
    EVIDENCE_FROM,
    EXTENT_SHARE,
    Decisions,
    Made,
    Package,
    describe,
    make_card,
    replaced,
)
from pneumo_training.parity import Comparison, Films, compare
from pneumo_training.precision import to_precisions
from pneumo_training.start import load_trained
from pneumo_training.told import told
from pneumo_training.voice import Voice, real_stdout

_UNCALIBRATED = f"{NOWHERE}: this model is not calibrated; its probabilities are as it gives them"
_TRIED = 16  # noise pictures on which the converted networks are compared with the model
_AGAIN = "Then convert it again."
_WITHOUT_FILMS = (
    "Without films no range of integers can be chosen: int8 keeps its weights alone in 8 bits."
)


def convert(model: Path, out: Path, say: Callable[[str], None] | None = None) -> Path:
    """Make a package in `out` of the Keras model and return its folder; `say` hears of parity.

    A `card.json` beside the model keeps its calibration, points and words. Without one the
    model is taken to want RGB scaled to 0-1, as the reference recipe does, unless it has a
    Rescaling or Normalization layer of its own; then it gets 0-255.

    Raises:
        TrainingError: The model cannot be loaded safely or is of another kind.
    """
    network = load_trained(model)
    anatomy = dissect(network)
    size, pixels = _input(network)
    chest = _gate(network)
    known = _known_card(model)
    decisions = _decisions(known, anatomy.grid, chest, model.name)
    package = Package(out.absolute())
    try:
        serving = Serving(anatomy, chest if isinstance(chest, Head) else chest.score, pixels)
        networks = to_precisions(serving, size, None, _unheard)
        compared = compare(serving, networks, _noise(size), decisions, _unheard)
        for line in (_WITHOUT_FILMS, *compared.lines()):
            (say or _unheard)(line)
        made = Made(networks, compared.default, network, size)
        package.write(made, _card(model, made, with_parity(decisions, compared.chosen), compared))
        return package.finish()
    finally:
        package.discard()


def _unheard(*_: object) -> None:
    """Take progress that nobody asked for."""


def _input(network: Any) -> tuple[tuple[int, int], Pixels]:
    """Return (height, width) of the input and how grey 0-255 becomes it."""
    if len(network.inputs) != 1:
        raise TrainingError("This network cannot be converted: it takes more than one input.")
    shape = tuple(network.inputs[0].shape[1:])
    if len(shape) != 3 or None in shape or shape[2] not in {1, 3}:
        raise TrainingError(
            f"This network cannot be converted: its input is {shape}, not a picture of known "
            "height and width with 1 or 3 channels."
        )
    scale = 1.0 if _scales_itself(network) else 1.0 / 255.0
    return (int(shape[0]), int(shape[1])), Pixels(int(shape[2]), scale)


def _scales_itself(network: Any) -> bool:
    return any(
        isinstance(layer, layers.Rescaling | layers.Normalization)
        or (hasattr(layer, "layers") and _scales_itself(layer))
        for layer in network.layers
    )


def _gate(network: Any) -> Head | ShippedGate:
    """Return the model's own chest score where it is one of ours, else the shipped one."""
    names = [layer.name for layer in network.layers]
    if not {"chest", "chest_pooled"} <= set(names):
        return shipped_gate()
    kernel, bias = network.get_layer("chest").get_weights()
    weights = np.asarray(kernel)[:, 0]
    if "chest_maximum" not in names:  # models of version 1 looked at the mean alone
        weights = np.concatenate([weights, np.zeros_like(weights)])
    return Head(weights, float(bias[0]))


def _noise(size: tuple[int, int]) -> Films:
    """Return noise to compare networks on: no films are at hand, and any picture must agree."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (_TRIED, 8, 8), dtype=np.uint8)
    rows = np.arange(size[0]) * 8 // size[0]
    columns = np.arange(size[1]) * 8 // size[1]
    images = coarse[:, rows][:, :, columns]
    return Films(images, images[:0], "pictures of noise; no films were at hand")


def _decisions(
    known: ModelCard | None, grid: tuple[int, int], chest: Head | ShippedGate, name: str
) -> Decisions:
    """Return what the card beside the model says, else that nothing was chosen.

    A grafted chest score brings its own minimum: one of another version would not fit it.
    """
    evidence = EvidenceSpec(*grid, 0.0, 0.0)
    if known is not None:
        gates = known.gates if isinstance(chest, Head) else _gates(chest)
        calibration, points = known.calibration, known.operating_points
        return Decisions(calibration, points, gates, known.severity, evidence, known.prevalence)
    if isinstance(chest, Head):
        raise TrainingError(
            f"{name} is a model of this program, but its card.json is not beside it. "
            "Put both files into one folder."
        )
    points = {name: OperatingPoint(p, _UNCALIBRATED) for name, p in _POINTS.items()}
    severity = SeverityConstants(EVIDENCE_FROM, EXTENT_SHARE)
    calibration = Calibration(1.0, 0.0, _UNCALIBRATED)
    return Decisions(calibration, points, _gates(chest), severity, evidence, 0.5)


def _gates(chest: ShippedGate) -> Gates:
    return Gates(chest.minimum, chest.chosen_on)


def _card(model: Path, made: Made, decisions: Decisions, compared: Comparison) -> ModelCard:
    parity = {**compared.record(), "int8 without films": _WITHOUT_FILMS}
    known = _known_card(model)
    if known is not None:
        return replaced(
            known,
            files={},
            gates=decisions.gates,
            evidence=decisions.evidence,
            training={**known.training, "parity": parity},
            results=known.results if decisions.gates == known.gates else (),
        )
    sha256 = hashlib.sha256(model.read_bytes()).hexdigest()
    title = f"{model.stem}, converted and not calibrated"
    about = describe(None, sha256, title, sha256[:12])
    record = {"converted_from": model.name, "sha256": sha256, "parity": parity}
    return make_card(_name(model), about, made, decisions, record)


_POINTS = {"sensitive": 0.25, "balanced": 0.5, "specific": 0.75}


def _known_card(model: Path) -> ModelCard | None:
    """Return the card beside the model where it names this very file."""
    try:
        card = read_card(model.with_name("card.json"))
    except CardError:
        return None
    named = card.files.get(model.name)
    return card if named == hashlib.sha256(model.read_bytes()).hexdigest() else None


def _name(model: Path) -> str:
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in model.stem.lower())
    return kept.strip("-")[:64] or "model"


def main(arguments: list[str]) -> int:
    """Convert as the command line says; see the module's description."""
    parser = argparse.ArgumentParser("pneumo_training.convert")
    parser.add_argument("model", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args(arguments)
    voice = Voice(real_stdout())
    voice.say(Progress("exporting", f"Converting {wanted.model.name}", 0.0))
    try:
        out = convert(wanted.model, wanted.out, lambda text: voice.say(Progress("exporting", text)))
    except (TrainingError, OSError, MemoryError) as error:
        words = str(error) if isinstance(error, TrainingError) else told(error, _AGAIN)
        if not words:
            raise
        voice.end(Progress("failed", words))
        return 1
    voice.end(Progress("done", "The package is ready.", 1.0, package=str(out)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
