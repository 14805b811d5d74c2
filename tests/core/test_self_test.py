"""The self-test passes where all is well and names what is not."""

import errno
import json
import multiprocessing
import os
import shutil
import sqlite3
from collections import namedtuple

import pytest

from pneumo_desktop.core import decode, golden, self_test
from pneumo_desktop.core.installation import FILE as FINGERPRINT
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.self_test import Result
from pneumo_desktop.core.settings import Settings, save_settings
from pneumo_desktop.core.store import FILE


@pytest.fixture
def only(monkeypatch):
    """Return a function that runs the checks of these names alone and returns their results."""

    def run(*names):
        checks = tuple((name, check) for name, check in self_test._CHECKS if name in names)
        assert len(checks) == len(names)
        with monkeypatch.context() as patch:
            patch.setattr(self_test, "_CHECKS", checks)
            return results()

    return run


def results():
    return [word for word in self_test.self_test(data_dir()) if isinstance(word, Result)]


def broken(found):
    return {result.check: result.problem for result in found if not result.passed}


def test_a_whole_installation_passes_and_is_not_tested_again_until_it_changes(home, added_package):
    found = {result.check: result for result in results()}
    assert broken(found.values()) == {}
    assert found["answers of efficientnet-lite0 to the demo films"].detail == "all 10 as shipped"
    assert found["answers of vgg16-reference to the demo films"].passed
    assert found["decoder JPEG 2000 Image Compression"].detail == "present"
    assert {"model mine", "case database", "audit log", "data folder", "free space"} <= set(found)
    assert list(self_test.self_test_if_changed(home)) == []
    (added_package / "model.tflite").write_bytes(b"another network")
    words = list(self_test.self_test_if_changed(home))
    assert list(broken(w for w in words if isinstance(w, Result))) == ["model mine"]
    assert next(self_test.self_test_if_changed(home))  # nor is what failed ever taken for whole


def test_another_program_version_or_package_is_a_change(home, only):
    only("free space")
    kept = json.loads((home / FINGERPRINT).read_text())
    assert kept["program"]
    assert any(name.startswith("model ") for name in kept)
    (home / FINGERPRINT).write_text(json.dumps({**kept, "program": "0.0.1"}))
    words = self_test.self_test_if_changed(home)
    assert next(words)
    words.close()


def test_an_answer_that_is_not_the_shipped_one_is_named(monkeypatch, only):
    kept = golden.load_answers()
    answers = {"efficientnet-lite0": kept["efficientnet-lite0"]}
    answers["efficientnet-lite0"].films["synthetic-normal-1.jpg"]["probability"] += 0.01
    monkeypatch.setattr(golden, "load_answers", lambda: answers)
    (problem,) = broken(only("demo films answered")).values()
    assert problem.startswith("synthetic-normal-1.jpg, probability: 0.018")


def test_a_demo_film_that_cannot_be_read_is_named(monkeypatch, only, tmp_path, film_file):
    (tmp_path / "resources" / "demo").mkdir(parents=True)
    (tmp_path / "resources" / "demo" / "damaged.jpg").write_bytes(b"no film")
    shutil.copy(golden.resource(golden.FILE), tmp_path / "resources" / "demo")
    monkeypatch.setattr(golden, "resource", lambda name: tmp_path / "resources" / name)
    problems = broken(only("demo films answered"))
    assert all(text.startswith("damaged.jpg: ") for text in problems.values())
    assert len(problems) == 2


def test_a_model_in_use_elsewhere_is_tested_too(home, only, added_package, tmp_path):
    elsewhere = shutil.move(added_package, tmp_path / "elsewhere")
    save_settings(home, Settings(model=str(elsewhere)))
    assert broken(only("models")) == {}
    (elsewhere / "model.tflite").unlink()
    assert "missing" in broken(only("models"))["model elsewhere"]


def test_a_missing_decoder_is_named(monkeypatch, only):
    monkeypatch.setattr(decode, "decoders", lambda: {"JPEG": True, "RLE Lossless": False})
    assert list(broken(only("decoders"))) == ["decoder RLE Lossless"]


def test_a_tampered_audit_log_is_named(home, only):
    save_settings(data_dir(), Settings(threshold=0.8))
    connection = sqlite3.connect(home / FILE, isolation_level=None)
    connection.execute("DROP TRIGGER audit_is_not_changed")
    connection.execute("UPDATE audit SET initials = 'XX'")
    connection.close()
    assert "entry 1" in broken(only("case database", "audit log"))["audit log"]


def test_too_little_room_is_named(monkeypatch, only):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 3_000_000))
    assert "only 3 MB" in broken(only("free space"))["free space"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has access lists, not modes")
def test_a_data_folder_open_to_others_is_named(home, only, monkeypatch):
    from pneumo_desktop.core import private

    home.mkdir(mode=0o755)
    monkeypatch.setattr(private.Path, "chmod", lambda *_: None)  # as on a disk without rights
    assert "home" in broken(only("data folder"))["data folder"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_that_cannot_be_written_is_named(home, only):
    home.mkdir(mode=0o500)
    assert "cannot be written" in broken(only("data folder"))["data folder"]


def test_a_full_disk_is_named(only, monkeypatch):
    def full(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(self_test.tempfile, "TemporaryFile", full)
    assert "No space left" in broken(only("data folder"))["data folder"]


def test_a_check_that_fails_in_a_way_nobody_thought_of_fails_without_its_words(only, monkeypatch):
    def fail(_):
        raise ValueError("Doe^Jane")

    monkeypatch.setattr(shutil, "disk_usage", fail)
    assert broken(only("free space")) == {"free space": "not to be tested (ValueError)"}


def test_whoever_stops_asking_leaves_no_child_behind(home):
    words = self_test.self_test(data_dir())
    while "answered" not in str(next(words)):
        pass
    assert multiprocessing.active_children()
    words.close()
    assert multiprocessing.active_children() == []
    assert not (home / FINGERPRINT).exists()
