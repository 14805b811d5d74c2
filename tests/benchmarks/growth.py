"""Does it stay as fast and as small with more films, and with more cases?"""

import tempfile
import time
from pathlib import Path
from statistics import median

from pneumo_desktop.core.abreast import Sandboxes, lanes, threads_of_each
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.core.store_query import Wanted
from tests.benchmarks.film_bench import resident_mb
from tests.benchmarks.folders import ours
from tests.benchmarks.worklist import fill

FILMS, CASES = (100, 1_000, 10_000), (1_000, 10_000, 100_000)
TURNS = 5


def over_films(films: list[Path], counts: tuple[int, ...] = FILMS) -> list[str]:
    """Return lines: films a second and memory for longer and longer folders."""
    classifier = LiteRtClassifier(find_package(DEFAULT_MODEL), threads_of_each(lanes()))
    lines, first = [], 0.0
    with Sandboxes(lanes()) as read:
        ours(films[:8], read, classifier)
        for count in counts:
            folder = [films[number % len(films)] for number in range(count)]
            rate = ours(folder, read, classifier)
            first = first or rate
            lines.append(
                f"{count:>7,} films   {rate:7.1f} films/s   {rate / first:5.2f} times the first   "
                f"{resident_mb():6.0f} MB"
            )
    return lines


def over_cases(counts: tuple[int, ...] = CASES) -> list[str]:
    """Return lines: opening a list and asking for its order and first page, and one case more."""
    lines: list[str] = []
    first: tuple[float, float] | None = None
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "cases.sqlite3"
            fill(path, count)
            opened = median(_open(path) for _ in range(TURNS))
            marked = median(_mark(path, number) for number in range(1, TURNS + 1))
        first = first or (opened, marked)
        lines.append(
            f"{count:>7,} cases   opened {1000 * opened:7.1f} ms, {opened / first[0]:6.2f} times "
            f"the first   one marked {1000 * marked:6.1f} ms, {marked / first[1]:5.2f} times"
        )
    return lines


def _open(path: Path) -> float:
    started = time.perf_counter()
    with CaseStore(path) as store:
        store.worklist.page(store.worklist.numbers(Wanted())[:50])
        return time.perf_counter() - started


def _mark(path: Path, number: int) -> float:
    with CaseStore(path) as store:
        started = time.perf_counter()
        store.mark_unread(number)
        return time.perf_counter() - started
