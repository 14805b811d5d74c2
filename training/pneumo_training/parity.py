"""The exported networks against the trained one, film by film, and which of them is the default."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from pneumo_training.calibrate import probability
from pneumo_training.export import Parity, Serving
from pneumo_training.failure import TrainingError
from pneumo_training.litert import Precision
from pneumo_training.package import Decisions

MOST_BYTES = 24_000_000  # of the default network
_FEWEST = 500  # films from which on 0.2 % is a number
_LARGEST, _PERCENTILE, _FLIPS = 0.10, 0.02, 0.002
BAR = (
    f"int8 is the default where over at least {_FEWEST} films its probability is off by less than "
    f"{_LARGEST:.2f} at most and by {_PERCENTILE:.2f} at the 99th percentile, at most "
    f"{_FLIPS:.1%} of labels flip and no gate decision changes"
)


@dataclass(frozen=True, slots=True, eq=False)
class Films:
    """What networks are compared on, (films, rows, columns) grey 0-255.

    `real` are films as they are, `wrong` such as the chest score should refuse.
    """

    real: NDArray[np.uint8]
    wrong: NDArray[np.uint8]
    origin: str


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """How far each precision is from the trained network, on how many films, and the default."""

    films: Films
    trained_milliseconds: float
    trained_refused: int
    networks: dict[Precision, Parity]

    @property
    def default(self) -> Precision:
        """Return the precision that `model.tflite` has."""
        if passes(self.networks["int8"], len(self.films.real)):
            return "int8"
        return "float16" if self.networks["float16"].size <= MOST_BYTES else "int8"

    @property
    def chosen(self) -> Parity:
        """Return what holds for the default network."""
        return self.networks[self.default]

    def why(self) -> str:
        """Return in words why the default is what it is."""
        if passes(self.networks["int8"], len(self.films.real)):
            return f"int8 passes: {BAR}"
        if self.default == "int8":
            return f"float16 is larger than {MOST_BYTES:,} bytes; int8 does not pass: {BAR}"
        return f"int8 does not pass: {BAR}"

    def record(self) -> dict[str, Any]:
        """Return what the card says of it."""
        return {
            "default": self.default,
            "why": self.why(),
            "films": len(self.films.real),
            "of": self.films.origin,
            "films turned or inverted": len(self.films.wrong),
            "trained network": {
                "milliseconds per film": round(self.trained_milliseconds, 2),
                "real films refused": self.trained_refused,
            },
            **{name: _told(parity) for name, parity in self.networks.items()},
        }

    def lines(self) -> list[str]:
        """Return one line of progress for each precision, and one for the choice."""
        count = len(self.films.real)
        found = [
            f"{name}: {p.size / 1e6:.1f} MB, {p.milliseconds:.1f} ms a film (trained network "
            f"{self.trained_milliseconds:.1f}); probability off by {p.largest:.4f} at most, "
            f"{p.percentile_99:.4f} at the 99th percentile; {p.flips} of {count} labels and "
            f"{p.gate_changes} gate decisions changed; evidence sum off by {p.error:.1e}"
            for name, p in self.networks.items()
        ]
        return [*found, f"Default network: {self.default}; {self.why()}"]


def _told(parity: Parity) -> dict[str, Any]:
    return {
        "sha256": parity.sha256,
        "bytes": parity.size,
        "milliseconds per film": round(parity.milliseconds, 2),
        "largest probability difference": parity.largest,
        "99th percentile of probability difference": parity.percentile_99,
        "labels flipped": parity.flips,
        "real films refused": parity.refused,
        "gate decisions changed": parity.gate_changes,
        "largest evidence-sum error": parity.error,
    }


def passes(parity: Parity, films: int) -> bool:
    """Return whether an integer network is close enough to be the default; see `BAR`."""
    close = parity.largest < _LARGEST and parity.percentile_99 <= _PERCENTILE
    same = parity.flips <= _FLIPS * films and parity.gate_changes == 0
    return films >= _FEWEST and close and same


@dataclass(frozen=True, slots=True, eq=False)
class _Answers:
    """One network's answers, each (films,); `rest` is the logit without its evidence."""

    logit: NDArray[np.float64]
    chest: NDArray[np.float64]
    rest: NDArray[np.float64]
    seconds: NDArray[np.float64]


def compare(
    serving: Serving,
    networks: dict[Precision, bytes],
    films: Films,
    decisions: Decisions,
    seen: Callable[[int, int], None],
) -> Comparison:
    """Ask the trained network and every exported one in turn; `seen(films so far, of)`.

    Raises:
        TrainingError: A network does not answer with numbers.
    """
    ways: dict[str, Any] = {"trained": tf.function(serving.answer)}
    ways.update((name, runner(network)) for name, network in networks.items())
    images = np.concatenate([films.real, films.wrong])
    asked: dict[str, list[tuple[float, ...]]] = {name: [] for name in ways}
    for number, image in enumerate(images, 1):
        seen(number, len(images))
        batch = image[np.newaxis, ..., np.newaxis].astype(np.float32)
        for name, way in ways.items():
            asked[name].append(ask(way, batch))
    told = {name: _Answers(*np.array(rows, np.float64).T) for name, rows in asked.items()}
    trained = told["trained"]
    count = len(films.real)
    return Comparison(
        films,
        1000.0 * float(np.median(trained.seconds)),
        int(np.sum(trained.chest[:count] < decisions.gates.chest_minimum)),
        {
            name: _parity(network, told[name], trained, count, decisions)
            for name, network in networks.items()
        },
    )


def runner(network: bytes) -> Any:
    """Return the network in LiteRT, ready to be asked."""
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415 - beside TensorFlow, late

    interpreter = Interpreter(model_content=network, num_threads=2)
    return interpreter.get_signature_runner("serving_default")


def ask(way: Any, batch: NDArray[np.float32]) -> tuple[float, float, float, float]:
    """Return logit, chest score, the logit without its evidence, and seconds, of one film."""
    started = time.perf_counter()
    out = {name: np.asarray(value) for name, value in way(image=batch).items()}
    seconds = time.perf_counter() - started
    logit, chest = (float(out[name].reshape(-1)[0]) for name in ("logit", "chest"))
    return logit, chest, logit - float(np.sum(out["evidence"], dtype=np.float64)), seconds


def _parity(
    network: bytes, found: _Answers, trained: _Answers, count: int, decisions: Decisions
) -> Parity:
    if not np.all(np.isfinite(found.rest)):
        raise TrainingError(
            "The exported network does not answer with numbers: its weights are too large for "
            "16 bits. Train with a lower learning_rate."
        )
    platt = (decisions.calibration.scale, decisions.calibration.bias)
    one, other = (probability(answers.logit[:count], *platt) for answers in (found, trained))
    away, point = np.abs(one - other), decisions.points["balanced"].threshold
    low, least = found.chest < decisions.gates.chest_minimum, decisions.gates.chest_minimum
    bias = float(np.mean(found.rest))
    return Parity(
        sha256=hashlib.sha256(network).hexdigest(),
        size=len(network),
        milliseconds=1000.0 * float(np.median(found.seconds)),
        largest=float(away.max()),
        percentile_99=float(np.quantile(away, 0.99)),
        flips=int(np.sum((one >= point) != (other >= point))),
        refused=int(np.sum(low[:count])),
        gate_changes=int(np.sum(low != (trained.chest < least))),
        bias=bias,
        error=float(np.max(np.abs(found.rest - bias))),
    )
