import os
import sqlite3
from pathlib import Path

import pytest

from pneumo_desktop.core.recent_folders import keep_recent_folders, recent_folders
from pneumo_desktop.core.store import FILE, CaseStore


def test_folders_are_kept_in_their_order_whatever_their_names(home):
    folders = [Path("/b"), Path("/a"), Path(os.fsdecode(b"/odd \xff\n"))]
    keep_recent_folders(home, folders)
    assert recent_folders(home) == folders
    keep_recent_folders(home, folders[:1])
    assert recent_folders(home) == folders[:1]


def test_a_list_that_was_cleared_leaves_no_name_behind(home):
    keep_recent_folders(home, [Path("/films/Quixote")])
    keep_recent_folders(home, [])
    assert recent_folders(home) == []
    assert b"Quixote" not in (home / FILE).read_bytes()


def test_cases_and_folders_share_a_file(home):
    with CaseStore(home / FILE) as store:
        keep_recent_folders(home, [Path("/a")])
        assert store.count() == 0
    assert recent_folders(home) == [Path("/a")]


def test_a_database_that_is_none_is_told(home):
    home.mkdir()
    (home / FILE).write_bytes(b"no database, but long enough to look like one" * 40)
    with pytest.raises(sqlite3.DatabaseError):
        recent_folders(home)
