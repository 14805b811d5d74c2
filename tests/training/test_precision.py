"""Three precisions of one network: the same answers, and a default only by the stated bar."""

import multiprocessing

import keras
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter
from keras import layers

from pneumo_desktop.core.card import (
    Calibration,
    EvidenceSpec,
    Gates,
    OperatingPoint,
    SeverityConstants,
)
from pneumo_training import parity as comparing
from pneumo_training.anatomy import dissect
from pneumo_training.export import Head, Parity, Serving
from pneumo_training.failure import Cancelled, TrainingError
from pneumo_training.package import Decisions, Made
from pneumo_training.parity import Comparison, Films, compare, passes
from pneumo_training.precision import to_precisions

SIZE = (32, 32)
CLOSE = Parity("ab" * 32, 1_000, 1.0, 0.09, 0.02, 2, 0, 0, 0.0, 1e-6)


def changed(parity, **fields):
    return Parity(**{**{name: getattr(parity, name) for name in parity.__slots__}, **fields})


@pytest.fixture(scope="module")
def films():
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (24, 8, 8), dtype=np.uint8)
    return np.kron(coarse, np.ones((1, 4, 4), np.uint8))


@pytest.fixture(scope="module")
def serving():
    """A network with a shortcut around a convolution, and a chest score on its own features."""
    keras.utils.set_random_seed(3)
    image = layers.Input((*SIZE, 1))
    first = layers.Conv2D(8, 3, 2, "same", activation="relu")(layers.Rescaling(1 / 255)(image))
    second = layers.Conv2D(8, 3, 1, "same", activation="relu")(first)
    x = layers.MaxPooling2D()(layers.Add()([first, second]))
    dense = layers.Dense(1, "sigmoid")
    model = keras.Model(image, dense(layers.Flatten()(x)))
    weights = np.linspace(-2, 2, 16).astype(np.float32)
    return Serving(dissect(model), Head(weights, 0.1))


@pytest.fixture(scope="module")
def networks(serving, films):
    return to_precisions(serving, SIZE, films[:12], lambda: None)


def decisions(minimum=0.5):
    return Decisions(
        Calibration(2.0, 0.1, "made up"),
        {"balanced": OperatingPoint(0.5, "made up")},
        Gates(minimum, "made up"),
        SeverityConstants(0.0, 0.25),
        EvidenceSpec(8, 8, 0.0, 0.0),
        0.5,
    )


@pytest.fixture(scope="module")
def compared(serving, networks, films):
    seen = []
    found = compare(
        serving,
        networks,
        Films(films, films[:4, ::-1], "made up"),
        decisions(),
        lambda done, of: seen.append((done, of)),
    )
    assert seen[-1] == (28, 28)
    return found


def kinds(network):
    interpreter = Interpreter(model_content=network)
    return [
        (interpreter._get_op_details(place)["op_name"], dtypes(interpreter, place))
        for place in range(len(interpreter._get_ops_details()))
    ]


def dtypes(interpreter, place):
    details = {detail["index"]: detail["dtype"] for detail in interpreter.get_tensor_details()}
    return {details[int(t)] for t in interpreter._get_op_details(place)["outputs"]}


def test_the_export_can_be_cancelled_at_once(serving, films):
    def cancel():
        raise Cancelled

    with pytest.raises(Cancelled):
        to_precisions(serving, SIZE, films[:12], cancel)
    assert not multiprocessing.active_children()


def test_a_converter_that_fails_ends_in_words(serving):
    flat = np.zeros((2, 7), np.uint8)  # no films
    with pytest.raises(TrainingError, match="could not be exported"):
        to_precisions(serving, SIZE, flat, lambda: None)


def test_every_precision_takes_and_gives_float32_by_the_same_names(networks):
    assert list(networks) == ["float32", "float16", "int8"]
    for network in networks.values():
        runner = Interpreter(model_content=network).get_signature_runner("serving_default")
        details = {**runner.get_input_details(), **runner.get_output_details()}
        assert set(details) == {"image", "logit", "chest", "evidence"}
        assert {detail["dtype"] for detail in details.values()} == {np.float32}


def test_integers_stand_between_convolutions_alone(networks):
    found = kinds(networks["int8"])
    assert {np.int8} in [dtype for name, dtype in found if name == "CONV_2D"]
    assert all(dtype == {np.int8} for name, dtype in found if name == "CONV_2D")
    heads = [dtype for name, dtype in found if name in {"SUM", "MEAN", "REDUCE_MAX", "LOGISTIC"}]
    assert heads
    assert all(dtype == {np.float32} for dtype in heads)
    assert [dtype for name, dtype in found if name == "MAX_POOL_2D"] == [{np.float32}]


def test_answers_agree_with_the_trained_network(compared):
    whole, half, short = (compared.networks[name] for name in ("float32", "float16", "int8"))
    assert whole.largest < 1e-5
    assert whole.largest <= half.largest < 5e-3
    assert short.largest < 0.1
    assert whole.flips == whole.gate_changes == 0


def test_the_evidence_of_integer_networks_sums_up_as_exactly(compared):
    for parity in compared.networks.values():
        assert parity.error < 1e-4
        assert parity.bias == pytest.approx(compared.networks["float32"].bias, abs=1e-5)


def test_too_few_films_prove_nothing_about_integers(compared):
    assert compared.default == "float16"
    assert passes(CLOSE, 1000)
    assert not passes(CLOSE, 499)


@pytest.mark.parametrize(
    "fault",
    [{"largest": 0.10}, {"percentile_99": 0.021}, {"flips": 3}, {"gate_changes": 1}],
)
def test_integers_that_miss_the_bar_are_not_the_default(fault):
    assert passes(CLOSE, 1000)
    assert not passes(changed(CLOSE, **fault), 1000)


@pytest.mark.parametrize(
    ("int8", "float16_bytes", "default"),
    [
        (CLOSE, 7_000_000, "int8"),
        (changed(CLOSE, flips=9), 24_000_000, "float16"),
        (changed(CLOSE, flips=9), 24_000_001, "int8"),
    ],
)
def test_the_default_is_chosen_by_closeness_then_by_size(int8, float16_bytes, default):
    images = np.zeros((1000, 1, 1), np.uint8)
    networks = {"float16": changed(CLOSE, size=float16_bytes), "int8": int8}
    found = Comparison(Films(images, images[:0], ""), 1.0, 0, networks)
    assert found.default == default
    assert found.chosen is networks[default]
    assert ("does not pass" in found.why()) == (int8 is not CLOSE)
    assert ("larger than 24,000,000 bytes" in found.why()) == (float16_bytes > 24_000_000)


def test_a_chest_score_that_lets_turned_films_through_is_counted(serving, networks, films):
    asked = compare(
        serving, networks, Films(films[:4], films[4:8], ""), decisions(), lambda *_: None
    )
    assert asked.networks["float32"].gate_changes == 0
    runner = comparing.runner(networks["float32"])
    batch = films[4:5, ..., np.newaxis].astype(np.float32)
    score = float(runner(image=batch)["chest"][0, 0])
    trained = comparing._Answers(*np.tile([[0.0], [score], [0.0], [1.0]], 3))
    opened = comparing._Answers(*np.tile([[0.0], [score + 0.2], [0.0], [1.0]], 3))
    told = comparing._parity(b"", opened, trained, 2, decisions(score + 0.1))
    assert (told.gate_changes, told.refused) == (3, 0)


def test_the_card_and_the_progress_tell_each_precision(compared):
    record = compared.record()
    assert record["default"] == "float16"
    assert record["films"] == 24
    for name in ("float32", "float16", "int8"):
        assert record[name]["bytes"] > 0
        assert record[name]["milliseconds per film"] > 0
        assert any(line.startswith(f"{name}: ") for line in compared.lines())
    assert compared.lines()[-1].startswith("Default network: float16; int8 does not pass")


def test_the_default_has_the_name_that_readers_know(networks):
    made = Made(networks, "int8", None, SIZE)
    assert set(made.files()) == {"model.tflite", "model.float32.tflite", "model.float16.tflite"}
    assert made.files()["model.tflite"] is networks["int8"]


def test_a_network_that_answers_without_numbers_is_refused():
    no_number = comparing._Answers(*np.full((4, 2), np.nan))
    with pytest.raises(TrainingError, match="does not answer with numbers"):
        comparing._parity(b"", no_number, no_number, 2, decisions())
