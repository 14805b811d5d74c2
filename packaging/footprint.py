"""What the bundle costs beside the checkout: `python packaging/footprint.py dist/pneumo-desktop`.

Prints size, files, time to the first window and to the first answer (cold: with nothing of it in
the system's cache, where this may be emptied), and memory idle and with 2000 cases, with ratios.
Both are started in turn, each with an empty home, under Xvfb.
"""

# ruff: noqa: T201, S603 - a script that measures programs

import contextlib
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from smoke_desktop import Hand, screen, wait_until

from pneumo_desktop.core.installation import FILE

ROOT = Path(__file__).resolve().parent.parent
FILM = ROOT / "resources" / "demo" / "synthetic-pneumonia-1.jpg"
CACHES = Path("/proc/sys/vm/drop_caches")
STARTS, LOOKS, CASES, SETTLE_S = 5, 3, 2000, 5.0
MB = 1e6


@dataclass(frozen=True)
class Measured:
    """One of the two: how to start it, and the files that it needs."""

    name: str
    command: tuple[str, ...]
    files: frozenset[Path]


def bundle(folder: Path) -> Measured:
    """Return the bundle in `folder`."""
    files = frozenset(
        path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
    )
    return Measured("bundle", (str(folder / folder.name),), files)


def checkout() -> Measured:
    """Return this checkout with the pinned packages of reading and its Python's own library."""
    files = {path for name in ("pneumo_desktop", "resources") for path in (ROOT / name).rglob("*")}
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE):
        with contextlib.suppress(PackageNotFoundError):  # of another system
            files |= {Path(str(file.locate())) for file in distribution(name).files or ()}
    library = Path(sysconfig.get_path("stdlib"))
    files |= {path for path in library.rglob("*") if "site-packages" not in path.parts}
    there = frozenset(path.resolve() for path in files if path.is_file())
    return Measured("checkout", (sys.executable, "-m", "pneumo_desktop"), there)


@contextmanager
def opened(
    one: Measured, home: Path, display: str, *films: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run its window on `home`, the folder of all state."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "PNEUMO_HOME": str(home),
                   "DISPLAY": display, "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(home)}  # fmt: skip
    with subprocess.Popen([*one.command, "open", *map(str, films)], env=environment, cwd=ROOT,
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()


def seconds_to_window(one: Measured, display: str) -> float:
    """Return how long it takes until a window is on the screen."""
    hand = Hand(display)
    with new_home() as home:
        started = time.monotonic()
        with opened(one, home, display):
            wait_until(hand.window, "a window", every=0.02)
            return time.monotonic() - started


def seconds_to_answer(one: Measured, display: str) -> float:
    """Return how long it takes until the film of the command line is answered and kept."""
    with new_home() as home:
        started = time.monotonic()
        with opened(one, home, display, FILM):
            wait_until(lambda: answered(home / "cases.sqlite3"), "an answer", every=0.02)
            return time.monotonic() - started


def answered(database: Path) -> bool:
    """Return whether a database has a case."""
    if not database.exists():
        return False
    try:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
            return bool(store.execute("SELECT count(*) FROM cases").fetchone()[0])
    except sqlite3.Error:  # it is just being made
        return False


def memory(one: Measured, display: str, cases: int) -> float:
    """Return the bytes resident for the window and its children, shared ones counted for each.

    Counted by share, whatever else runs the checkout's Python would make it look small.
    """
    with new_home() as home:
        if cases:
            import_module("tests.benchmarks.worklist").fill(home / "cases.sqlite3", cases)
        with opened(one, home, display) as process:
            wait_until((home / FILE).exists, "the end of the quiet self-test")
            time.sleep(SETTLE_S)
            return float(sum(map(held_by, family(process.pid))))


def family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(word) for task in tasks for word in task.read_text().split()]
    return [pid, *(member for child in children for member in family(child))]


def held_by(pid: int) -> int:
    """Return the resident set size of a process in bytes."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Rss:\s+(\d+) kB", rollup, re.MULTILINE)
    return 1024 * int(found[1]) if found else 0


@contextmanager
def new_home() -> Iterator[Path]:
    """Make an empty folder of state."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def empty_caches() -> bool:
    """Let the system forget the files it has read; return whether it may be told to."""
    os.sync()
    try:
        CACHES.write_text("3")
    except OSError:
        return False
    return True


def medians(
    both: Iterable[Measured], measure: Callable[[Measured], float], rounds: int, *, cold: bool
) -> list[float]:
    """Return the median of `rounds` for each, measured in turn."""
    taken: dict[str, list[float]] = {one.name: [] for one in both}
    for _ in range(rounds):
        for one in both:
            if cold:
                empty_caches()
            taken[one.name].append(measure(one))
    return [statistics.median(values) for values in taken.values()]


def row(what: str, values: list[float], unit: str, digits: int = 0) -> None:
    """Print a line of the table."""
    ours, theirs = values
    print(
        f"{what:32}{ours:12,.{digits}f}{theirs:12,.{digits}f} {unit:6}{ours / theirs:8.2f}",
        flush=True,
    )


def main(folder: Path) -> int:
    """Print the table and return the exit code."""
    if not (folder / folder.name).is_file():
        print(f"There is no bundle in {folder}; run: make bundle", file=sys.stderr)
        return 1
    if not Hand.is_there():
        print("xdotool is missing; run: sudo apt-get install xdotool", file=sys.stderr)
        return 1
    sys.path.append(str(ROOT))
    both = (bundle(folder), checkout())
    print(f"{'':32}{'bundle':>12}{'checkout':>12} {'':6}{'ratio':>8}")
    row("size", [sum(path.stat().st_size for path in one.files) / MB for one in both], "MB")
    row("files", [float(len(one.files)) for one in both], "")
    with screen() as display:
        may_be_cold = empty_caches()
        for cold in (True, False) if may_be_cold else (False,):
            how = "cold" if cold else "warm"
            times = medians(both, lambda one: seconds_to_window(one, display), STARTS, cold=cold)
            row(f"{how} start to first window", times, "s", 2)
            times = medians(both, lambda one: seconds_to_answer(one, display), STARTS, cold=cold)
            row(f"{how} start to first answer", times, "s", 2)
        if not may_be_cold:
            print("no cold start: only root may empty the system's cache")
        for what, cases in (("memory idle", 0), (f"memory with {CASES} cases", CASES)):
            held = medians(both, partial(memory, display=display, cases=cases), LOOKS, cold=False)
            row(what, [value / MB for value in held], "MB")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: footprint.py BUNDLE; or: make footprint")
    sys.exit(main(Path(sys.argv[1]).resolve()))
