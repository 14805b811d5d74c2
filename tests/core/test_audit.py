"""The audit log tells what was done, survives company, and names where it was tampered with."""

import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pneumo_desktop.core.audit import Act, ranges
from pneumo_desktop.core.cases import Call, Policy, Reading
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.settings import Settings, save_settings
from pneumo_desktop.core.store import FILE, CaseStore, StoreError

READ = Reading(Call.NORMAL, datetime(2024, 5, 1, 12, 0, tzinfo=UTC), "Jane Doe is well")


@pytest.fixture
def case(film_file, classifier):
    return screen_one(film_file("Doe^Jane.png"), read_film, classifier, Policy())


@pytest.fixture
def path(home):
    return home / FILE


@pytest.fixture
def busy(path, case):
    """A database whose log has six entries; returns a connection that knows no manners."""
    with CaseStore(path, "AB") as store:
        stored = store.record(case)
        store.log_opened(stored)
        store.mark_read(stored.id, READ)
        store.mark_unread(stored.id)
        store.mark_read(stored.id, READ)
        store.log_exported([stored.id], "CSV")
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def deeds(path):
    with CaseStore(path) as store:
        return list(store.audit_log())


def wrong(path):
    with CaseStore(path) as store:
        return store.check_audit_log()


def test_everything_done_to_a_case_is_logged_with_initials_and_without_its_patient(busy, path):
    log = deeds(path)
    assert [entry.deed.act for entry in log] == [
        Act.ANSWERED, Act.OPENED, Act.READ, Act.UNREAD, Act.READ, Act.EXPORTED,
    ]  # fmt: skip
    assert {entry.initials for entry in log} == {"AB"}
    assert all(entry.at.tzinfo is UTC for entry in log)
    assert log[0].deed.detail["label"] == "Pneumonia"
    assert log[2].deed.detail == {"call": "Normal", "answer_seen": True, "model": "stub 1.0"}
    assert log[5].deed.detail == {"form": "CSV", "count": 1, "cases": "1"}
    assert "Doe" not in str(log)
    assert wrong(path) == ""


def test_an_answer_to_a_read_film_says_that_it_was_not_kept(busy, path, case):
    with CaseStore(path) as store:
        store.record(replace(case, answer=replace(case.answer, confidence=0.71)))
    assert deeds(path)[-1].deed.detail["kept"] == "the answer that was read"


def test_a_change_that_fails_is_not_logged(busy, path):
    with CaseStore(path) as store, pytest.raises(KeyError):
        store.mark_read(99, READ)
    assert len(deeds(path)) == 6


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit SET initials = 'XX' WHERE number = 2",
        "DELETE FROM audit WHERE number = 6",
        "INSERT OR REPLACE INTO audit SELECT 2, at, 'XX', act, 1, '', '{}', '' FROM audit",
    ],
)
def test_the_database_refuses_to_change_or_delete_entries(busy, path, attack):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        busy.execute(attack)
    assert wrong(path) == ""


@pytest.mark.parametrize(
    ("attack", "named"),
    [
        ("UPDATE audit SET initials = 'XX' WHERE number = 2", "entry 2, or one before it"),
        ("UPDATE audit SET detail = '{}' WHERE number = 6", "entry 6, or one before it"),
        ("DELETE FROM audit WHERE number = 3", "entry 3 was removed"),
        ("DELETE FROM audit WHERE number >= 5", "entry 5 and what came after it"),
        ("DELETE FROM audit", "entry 1 and what came after it"),
        ("UPDATE cases SET reader_call = 'Pneumonia'", "the reading of case 1 is not the one"),
    ],
)
def test_tampering_round_the_triggers_is_named(busy, path, attack, named):
    for name in ("changed", "deleted", "replaced"):
        busy.execute(f"DROP TRIGGER audit_is_not_{name}")
    busy.execute(attack)
    assert named in wrong(path)


def test_a_removed_end_stays_missed_after_further_entries(busy, path, case):
    busy.execute("DROP TRIGGER audit_is_not_deleted")
    busy.execute("DELETE FROM audit WHERE number = 6")
    with CaseStore(path) as store:
        store.record(case)
    assert wrong(path) == "entry 6 was removed"


def test_programs_that_write_together_keep_one_chain(path, case):
    def write(who):
        with CaseStore(path, who) as store:
            for number in range(30):
                store.record(replace(case, facts=replace(case.facts, sha256=f"{who}{number}")))

    writers = [threading.Thread(target=write, args=(who,)) for who in ("A", "B", "C")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(deeds(path)) == 90
    assert wrong(path) == ""


def test_a_killed_program_leaves_case_and_entry_together_or_neither(path, case):
    with CaseStore(path) as store:
        store.record(case)
    words = (
        "import os, sys; from pathlib import Path\n"
        "from pneumo_desktop.core.store import CaseStore\n"
        "store = CaseStore(Path(sys.argv[1]))\n"
        "with store._write():\n"
        "    store._rows('UPDATE cases SET reader_call = \"Normal\"')\n"
        "    os._exit(9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", words, str(path)], check=False, timeout=60)
    assert killed.returncode == 9
    with CaseStore(path) as store:
        assert store.get(1).reading is None
    assert [entry.deed.act for entry in deeds(path)] == [Act.ANSWERED]


def test_every_changed_setting_is_logged_a_models_path_by_its_name(home, path, tmp_path):
    save_settings(home, Settings(initials="AB"))
    save_settings(home, Settings(model=str(tmp_path / "mine"), threshold=0.8, initials="AB"))
    save_settings(home, Settings(model=str(tmp_path / "mine"), threshold=0.8, initials="AB"))
    changes = [(e.initials, e.deed.detail) for e in deeds(path)]
    assert changes == [
        ("", {"what": "initials", "from": "", "to": "AB"}),
        ("AB", {"what": "model", "from": "efficientnet-lite0", "to": "mine"}),
        ("AB", {"what": "threshold", "from": 0.7, "to": 0.8}),
    ]


def test_no_setting_is_changed_that_cannot_be_logged(home, path):
    home.mkdir()
    path.write_text("no database" * 1000)
    with pytest.raises(StoreError):
        save_settings(home, Settings(threshold=0.8))
    assert list(home.glob("settings*")) == []


def test_numbers_are_told_as_ranges():
    assert ranges([3, 1, 2, 7]) == "1-3, 7"
    assert ranges([]) == ""
