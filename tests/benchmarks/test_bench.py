"""The benchmark's arithmetic; how fast a machine is, `make bench` says and no test asserts."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import bench


def test_a_row_compares_the_medians_and_keeps_the_spread_of_the_turns():
    row = bench.row("warm", "reference", [0.9, 1.0, 1.1], [0.1, 0.1, 0.1], 8)
    assert row.times_sooner == pytest.approx(10)
    assert row.low <= row.times_sooner <= row.high
    assert (row.reference_ms, row.ours_ms) == pytest.approx((1000, 100))


def test_lists_of_different_length_were_not_measured_in_turn():
    with pytest.raises(ValueError, match="shorter"):
        bench.row("warm", "reference", [1.0, 1.0], [0.1], None)


def test_the_table_names_the_target_only_where_there_is_one():
    rows = [bench.row("a", "b", [1.0], [0.1], 8), bench.row("c", "d", [1.0], [0.1], None)]
    heading, with_target, without = bench.table(rows).splitlines()
    assert "times sooner" in heading
    assert with_target.endswith("at least 8")
    assert not without.endswith("8")


def test_only_radiographs_are_timed(tmp_path):
    for name in ("a.jpg", "b.jpeg", "no-chest-film.jpg", "README.md"):
        (tmp_path / name).write_bytes(b"")
    assert [film.name for film in bench.find_films(tmp_path)] == ["a.jpg", "b.jpeg"]


def test_a_program_that_says_nothing_is_no_measurement(tmp_path):
    with pytest.raises(SystemExit, match="no answer"):
        bench.until_first_line([sys.executable, "-c", "pass"], {})
    assert bench.until_first_line([sys.executable, "-c", "print(1)"], {}) > 0


def test_lines_go_to_a_server_and_come_back():
    echo = "import sys\nprint('ready', flush=True)\nfor line in sys.stdin: print(line, flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", echo], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert bench.ask(server, "") == "ready"
        assert bench.ask(server, "predict film.jpg") == "predict film.jpg"
        server.stdin.close()
