import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pneumo_desktop.core import store_repair
from pneumo_desktop.core.cases import Call, Policy, Reading
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.store import CaseStore, StoreError
from pneumo_desktop.core.store_repair import mend
from pneumo_desktop.core.store_schema import MIGRATIONS

CASES, READ = 120, 20
PAGE = 4096


@pytest.fixture
def path(tmp_path):
    (tmp_path / "home").mkdir()
    return tmp_path / "home" / "cases.sqlite3"


@pytest.fixture
def filled(path, film_file, classifier):
    """A database of many cases, the first of them read, checkpointed into one file."""
    case = screen_one(film_file("a.png"), read_film, classifier, Policy())
    facts = [replace(case.facts, sha256=f"{number:064x}") for number in range(CASES)]
    with CaseStore(path, "AB") as store:
        stored = store.record_all(replace(case, facts=one) for one in facts)
        for one in stored[:READ]:
            reading = Reading(Call.NORMAL, datetime(2024, 5, 1, tzinfo=UTC), f"note {one.id}")
            store.mark_read(one.id, reading)
    assert not path.with_name(path.name + "-wal").exists()
    return path


def pages_of(path, table, kind="leaf"):
    with closing(sqlite3.connect(path)) as opened:
        try:
            found = opened.execute(
                "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ?", (table, kind)
            )
            return [row[0] for row in found]
        except sqlite3.OperationalError:
            pytest.skip("this SQLite does not tell which page belongs to whom")


def spoil(path, page, start=0, size=PAGE):
    with path.open("rb+") as file:
        file.seek((page - 1) * PAGE + start)
        file.write(os.urandom(size))


def kept(path):
    with CaseStore(path) as store:
        assert store.check() == "ok"
        return {case.id: case.reading.note if case.reading else None for case in store.all()}


WANTED = {number: f"note {number}" if number <= READ else None for number in range(1, CASES + 1)}


def test_a_whole_database_is_left_alone(filled):
    before = filled.read_bytes()
    assert mend(filled, thoroughly=True) is None
    assert filled.read_bytes() == before
    assert list(filled.parent.iterdir()) == [filled]
    assert mend(filled.with_name("none.sqlite3"), thoroughly=True) is None


def test_an_overwritten_header_costs_no_case(filled):
    spoil(filled, 1, size=100)
    damaged = filled.read_bytes()
    repaired = mend(filled, thoroughly=False)
    assert (repaired.cases, repaired.readings, repaired.lost) == (CASES, READ, 0)
    assert kept(filled) == WANTED
    assert repaired.aside.read_bytes() == damaged
    assert f"{CASES} cases, {READ} of them read" in repaired.words()


def test_a_spoilt_page_costs_its_own_rows_alone(filled):
    spoil(filled, pages_of(filled, "cases")[3])
    damaged = filled.read_bytes()
    repaired = mend(filled, thoroughly=True)
    assert CASES - 20 < repaired.cases < CASES
    assert repaired.lost == CASES - repaired.cases
    found = kept(filled)
    assert len(found) == repaired.cases
    assert all(WANTED[number] == note for number, note in found.items())
    assert repaired.aside.read_bytes() == damaged


@pytest.mark.parametrize("table", ["worklist", "audit", "cases_by_study", "recent_folders"])
def test_what_follows_from_the_cases_is_made_anew(filled, table):
    pages = pages_of(filled, table)
    spoil(filled, pages[len(pages) // 2])
    repaired = mend(filled, thoroughly=True)
    assert (repaired.cases, repaired.readings, repaired.lost) == (CASES, READ, 0)
    assert kept(filled) == WANTED


def test_the_audit_log_comes_along_unbroken_and_tells_of_the_repair(filled):
    with CaseStore(filled) as store:
        before = [entry.deed.act for entry in store.audit_log()]
    spoil(filled, pages_of(filled, "worklist")[0])
    mend(filled, thoroughly=True)
    with CaseStore(filled) as store:
        assert store.check_audit_log() == ""
        *same, last = store.audit_log()
    assert [entry.deed.act for entry in same] == before
    assert last.deed.detail["what"] == "case database"


def test_what_is_cut_short_keeps_its_beginning(filled):
    whole = filled.read_bytes()
    filled.write_bytes(whole[: len(whole) // 2])
    repaired = mend(filled, thoroughly=False) or mend(filled, thoroughly=True)
    assert repaired.aside.stat().st_size < len(whole)
    found = kept(filled)
    assert 0 < len(found) == repaired.cases < CASES
    assert all(WANTED[number] == note for number, note in found.items())


def test_what_is_no_database_at_all_is_kept_aside(filled):
    filled.write_bytes(b"garbage " * 5000)
    repaired = mend(filled, thoroughly=False)
    assert repaired.cases == 0
    assert repaired.aside.read_bytes() == b"garbage " * 5000
    assert kept(filled) == {}


def test_the_log_of_a_program_that_was_killed_is_read_too(filled, film_file, classifier):
    """What stands in the write-ahead log alone is as much a case as any other."""
    late = screen_one(film_file("late.png"), read_film, classifier, Policy())
    page = pages_of(filled, "cases")[0]
    with CaseStore(filled) as store:
        store.record(late)
        copies = {p: p.read_bytes() for p in filled.parent.iterdir() if not p.name.endswith("-shm")}
    for file, data in copies.items():
        file.write_bytes(data)
    spoil(filled, page)
    mend(filled, thoroughly=True)
    assert CASES + 1 in kept(filled)


def test_damage_met_while_reading_is_repaired_at_the_next_start(filled):
    spoil(filled, pages_of(filled, "cases")[5])
    assert mend(filled, thoroughly=False) is None
    with CaseStore(filled) as store, pytest.raises(StoreError, match="Start Pneumo Desktop again"):
        store.all()
    assert mend(filled, thoroughly=False).cases >= CASES - 20
    assert mend(filled, thoroughly=False) is None


def test_a_file_that_another_program_uses_is_not_replaced(filled):
    spoil(filled, pages_of(filled, "cases")[5])
    damaged = filled.read_bytes()
    with CaseStore(filled), pytest.raises(StoreError, match="another program uses it"):
        mend(filled, thoroughly=True)
    assert filled.read_bytes() == damaged


def test_a_repair_ended_half_way_is_taken_up_again(filled, monkeypatch):
    spoil(filled, 1, size=100)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store_repair, "_take_its_place", killed)
    with pytest.raises(KeyboardInterrupt):
        mend(filled, thoroughly=False)
    monkeypatch.undo()
    mend(filled, thoroughly=False)
    assert kept(filled) == WANTED
    assert not list(filled.parent.glob(".repair-*"))


def test_two_repairs_in_one_second_keep_both_files(filled):
    for _ in range(2):
        filled.write_bytes(b"garbage")
        mend(filled, thoroughly=False)
    assert len(list(filled.parent.glob("cases-damaged-*.sqlite3"))) == 2


def test_no_other_user_may_read_what_is_kept(filled):
    spoil(filled, 1, size=100)
    mend(filled, thoroughly=False)
    assert [file for file in filled.parent.iterdir() if file.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("older", [1, 3, len(MIGRATIONS) - 1])
def test_an_older_schema_is_repaired_and_brought_up_to_date(filled, tmp_path, older):
    from pneumo_desktop.core.store_schema import migrate

    old = tmp_path / "home" / "old.sqlite3"
    with closing(sqlite3.connect(old, isolation_level=None)) as made:
        migrate(made, older)
        names = [r[1] for r in made.execute("PRAGMA table_info(cases)")]
        made.execute("ATTACH ? AS new", (str(filled),))
        columns = ", ".join(names)
        made.execute(f"INSERT INTO cases ({columns}) SELECT {columns} FROM new.cases")
    spoil(old, 1, size=16)
    assert mend(old, thoroughly=False).cases == CASES
    assert kept(old) == WANTED


@settings(
    max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_whatever_is_spoilt_a_whole_database_comes_of_it(filled, data):
    """Any bytes of the file; what is kept may have other values, but SQLite and we can read it."""
    good = filled.read_bytes()
    try:
        for _ in range(data.draw(st.integers(1, 4))):
            size = data.draw(st.integers(1, 3 * PAGE))
            at = data.draw(st.integers(0, len(good) - size))
            with filled.open("rb+") as file:
                file.seek(at)
                file.write(data.draw(st.binary(min_size=1, max_size=8)) * (size // 8 + 1))
        repaired = mend(filled, thoroughly=True)
        with CaseStore(filled) as store:
            assert store.check() == "ok"
            found = list(store.all())
        assert repaired is None or len(found) == repaired.cases
    finally:
        filled.write_bytes(good)
        for other in filled.parent.iterdir():
            if other != filled:
                other.unlink()
