"""A full disk, a home that may not be written, a screen that goes away: told, and nothing lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from pneumo_desktop.core.store import FILE, CaseStore
from tests.benchmarks.reading import write_films
from tests.survival.ledger import Ledger

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "pneumo_desktop")
WINDOW = (sys.executable, str(Path(__file__).with_name("window_program.py")))
PATIENCE_S = 300.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the hardship")


def environment(home, **more):
    paths = os.pathsep.join((str(ROOT), str(ROOT / "training")))
    return {**os.environ, "PNEUMO_HOME": str(home), "PYTHONPATH": paths, **more}


def run(home, *words, before=None):
    return subprocess.run(
        [*PROGRAM, *map(str, words)], env=environment(home), check=False, text=True,
        capture_output=True, timeout=PATIENCE_S, preexec_fn=before,
    )  # fmt: skip


@pytest.fixture
def films(tmp_path):
    folder = tmp_path / "films"
    folder.mkdir()
    write_films(folder, 12)
    return folder


@contextmanager
def small_disk(folder, kilobytes):
    """Mount a disk of its own; only root may."""
    folder.mkdir()
    size = f"size={kilobytes}k"
    words = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(words, check=False, capture_output=True).returncode
    ):
        pytest.skip("no disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def confirmed(home, ran):
    """Return a ledger of what a run printed, all of which has to be there."""
    ledger = Ledger(home)
    for line in ran.stdout.splitlines(keepends=True):
        ledger.enter(line)
    return ledger


def test_a_full_disk_is_told_and_costs_nothing_confirmed(tmp_path, films):
    with small_disk(tmp_path / "disk", 1500) as disk:
        home = disk / "home"
        assert run(home, "screen", next(films.iterdir()), "--save", "--json").returncode == 0
        filler = disk / "filler"
        room = shutil.disk_usage(disk).free - 300 * 1024
        filler.write_bytes(b"x" * room)
        ran = run(home, "screen", films, "--save", "--json")
        assert ran.returncode == 3, ran.stderr
        assert "Check that the disk has room" in ran.stderr
        assert "Traceback" not in ran.stderr
        filler.unlink()
        ledger = confirmed(home, ran)
        assert 0 < len(ledger.cases) < 12
        assert ledger.faults() == []
        assert run(home, "screen", films, "--save", "--json").returncode == 0
        with CaseStore(home / FILE) as store:
            assert store.count() == 12
            assert store.check() == "ok"


def test_a_file_that_may_not_grow_is_told_and_costs_nothing_confirmed(tmp_path, films):
    """As a quota does; the limit holds without root."""
    import resource

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    home = tmp_path / "home"
    ran = run(home, "screen", films, "--save", "--json", before=limit)
    assert ran.returncode == 3, ran.stderr
    assert "the case database cannot be opened or written" in ran.stderr
    assert "Traceback" not in ran.stderr
    ledger = confirmed(home, ran)
    assert 0 < len(ledger.cases) < 12
    assert ledger.faults() == []


@pytest.mark.parametrize("words", [("queue", "list"), ("models", "use", "vgg16-reference")])
def test_a_home_that_may_not_be_written_is_told(tmp_path, films, words):
    with small_disk(tmp_path / "disk", 2000) as disk:
        home = disk / "home"
        run(home, "screen", next(films.iterdir()), "--save")
        before = {path: path.read_bytes() for path in home.iterdir() if path.is_file()}
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ran = run(home, *words)
        assert ran.returncode == 3
        assert "may be written" in ran.stderr
        assert "Traceback" not in ran.stderr
        assert {path: path.read_bytes() for path in before} == before


def test_films_are_answered_without_keeping_them_where_nothing_can_be_kept(tmp_path, films):
    with small_disk(tmp_path / "disk", 2000) as disk:
        home = disk / "home"
        home.mkdir(mode=0o700)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ran = run(home, "screen", films, "--json")
        assert ran.returncode == 0, ran.stderr
        assert [json.loads(line)["outcome"] for line in ran.stdout.splitlines()] == ["case"] * 12


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb for a screen that can go away")
def test_a_screen_that_goes_away_costs_nothing_confirmed(tmp_path, films):
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    home = tmp_path / "home"
    ledger = Ledger(home)
    with os.fdopen(read) as told:
        os.close(write)
        display = f":{told.readline().strip()}"
    window = subprocess.Popen(
        [*WINDOW, str(films)], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(home, DISPLAY=display, QT_QPA_PLATFORM="xcb"),
    )  # fmt: skip
    try:
        while not ledger.readings:
            line = window.stdout.readline()
            if not line and window.poll() is not None:
                pytest.skip(f"no window on Xvfb here: {window.stderr.read()[-300:]}")
            ledger.enter(line)
        screen.kill()
        said, complained = window.communicate(timeout=PATIENCE_S)
        for line in said.splitlines(keepends=True):
            ledger.enter(line)
    finally:
        for process in (window, screen):
            process.kill()
            process.wait()
    assert window.returncode > 0  # an exit, no crash
    assert "Traceback" not in complained
    until = time.monotonic() + PATIENCE_S
    while ledger.faults() and time.monotonic() < until:
        time.sleep(0.1)
    assert ledger.faults() == []
