"""From a folder of films to a model in use, and back: by keys and mouse, by the real trainer."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from pneumo_desktop.core.adoption import RECORD
from pneumo_desktop.core.model_package import DEFAULT_MODEL
from pneumo_desktop.core.settings import Settings, load_settings
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.models import installed
from pneumo_training.wheels import VGG16
from tests.ui.hands import drop

SCRIPTS = Path(__file__).parents[2] / "packaging"
PATIENTS = 8  # of each class: the fewest that can be divided
CACHED = 2  # the place of the recipe that is soonest done here
PATIENCE_MS = 900_000  # a machine that does much else; a hang ends the test all the same


@pytest.fixture
def steps(monkeypatch):
    """The steps of the page "A model of one's own", as its script takes them."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    found = import_module("training_steps")
    monkeypatch.setattr(found, "LONG_MS", PATIENCE_MS)
    return found


@pytest.fixture
def walk(steps, qapp, home, tmp_path, weights):
    """A reader's hands at a window with the shipped model, tiny films, and weights at hand."""
    if find_spec("tensorflow") is None:
        pytest.skip("TensorFlow needed: run make train-setup")
    weights(VGG16)
    import_module("training_films").write_films(tmp_path / "films", PATIENTS)
    workplace = Workplace(qapp, Place(home, installed(Settings())))
    workplace.window.resize(1280, 720)
    workplace.window.show()
    yield steps.Walk(workplace, tmp_path / "films", steps.Pace(CACHED, 1))
    workplace.trainer.stop()  # else the end asks whether it may end the training
    workplace.window.close()


def answering(walk, film):
    """Return the model that answers a film dropped into the reading room."""
    place = walk.workplace
    place.window.tabs.setCurrentIndex(0)
    before = {stored.id for stored in place.queue.cases()}
    drop(place.window, film)
    walk.wait(lambda: len(place.queue.cases()) > len(before), PATIENCE_MS)
    walk.settle()
    (new,) = (stored for stored in place.queue.cases() if stored.id not in before)
    place.window.tabs.setCurrentWidget(place.training)
    return new.outcome.model


def test_a_folder_of_films_becomes_a_model_in_use_and_one_click_goes_back(walk, steps, home):
    shipped = walk.workplace.models.card.name
    for step in (
        steps.empty, steps.films, steps.split, steps.chosen, steps.training, steps.trained,
        steps.judgement, steps.locked, steps.mistakes, steps.adopt, steps.adopted,
    ):  # fmt: skip
        step(walk)
    film, other = sorted((walk.films / "PNEUMONIA").iterdir())[:2]
    assert answering(walk, film).name == steps.NAME
    assert load_settings(home).model == steps.NAME
    card = walk.workplace.models.card
    assert card.training[RECORD]["reason"] == steps.REASON
    steps.gone_back(walk)
    assert answering(walk, other).name == shipped == DEFAULT_MODEL
