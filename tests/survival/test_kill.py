"""A few rounds of `make kill`; and that what is lost would be noticed."""

import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from random import Random

import pytest

from pneumo_desktop.core.cases import Call, Policy, Reading
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.settings import FILE as SETTINGS
from pneumo_desktop.core.store import FILE, CaseStore
from tests.survival import kill
from tests.survival.ledger import Ledger

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for children in /proc")


def test_nothing_confirmed_is_lost_to_a_kill(tmp_path, monkeypatch):
    training_aside = {name: kind for name, kind in kill.KINDS.items() if name != "training"}
    monkeypatch.setattr(kill, "KINDS", training_aside)
    monkeypatch.setattr(kill, "FILMS", 8)
    place = kill.Place(tmp_path, Random(7))
    found = kill.rounds(place, 6)
    assert found.faults == []
    assert set(found.rounds) == set(training_aside)
    assert place.ledger.cases
    assert found.windows_told == found.windows_owed


@pytest.fixture
def ledger(home, film_file, classifier):
    home.mkdir()
    kept = Ledger(home)
    with CaseStore(home / FILE) as store:
        for name in ("a.png", "bb.png"):
            case = store.record(screen_one(film_file(name), read_film, classifier, Policy()))
            reading = Reading(Call.NORMAL, datetime.now(UTC), "clear")
            store.mark_read(case.id, reading)
            kept.enter(json.dumps({"kept": str(case.outcome.path)}) + "\n")
            said = {"read": str(case.outcome.path), "call": "Normal", "note": "clear"}
            kept.enter(json.dumps(said) + "\n")
    (home / SETTINGS).write_text('{"initials": "AB", "threshold": 0.8}')
    kept.enter('{"changing": {"initials": "AB"}}\n')
    kept.enter('{"changed": {"initials": "AB"}}\n')
    kept.enter('{"changing": {"initials": "CD"}}\n')
    kept.enter('{"changed": {"initia')  # cut off by a kill
    assert kept.faults() == []
    return kept


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("DELETE FROM cases WHERE id = 1", "case lost"),
        ("UPDATE cases SET reader_call = NULL WHERE id = 2", "reading lost"),
        ("UPDATE cases SET note = '' WHERE id = 2", "reading lost"),
        ("DROP TRIGGER audit_is_not_deleted; DELETE FROM audit WHERE number = 2", "audit log"),
    ],
)
def test_what_is_lost_from_the_list_is_noticed(ledger, words, fault):
    with closing(sqlite3.connect(ledger.home / FILE)) as database:
        database.executescript(words)
    assert any(fault in found for found in ledger.faults())


def test_a_lost_setting_is_noticed_and_one_being_changed_may_be_either(ledger):
    for initials, lost in (("CD", 0), ("AB", 0), ("EF", 1), ("", 1)):
        (ledger.home / SETTINGS).write_text(json.dumps({"initials": initials}))
        assert len(ledger.faults()) == lost
    (ledger.home / SETTINGS).write_text('{"initials": "A')
    assert len(ledger.faults()) == 1
    (ledger.home / SETTINGS).unlink()
    assert len(ledger.faults()) == 1


def test_a_lost_database_is_noticed(ledger):
    (ledger.home / FILE).unlink()
    assert ledger.faults() == ["the database is gone"]
