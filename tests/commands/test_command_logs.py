"""What commands leave in the log."""

import re

from pneumo_desktop.commands import screen


def texts(home):
    return {path.name: path.read_text() for path in (home / "logs").iterdir()}


def test_films_are_named_by_a_hash(home, film_file, run, tmp_path):
    run("screen", film_file("Doe^Jane.png"), tmp_path / "Doe^John.png")
    written = texts(home)["commands.log"]
    assert re.search(r"film [0-9a-f]{12}: case, \d+ ms", written)
    assert re.search(r"film at [0-9a-f]{12}: missing", written)
    assert "Doe" not in written


def test_a_bug_in_a_command_is_status_3_with_a_report(run, home, film_file, monkeypatch):
    def fail(paths, *_):
        raise ValueError(f"bad film {next(iter(paths))}")

    monkeypatch.setattr(screen, "screen", fail)
    ran = run("screen", film_file("Doe^Jane.png"))
    assert ran.status == 3
    assert "(ValueError). A report without patient data was kept in" in ran.err
    assert "Doe" not in ran.err.replace(str(home), "")
    assert any(name.startswith("crash-") for name in texts(home))


def test_a_log_that_cannot_be_written_stops_nobody(home, run, film_file):
    home.mkdir()
    (home / "logs").write_text("a file where the folder should be")
    assert run("screen", film_file("a.png"), "--json").status == 0
