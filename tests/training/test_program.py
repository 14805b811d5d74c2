"""The training program as the window sees it: a child that speaks JSON lines and takes commands."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import numpy as np
import pytest

from pneumo_desktop.core.card import read_card
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.training_job import (
    CommandLine,
    TrainingJob,
    decode_progress,
    encode_line,
)
from pneumo_training import __main__ as program
from pneumo_training import courtesy
from pneumo_training.checkpoint import read_checkpoint
from pneumo_training.export import load_keras

ROOT = Path(__file__).parents[2]


@pytest.fixture
def start(tmp_path, home):
    """Return a function that starts the program on a job, after some `code` of the test's own."""
    children = []

    def begin(job, code=""):
        path = tmp_path / "job.json"
        path.write_bytes(msgspec.json.encode(job))
        code = "import runpy, sys; sys.path[:0] = sys.argv.pop(1).split('|')\n" + code
        code += "\nrunpy.run_module('pneumo_training', run_name='__main__', alter_sys=True)"
        child = subprocess.Popen(
            [sys.executable, "-c", code, f"{ROOT}|{ROOT / 'training'}", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        children.append(child)
        return child

    yield begin
    for child in children:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()


def lines(child):
    """Yield (seconds since the line before, progress); every line must be one."""
    before = time.monotonic()
    for line in child.stdout:
        progress = decode_progress(line)
        assert progress is not None, line
        yield time.monotonic() - before, progress
        before = time.monotonic()


def tell(child, command):
    child.stdin.write(encode_line(CommandLine(command)))
    child.stdin.flush()


def test_pause_resume_and_finish(start, data, recipe, tmp_path):
    """The child is never silent for long, not even while it waits."""
    out = tmp_path / "out"
    child = start(TrainingJob(str(data), str(out), recipe(epochs=1000), "mine"))
    waited, gaps, said = 0, [], []
    for gap, progress in lines(child):
        gaps.append(gap)
        said.append(progress)
        if progress.stage == "training" and progress.step and waited == 0:
            tell(child, "pause")
            waited = 1
        elif waited == 1 and gap > 0.5:  # a heartbeat in the pause
            tell(child, "resume")
            tell(child, "finish")
            waited = 2
    assert child.wait(30) == 0
    assert waited == 2
    assert said[-1].stage == "done"
    assert said[-1].figures
    assert max(gaps[1:]) < 8.0
    assert load_package(Path(said[-1].package)).card.name == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has priority classes instead")
def test_training_goes_behind_what_the_reader_does(start, data, recipe, tmp_path):
    child = start(TrainingJob(str(data), str(tmp_path / "out"), recipe(epochs=1000), "mine"))
    next(lines(child))
    assert os.getpriority(os.PRIO_PROCESS, child.pid) == max(10, os.nice(0))


def test_of_many_cores_one_is_left_to_others(monkeypatch):
    monkeypatch.delenv("TF_NUM_INTRAOP_THREADS", raising=False)
    monkeypatch.setattr(courtesy.os, "nice", lambda _: 0, raising=False)
    for cores, threads in ((8, "7"), (2, None)):
        monkeypatch.setattr(courtesy.os, "cpu_count", lambda cores=cores: cores)
        courtesy.step_back()
        assert os.environ.get("TF_NUM_INTRAOP_THREADS") == threads
        monkeypatch.delenv("TF_NUM_INTRAOP_THREADS", raising=False)


def test_cancel_ends_without_a_package(start, data, recipe, tmp_path):
    out = tmp_path / "out"
    child = start(TrainingJob(str(data), str(out), recipe(epochs=1000), "mine"))
    for _, progress in lines(child):
        if progress.stage == "training" and progress.step:
            tell(child, "cancel")
    assert child.wait(30) == 130
    assert progress.stage == "failed"
    assert "cancelled" in progress.text
    assert not out.exists()


KILL_IN_STEP = """
import os, signal
from pneumo_training.fit import Learner
learn, taken = Learner.learn, []
def learn_or_die(*batch):
    taken.append(1)
    if len(taken) == {step}:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return learn(*batch)
Learner.learn = learn_or_die
"""


def test_a_run_killed_in_its_second_epoch_ends_where_an_unbroken_one_does(
    start, data, recipe, tmp_path
):
    """The band: no weight and no epoch's figures further apart than 1e-5, with dropout."""
    path, out = recipe(epochs=3), tmp_path / "killed"
    job = TrainingJob(str(data), str(out), path, "mine")
    child = start(job, KILL_IN_STEP.format(step=4))
    said = [progress for _, progress in lines(child)]
    assert child.wait(30) not in {0, 1, 2, 130}
    assert not out.exists()
    assert max(progress.steps or 0 for progress in said) == 2  # so that step 4 is of epoch 2
    kept = read_checkpoint(tmp_path / "killed.training")
    assert len(kept.epochs) == 1
    told = [progress for _, progress in lines(start(job))]
    assert [p.epoch for p in told if "val_loss" in p.figures] == [2, 3]
    unbroken = start(TrainingJob(str(data), str(tmp_path / "whole"), path, "mine"))
    assert [progress for _, progress in lines(unbroken)][-1].stage == "done"
    cards = [read_card(tmp_path / name / "card.json") for name in ("killed", "whole")]
    for one, other in zip(*(card.training["epochs"] for card in cards), strict=True):
        assert one == pytest.approx(other, abs=1e-5)
    ends = [load_keras(tmp_path / name / "model.keras") for name in ("killed", "whole")]
    for one, other in zip(*(end.get_weights() for end in ends), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


class Out:
    """Standard output, kept."""

    def __init__(self):
        self.lines = []

    def write(self, line):
        self.lines.append(line)

    def flush(self):
        pass

    @property
    def last(self):
        return decode_progress(self.lines[-1])


@pytest.fixture
def out(monkeypatch):
    """Run `main` in this process, its standard output kept."""
    kept = Out()
    monkeypatch.setattr(program, "real_stdout", lambda: kept)
    monkeypatch.setattr(program, "_listen", lambda control: None)
    return kept


def main(tmp_path, job):
    path = tmp_path / "job.json"
    path.write_bytes(msgspec.json.encode(job))
    return program.main([str(path)])


def test_a_missing_folder_fails_in_words(out, tmp_path, recipe):
    job = TrainingJob(str(tmp_path / "nowhere"), str(tmp_path / "out"), recipe(), "mine")
    assert main(tmp_path, job) == 1
    assert out.last.stage == "failed"
    assert "does not exist. Choose the folder" in out.last.text


def test_one_class_alone_fails_in_words(out, tmp_path, recipe, data):
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "NORMAL").symlink_to(data / "NORMAL")
    job = TrainingJob(str(tmp_path / "half"), str(tmp_path / "out"), recipe(), "mine")
    assert main(tmp_path, job) == 1
    assert "has no folder PNEUMONIA" in out.last.text


def test_a_loss_that_runs_away_fails_in_words(out, tmp_path, recipe, data):
    path = Path(recipe(gate=False))
    text = path.read_text(encoding="utf-8").replace("learning_rate = 1e-2", "learning_rate = 1e30")
    path.write_text(text, encoding="utf-8")
    job = TrainingJob(str(data), str(tmp_path / "out"), str(path), "mine")
    assert main(tmp_path, job) == 1
    assert "The loss has run away" in out.last.text
    assert "Lower learning_rate" in out.last.text
    assert not (tmp_path / "out").exists()


def test_a_download_is_asked_for_with_source_size_and_hash(out, tmp_path, data, home, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    job = TrainingJob(str(data), str(tmp_path / "out"), "vgg16_reference", "mine")
    assert main(tmp_path, job) == 1
    needs = out.last.needs
    assert needs.what == "the ImageNet weights of VGG16"
    assert [place.size for place in needs.places] == [58_889_256, 60_880_528]
    assert all(place.source and place.hash in out.last.text for place in needs.places)
    assert not (home / "backbones").exists()


def test_a_fault_of_the_program_is_told_and_raised(out, tmp_path, recipe, data, monkeypatch):
    monkeypatch.setattr("pneumo_training.train.run", lambda *_: 1 / 0)
    job = TrainingJob(str(data), str(tmp_path / "out"), recipe(), "mine")
    with pytest.raises(ZeroDivisionError):
        main(tmp_path, job)
    assert "fault of the program (ZeroDivisionError" in out.last.text


def test_a_missing_module_is_named_with_its_cure(out, tmp_path, recipe, data, monkeypatch):
    def missing(*_):
        raise ModuleNotFoundError("No module named 'tensorflow'", name="tensorflow")

    monkeypatch.setattr("pneumo_training.train.run", missing)
    assert main(tmp_path, TrainingJob(str(data), str(tmp_path / "out"), recipe(), "m")) == 1
    assert "tensorflow, which is not installed. Install it with: pip install" in out.last.text


def test_an_interrupted_run_may_go_on(out, tmp_path, recipe, data, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pneumo_training.train.run", interrupted)
    job = TrainingJob(str(data), str(tmp_path / "out"), recipe(), "mine")
    assert main(tmp_path, job) == 130
    assert "goes on after the last epoch" in out.last.text


def test_a_task_may_be_named_before_the_job(out, tmp_path, recipe):
    job = TrainingJob(str(tmp_path / "nowhere"), str(tmp_path / "out"), recipe(), "mine")
    (tmp_path / "job.json").write_bytes(msgspec.json.encode(job))
    assert program.main(["train", str(tmp_path / "job.json")]) == 1
    assert "does not exist. Choose the folder" in out.last.text
    assert program.main(["preview", str(tmp_path / "job.json")]) == 2  # a job of another kind
    assert "is not usable" in out.last.text
    assert program.main(["preview"]) == 2


def test_a_keras_model_is_converted_by_the_same_program(monkeypatch, tmp_path):
    said = Out()
    monkeypatch.setattr("pneumo_training.convert.real_stdout", lambda: said)
    words = [str(tmp_path / "gone.keras"), "--out", str(tmp_path / "out")]
    assert program.main(["convert", *words]) == 1
    assert "There is no file" in said.last.text


@pytest.mark.parametrize("text", ["{}", "no json"])
def test_an_unusable_job_is_a_wrong_use(out, tmp_path, text):
    (tmp_path / "job.json").write_text(text, encoding="utf-8")
    assert program.main([str(tmp_path / "job.json")]) == 2
    assert out.last.stage == "failed"
    assert program.main([]) == 2
    assert program.main([str(tmp_path / "missing.json")]) == 2
    assert all(json.loads(line) for line in out.lines)
