"""What the machine does to a run ends in a sentence, and what was learnt before is not lost."""

import errno
import shutil
from pathlib import Path

import msgspec
import pytest
import tensorflow as tf

from pneumo_desktop.core.labelled.split import read_manifest
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.training_job import TrainingJob, decode_progress
from pneumo_training import __main__ as program
from pneumo_training.checkpoint import read_checkpoint
from pneumo_training.fit import Learner
from pneumo_training.told import told

FULL = Path("/dev/full")
full_disk = pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, a disk without room")


class Out:
    """Standard output, kept; `act` is called once, with the first line that `when` is true of."""

    def __init__(self):
        self.said = []
        self.when = self.act = None

    def write(self, line):
        progress = decode_progress(line)
        self.said.append(progress)
        if self.act and self.when(progress):
            act, self.act = self.act, None
            act()

    def flush(self):
        pass


@pytest.fixture
def train(monkeypatch, tmp_path, data, recipe):
    """Return a function that runs the program until `when`, does `act`, and returns all it said."""
    films = Path(shutil.copytree(data, tmp_path / "films"))
    path = recipe(epochs=3, gate=False)
    monkeypatch.setattr(program, "_listen", lambda control: None)

    def trained(when=None, act=None):
        out = Out()
        out.when, out.act = when, act
        monkeypatch.setattr(program, "real_stdout", lambda: out)
        job = TrainingJob(str(films), str(tmp_path / "out"), path, "mine")
        (tmp_path / "job.json").write_bytes(msgspec.json.encode(job))
        return program.main([str(tmp_path / "job.json")]), out.said

    return trained


def epochs(said):
    return [line.epoch for line in said if "val_loss" in line.figures]


def after_epoch(number):
    return lambda line: line.epoch == number and "val_loss" in line.figures


@full_disk
def test_a_full_disk_costs_no_finished_epoch(train, tmp_path):
    work = tmp_path / "out.training"
    part = work / "checkpoint.npz.part"
    status, said = train(after_epoch(1), lambda: part.symlink_to(FULL))
    assert status == 1
    assert said[-1].text.startswith("The disk is full")
    assert "it goes on after the last finished epoch" in said[-1].text
    assert not part.is_symlink()
    assert len(read_checkpoint(work).epochs) == 1
    status, said = train()
    assert (status, epochs(said)) == (0, [2, 3])


@full_disk
def test_a_disk_that_is_full_for_the_package_costs_no_epoch_at_all(train, tmp_path):
    def fill():
        (tmp_path / "out.part" / "model.tflite").symlink_to(FULL)

    status, said = train(lambda line: line.stage == "exporting", fill)
    assert status == 1
    assert said[-1].text.startswith("The disk is full")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "out.part").exists()
    status, said = train()
    assert (status, epochs(said)) == (0, [])
    load_package(tmp_path / "out")


def test_a_folder_removed_while_training_is_named(train, tmp_path):
    work = tmp_path / "out.training"
    status, said = train(after_epoch(1), lambda: shutil.rmtree(work))
    assert status == 1
    assert "was moved or removed" in said[-1].text
    assert str(work) in said[-1].text


def test_films_removed_in_the_third_epoch_cost_their_measuring_alone(train, tmp_path):
    """All are in memory since the beginning; put back, they are measured and not learnt again."""
    status, said = train(
        after_epoch(2), lambda: (tmp_path / "films").rename(tmp_path / "elsewhere")
    )
    assert (status, epochs(said)) == (1, [1, 2, 3])
    assert "Put the folder of the films back" in said[-1].text
    (tmp_path / "elsewhere").rename(tmp_path / "films")
    status, said = train()
    assert (status, epochs(said)) == (0, [])


def test_a_film_damaged_in_the_third_epoch_is_left_out_of_measuring_and_counted(train, tmp_path):
    def damage():
        rows = read_manifest(tmp_path / "out.training" / "split.csv")
        one = next(row for row in rows if (row.split, row.truth) == ("test", "NORMAL"))
        (tmp_path / "films" / "NORMAL" / one.file).write_bytes(b"damaged")

    status, said = train(after_epoch(2), damage)
    assert status == 0
    assert any(line.text.startswith("1 film kept apart cannot be read any more") for line in said)
    apart = load_package(tmp_path / "out").card.results[0]
    assert apart.n == 11


@pytest.mark.parametrize(
    "error", [MemoryError(), tf.errors.ResourceExhaustedError(None, None, "OOM when allocating")]
)
def test_memory_that_runs_out_is_told_with_what_to_do(train, monkeypatch, error):
    def short(*_):
        raise error

    monkeypatch.setattr(Learner, "learn", short)
    status, said = train()
    assert status == 1
    assert said[-1].text.startswith("The memory ran out. Close other programs")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EACCES, "no", "/m/out"), "cannot be written (/m/out)"),
        (OSError(errno.EIO, "no"), "drive does not answer"),
        (tf.errors.UnknownError(None, None, "x; No space left on device"), "disk is full"),
        (
            tf.errors.ResourceExhaustedError(None, None, "f; No space left on device"),
            "disk is full",
        ),
        (OSError("Unable to write (file write failed: errno = 28)"), "disk is full"),
    ],
)
def test_each_error_of_the_machine_has_its_sentence(error, words):
    assert words in told(error)


@pytest.mark.parametrize("error", [ValueError("x"), OSError(errno.EINVAL, "x")])
def test_a_fault_of_the_program_has_none(error):
    assert told(error) == ""
