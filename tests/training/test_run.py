"""The whole way from films to a package, on made-up films and a network of a few numbers."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.card import read_card
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.judgement.figures import figures_at
from pneumo_desktop.core.judgement.judged import answers_folder, read_judged
from pneumo_desktop.core.labelled.split import read_manifest
from pneumo_desktop.core.learnt import learnt_marks
from pneumo_desktop.core.model_archive import export_model
from pneumo_desktop.core.model_import import import_model
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.preprocess import model_input
from pneumo_desktop.core.training_job import (
    CALIBRATION_ANSWERS,
    JUDGEMENT,
    TEST_ANSWERS,
    Progress,
    TrainingJob,
)
from pneumo_training.control import Control
from pneumo_training.export import load_keras
from pneumo_training.failure import Cancelled, TrainingError
from pneumo_training.train import run


class Ear:
    """Keeps what a job says, and may answer back."""

    def __init__(self, command=None, when=lambda progress: False):
        self.said, self.control = [], Control()
        self._command, self._when = command, when

    def __call__(self, progress: Progress) -> None:
        self.said.append(progress)
        if self._command and self._when(progress):
            self.control.take(self._command)


def after_epoch(number):
    return lambda progress: progress.epoch == number and "val_loss" in progress.figures


@pytest.fixture(scope="module")
def trained(data, recipe_text, tmp_path_factory):
    """A finished run: its package and what it said."""
    folder = tmp_path_factory.mktemp("run")
    recipe = folder / "tiny.toml"
    recipe.write_text(recipe_text(epochs=12), encoding="utf-8")
    ear = Ear()
    job = TrainingJob(str(data), str(folder / "mine"), str(recipe), "mine")
    return run(job, ear, ear.control), ear.said


def test_a_run_ends_in_a_package_that_verifies(trained):
    folder, said = trained
    card = load_package(folder).card
    assert card.name == "mine"
    assert said[-1].stage == "done"
    assert said[-1].package == str(folder)
    assert said[-1].figures["auroc"] > 0.7
    assert not list(folder.parent.glob("*.part"))
    assert not list(folder.parent.glob("*.training/checkpoint*"))


def test_progress_never_goes_back_and_tells_every_epoch(trained):
    _, said = trained
    shares = [progress.fraction for progress in said if progress.fraction is not None]
    assert shares == sorted(shares)
    epochs = [p for p in said if "val_loss" in p.figures]
    assert [p.epoch for p in epochs] == list(range(1, 13))
    assert {"loss", "accuracy", "val_loss", "val_accuracy"} <= set(epochs[0].figures)
    stages = list(dict.fromkeys(progress.stage for progress in said))
    wanted = ["data", "training", "calibrating", "exporting", "evaluating", "done"]
    assert stages == wanted


def test_the_evidence_sums_to_the_logit_and_agrees_with_keras(trained, data):
    folder, _ = trained
    package = load_package(folder)
    spec = package.card.evidence
    assert spec.largest_error < 1e-4
    classifier = LiteRtClassifier(package)
    keras_model = load_keras(folder / "model.keras")
    assert keras_model.output_names == ["probability", "chest"]
    for path in sorted((data / "NORMAL").iterdir())[:4]:
        film = read_film(path)
        image = model_input(film, 48, 48)[np.newaxis]
        out = classifier._run({"image": image})
        logit = float(out["logit"].reshape(-1)[0])
        assert out["evidence"].shape == (1, spec.rows, spec.columns)
        assert out["evidence"].sum() + spec.bias == pytest.approx(logit, abs=1e-4)
        probability, chest = (float(np.ravel(o)[0]) for o in keras_model(image))
        assert 1 / (1 + np.exp(-logit)) == pytest.approx(probability, abs=5e-3)
        assert float(out["chest"].reshape(-1)[0]) == pytest.approx(chest, abs=5e-3)


def test_the_card_tells_the_truth_about_unknown_films(trained):
    card = read_card(trained[0] / "card.json")
    assert "Not known" in card.population.description
    assert card.training["films"]["test"] == 12
    assert "Tiny, for tests" in card.training["recipe"]
    assert card.prevalence == 0.5
    assert card.results[0].films == "films kept apart"
    assert any(result.films.startswith("refused: noise") for result in card.results)
    assert set(card.risk_coverage) == set(card.operating_points)
    assert all(len(points) == 50 for points in card.risk_coverage.values())
    apart = card.results[0].figures
    assert all(i.low <= i.value <= i.high for i in (apart["auroc"], apart["accuracy"]))


def test_the_split_stays_beside_the_package_without_leaks(trained, data):
    rows = read_manifest(trained[0].with_name("mine.training") / "split.csv")
    assert len(rows) == 48
    assert len({(row.patient, row.split) for row in rows}) == len({r.patient for r in rows})


def test_the_gate_learnt_here_tells_noise_from_chests(trained, data):
    classifier = LiteRtClassifier(load_package(trained[0]))
    minimum = classifier.card.gates.chest_minimum
    chest = [classifier.predict(read_film(p)) for p in sorted((data / "NORMAL").iterdir())]
    assert np.mean([p.chest_probability >= minimum for p in chest]) > 0.9


def test_a_killed_run_goes_on_where_it_stopped(data, recipe, tmp_path):
    class KilledError(Exception):
        pass

    def die(progress):
        if after_epoch(2)(progress):
            raise KilledError

    job = TrainingJob(str(data), str(tmp_path / "out"), recipe(epochs=3), "resumed")
    with pytest.raises(KilledError):
        run(job, die, Control())
    assert not (tmp_path / "out").exists()
    ear = Ear()
    run(job, ear, ear.control)
    assert [p.epoch for p in ear.said if "val_loss" in p.figures] == [3]
    card = read_card(tmp_path / "out" / "card.json")
    assert len(card.training["epochs"]) == 3


def test_finish_keeps_the_best_so_far(data, recipe, tmp_path):
    ear = Ear("finish", lambda progress: progress.epoch == 2)
    job = TrainingJob(str(data), str(tmp_path / "out"), recipe(epochs=50), "short")
    run(job, ear, ear.control)
    assert len(read_card(tmp_path / "out" / "card.json").training["epochs"]) == 2


@pytest.mark.parametrize("stage", ["data", "training", "calibrating", "exporting", "evaluating"])
def test_cancel_leaves_nothing(data, recipe, tmp_path, stage):
    ear = Ear("cancel", lambda progress: progress.stage == stage)
    job = TrainingJob(str(data), str(tmp_path / "out"), recipe(epochs=1), "none")
    with pytest.raises(Cancelled):
        run(job, ear, ear.control)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []


def test_a_cancelled_run_leaves_the_answers_of_the_model_that_stands_there(trained, tmp_path, data):
    folder = shutil.copytree(trained[0], tmp_path / "mine")
    beside = shutil.copytree(trained[0].with_name("mine.training"), tmp_path / "mine.training")
    before = (beside / JUDGEMENT / TEST_ANSWERS).read_bytes()
    recipe = trained[0].with_name("tiny.toml")
    for stage in ("data", "training"):
        ear = Ear("cancel", lambda progress, stage=stage: progress.stage == stage)
        job = TrainingJob(str(data), str(folder), str(recipe), "mine", epochs=1)
        with pytest.raises(Cancelled):
            run(job, ear, ear.control)
        assert (beside / JUDGEMENT / TEST_ANSWERS).read_bytes() == before
        assert not (beside / "run.txt").exists()
    load_package(folder)


def test_a_folder_of_other_things_is_never_replaced(data, recipe, tmp_path):
    (tmp_path / "holidays.txt").write_text("keep me", encoding="utf-8")
    job = TrainingJob(str(data), str(tmp_path), recipe(), "none")
    with pytest.raises(TrainingError, match="already exists and is no model package"):
        run(job, Ear(), Control())
    assert (tmp_path / "holidays.txt").exists()


def test_a_softmax_on_flattened_features_is_taken_apart_too(data, recipe, tmp_path):
    job = TrainingJob(
        str(data), str(tmp_path / "out"), recipe(head="flatten", outputs=2, epochs=1), "flat"
    )
    folder = run(job, Ear(), Control())
    card = read_card(folder / "card.json")
    assert card.evidence.largest_error < 1e-4
    assert card.training["parity"]["float32"]["largest probability difference"] < 1e-4
    assert json.loads((Path(folder) / "card.json").read_text())["schema"] == 1


def test_the_package_goes_to_another_clinic_as_one_file(trained, tmp_path):
    folder, _ = trained
    file = tmp_path / "mine.pneumo-model"
    list(export_model(load_package(folder), file))
    *_, taken = import_model(file, tmp_path / "elsewhere")
    assert taken.card == load_package(folder).card
    assert learnt_marks(taken) == learnt_marks(load_package(folder))


def test_its_answers_are_those_that_a_judgement_reads(trained):
    folder, _ = trained
    place = answers_folder(folder, folder / "no run")
    for name in (CALIBRATION_ANSWERS, TEST_ANSWERS):
        judged = read_judged(place / name)
        assert judged.truth.any()
        assert not judged.truth.all()
        assert judged.patients < len(judged)
    found = {r.role: r for r in load_package(folder).card.results}
    accuracy = next(r for role, r in found.items() if role.startswith("locked test"))
    at = figures_at(read_judged(place / TEST_ANSWERS), 0.5)
    assert at.accuracy.value == pytest.approx(accuracy.figures["accuracy"].value)
