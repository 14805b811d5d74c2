"""The data folder is its owner's only, also where an older program left it open."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pneumo_desktop.core.paths import DataFolderError, data_dir
from pneumo_desktop.core.private import close_to_others, open_to_others
from pneumo_desktop.core.settings import Settings, save_settings
from pneumo_desktop.core.store import FILE, CaseStore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has access lists, not modes")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def careless():
    """A user whose programs make everything readable and writable to all."""
    old = os.umask(0)
    yield
    os.umask(old)


def test_the_data_folder_and_its_files_are_their_owners_only(home):
    with CaseStore(data_dir() / FILE) as store:
        store.all()
        save_settings(data_dir(), Settings())
        files = sorted(path.name for path in home.iterdir())
        assert [n for n in files if n.startswith(FILE)] == [FILE, f"{FILE}-shm", f"{FILE}-wal"]
        assert {name: mode(home / name) for name in files} == dict.fromkeys(files, 0o600)
    assert mode(home) == 0o700


def test_a_folder_that_was_open_is_closed_with_its_files(home):
    home.mkdir(mode=0o777)
    with CaseStore(home / FILE):
        for path in home.iterdir():
            path.chmod(0o666)
        assert set(open_to_others(home)) == {home, *home.iterdir()}
        with CaseStore(data_dir() / FILE):
            assert list(open_to_others(home)) == []
            assert {mode(path) for path in home.iterdir()} == {0o600}


def test_a_folder_that_all_users_share_is_refused_and_stays_open(home):
    home.mkdir()
    home.chmod(0o1777)
    with pytest.raises(DataFolderError, match="folder of your own"):
        data_dir()
    assert stat.S_IMODE(home.stat().st_mode) == 0o1777


def test_a_command_in_a_process_of_its_own_leaves_nothing_open(home, film_file):
    words = [sys.executable, "-m", "pneumo_desktop", "screen", str(film_file("a.png")), "--save"]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    assert {mode(path) for path in home.rglob("*") if path.is_file()} == {0o600}
    assert {mode(path) for path in (home, *home.rglob("*")) if path.is_dir()} == {0o700}


def test_what_is_missing_is_not_made(tmp_path):
    close_to_others(tmp_path / "gone")
    assert not (tmp_path / "gone").exists()
    assert list(open_to_others(tmp_path / "gone")) == []
