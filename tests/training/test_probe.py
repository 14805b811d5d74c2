"""A probe measures by real steps, a real export and real films what a run will take."""

import math
import multiprocessing
import sys
import time
from dataclasses import replace

import pytest

from pneumo_desktop.core.labelled.film_list import list_films
from pneumo_desktop.core.training_job import (
    MEMORY_BYTES,
    SECONDS_EPOCH,
    SECONDS_FIRST_EPOCH,
    SECONDS_READ,
    SECONDS_REST,
    TrainingJob,
)
from pneumo_training import probe
from pneumo_training.control import Control
from pneumo_training.counts import Counts, count_films
from pneumo_training.failure import Cancelled, TrainingError
from pneumo_training.memory import held_bytes, peak_bytes
from pneumo_training.pace import Pace
from pneumo_training.recipe import load_recipe

NAMES = {SECONDS_EPOCH, SECONDS_FIRST_EPOCH, SECONDS_READ, SECONDS_REST, MEMORY_BYTES}


@pytest.fixture
def measure(data, tmp_path):
    """Return a function that probes a recipe and returns all that was said."""

    def measured(recipe, control=None, films=data, **fields):
        said = []
        job = TrainingJob(str(films), str(tmp_path / "out"), recipe, "mine", **fields)
        probe.run(job, said.append, control or Control())
        return said

    return measured


def test_time_memory_and_device_are_measured_and_nothing_is_left(measure, recipe, tmp_path):
    said = measure(recipe(gate=False))
    assert said[-1].stage == "done"
    assert said[-1].text.startswith(("Measured on the CPU", "Measured on GPU"))
    figures = said[-1].figures
    assert set(figures) == NAMES
    assert all(math.isfinite(value) and value > 0.0 for value in figures.values())
    assert figures[SECONDS_EPOCH] == figures[SECONDS_FIRST_EPOCH]
    assert figures[MEMORY_BYTES] > 100e6
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []


def test_kept_features_make_the_first_epoch_the_longest(measure, recipe):
    figures = measure(recipe(head="flatten", outputs=2, gate=False, kept=True))[-1].figures
    assert figures[SECONDS_FIRST_EPOCH] > figures[SECONDS_EPOCH] > 0.0


def test_a_probe_can_be_cancelled(measure, recipe):
    control = Control()
    control.take("cancel")
    with pytest.raises(Cancelled):
        measure(recipe(gate=False), control)


def test_films_of_which_a_class_cannot_be_read_are_told(measure, recipe, tmp_path, data):
    for name in ("NORMAL", "PNEUMONIA"):
        (tmp_path / "films" / name).mkdir(parents=True)
        (tmp_path / "films" / name / "a.png").write_bytes(b"no film")
    with pytest.raises(TrainingError, match="none of one class can be read"):
        measure(recipe(gate=False), films=tmp_path / "films")


def test_folders_without_a_film_are_told(measure, recipe, tmp_path):
    for name in ("NORMAL", "PNEUMONIA"):
        (tmp_path / "films" / name).mkdir(parents=True)
    with pytest.raises(TrainingError, match="none of one class can be read"):
        measure(recipe(gate=False), films=tmp_path / "films")


def test_films_are_counted_by_their_list_else_by_the_recipes_shares(data, recipe):
    loaded, films = load_recipe(recipe(gate=False)), list_films(data)
    counts = count_films(films, loaded, data)
    assert counts.all == pytest.approx(len(films))
    assert counts.test == pytest.approx(0.2 * len(films))
    parts = ["train"] * 40 + ["validation"] * 3 + ["calibration"] * 4 + ["test"]
    given = tuple(replace(film, part=part) for film, part in zip(films, parts, strict=True))
    assert count_films(given, loaded, data) == Counts(40, 3, 4, 1)


def test_films_of_other_hospitals_count_where_they_are_at_hand(data, recipe, tmp_path):
    path = tmp_path / "mixed.toml"
    pool = "\n[mixing]\nweight = 0.5\nnormal = 0.1\nill = 0.9\nblended_each = 4\n[[mixing.pools]]\n"
    text = (tmp_path / "tiny.toml").read_text() if recipe(gate=False) else ""
    path.write_text(text + pool + 'films = "../adult"\neach_epoch = 5\n', encoding="utf-8")
    films = list_films(data)
    assert count_films(films, load_recipe(str(path)), data).mixed == 13
    assert count_films(films, load_recipe(str(path)), tmp_path / "films.csv").mixed == 0


def test_an_epoch_is_its_steps_and_its_validation():
    figures = Pace(step=2.0, answer=0.5, feature=1.0).figures(Counts(33, 4, 9, 9, mixed=7), 8)
    assert figures == {SECONDS_EPOCH: 5 * 2.0 + 4 * 0.5, SECONDS_FIRST_EPOCH: 12.0 + 40 + 4}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what children hold")
def test_the_memory_of_a_child_counts_while_it_lives():
    before = held_bytes()
    child = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,))
    child.start()
    try:
        deadline = time.monotonic() + 60
        while held_bytes() < before + 3_000_000 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert held_bytes() > before + 3_000_000
    finally:
        child.kill()
        child.join()
    assert peak_bytes() > 50_000_000
