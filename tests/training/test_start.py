"""Learning goes on from a model that has already learnt, where the recipe names one."""

import numpy as np
import pytest

from pneumo_training.failure import TrainingError
from pneumo_training.fit import logits
from pneumo_training.model import build_network, classifier
from pneumo_training.recipe import load_recipe


@pytest.fixture
def learnt(tmp_path, recipe):
    """Return a saved model that differs from a fresh one, and its logits of some noise."""
    network, _ = build_network(load_recipe(str(recipe())))
    rng = np.random.default_rng(5)
    network.set_weights([rng.normal(0.0, 0.1, w.shape) for w in network.get_weights()])
    path = tmp_path / "learnt.keras"
    classifier(network, 1).save(path)
    return path, logits(network, NOISE, lambda: None)


NOISE = np.random.default_rng(6).integers(0, 256, (4, 48, 48)).astype(np.uint8)


def test_a_network_goes_on_where_the_model_stands(learnt, recipe):
    path, before = learnt
    network, source = build_network(load_recipe(str(recipe())), path)
    assert logits(network, NOISE, lambda: None) == pytest.approx(before, abs=1e-5)
    assert source.startswith("learnt.keras, SHA-256 ")


def test_another_kind_of_network_is_refused_by_name(learnt, recipe):
    path, _ = learnt
    with pytest.raises(TrainingError, match=r"learnt\.keras is another network"):
        build_network(load_recipe(str(recipe(head="flatten", outputs=2))), path)


def test_what_is_no_model_is_refused_by_name(tmp_path, recipe):
    path = tmp_path / "text.keras"
    path.write_text("no model")
    with pytest.raises(TrainingError, match=r"text\.keras cannot be loaded"):
        build_network(load_recipe(str(recipe())), path)
