"""`films` says of a folder, a list or the cases read here what a model could learn wrongly."""

from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image

from pneumo_desktop.commands import films
from pneumo_desktop.core.cases import Call, Policy, Reading
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.marks import archiving
from pneumo_desktop.core.screening import screen
from pneumo_desktop.core.store import FILE, CaseStore


@pytest.fixture
def run(run, monkeypatch, classifier):
    monkeypatch.setattr(films, "LiteRtClassifier", lambda *_: classifier)
    monkeypatch.setattr(films, "chosen_package", lambda _: None)
    return run


@pytest.fixture
def folder(tmp_path):
    """Nine films of nine patients in each class, none like another."""
    rng = np.random.default_rng(0)
    for n in range(18):
        path = tmp_path / "films" / ("NORMAL", "PNEUMONIA")[n // 9] / f"{n}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        grey = np.kron(rng.integers(60, 190, (8, 8)), np.ones((8, 8))).astype(np.uint8)
        Image.fromarray(grey).save(path)
    return tmp_path / "films"


def test_good_films_are_counted_and_nothing_is_found(run, folder):
    ran = run("films", folder)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "18 films, 9 NORMAL, 9 PNEUMONIA, 18 patients, 0 unreadable",
        "Nothing was found that a model could learn wrongly.",
    ]


def test_each_finding_is_an_object_with_its_films_and_choices(run, folder):
    copy = folder / "PNEUMONIA" / "copy.png"
    copy.write_bytes((folder / "NORMAL" / "0.png").read_bytes())
    (folder / "NORMAL" / "notes.txt").write_text("no film", encoding="utf-8")
    ran = run("films", folder, "--json")
    assert ran.status == 1  # a file was rejected
    summary, unreadable, twins = ran.lines[0], ran.lines[1], ran.lines[2]
    assert summary["unreadable"] == 1
    assert unreadable["films"] == [str(folder / "NORMAL" / "notes.txt")]
    assert twins["kind"] == "same-film-both-classes"
    assert twins["groups"] == [[str(folder / "NORMAL" / "0.png"), str(copy)]]
    assert twins["default"] in [choice["code"] for choice in twins["choices"]]


def test_words_for_people_mark_the_choice_that_holds(run, folder):
    (folder / "NORMAL" / "twin.png").write_bytes((folder / "NORMAL" / "0.png").read_bytes())
    ran = run("films", folder)
    assert "duplicate: There is 1 file that is a copy of another" in ran.out
    assert "  * Keep the first of each\n  - Keep all" in ran.out


def test_a_wrong_folder_is_wrong_usage(run, tmp_path):
    ran = run("films", tmp_path / "nowhere")
    assert ran.status == 2
    assert "does not exist" in ran.err


def test_without_a_path_the_cases_read_here_are_looked_at(run, home, film_file, classifier):
    assert run("films").status == 2
    paths = [film_file("ill.png"), film_file("after.png")]
    with CaseStore(home / FILE) as store:
        for outcome in screen(paths, read_film, classifier, Policy()):
            seen = outcome.path.name == "after.png"
            at = datetime(2026, 1, 1, tzinfo=UTC)
            reading = Reading(Call.PNEUMONIA, at, answer_seen=seen)
            stored = store.mark_read(store.record(outcome).id, reading)
            store.mark(stored.id, archiving(on=True))
    ran = run("films", "--json")
    assert ran.lines[0]["films"] == 1
    assert ran.lines[1]["kind"] == "one-class"
    assert "could have been seen: 1" in ran.err


def test_progress_is_told_while_films_are_looked_at(run, folder, monkeypatch):
    monkeypatch.setattr(films, "_PROGRESS_EVERY", 9)
    assert "9 of 18 films looked at\n18 of 18" in run("films", folder).err
