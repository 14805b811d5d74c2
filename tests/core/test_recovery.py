import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pneumo_desktop import cli
from pneumo_desktop.core import store_record
from pneumo_desktop.core.recovery import WHOLE, minding_end, recover
from pneumo_desktop.core.settings import FILE as SETTINGS
from pneumo_desktop.core.settings import Settings, load_settings, save_settings
from pneumo_desktop.core.store import FILE, CaseStore, StoreError
from pneumo_desktop.core.store_query import Sort, Wanted
from pneumo_desktop.core.store_schema import MIGRATIONS


@pytest.fixture
def kept(home, case):
    with CaseStore(home / FILE) as store:
        store.record(case)
    return home


def test_where_all_is_well_nothing_is_said_and_nothing_made(tmp_path, kept):
    before = sorted(kept.iterdir())
    assert recover(kept) == []
    assert sorted(kept.iterdir()) == before
    assert recover(tmp_path / "new") == []
    assert not (tmp_path / "new").exists()


def test_after_a_kill_the_list_is_checked_and_said_to_be_whole(kept):
    program = (
        "import os, sys; from pathlib import Path; from pneumo_desktop.core.recovery import *\n"
        "with minding_end(Path(sys.argv[1])) as ended_badly:\n"
        "    print(ended_badly, flush=True)\n"
        "    os.kill(os.getpid(), 9)"
    )
    words = [sys.executable, "-c", program, kept]
    for before in (b"False", b"True"):
        ran = subprocess.run(words, check=False, stdout=subprocess.PIPE)
        assert ran.stdout.strip() == before
    with minding_end(kept) as ended_badly:
        assert recover(kept, ended_badly=ended_badly) == [WHOLE]
    with minding_end(kept) as ended_badly:
        assert not ended_badly


def test_a_damaged_list_is_told_with_what_was_kept(kept):
    with (kept / FILE).open("rb+") as file:
        file.write(b"\0" * 100)
    (told,) = recover(kept)
    assert "1 cases, 0 of them read, were kept" in told
    assert recover(kept) == []


def test_a_command_says_what_it_repaired(kept, capsys):
    with (kept / FILE).open("rb+") as file:
        file.write(b"\0" * 100)
    (kept / SETTINGS).write_text('{"threshold": 9, "initials": "AB"}')
    assert cli.run(["queue", "list"]) == 0
    said = capsys.readouterr().err
    assert "The case list was damaged. 1 cases" in said
    assert "The settings were damaged. Kept: initials;" in said


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", Settings()),
        ("garbage \0", Settings()),
        ("[1, 2]", Settings()),
        ('{"threshold": 7, "initials": "AB"}', Settings(initials="AB")),
        ('{"model": 3, "watch_folder": "/films", "own": 1}', Settings(watch_folder="/films")),
    ],
)
def test_garbage_settings_are_put_aside_and_what_makes_sense_is_kept(home, text, left):
    home.mkdir()
    (home / SETTINGS).write_text(text)
    (told,) = recover(home)
    assert "settings were damaged" in told
    assert load_settings(home) == left
    (aside,) = home.glob("settings-damaged-*.json")
    assert aside.read_text() == text
    assert aside.name in told
    assert recover(home) == []


def test_a_newer_list_is_refused_politely_and_not_touched(kept):
    with closing(sqlite3.connect(kept / FILE)) as newer:
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 3}")
        newer.execute("PRAGMA journal_mode = DELETE")
    before = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in kept.iterdir()}
    assert recover(kept, ended_badly=True) == []  # nobody looked at it
    with pytest.raises(StoreError, match=rf"database version {len(MIGRATIONS) + 3}"):
        CaseStore(kept / FILE)
    with pytest.raises(StoreError, match="newer Pneumo Desktop"):
        save_settings(kept, Settings(initials="AB"))
    after = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in kept.iterdir()}
    assert after == before


def test_a_locked_database_is_waited_for_and_then_told(kept, case, monkeypatch):
    monkeypatch.setattr("pneumo_desktop.core.store.BUSY_SECONDS", 0.2)
    with (
        CaseStore(kept / FILE) as store,
        closing(sqlite3.connect(kept / FILE, isolation_level=None)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="no other program holds the file"):
            store.record(case)
        other.execute("COMMIT")
        store.record(case)
        assert store.count() == 1


def test_a_clock_set_back_makes_no_waiting_negative(home, case, monkeypatch):
    """Films that came before the clock was set back by a year lie in the future."""

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=365)

    later = replace(case, facts=replace(case.facts, sha256="cd" * 32))
    with CaseStore(home / FILE) as store:
        now = store.record(case)
        monkeypatch.setattr(store_record, "datetime", Later)
        ahead = store.record(later)
        assert ahead.received > datetime.now(UTC) + timedelta(days=360)
        listed = list(store.worklist.iterate(Wanted()))
        assert {film.lead.id for film in listed} == {now.id, ahead.id}
        assert all(film.waited >= 0.0 for film in listed)
        for way in (Sort.URGENCY, Sort.WAITING, Sort.RECEIVED):
            assert len(store.worklist.numbers(Wanted(), [(way, False)])) == 2


def test_a_film_from_the_future_does_not_sink_below_one_that_just_came(home, case, monkeypatch):
    """With the same severity it is as new as the newest, not a year less urgent than it is."""

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=365)

    with CaseStore(home / FILE) as store:
        monkeypatch.setattr(store_record, "datetime", Later)
        severe = replace(case.answer, severity=case.answer.severity + 5.0)
        ahead = store.record(replace(case, answer=severe))
        monkeypatch.undo()
        other = store.record(replace(case, facts=replace(case.facts, sha256="cd" * 32)))
        assert [abs(n) for n in store.worklist.numbers(Wanted())] == [ahead.id, other.id]


@pytest.mark.skipif(os.name != "posix", reason="looks at POSIX rights")
def test_what_is_put_aside_is_its_owners_only(home):
    home.mkdir()
    (home / SETTINGS).write_text("garbage")
    (home / SETTINGS).chmod(0o644)
    recover(home)
    (aside,) = home.glob("settings-damaged-*")
    assert aside.stat().st_mode & 0o077 == 0
