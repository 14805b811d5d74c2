"""The benchmark's arithmetic; how fast a machine is, `make bench` says and no test asserts."""

import os
import subprocess
import sys

import pytest

from pneumo_desktop.core.decode import read_film
from tests.benchmarks import folders, growth, pipelines
from tests.benchmarks.rows import FLOOR, OURS, PREDICT, Row, table


def row(unit, ours, theirs, target=None, against=PREDICT):
    return Row("warm", unit, {OURS: ours, against: theirs}, target)


def test_less_time_and_more_films_a_second_are_better():
    assert row("ms", [10.0, 20.0], [100.0, 100.0]).better(PREDICT) == [10.0, 5.0]
    assert row("films/s", [10.0, 20.0], [5.0, 5.0]).better(PREDICT) == [2.0, 4.0]


def test_pipelines_that_did_not_take_turns_are_not_compared():
    with pytest.raises(ValueError, match="same turns"):
        row("ms", [1.0], [1.0, 1.0])


@pytest.mark.parametrize(("least", "word"), [(9.0, "reached"), (11.0, "MISSED")])
def test_the_table_says_whether_a_target_is_reached(least, word):
    rows = [
        row("ms", [10.0, 10.0], [90.0, 110.0], (PREDICT, least)),
        row("films/s", [9.0], [10.0], (FLOOR, 0.85), FLOOR),
    ]
    heading, warm, folder = table(rows).splitlines()
    assert "times predict" in heading
    assert warm.endswith(f"{least:g} times: {word}")
    assert "10.0           8.5-11.5" in warm
    assert folder.endswith("85 % of the floor: reached")
    assert "90 %" in folder


def test_only_radiographs_are_timed(tmp_path):
    for name in ("a.jpg", "b.jpeg", "no-chest-film.jpg", "README.md"):
        (tmp_path / name).write_bytes(b"")
    found = folders.radiographs(tmp_path, "none", 9)
    assert [film.name for film in found] == ["a.jpg", "b.jpeg"]


def test_films_of_the_jpeg_2000_row_are_what_they_say(tmp_path, monkeypatch):
    monkeypatch.setenv("PNEUMO_DATA", str(tmp_path))
    (demo,) = folders.radiographs(None, "none", 1)
    (film,) = folders.as_jpeg2000([demo], tmp_path)
    assert (read_film(film).pixels == read_film(demo).pixels.astype("u2") << 4).all()
    assert b"1.2.840.10008.1.2.4.90" in film.read_bytes()[:1000]


def test_the_floor_and_this_program_answer_the_same_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("PNEUMO_DATA", str(tmp_path))
    films = folders.radiographs(None, "none", 3)
    found = folders.measured(films, 1)
    assert all(rate > 0 for turns in found.values() for rate in turns)
    assert len(growth.over_films(films, (2, 4))) == 2


def test_a_list_grows_by_the_cases_asked_for():
    small, large = growth.over_cases((20, 40))
    assert "20 cases" in small
    assert "40 cases" in large


def test_a_program_that_says_nothing_is_no_measurement():
    environment = dict(os.environ)
    with pytest.raises(SystemExit, match="no answer"):
        pipelines.until_first_line([sys.executable, "-c", "pass"], environment)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_peak_of_a_program_and_its_child_is_measured():
    child = "import time; held = bytearray(80_000_000); print(1, flush=True); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    seconds, peak = pipelines.until_first_line([sys.executable, "-c", parent], dict(os.environ))
    assert seconds > 0
    assert peak > 80


def test_lines_go_to_a_server_and_come_back():
    echo = "import sys\nprint('ready', flush=True)\nfor line in sys.stdin: print(line, flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", echo], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert pipelines.ask(server, "") == "ready"
        assert pipelines.ask(server, "predict film.jpg") == "predict film.jpg"
        server.stdin.close()
