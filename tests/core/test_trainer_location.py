"""A Python that the user names is asked what it has before it is started to train."""

import sys
import venv

import msgspec
import pytest

from pneumo_desktop.core import trainer_location
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.settings import Settings, save_settings
from pneumo_desktop.core.trainer_location import TrainerMissingError, locate_trainer


def name(python):
    save_settings(data_dir(), msgspec.structs.replace(Settings(), trainer_python=str(python)))


@pytest.fixture
def bare(tmp_path):
    """A Python of its own, without any packages."""
    builder = venv.EnvBuilder(with_pip=False)
    builder.create(tmp_path / "bare")
    return builder.ensure_directories(tmp_path / "bare").env_exe


def test_a_python_that_has_everything_is_started_before_all_others(monkeypatch):
    monkeypatch.setattr(trainer_location, "bundled_trainer", lambda: pytest.fail("looked on"))
    name(sys.executable)
    if not trainer_location._installed("tensorflow"):
        pytest.skip("TensorFlow needed: this Python cannot train")
    location = locate_trainer("probe")
    assert location.program == sys.executable
    assert location.arguments == ("-m", "pneumo_training", "probe")


def test_what_a_named_python_lacks_is_told_with_the_command_that_installs_it(bare):
    name(bare)
    with pytest.raises(TrainerMissingError, match=r"lacks .*tensorflow") as caught:
        locate_trainer()
    told = str(caught.value)
    assert f'"{bare}" -m pip install' in told
    assert "[train]" in told
    assert "pneumo_training" not in told.split("Run:", maxsplit=1)[0]  # found in the checkout


@pytest.mark.parametrize("kind", ["missing", "text", "silent"])
def test_what_is_no_python_is_told(tmp_path, kind):
    file = tmp_path / "python"
    if kind != "missing":
        file.write_text("#!/bin/sh\nexit 0\n" if kind == "silent" else "no program")
        file.chmod(0o755)
    name(file)
    with pytest.raises(TrainerMissingError, match="cannot be started as one") as caught:
        locate_trainer()
    assert str(file) in str(caught.value)
    assert "Preferences" in str(caught.value)


def test_a_python_that_does_not_answer_is_not_waited_for_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(trainer_location, "_ASK", "import time; time.sleep(100)")
    monkeypatch.setattr(trainer_location, "_PATIENCE", 1)
    name(sys.executable)
    with pytest.raises(TrainerMissingError, match="no answer in 1 s"):
        locate_trainer()
