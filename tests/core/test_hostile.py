"""Each hostile file is refused with a reason, and costs nothing but itself."""

import os
import shutil
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.cases import Case, FilmError, Policy, ReasonCode, Rejected
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import screen
from tests.core import decoders
from tests.core.hostile_files import HOSTILE, cuts
from tests.core.seeds import SEEDS, seed

GOOD = Path(__file__).parents[2] / "resources" / "demo" / "synthetic-pneumonia-4.dcm"
CUT = {ReasonCode.UNREADABLE, ReasonCode.UNSUPPORTED, ReasonCode.NO_PIXELS}


@pytest.fixture(scope="module")
def answer():
    """Answer paths as `screen` does: real child, real model."""
    model = LiteRtClassifier(find_package(DEFAULT_MODEL))
    with Sandbox() as read:
        yield lambda *paths: list(screen(find_files(paths), read, model, Policy()))


@pytest.fixture(scope="module")
def usual(answer):
    (case,) = answer(GOOD)
    return case


def assert_unchanged(case, usual):
    assert isinstance(case, Case)
    assert (case.facts, case.answer) == (usual.facts, usual.answer)
    assert np.array_equal(case.prediction.evidence, usual.prediction.evidence)


def assert_for_a_clinician(reason):
    """Two sentences at least: what is wrong, and what to do."""
    assert reason.text.endswith(".")
    assert reason.text.count(". ") >= 1
    assert not {"Error", "Exception", "None"} & set(reason.text.split())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_named_and_the_next_answer_is_unchanged(answer, usual, tmp_path, name):
    hostile, path = HOSTILE[name], tmp_path / "film.dcm"
    hostile.make(path)
    refused, following = answer(path, GOOD)
    assert_unchanged(following, usual)
    assert isinstance(refused, Rejected)
    assert refused.reason.code in hostile.codes
    assert_for_a_clinician(refused.reason)


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_cut_off_anywhere_is_refused(answer, usual, tmp_path, name):
    whole = seed(name)
    path = tmp_path / "film"
    for cut in cuts(whole):
        path.write_bytes(whole[:cut])
        *refused, following = answer(path, GOOD)
        assert_unchanged(following, usual)
        assert refused, cut
        assert all(isinstance(one, Rejected) for one in refused), cut
        assert {one.reason.code for one in refused} <= CUT, cut


def test_the_files_that_are_cut_off_are_whole_before(answer, tmp_path):
    for name in SEEDS:
        (tmp_path / name).write_bytes(seed(name))
    outcomes = answer(tmp_path)
    assert len(outcomes) > len(SEEDS)  # the ZIPs hold two films each
    assert [one for one in outcomes if isinstance(one, Rejected)] == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_no_permission_is_named(answer, usual, tmp_path):
    path = Path(shutil.copy(GOOD, tmp_path))
    path.chmod(0)
    refused, following = answer(path, GOOD)
    assert refused.reason.code is ReasonCode.UNREADABLE
    assert "permission" in refused.reason.text
    assert_unchanged(following, usual)


@pytest.mark.skipif(os.name != "posix", reason="only root makes links under Windows")
def test_a_link_that_cannot_be_followed_costs_one_film(answer, usual, tmp_path):
    (tmp_path / "a link").symlink_to("x" * 300)  # longer than a name may be, also for root
    refused, following = answer(tmp_path, GOOD)
    assert refused.reason.code is ReasonCode.UNREADABLE
    assert_unchanged(following, usual)


def test_a_folder_in_place_of_a_film_is_refused(tmp_path):
    with Sandbox() as read, pytest.raises(FilmError) as caught:
        read(tmp_path)
    assert caught.value.reason.code is ReasonCode.UNREADABLE


def test_a_file_that_vanishes_after_it_was_found_is_missing(answer, usual, tmp_path):
    for name in "ab":
        shutil.copy(GOOD, tmp_path / name)
    found = list(find_files([tmp_path]))
    found[0].unlink()
    refused, following = answer(*found)
    assert refused.reason.code is ReasonCode.MISSING
    assert following.answer == usual.answer


def test_a_file_that_grows_while_it_is_read_is_a_film_or_refused(answer, usual, tmp_path):
    whole, path = GOOD.read_bytes(), tmp_path / "film.dcm"
    step = len(whole) // 20
    path.touch()

    def grow():
        with path.open("ab", buffering=0) as file:
            for at in range(0, len(whole), step):
                file.write(whole[at : at + step])
                time.sleep(0.05)  # so that it is looked at while it grows

    writer = threading.Thread(target=grow)
    writer.start()
    seen, growing = [], True
    while growing:
        growing = writer.is_alive()
        outcome, following = answer(path, GOOD)
        assert_unchanged(following, usual)
        seen.append(outcome)
    writer.join()
    assert isinstance(seen[-1], Case)
    (last,) = answer(path)
    assert last.answer == usual.answer
    assert all(
        o.reason.code in CUT if isinstance(o, Rejected) else o.answer == usual.answer for o in seen
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe stands for the share")
def test_a_share_that_does_not_answer_costs_one_film(tmp_path):
    share = tmp_path / "share"
    os.mkfifo(share)
    with Sandbox(decoders.from_a_share, timeout=1.0) as read:
        with pytest.raises(FilmError) as caught:
            read(share)
        assert caught.value.reason.code is ReasonCode.TIMEOUT
        assert np.array_equal(read(GOOD).pixels, decoders.from_a_share(GOOD).pixels)


def test_only_the_child_touches_the_file(monkeypatch):
    def touched(*_, **__):
        raise AssertionError("the program would wait for a dead share")

    with Sandbox() as read:
        read.warm_up()
        for name in ("stat", "open", "is_file", "is_dir", "exists", "resolve"):
            monkeypatch.setattr(Path, name, touched)
        assert read(GOOD).facts.format == "DICOM"
