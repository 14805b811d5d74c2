"""The training says what it computes on."""

from types import SimpleNamespace

import pytest
import tensorflow as tf

from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training import device as devices
from pneumo_training.control import Control
from pneumo_training.device import device
from pneumo_training.train import run

GPU = SimpleNamespace(name="/physical_device:GPU:0")


@pytest.fixture
def gpus(monkeypatch):
    """Return a function that sets the list of GPUs that TensorFlow finds, and their names."""

    def found(*names):
        monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: [GPU] * len(names))
        details = {"device_name": names[0]} if names and names[0] else {}
        monkeypatch.setattr(tf.config.experimental, "get_device_details", lambda gpu: details)

    return found


@pytest.mark.parametrize(("cores", "words"), [(1, "the CPU (1 core)"), (2, "the CPU (2 cores)")])
def test_without_a_gpu_it_is_the_cpu_with_the_cores_it_may_use(gpus, monkeypatch, cores, words):
    gpus()
    monkeypatch.setattr(devices.os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert device() == words
    monkeypatch.delattr(devices.os, "sched_getaffinity")
    monkeypatch.setattr(devices.os, "cpu_count", lambda: cores)
    assert device() == words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["NVIDIA T4"], "GPU NVIDIA T4"),
        (["NVIDIA T4", "NVIDIA T4"], "GPU NVIDIA T4, the first of 2"),
        ([""], "GPU /physical_device:GPU:0"),
    ],
)
def test_a_gpu_is_named(gpus, names, words):
    gpus(*names)
    assert device() == words


def test_a_run_says_it_before_it_learns(data, recipe, tmp_path, monkeypatch):
    class EnoughError(Exception):
        pass

    said = []

    def hear(progress):
        said.append(progress.text)
        if progress.epoch:
            raise EnoughError

    monkeypatch.setattr("pneumo_training.train.device", lambda: "GPU NVIDIA T4")
    job = TrainingJob(str(data), str(tmp_path / "out"), recipe(), "mine")
    with pytest.raises(EnoughError):
        run(job, hear, Control())
    assert said[-2] == "Training on GPU NVIDIA T4"
