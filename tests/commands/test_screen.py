import subprocess
import sys

import pytest

KEYS = [
    "path", "outcome", "label", "raw_label", "confidence", "pneumonia_probability",
    "chest_probability", "severity", "priority", "reason", "model", "milliseconds",
]  # fmt: skip


def test_a_line_for_each_path_with_the_contracts_keys(run, film_file, tmp_path):
    good = film_file("good.png")
    ran = run("screen", good, tmp_path / "gone.png", good, "--json")
    assert ran.status == 1
    assert [line["outcome"] for line in ran.lines] == ["case", "rejected", "case"]
    assert all(sorted(line) == sorted(KEYS) for line in ran.lines)
    assert set(ran.lines[0]["model"]) == {"name", "version", "sha256"}
    assert set(ran.lines[0]["milliseconds"]) == {"decode", "predict", "total"}


def test_a_rejected_file_has_no_numbers(run, tmp_path):
    (line,) = run("screen", tmp_path / "gone.png", "--json").lines
    assert line["label"] == "Invalid"
    assert line["reason"]["code"] == "missing"
    numbers = ("confidence", "pneumonia_probability", "chest_probability", "severity")
    assert [line[name] for name in (*numbers, "raw_label", "priority")] == [None] * 6


def test_an_invalid_case_is_no_rejection(run, film_file):
    ran = run("screen", film_file("doubt.png", 0.6), "--json")
    assert ran.status == 0
    (line,) = ran.lines
    assert (line["label"], line["raw_label"]) == ("Invalid", "Pneumonia")
    assert line["reason"]["code"] == "low-confidence"
    assert line["priority"] == "Check"
    assert line["severity"] > 0


def test_the_threshold_and_the_operating_point_are_the_users(run, film_file):
    film = film_file("film.png", 0.6)
    assert run("screen", film, "--threshold", "0.55", "--json").lines[0]["label"] == "Pneumonia"
    specific = run("screen", film, "--operating-point", "specific", "--json").lines[0]
    assert specific["raw_label"] == "Normal"
    assert specific["confidence"] == pytest.approx(0.4, abs=0.01)


def test_folders_are_searched_in_order(run, film_file):
    for name in ("b.png", "a.png"):
        folder = film_file(f"films/{name}").parent
    ran = run("screen", folder, "--json")
    assert [line["path"] for line in ran.lines] == [str(folder / "a.png"), str(folder / "b.png")]


def test_an_empty_folder_matches_nothing(run, tmp_path):
    (tmp_path / "empty").mkdir()
    ran = run("screen", tmp_path / "empty")
    assert ran.status == 2
    assert "no film" in ran.err


@pytest.mark.parametrize("words", [["--threshold", "2"], ["--threshold", "x"], ["--bold"]])
def test_wrong_usage_is_status_2(run, film_file, words):
    assert run("screen", film_file("film.png"), *words).status == 2


def test_text_output_is_a_table_for_people(run, film_file, tmp_path):
    ran = run("screen", film_file("film.png", 0.999), tmp_path / "gone.png")
    assert "over 99 %" in ran.out
    assert "not there any more" in ran.out


def test_films_of_one_name_are_told_apart(run, film_file, tmp_path, monkeypatch):
    film_file("one/film.png")
    film_file("two/film.png", 0.1)
    monkeypatch.chdir(tmp_path)
    text = run("screen", tmp_path).out
    assert "one/film.png" in text
    assert "two/film.png" in text
    assert str(tmp_path) not in text
    monkeypatch.chdir(tmp_path / "one")
    assert str(tmp_path / "two" / "film.png") in run("screen", tmp_path / "two").out


def test_save_says_what_was_kept(run, film_file):
    film = film_file("a.png")
    assert "1 answer kept" in run("screen", film, "--save").err
    assert "kept" not in run("screen", film).err


def test_save_keeps_the_answers_in_the_queue(run, film_file):
    run("screen", film_file("low.png", 0.1), film_file("high.png", 0.95), "--save")
    listed = run("queue", "list", "--json").lines
    assert [line["label"] for line in listed] == ["Pneumonia", "Normal"]


def test_reruns_are_identical_but_for_time(run, film_file, tmp_path):
    words = ("screen", film_file("film.png"), tmp_path / "gone.png", "--json")
    first, second = run(*words).lines, run(*words).lines
    for line in first + second:
        del line["milliseconds"]
    assert first == second


def test_cancelling_is_status_130(run, film_file, monkeypatch, classifier):
    def cancel(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(classifier, "predict", cancel)
    assert run("screen", film_file("film.png")).status == 130


def test_an_empty_path_is_a_slip(run):
    assert run("screen", "").status == 2


@pytest.mark.parametrize("words", [["queue", "list"], ["models", "list"], ["self-test"]])
def test_a_home_that_is_no_folder_is_status_3_in_words(run, home, words):
    home.write_text("a file")
    ran = run(*words)
    assert ran.status == 3
    assert "PNEUMO_HOME" in ran.err + ran.out


def test_normal_never_stands_alone(run, film_file):
    ran = run("screen", film_file("film.png", 0.05), "--save")
    for text in (ran.out, run("queue", "list").out):
        assert "no pneumonia pattern found. Other findings" in text


def test_a_refused_film_shows_no_confidence(run, tmp_path):
    from PIL import Image

    Image.linear_gradient("L").point(lambda v: 255 * (v > 127)).save(tmp_path / "stripes.png")
    ran = run("screen", tmp_path / "stripes.png")
    assert "Invalid" in ran.out
    assert "%" not in ran.out


def test_the_command_line_loads_neither_qt_nor_matplotlib_nor_tensorflow():
    program = (
        "import sys, pneumo_desktop.cli\n"
        "heavy = {'PySide6', 'matplotlib', 'tensorflow', 'keras', 'pydicom'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
