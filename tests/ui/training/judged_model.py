"""A model that was trained: its package, and its answers to made-up films kept apart."""

import hashlib

import msgspec

from pneumo_desktop.core.card import encode_card
from pneumo_desktop.core.labelled.plan import Plan, save_plan
from tests.core.judgement.make_judged import write

NAME, PAGE = "my-model", 4  # the page Judgement
# what the model says of a film, and whether it shows pneumonia
CALIBRATION = [(0.05, 0), (0.2, 0), (0.35, 0), (0.4, 1), (0.45, 1), (0.6, 1), (0.9, 1), (0.7, 0)]
TEST = [(0.1, 0), (0.2, 0), (0.3, 0), (0.35, 1), (0.8, 1), (0.95, 1), (0.9, 0), (0.99, 1)]


def make_package(folder, card, network=b"network"):
    """Write a package of which the network is but some bytes."""
    folder.mkdir(parents=True)
    (folder / "model.tflite").write_bytes(network)
    files = {"model.tflite": hashlib.sha256(network).hexdigest()}
    card = msgspec.structs.replace(card, name=folder.name, title="Mine", files=files)
    (folder / "card.json").write_bytes(encode_card(card))
    return folder


def answered(film_file, part, answers):
    """Return rows of answers to films that are made for it."""
    for number, (probability, ill) in enumerate(answers):
        path = film_file(f"{part}/{number:02}.png", 0.2 + number / 20)
        yield {
            "path": path,
            "truth": "Pneumonia" if ill else "Normal",
            "patient": f"{part}-{number // 2}",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "probability": probability,
            "chest": 0.99,
        }


def make_judged(home, card, film_file):
    """Leave `home` as a finished training does, the wizard on the page Judgement."""
    package = make_package(home / "models" / NAME, card)
    folder = home / "training" / NAME / "judgement"
    write(folder / "calibration.csv", answered(film_file, "calibration", CALIBRATION))
    write(folder / "test.csv", answered(film_file, "test", TEST))
    save_plan(home, Plan(name=NAME, page=PAGE))
    return package
