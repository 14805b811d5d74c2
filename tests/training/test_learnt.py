"""A package tells which films it learnt from; its answers to others are kept for judging."""

import csv
import hashlib
import shutil
from pathlib import Path

import pytest

from pneumo_desktop.core.card import CardError, encode_card, read_card
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.labelled.split import read_manifest
from pneumo_desktop.core.learnt import LEARNT, learnt_marks, learnt_text, mark
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training import learnt_of
from pneumo_training.control import Control
from pneumo_training.package import replaced
from pneumo_training.train import run

MIXING = """
[mixing]
weight = 0.5
normal = 0.05
ill = 0.95
blended_each = 4
[[mixing.pools]]
films = "../adult"
each_epoch = 5
"""


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def trained(data, recipe_text, tmp_path_factory):
    """A finished run with adults mixed in: the job and the package's folder."""
    folder = tmp_path_factory.mktemp("run")
    recipe = folder / "tiny.toml"
    recipe.write_text(recipe_text(epochs=1, gate=False) + MIXING, encoding="utf-8")
    job = TrainingJob(str(data), str(folder / "mine"), str(recipe), "mine", run=str(folder / "run"))
    return job, run(job, lambda _: None, Control())


@pytest.fixture
def copied(trained, tmp_path):
    """A copy of the package, to be changed."""
    return Path(shutil.copytree(trained[1], tmp_path / "copied"))


@pytest.fixture
def split(trained, data):
    """The films' paths by their part."""
    found = {}
    folders = {"NORMAL": data / "NORMAL", "PNEUMONIA": data / "Pneumonia"}
    for row in read_manifest(trained[1].with_name("mine.training") / "split.csv"):
        found.setdefault(row.split, []).append(folders[row.truth] / row.file)
    return found


def test_a_package_names_every_film_but_the_locked_ones_by_its_mark(trained, split, data):
    marks = learnt_marks(load_package(trained[1]))
    assert not marks & {mark(sha256(path)) for path in split["test"]}
    own = [path for part in ("train", "validation", "calibration") for path in split[part]]
    adults = list((data.parent / "adult").iterdir())
    wanted = {mark(sha256(path)) for path in own}
    assert wanted < marks
    assert marks - wanted <= {mark(sha256(path)) for path in adults}
    assert 5 <= len(marks - wanted) < len(adults)  # a fifth of the pool is never learnt from


def test_a_damaged_list_of_films_is_found(copied):
    (copied / LEARNT).write_text((copied / LEARNT).read_text() + "0" * 16 + "\n")
    with pytest.raises(CardError, match="not the file its card names"):
        load_package(copied)


def test_a_package_of_an_earlier_version_does_not_tell(added_package):
    assert learnt_marks(load_package(added_package)) is None


def test_marks_are_sorted_and_said_once():
    assert learnt_text(["b" * 64, "a" * 64, "b" * 64]) == "a" * 16 + "\n" + "b" * 16 + "\n"


@pytest.mark.parametrize("part", ["calibration", "test"])
def test_the_answers_to_films_kept_apart_are_those_of_the_package(trained, split, part):
    job, folder = trained
    with (Path(job.run) / "judgement" / f"{part}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["path"] for row in rows) == sorted(str(path) for path in split[part])
    assert {row["truth"] for row in rows} == {"NORMAL", "PNEUMONIA"}
    model = LiteRtClassifier(load_package(folder))
    for row in rows:
        path = Path(row["path"])
        assert row["sha256"] == sha256(path)
        assert row["truth"].lower() == path.parent.name.lower()
        assert row["patient"]
        answer = model.predict(read_film(path))
        assert float(row["probability"]) == pytest.approx(answer.pneumonia_probability, abs=1e-6)
        assert float(row["chest"]) == pytest.approx(answer.chest_probability, abs=1e-6)


def test_no_path_of_a_film_is_in_the_package(trained, data):
    name = next((data / "NORMAL").iterdir()).name.encode()
    for file in trained[1].rglob("*"):
        if file.is_file():
            assert name not in file.read_bytes()


@pytest.fixture
def older(copied):
    """The package as it was made before packages told what they learnt from."""
    card = read_card(copied / "card.json")
    files = {name: sha for name, sha in card.files.items() if name != LEARNT}
    (copied / "card.json").write_bytes(encode_card(replaced(card, files=files)))
    (copied / LEARNT).unlink()
    return copied


def test_marks_are_added_to_an_older_package_and_nothing_else_changes(older, trained, data, capsys):
    words = ["--data", str(data), "--recipe", trained[0].recipe]
    assert learnt_of.main([str(older), *words]) == 0
    for name in ("card.json", LEARNT):
        assert (older / name).read_bytes() == (trained[1] / name).read_bytes()
    count = len((older / LEARNT).read_text().split())
    assert f"{count} films" in capsys.readouterr().out


def test_films_that_the_model_was_not_made_of_add_no_marks(older, trained, data, tmp_path, capsys):
    other = tmp_path / "films"
    shutil.copytree(data, other)
    next((other / "NORMAL").iterdir()).unlink()
    before = (older / "card.json").read_bytes()
    words = ["--data", str(other), "--recipe", trained[0].recipe]
    assert learnt_of.main([str(older), *words]) == 1
    assert "not the films that mine" in capsys.readouterr().err
    assert (older / "card.json").read_bytes() == before
    assert not (older / LEARNT).exists()
