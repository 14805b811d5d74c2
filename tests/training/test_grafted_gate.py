"""A clinic has no pictures of other things: its model gets the shipped chest score, whole."""

from pathlib import Path

import pytest

from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.labelled.film_list import list_films, write_films
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package, load_package
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training.control import Control
from pneumo_training.train import run


@pytest.mark.parametrize(
    ("head", "outputs"), [("pool", 1), ("flatten", 2)], ids=["default recipe", "reference"]
)
def test_a_model_trained_without_other_pictures_refuses_what_the_shipped_one_refuses(
    data, recipe, tmp_path, head, outputs
):
    """The heads of both recipes, the shipped gate's own network beside each."""
    path = Path(recipe(head=head, outputs=outputs, epochs=1, gate=True))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("size = 48", "size = 224"), encoding="utf-8")
    films = tmp_path / "films.csv"  # without the folders that the recipe's gate learns from
    write_films(films, list_films(data))
    job = TrainingJob(str(films), str(tmp_path / "out"), str(path), "mine")
    trained = LiteRtClassifier(load_package(run(job, lambda _: None, Control())))
    shipped = LiteRtClassifier(find_package(DEFAULT_MODEL))
    gates = trained.card.gates
    assert gates.chest_minimum == shipped.card.gates.chest_minimum
    assert f"{shipped.card.name} {shipped.card.version}, grafted whole" in gates.chosen_on
    decided = set()
    for film in sorted(resource("demo").glob("*.jpg")):
        scores = [m.predict(read_film(film)).chest_probability for m in (trained, shipped)]
        assert scores[0] == pytest.approx(scores[1], abs=0.02)
        passes = [score >= gates.chest_minimum for score in scores]
        assert passes[0] == passes[1]
        decided.add(passes[0])
    assert decided == {True, False}  # among the demo's films is one that shows no chest
