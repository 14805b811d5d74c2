"""A package without what reading does without is still whole."""

import hashlib

import msgspec
import pytest

from pneumo_desktop.core.card import encode_card
from pneumo_desktop.core.model_package import load_package
from pneumo_training import slim as slimming
from pneumo_training.slim import slim


@pytest.fixture
def package(tmp_path, card):
    """A package of five files, and plots that its card does not name."""
    folder = tmp_path / "mine"
    (folder / "plots").mkdir(parents=True)
    (folder / "plots" / "roc.png").write_bytes(b"a plot")
    names = (
        "model.tflite",
        "model.float32.tflite",
        "model.int8.tflite",
        "model.keras",
        "learnt.txt",
    )
    for name in names:
        (folder / name).write_bytes(name.encode())
    files = {name: hashlib.sha256(name.encode()).hexdigest() for name in names}
    told = {"parity": {"default": "float16", "int8": {"bytes": 16}}}
    card = msgspec.structs.replace(card, files=files, training=told)
    (folder / "card.json").write_bytes(encode_card(card))
    return folder


def test_the_other_precisions_go_and_the_package_stays_whole(package):
    before = load_package(package).card
    assert slim(package) == ["model.float32.tflite", "model.int8.tflite"]
    after = load_package(package).card
    assert list(after.files) == ["model.tflite", "model.keras", "learnt.txt"]
    assert msgspec.structs.replace(after, files=before.files) == before
    left = {path.name for path in package.iterdir()}
    assert left == {"card.json", "learnt.txt", "model.tflite", "model.keras", "plots"}


def test_a_large_keras_model_goes_too(package, monkeypatch):
    monkeypatch.setattr(slimming, "KERAS_AT_MOST", 4)
    slim(package)
    assert list(load_package(package).card.files) == ["model.tflite", "learnt.txt"]
    assert not (package / "model.keras").exists()


def test_slimming_twice_changes_nothing_more(package):
    slim(package)
    card = (package / "card.json").read_bytes()
    assert slim(package) == []
    assert (package / "card.json").read_bytes() == card


def test_a_damaged_package_is_left_as_it_is(package, capsys):
    (package / "model.tflite").write_bytes(b"another")
    before = {path.name for path in package.iterdir()}
    assert slimming.main([str(package)]) == 1
    assert "not the file its card names" in capsys.readouterr().err
    assert {path.name for path in package.iterdir()} == before


def test_the_command_names_what_it_dropped(package, capsys):
    assert slimming.main([str(package)]) == 0
    assert capsys.readouterr().out == "Dropped: model.float32.tflite, model.int8.tflite\n"
