"""What the window found, chose and divided, the trainer takes as it is; what leaks it refuses."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.labelled.examine import Examined, examine
from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.labelled.film_list import list_films, write_films
from pneumo_desktop.core.labelled.findings import Kind, apply, find
from pneumo_desktop.core.labelled.lot import tell_patients
from pneumo_desktop.core.labelled.patients import PatientRule
from pneumo_desktop.core.labelled.split import Shares, divide
from pneumo_training.films import read_labelled
from pneumo_training.recipe import DataPart
from pneumo_training.split import split_films

PART = DataPart(size=224, validation=0.2, calibration=0.2, test=0.2, seed=3)


@pytest.fixture
def films(data, tmp_path, make_film):
    """The made-up films, and near-copies of four of them under names of other patients."""
    listed = list(list_films(data))
    rng = np.random.default_rng(5)
    for n, film in enumerate(listed[:8:2]):
        pixels = np.asarray(Image.open(film.path)).astype(float)
        again = np.clip(pixels + rng.normal(0, 1, pixels.shape), 0, 255).astype(np.uint8)
        path = tmp_path / f"IM-9{n:03}-0000.png"
        Image.fromarray(again).save(path)
        listed.append(replace(film, path=path))
    return listed


@pytest.fixture
def written(films, tmp_path, classifier):
    """Return a function that writes the window's list, with or without the groups of twins."""
    known = [one for one in examine(films, read_film, classifier) if isinstance(one, Examined)]
    patients = tell_patients(known, PatientRule()).patients
    findings = find(known, (), patients)

    def write(seed, *, grouped):
        heeded = [f for f in findings if grouped or f.kind is not Kind.NEAR_DUPLICATE]
        kept = apply(known, heeded, {"not-a-chest-film": "keep"}, patients)
        truth, groups = [film.ill for film in kept], [film.patient for film in kept]
        parts = divide(truth, groups, Shares(0.2, 0.2, 0.2, seed))
        placed = [replace(film, part=part) for film, part in zip(kept, parts, strict=True)]
        write_films(tmp_path / "films.csv", placed)
        return placed

    return write


def trained_on(folder):
    films = read_labelled(folder / "films.csv", PART.size, lambda done, of: None, [])
    return films, split_films(films, PART)


def test_the_trainer_learns_from_the_very_parts_that_the_window_shows(written, tmp_path):
    placed = written(3, grouped=True)
    films, rows = trained_on(tmp_path)
    assert len(placed) == 52
    assert films.paths == tuple(film.path for film in placed)
    assert [row.split for row in rows] == [film.part for film in placed]
    assert films.patients == tuple(film.patient for film in placed)


def test_twins_torn_apart_are_refused_by_the_trainer(written, tmp_path):
    """A copy of the window broken on purpose: it forgets that near-copies belong together."""
    for seed in range(5):
        written(seed, grouped=True)
        trained_on(tmp_path)
    written(0, grouped=False)
    with pytest.raises(TrainingError, match="leak"):
        trained_on(tmp_path)
