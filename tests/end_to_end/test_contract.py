"""The program as a newcomer starts it, with the shipped model, in processes of its own."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pneumo_desktop.core.cases import ReasonCode

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "resources" / "demo"
WITHOUT_QT_AND_TENSORFLOW = (
    "import sys\n"
    "for name in ('PySide6', 'tensorflow', 'keras', 'matplotlib'): sys.modules[name] = None\n"
    "from pneumo_desktop.__main__ import main\n"
    "sys.exit(main())"
)


def run(*words, start=("-m", "pneumo_desktop"), **environment):
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=120,
    )


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def films():
    return sorted(p for p in DEMO.iterdir() if p.suffix in {".jpg", ".png", ".dcm"})


def test_the_demo_films_are_answered_as_they_were_meant(films):
    # plumbing, never evidence: the films were drawn until the model agreed
    answers = {Path(line["path"]).name: line for line in lines(run("screen", *films, "--json"))}
    labels = {name: line["label"] for name, line in answers.items()}
    assert len(labels) == len(films) == 10
    assert all(labels[n] == "Normal" for n in labels if n.startswith("synthetic-normal"))
    assert all(labels[n] == "Pneumonia" for n in labels if n.startswith("synthetic-pneumonia"))
    assert answers["no-chest-film.jpg"]["reason"]["code"] == "not-a-chest-film"
    assert answers["no-chest-film.jpg"]["severity"] is None
    assert answers["synthetic-unclear-1.jpg"]["reason"]["code"] == "low-confidence"
    assert answers["synthetic-unclear-1.jpg"]["priority"] == "Check"


def test_reading_needs_neither_qt_nor_tensorflow_nor_matplotlib(films, home):
    done = run("screen", *films, "--json", "--save", start=("-c", WITHOUT_QT_AND_TENSORFLOW))
    assert done.returncode == 0, done.stderr
    assert len(lines(done)) == len(films)
    for words in (["queue", "list"], ["models", "verify"], ["self-test"]):
        done = run(*words, "--json", start=("-c", WITHOUT_QT_AND_TENSORFLOW))
        assert done.returncode == 0, done.stderr


def test_reruns_are_byte_identical_but_for_milliseconds(films):
    first, second = (lines(run("screen", *films, "--json")) for _ in range(2))
    for line in first + second:
        del line["milliseconds"]
    assert json.dumps(first) == json.dumps(second)


def test_the_demo_prints_its_queue_and_a_picture_and_leaves_the_readers_list_alone(tmp_path):
    picture = tmp_path / "demo.png"
    done = run("demo", "--screenshot", picture, QT_QPA_PLATFORM="offscreen", DISPLAY="")
    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert str(picture) in done.stdout
    assert "synthetic-pneumonia" in done.stdout
    assert lines(run("queue", "list", "--json")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_an_interrupt_ends_a_running_screening_with_the_contracts_status(films):
    many = [str(film) for film in films] * 200
    with subprocess.Popen(
        [sys.executable, "-m", "pneumo_desktop", "screen", *many, "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert json.loads(running.stdout.readline())["outcome"] == "case"
        running.send_signal(signal.SIGINT)
        said, complained = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in complained
    assert len(said.splitlines()) < len(many) - 1


def test_the_self_test_passes_and_names_what_is_broken(tmp_path):
    assert run("self-test").returncode == 0
    home = tmp_path / "broken"
    home.mkdir()
    (home / "cases.sqlite3").write_text("no database" * 1000)
    done = run("self-test", "--json", PNEUMO_HOME=str(home))
    assert done.returncode == 3
    broken = [line["check"] for line in lines(done) if not line["passed"]]
    assert broken == ["case database", "audit log"]  # the log is a table of the database


def test_every_reason_code_is_explained_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    assert [code for code in ReasonCode if f"`{code}`" not in readme] == []


def test_films_in_a_zip_are_answered_like_the_films_themselves(films, tmp_path):
    packed = tmp_path / "films.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for film in films:
            archive.write(film, film.name)
    alone, zipped = (lines(run("screen", *paths, "--json")) for paths in (films, [packed]))
    for line in alone + zipped:
        del line["milliseconds"]
        line["path"] = Path(line["path"]).name
    assert alone == zipped


def test_real_films_are_answered_like_their_small_twins(real_films, tmp_path):
    native = sorted((real_films / "kermany_native").glob("*/*"))
    small = [real_films / "kermany" / p.parent.name / p.name for p in native]
    pairs = [lines(run("screen", *paths, "--json")) for paths in (native, small)]
    gaps = sorted(
        abs(a["pneumonia_probability"] - b["pneumonia_probability"])
        for a, b in zip(*pairs, strict=True)
    )
    assert gaps[len(gaps) // 2] <= 0.02
    assert gaps[int(0.95 * len(gaps))] <= 0.10


def test_no_real_film_is_refused(real_films):
    films = sorted((real_films / "kermany_native").glob("*/*"))
    refused = [
        line["path"]
        for line in lines(run("screen", *films, "--json"))
        if line["reason"] and line["reason"]["code"] != "low-confidence"
    ]
    assert refused == []
