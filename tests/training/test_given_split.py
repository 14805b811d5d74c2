"""A list that says who teaches is obeyed, and refused where the same film stands on both sides."""

import shutil
from dataclasses import replace

import pytest

from pneumo_desktop.core.card import read_card
from pneumo_desktop.core.labelled.film_list import Listed, list_films, write_films
from pneumo_desktop.core.labelled.patients import patient_of
from pneumo_desktop.core.labelled.split import Shares, divide, read_manifest
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training.control import Control
from pneumo_training.failure import TrainingError
from pneumo_training.train import run


@pytest.fixture
def films(data):
    """The made-up films, divided as the window would, with a seed that is not the recipe's."""
    listed = list_films(data)
    patients = [patient_of(film.path) for film in listed]
    parts = divide([film.ill for film in listed], patients, Shares(0.15, 0.15, 0.3, seed=99))
    return [
        replace(film, patient=patient, part=part)
        for film, patient, part in zip(listed, patients, parts, strict=True)
    ]


@pytest.fixture
def train(tmp_path, recipe):
    """Return a function that trains on a list of films for one epoch."""

    def trained(films):
        write_films(tmp_path / "films.csv", films)
        job = TrainingJob(
            str(tmp_path / "films.csv"), str(tmp_path / "out"), recipe(epochs=1, gate=False), "mine"
        )
        return run(job, lambda _: None, Control())

    return trained


def test_the_films_teach_and_test_as_their_list_says(films, train):
    folder = train(films)
    rows = read_manifest(folder.with_name("out.training") / "split.csv")
    wanted = {film.path.name: film.part for film in films}
    assert {row.file: row.split for row in rows} == wanted
    told = read_card(folder / "card.json").training
    assert told["divided_by"] == "the list of films"
    assert told["films"]["test"] == sum(film.part == "test" for film in films)
    assert "split" not in told["seeds"]


def other_part(films):
    """Return the place of a film that teaches, whose patient has another one."""
    return next(i for i, film in enumerate(films) if film.part == "train")


def test_a_patient_in_two_parts_is_refused_and_named(films, train, tmp_path):
    place = other_part(films)
    films[place] = replace(films[place], part="test")
    with pytest.raises(TrainingError, match=f"The split leaks: {films[place].patient} and"):
        train(films)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("change", [lambda data: data, lambda data: data + b"  "])
def test_a_copy_in_another_part_is_refused_and_named(films, train, tmp_path, change):
    """The same bytes, and other bytes of the same picture."""
    one = films[other_part(films)]
    copy = tmp_path / "copy.png"
    shutil.copy(one.path, copy)
    copy.write_bytes(change(copy.read_bytes()))
    films.append(Listed(copy, one.ill, "somebody else", "test"))
    with pytest.raises(TrainingError) as caught:
        train(films)
    assert f"{one.path.name} (train)" in str(caught.value)
    assert "copy.png (test)" in str(caught.value)


def test_a_part_without_a_class_is_named(films, train):
    some = [film for film in films if film.ill or film.part != "calibration"]
    with pytest.raises(TrainingError, match="calibration part has no film of NORMAL"):
        train(some)
