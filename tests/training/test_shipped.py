"""The shipped model keeps the package's contract, and lends its chest score to others."""

import shutil
import tomllib
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.preprocess import model_input
from pneumo_training.convert import convert
from pneumo_training.recipe import find_recipe
from pneumo_training.split import CLASSES, check_split, read_manifest

SPLIT = Path(__file__).parents[2] / "training" / "splits" / "kermany.csv"


@pytest.fixture(scope="module")
def package():
    return load_package(resource("models/efficientnet-lite0"))


@pytest.fixture(scope="module")
def classifier(package):
    return LiteRtClassifier(package)


@pytest.fixture
def film(data):
    return read_film(min((data / "NORMAL").iterdir()))


def test_it_is_small_and_its_evidence_sums_to_the_logit(package, classifier, film):
    assert package.network.stat().st_size <= 8_000_000
    assert package.card.evidence.largest_error <= 1e-4
    out = classifier._run(image=model_input(film, 224, 224)[np.newaxis])
    total = float(out["evidence"].sum()) + package.card.evidence.bias
    assert total == pytest.approx(float(out["logit"].reshape(-1)[0]), abs=1e-4)


def test_its_card_tells_what_it_learnt_from(package):
    card = package.card
    assert "CC BY 4.0" in card.training["data"][0]
    assert (card.population.minimum_age, card.population.maximum_age) == (1.0, 5.0)
    recipe = tomllib.loads(card.training["recipe"])
    shipped = tomllib.loads(find_recipe("efficientnet_lite0").read_text(encoding="utf-8"))
    for part in ("model", "data", "training", "augmentation", "gate"):
        assert recipe[part] == shipped[part]
    assert card.results
    assert all(result.role for result in card.results)
    points = card.operating_points
    assert points["sensitive"].threshold < points["balanced"].threshold == 0.5
    assert points["specific"].threshold > 0.5


def test_the_split_it_was_made_with_does_not_leak(package):
    rows = read_manifest(SPLIT)
    check_split(rows)
    films = package.card.training["films"]
    for part in films:
        assert sum(row.split == part for row in rows) == films[part]


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
