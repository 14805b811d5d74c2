import json
import sys
import textwrap

import pytest

from pneumo_desktop.commands import training
from pneumo_desktop.core import trainer_location
from pneumo_desktop.core.trainer_location import TrainerLocation, TrainerMissingError


@pytest.fixture
def trainer(monkeypatch, tmp_path):
    """Return a function that puts a small program in the trainer's place."""

    def place(program: str) -> None:
        (tmp_path / "stand_in.py").write_text(textwrap.dedent(program))
        location = TrainerLocation(sys.executable, ("-m", "stand_in"), str(tmp_path))
        monkeypatch.setattr(training, "locate_trainer", lambda _: location)

    return place


def test_the_trainer_gets_the_job_and_its_progress_is_passed_on(run, trainer, tmp_path):
    trainer("""
        import json, sys
        job = json.load(open(sys.argv[1]))
        print("a library talks")
        text = f"{job['recipe']} {job['epochs']} {job['name']}"
        print(json.dumps({"stage": "done", "fraction": 1.0, "text": text}), flush=True)
    """)
    words = ("train", "--data", tmp_path, "--out", tmp_path / "My Model", "--epochs", "2")
    ran = run(*words, "--json")
    assert ran.status == 0
    assert ran.lines == [
        {"stage": "done", "fraction": 1.0, "text": "efficientnet_lite0 2 my-model"}
    ]
    assert "a library talks" in ran.err
    assert "100% done: efficientnet_lite0 2 my-model" in run(*words).out


def test_what_the_recipe_shall_do_otherwise_is_passed_on(run, trainer, tmp_path):
    trainer("""
        import json, sys
        print(json.dumps({"stage": "done", "text": json.dumps(json.load(open(sys.argv[1])))}))
    """)
    words = ("--batch", "8", "--learning-rate", "2e-4", "--unchanged", "--download")
    weights = tmp_path / "w.pth"
    ran = run(
        "train", "--data", tmp_path, "--out", tmp_path / "o", *words, "--weights", weights, "--json"
    )
    job = json.loads(ran.lines[0]["text"])
    assert (job["batch"], job["learning_rate"], job["augment"]) == (8, 2e-4, False)
    assert (job["may_download"], job["weights"]) == (True, str(weights))
    for wrong in ("0", "-1", "much", "nan"):
        words = ("train", "--data", tmp_path, "--out", tmp_path / "o", "--learning-rate", wrong)
        assert run(*words).status == 2


def test_the_result_names_the_package_and_its_plots(run, trainer, tmp_path):
    trainer("""
        import json, sys
        out = json.load(open(sys.argv[1]))["out"]
        print(json.dumps({"stage": "done", "text": "Ready.", "package": out}), flush=True)
    """)
    words = ("train", "--data", tmp_path, "--out", tmp_path / "mine")
    assert "Plots" not in run(*words).out
    (tmp_path / "mine" / "plots").mkdir(parents=True)
    (tmp_path / "mine" / "card.json").touch()
    assert f"Plots of the films kept apart: {tmp_path / 'mine' / 'plots' / '*.png'}" in (
        run(*words).out
    )


def test_a_count_is_told_in_steps_and_a_sign_of_life_not_at_all(run, trainer, tmp_path):
    trainer("""
        import json
        for n in range(101):
            said = {"stage": "exporting", "text": f"Comparing: {n} of 100", "fraction": n / 400}
            print(json.dumps(said), flush=True)
            print(json.dumps(said), flush=True)
        done = {"stage": "done", "text": "The model is ready.", "figures": {"auroc": 0.5}}
        print(json.dumps(done), flush=True)
    """)
    words = ("train", "--data", tmp_path, "--out", tmp_path / "out")
    lines = run(*words).out.splitlines()
    assert sum("Comparing" in line for line in lines) == 5
    assert lines[-1] == "done: The model is ready. (auroc 0.5000)"
    assert len(run(*words, "--json").lines) == 203


def test_the_films_may_be_a_list(run, trainer, tmp_path):
    trainer("""
        import json, sys
        print(json.dumps({"stage": "done", "text": json.load(open(sys.argv[1]))["data"]}))
    """)
    (tmp_path / "films.csv").touch()
    ran = run("train", "--data", tmp_path / "films.csv", "--out", tmp_path / "out", "--json")
    assert ran.lines[0]["text"] == str(tmp_path / "films.csv")


def test_a_failed_training_is_status_3(run, trainer, tmp_path):
    trainer("""
        print('{"stage": "failed", "text": "too few films"}', flush=True)
        raise SystemExit(1)
    """)
    ran = run("train", "--data", tmp_path, "--out", tmp_path / "out")
    assert ran.status == 3
    assert "too few films" in ran.out


def test_convert_names_the_model_and_the_folder(run, trainer, tmp_path):
    trainer("""
        import json, sys
        print(json.dumps({"stage": "done", "text": " ".join(sys.argv[1:])}), flush=True)
    """)
    (tmp_path / "m.keras").touch()
    ran = run("convert", tmp_path / "m.keras", "--out", tmp_path / "out", "--json")
    assert ran.lines[0]["text"] == f"{tmp_path / 'm.keras'} --out {tmp_path / 'out'}"


def test_without_tensorflow_the_way_to_get_it_is_named(run, monkeypatch, tmp_path):
    monkeypatch.setattr(trainer_location, "find_spec", lambda _: None)
    ran = run("train", "--data", tmp_path, "--out", tmp_path / "out")
    assert ran.status == 3
    assert "pneumo-desktop[train]" in ran.err


def test_a_frozen_program_says_that_it_does_not_train(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(TrainerMissingError, match="does not train"):
        trainer_location.locate_trainer()


def test_the_trainer_of_a_checkout_is_found_beside_the_program(monkeypatch):
    monkeypatch.setattr(trainer_location, "find_spec", lambda _: object())
    monkeypatch.setenv("PYTHONPATH", "before")
    environment = trainer_location.locate_trainer().environment()
    assert environment["PYTHONPATH"].endswith("before")
    assert "training" in environment["PYTHONPATH"]


@pytest.mark.parametrize("task", ["train", "preview", "convert"])
def test_the_trainer_is_told_its_task(monkeypatch, task):
    monkeypatch.setattr(trainer_location, "find_spec", lambda _: object())
    assert trainer_location.locate_trainer(task).arguments == ("-m", "pneumo_training", task)


@pytest.mark.parametrize(
    "words",
    [
        ("train", "--data", "gone", "--out", "out"),
        ("train", "--data", ".", "--out", "out", "--epochs", "0"),
        ("train", "--data", ".", "--out", "occupied"),
        ("convert", "gone.keras", "--out", "out"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_loaded(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "occupied").mkdir()
    (tmp_path / "occupied" / "letter.txt").touch()
    monkeypatch.setattr(training, "locate_trainer", lambda _: pytest.fail("too late"))
    ran = run(*words)
    assert ran.status == 2
    assert ran.err


@pytest.mark.parametrize(("code", "status"), [(0, 0), (1, 3), (2, 2), (130, 130)])
def test_the_trainers_own_exit_status_is_kept_where_it_is_the_contracts(
    run, trainer, tmp_path, code, status
):
    trainer(f"raise SystemExit({code})")
    assert run("train", "--data", tmp_path, "--out", tmp_path / "out").status == status


def test_a_trainer_ended_from_outside_is_told_with_what_to_do(run, trainer, tmp_path):
    trainer("""
        import os, signal
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    ran = run("train", "--data", tmp_path, "--out", tmp_path / "mine")
    assert ran.status == 3
    assert "signal 9" in ran.err
    assert "run the same command again" in ran.err
