import os

import pytest

from pneumo_desktop.core.settings import FILE, Settings, load_settings, save_settings, write_whole
from pneumo_desktop.core.store import FILE as STORE_FILE
from pneumo_desktop.core.store import CaseStore


def test_settings_survive(tmp_path):
    chosen = Settings(model="mine", operating_point="sensitive", threshold=0.8)
    save_settings(tmp_path, chosen)
    assert load_settings(tmp_path) == chosen
    assert load_settings(tmp_path).policy.threshold == 0.8


@pytest.mark.parametrize("text", ["", "garbage", '{"threshold": 7}', '{"model": 3}'])
def test_unreadable_settings_are_the_defaults(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    assert load_settings(tmp_path) == Settings()


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_whole(path, b"old")

    def fail(_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_audit_log_does_not_name_a_watched_folder(tmp_path):
    save_settings(tmp_path, Settings(watch_folder="/films/Doe^Jane"))
    with CaseStore(tmp_path / STORE_FILE) as store:
        (entry,) = store.audit_log()
    assert entry.deed.detail == {"what": "watch_folder", "from": "", "to": "a folder"}
