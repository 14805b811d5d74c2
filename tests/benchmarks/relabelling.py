"""How long does another threshold take for 100,000 unread cases? Prints it, and the longest wait.

    python -m tests.benchmarks.relabelling [--cases N]

While a worker labels a database of made-up cases anew, another connection marks a case again and
again, as a reader's keys do; the longest of these is what a reader would feel.
"""

# ruff: noqa: T201 - a script that measures programs

import argparse
import random
import resource
import tempfile
import threading
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from pneumo_desktop.core.cases import Policy
from pneumo_desktop.core.marks import flagging
from pneumo_desktop.core.model_package import find_package
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.core.store_query import Wanted
from tests.benchmarks.worklist import fill


def main() -> None:
    """Fill a database, then move the threshold up and down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.sqlite3"
        fill(path, count)
        with CaseStore(path) as store:
            _spread(store)
            first = abs(store.worklist.numbers(Wanted())[0])
        for threshold in (0.7, 0.95, 0.6):
            _measure(path, Policy(threshold=threshold), first)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {peak:.0f} MB")


def _spread(store: CaseStore) -> None:
    """Make every case unread and its probability its own."""
    dice = random.Random(2)
    with store._write():
        for (number,) in store._rows("SELECT id FROM cases"):
            values = (dice.random(), number)
            store._rows(
                "UPDATE cases SET pneumonia_probability = ?, reader_call = NULL, read_at = NULL, "
                "threshold = 0.5 WHERE id = ?",
                values,
            )


def _measure(path: Path, policy: Policy, case_id: int) -> None:
    card, waits, over = find_package(Settings().model).card, [0.0], threading.Event()

    def read() -> None:
        with CaseStore(path) as reader:
            while not over.wait(0.05):
                started = time.perf_counter()
                reader.mark(case_id, flagging(on=len(waits) % 2 == 0))
                waits.append(time.perf_counter() - started)

    hand = threading.Thread(target=read)
    hand.start()
    started, steps = time.perf_counter(), []
    with CaseStore(path) as store:
        steps.extend((time.perf_counter(), step) for step in store.relabel(lambda _: card, policy))
        spent = time.perf_counter() - started
        over.set()
        hand.join()
        labels = Counter(row[0] for row in store._rows("SELECT threshold FROM cases"))
    last, gap = steps[-1][1], max(b[0] - a[0] for a, b in pairwise(steps))
    print(
        f"{policy.threshold:.0%}: {last.done:,} films in {spent:.1f} s, "
        f"{last.changed:,} otherwise; longest step {gap:.2f} s, "
        f"longest wait of a reader's mark {max(waits):.2f} s; thresholds then: {dict(labels)}",
        flush=True,
    )


if __name__ == "__main__":
    main()
