"""The frozen trainer is found where people put it, and started as if from outside."""

import sys

import pytest

from pneumo_desktop.core import bundled_trainer
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.trainer_location import TrainerMissingError, locate_trainer

PROGRAM = bundled_trainer._PROGRAM


@pytest.fixture
def frozen(monkeypatch, tmp_path):
    """Stand in a frozen program's place, and return its folder."""
    folder = tmp_path / "opt" / "pneumo-desktop"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "pneumo-desktop"))
    return folder


def put(folder):
    folder.mkdir(parents=True)
    (folder / PROGRAM).touch()
    return str(folder / PROGRAM)


def test_it_is_found_in_and_beside_the_programs_folder_and_in_the_data_folder(frozen):
    kept = put(data_dir() / "pneumo-trainer")
    assert locate_trainer().program == kept
    beside = put(frozen.parent / "pneumo-trainer")
    assert locate_trainer().program == beside
    inside = put(frozen / "pneumo-trainer")
    location = locate_trainer("convert")
    assert (location.program, location.arguments) == (inside, ("convert",))


def test_a_folder_named_in_the_environment_is_the_only_one_looked_at(frozen, monkeypatch, tmp_path):
    put(data_dir() / "pneumo-trainer")
    monkeypatch.setenv("PNEUMO_TRAINER", str(tmp_path / "mine"))
    with pytest.raises(TrainerMissingError):
        locate_trainer()
    named = put(tmp_path / "mine")
    assert locate_trainer().program == named


def test_an_installed_program_uses_the_one_in_the_data_folder_too(monkeypatch, tmp_path):
    kept = put(data_dir() / "pneumo-trainer")
    (tmp_path / "pneumo-trainer").mkdir()  # beside the interpreter, and not ours
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert locate_trainer().program == kept


def test_without_one_a_frozen_program_says_where_to_put_it(frozen):
    with pytest.raises(TrainerMissingError, match="pneumo-trainer") as caught:
        locate_trainer()
    assert str(data_dir()) in str(caught.value)


def test_a_frozen_program_starts_it_with_the_loaders_paths_from_before(frozen, monkeypatch):
    put(frozen / "pneumo-trainer")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(frozen / "_internal"))
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    assert "LD_LIBRARY_PATH" not in locate_trainer().environment()
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/site/lib")
    environment = locate_trainer().environment()
    assert environment["LD_LIBRARY_PATH"] == "/site/lib"
    assert "LD_LIBRARY_PATH_ORIG" not in environment


def test_otherwise_the_environment_is_left_alone(monkeypatch):
    put(data_dir() / "pneumo-trainer")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/site/lib")
    assert locate_trainer().environment()["LD_LIBRARY_PATH"] == "/site/lib"
