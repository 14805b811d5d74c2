"""Every shipped model keeps the package's contract; the default lends its chest score to others."""

import hashlib
import shutil
import tomllib
from pathlib import Path

import keras
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from keras import layers

from pneumo_desktop.core.card import CardError, read_card
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.labelled.split import CLASSES, check_split, read_manifest
from pneumo_desktop.core.learnt import LEARNT, learnt_marks, mark
from pneumo_desktop.core.model_package import DEFAULT_MODEL, load_package
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.preprocess import model_input
from pneumo_training.convert import convert
from pneumo_training.recipe import recipe_folder

SPLIT = Path(__file__).parents[2] / "training" / "splits" / "kermany.csv"
FOLDERS = sorted(card.parent for card in resource("models").glob("*/card.json"))
DEMO = sorted(resource("demo").glob("*.jpg"))
MOST_BYTES = {DEFAULT_MODEL: 8_000_000}  # of the network; the reference may be larger
every_model = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_the_default_model_is_shipped():
    assert DEFAULT_MODEL in [folder.name for folder in FOLDERS]


@every_model
def test_a_package_holds_what_its_card_names_and_no_other_precision(folder):
    card = load_package(folder).card
    assert {path.name for path in folder.glob("model*")} == set(card.files) - {LEARNT}
    assert set(card.files) <= {"model.tflite", "model.keras", LEARNT}
    assert (folder / "model.tflite").stat().st_size <= MOST_BYTES.get(folder.name, 24_000_000)


@every_model
def test_a_package_tells_the_films_it_learnt_from_and_the_locked_ones_are_not_among_them(
    folder, real_films
):
    marks = learnt_marks(load_package(folder))
    learnt, locked = set(), set()
    for row in read_manifest(SPLIT):
        film = real_films / "kermany" / row.truth / row.file
        own = mark(hashlib.sha256(film.read_bytes()).hexdigest())
        (locked if row.split == "test" else learnt).add(own)
    assert len(locked) > 400
    assert learnt <= marks
    assert not locked & marks


@every_model
def test_a_network_is_of_built_in_operators_alone(folder):
    model = schema.Model.GetRootAs((folder / "model.tflite").read_bytes())
    codes = [model.OperatorCodes(place) for place in range(model.OperatorCodesLength())]
    assert codes
    for code in codes:
        assert code.BuiltinCode() != schema.BuiltinOperator.CUSTOM
        assert code.CustomCode() is None


@every_model
def test_a_network_takes_and_gives_what_the_contract_names(folder):
    card = read_card(folder / "card.json")
    interpreter = Interpreter(model_path=str(folder / "model.tflite"))
    runner = interpreter.get_signature_runner("serving_default")
    details = {**runner.get_input_details(), **runner.get_output_details()}
    assert {name: list(detail["shape"]) for name, detail in details.items()} == {
        "image": [1, card.input.height, card.input.width, 1],
        "logit": [1, 1],
        "chest": [1, 1],
        "evidence": [1, card.evidence.rows, card.evidence.columns],
    }
    assert {detail["dtype"] for detail in details.values()} == {np.float32}


@every_model
def test_the_evidence_sums_to_the_logit(folder):
    classifier = LiteRtClassifier(load_package(folder))
    spec, size = classifier.card.evidence, classifier.card.input
    assert spec.largest_error <= 1e-4
    for path in DEMO:
        image = model_input(read_film(path), size.height, size.width)[np.newaxis]
        out = classifier._run({"image": image})
        total = float(out["evidence"].sum(dtype=np.float64)) + spec.bias
        assert total == pytest.approx(float(out["logit"].reshape(-1)[0]), abs=1e-4)


@every_model
def test_a_card_says_what_was_chosen_and_measured_and_where(folder):
    card = read_card(folder / "card.json")
    assert card.name == folder.name
    assert card.calibration.measured
    points = card.operating_points
    assert points["sensitive"].threshold < points["balanced"].threshold == 0.5
    assert points["specific"].threshold > 0.5
    assert all("calibration films" in point.chosen_on for point in points.values())
    assert "chest films" in card.gates.chosen_on
    assert 0.0 < card.gates.chest_minimum <= 0.7
    assert any("not assessed" in limit for limit in card.limits)
    assert card.results
    assert all(result.role and result.n and result.figures for result in card.results)
    assert {"auroc", "accuracy", "sensitivity", "specificity", "ece"} <= set(
        card.results[0].figures
    )


@every_model
def test_a_card_tells_what_was_learnt_from_and_how(folder):
    card = read_card(folder / "card.json")
    assert "CC BY 4.0" in card.training["data"][0]
    recipe = tomllib.loads(card.training["recipe"])
    (shipped,) = [
        text
        for text in (
            tomllib.loads(path.read_text(encoding="utf-8"))
            for path in recipe_folder().glob("*.toml")
        )
        if text["title"] == recipe["title"]
    ]
    for part in ("model", "data", "training", "augmentation"):
        assert recipe[part] == shipped[part]
    assert card.version == shipped["card"]["version"]
    assert list(card.limits) == shipped["card"]["limits"]
    assert card.population.description == shipped["card"]["population"]


@every_model
def test_the_split_it_was_made_with_does_not_leak(folder):
    rows = read_manifest(SPLIT)
    check_split(rows)
    films = read_card(folder / "card.json").training["films"]
    for part in films:
        assert sum(row.split == part for row in rows) == films[part]


@every_model
def test_the_network_is_the_one_whose_distance_from_the_trained_one_is_told(folder):
    card = read_card(folder / "card.json")
    parity = card.training["parity"]
    if "default" not in parity:
        pytest.skip(f"{card.name} {card.version} was exported before precisions were compared")
    told = parity[parity["default"]]
    assert told["bytes"] == (folder / "model.tflite").stat().st_size
    assert told.get("sha256") in {card.files["model.tflite"], None}
    assert told["largest evidence-sum error"] == card.evidence.largest_error
    assert told["real films refused"] == parity["trained network"]["real films refused"]
    assert parity["films"] >= 900


@every_model
def test_points_of_one_network_are_never_used_with_another(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    network = copy / "model.tflite"
    network.write_bytes(network.read_bytes() + b"\0")
    with pytest.raises(CardError, match=r"model\.tflite: not the file its card names"):
        load_package(copy)


@pytest.fixture(scope="module")
def package():
    return load_package(resource(f"models/{DEFAULT_MODEL}"))


@pytest.fixture(scope="module")
def classifier(package):
    return LiteRtClassifier(package)


@pytest.fixture
def film(data):
    return read_film(min((data / "NORMAL").iterdir()))


def test_its_chest_score_is_grafted_onto_another_network(classifier, film, tmp_path):
    image = layers.Input((64, 64, 3))
    x = layers.Conv2D(4, 3, 2, activation="relu")(image)
    keras.Model(image, layers.Dense(2, "softmax")(layers.Flatten()(x))).save(tmp_path / "m.keras")
    grafted = LiteRtClassifier(load_package(convert(tmp_path / "m.keras", tmp_path / "out")))
    own = LiteRtClassifier(load_package(classifier_folder(tmp_path)))
    answer, wanted = grafted.predict(film), own.predict(film)
    # the same film in 64 and in 224 pixels: close, for the gate sees the smaller one enlarged
    assert answer.chest_probability == pytest.approx(wanted.chest_probability, abs=0.2)
    assert grafted.card.gates.chest_minimum == own.card.gates.chest_minimum


def classifier_folder(tmp_path):
    """Return the shipped model, converted again from its Keras form."""
    shipped = resource("models/efficientnet-lite0")
    shutil.copytree(shipped, tmp_path / "copy")
    return convert(tmp_path / "copy" / "model.keras", tmp_path / "again")


def test_native_films_and_their_small_twins_get_the_same_answer(classifier, real_films):
    away, sides = [], []
    for kind in CLASSES:
        for large in sorted((real_films / "kermany_native" / kind).iterdir()):
            small = real_films / "kermany" / kind / large.name
            one, other = (
                classifier.predict(read_film(path)).pneumonia_probability for path in (large, small)
            )
            away.append(abs(one - other))
            sides.append((one >= 0.5) == (other >= 0.5))
    assert len(away) == 84
    assert np.median(away) <= 0.02
    assert np.quantile(away, 0.95) <= 0.10
    assert np.mean(sides) >= 0.95


def test_children_pass_the_gate(classifier, real_films):
    """One film in forty of all, enough to notice a gate that refuses real ones."""
    films = sorted((real_films / "kermany").glob("*/*"))[::40]
    scores = [classifier.predict(read_film(path)).chest_probability for path in films]
    assert np.mean(np.array(scores) < classifier.card.gates.chest_minimum) < 0.01
