"""The network: a film in, a prediction out."""

from functools import partial
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.card import CardError, ModelCard
from pneumo_desktop.core.cases import Film, ModelIdentity, Prediction
from pneumo_desktop.core.model_package import ModelPackage
from pneumo_desktop.core.preprocess import model_input


class Classifier(Protocol):
    """Anything that answers a film, for as many threads as ask."""

    @property
    def card(self) -> ModelCard:
        """The constants that belong to the answers."""
        ...

    @property
    def identity(self) -> ModelIdentity:
        """Which model answers."""
        ...

    def predict(self, film: Film) -> Prediction:
        """Return the network's answer to one film."""
        ...


class LiteRtClassifier:
    """A model package run by LiteRT on the CPU; `predict` is one `invoke()`.

    An interpreter serves one thread at a time: there are as many as were ever asked at once.
    """

    def __init__(self, package: ModelPackage, threads: int = 2) -> None:
        """Load the network; each run of it takes `threads` cores.

        Raises:
            CardError: LiteRT cannot run it, or it lacks the contract's names.
        """
        self.card = package.card
        self.identity = package.identity
        self._load = partial(_signature_runner, package.network, threads)
        self._idle: LifoQueue[Any] = LifoQueue()
        self._idle.put(self._load())

    def predict(self, film: Film) -> Prediction:
        """Return the calibrated answer to one film."""
        spec = self.card.input
        image = model_input(film, spec.height, spec.width)[np.newaxis]
        out = self._run({spec.name: image})
        logit = float(out["logit"].reshape(-1)[0])
        return Prediction(
            pneumonia_probability=calibrated(logit, self.card),
            chest_probability=float(out["chest"].reshape(-1)[0]),
            evidence=out["evidence"].reshape(self.card.evidence.rows, self.card.evidence.columns),
        )

    def _run(self, inputs: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
        try:
            run = self._idle.get_nowait()
        except Empty:
            run = self._load()
        out: dict[str, NDArray[np.float32]] = run(**inputs)
        self._idle.put(run)
        return out


def calibrated(logit: float, card: ModelCard) -> float:
    """Return the calibrated probability 0-1 of a logit (Platt 1999)."""
    z = card.calibration.scale * logit + card.calibration.bias
    return float(0.5 * (1.0 + np.tanh(0.5 * z)))  # the logistic function, without overflow


def _signature_runner(network: Path, threads: int) -> Any:
    """Load the network.

    Raises:
        CardError: LiteRT cannot run it, or it lacks the contract's names.
    """
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415 - slow, and asked for last

    try:
        interpreter = Interpreter(model_path=str(network), num_threads=threads)
        runner = interpreter.get_signature_runner("serving_default")
    except (ValueError, RuntimeError) as error:
        raise CardError(f"{network}: LiteRT cannot load this network: {error}") from error
    missing = {"logit", "chest", "evidence"} - set(runner.get_output_details())
    if missing:
        raise CardError(f"{network}: the network has no output {', '.join(sorted(missing))}.")
    return runner
