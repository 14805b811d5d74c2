"""The files of a model in words."""

import msgspec
import pytest

from pneumo_desktop.core.card_networks import NOT_STATED, network_rows
from pneumo_desktop.core.model_package import DEFAULT_MODEL, load_package
from pneumo_desktop.core.paths import resource


def test_the_shipped_models_files_are_told_as_measured():
    package = load_package(resource(f"models/{DEFAULT_MODEL}"))
    sizes = {name: (package.folder / name).stat().st_size for name in package.card.files}
    first, second = network_rows(package.card, sizes)
    assert (first.file, first.kind, first.used) == ("model.tflite", "float16", True)
    assert first.size == f"{sizes['model.tflite'] / 1e6:.1f} MB"
    told = package.card.training["parity"]["float16"]
    assert first.speed == f"{told['milliseconds per film']:.1f} ms a film"
    assert f"off by {told['largest probability difference']:.4f} at most, 0 labels" in first.parity
    assert (second.file, second.kind) == ("model.keras", "Keras, as trained")


def test_other_precisions_have_rows_of_their_own(card):
    parity = {
        "default": "int8",
        "float32": {"largest probability difference": 0.1, "labels flipped": 2},
    }
    files = dict.fromkeys(("model.tflite", "model.float32.tflite", "learnt.txt"), "ab" * 32)
    changed = msgspec.structs.replace(card, files=files, training={"parity": parity})
    rows = network_rows(changed, {"model.float32.tflite": 2_000_000})
    assert [(row.file, row.kind, row.size) for row in rows] == [
        ("model.tflite", "int8", NOT_STATED), ("model.float32.tflite", "float32", "2.0 MB"),
    ]  # fmt: skip
    assert rows[0].parity == rows[0].speed == NOT_STATED
    assert rows[1].parity == "probability off by 0.1000 at most, 2 labels changed"


@pytest.mark.parametrize("parity", [None, 3, {"default": "float32", "float32": "good"}])
def test_what_a_card_does_not_say_is_not_stated(card, parity):
    changed = msgspec.structs.replace(card, training={"parity": parity})
    (row,) = network_rows(changed, {})
    assert {row.size, row.speed, row.parity} == {NOT_STATED}
