"""How long does a worklist of 100,000 cases take? `python tests/benchmarks/worklist.py` prints it.

A database of made-up cases is written to a temporary folder, then a window's list is opened on it
in a process of its own, sorted by each column, narrowed, and scrolled from end to end.
"""

# ruff: noqa: T201 - a script that measures programs

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BANDS = {"High": "Pneumonia", "Medium": "Pneumonia", "Check": "Invalid", "Low": "Normal"}


def fill(path: Path, count: int) -> None:
    """Write `count` made-up cases in one transaction."""
    from pneumo_desktop.core.store import CaseStore

    dice = random.Random(1)
    with CaseStore(path) as store, store._write():
        for number in range(count):
            row = _row(number, dice)
            names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
            store._rows(f"INSERT INTO cases ({names}) VALUES ({places})", row)


def _row(number: int, dice: random.Random) -> dict[str, object]:
    band = dice.choice(["High", "Medium", "Check", "Low", "Low", "Low"])
    read = dice.random() < 0.5
    came = datetime.now(UTC) - timedelta(minutes=dice.randint(0, 500_000))
    patient = {"name": f"Doe{dice.randint(0, 50_000)} Jane", "identifier": str(number)}
    patient |= {"age_years": dice.random() * 90, "sex": dice.choice("FM")}
    facts = {
        "path": ".", "sha256": f"{number:064x}", "format": "DICOM", "width": 2500, "height": 3000,
        "bits": 12, "patient": patient, "view": dice.choice(["PA", "AP"]), "modality": "DX",
        "study_uid": f"1.2.{number}",
    }  # fmt: skip
    return {
        "identity": facts["sha256"], "path": f"/films/{number % 100}/{number}.dcm".encode(),
        "received": came.isoformat(), "outcome": "case", "facts": json.dumps(facts),
        "pneumonia_probability": 0.5, "chest_probability": 0.9, "evidence": bytes(196),
        "evidence_rows": 7, "label": BANDS[band], "raw_label": "Normal",
        "confidence": dice.random(), "severity": round(100 * dice.random(), 1), "priority": band,
        "operating_point": "default", "threshold": 0.7, "model_name": "m", "model_version": "1",
        "model_sha256": "ab", "decode_ms": 1.0, "predict_ms": 1.0, "total_ms": 1.0,
        "reader_call": "Normal" if read else None,
        "read_at": datetime.now(UTC).isoformat() if read else None,
    }  # fmt: skip


def look(path: Path) -> None:
    """Open the list and print how long things take."""
    started, before = time.perf_counter(), time.process_time()
    from PySide6.QtWidgets import QApplication

    from pneumo_desktop.core.cases import Label, Priority
    from pneumo_desktop.core.store import CaseStore
    from pneumo_desktop.core.store_query import Sort, Status, Wanted
    from pneumo_desktop.ui.queue_view import QueuePanel

    application = QApplication([])
    store = CaseStore(path)
    queue = QueuePanel(store.worklist, ())
    queue.resize(900, 900)
    queue.show()
    queue.select(queue.first())
    application.processEvents()
    spent, busy = time.perf_counter() - started, time.process_time() - before
    print(f"{'opened, imports included':36}{1000 * spent:8.0f} ms{1000 * busy:8.0f} ms processor")
    numbers = store.worklist.numbers
    for by in Sort:
        timed(f"sorted by {by}", lambda by=by: numbers(Wanted(), [(by, False)]))
    both = [(Sort.LABEL, False), (Sort.TITLE, True)]
    timed("sorted by label, then title", lambda: numbers(Wanted(), both))
    for wanted in (
        Wanted(label=Label.PNEUMONIA), Wanted(status=Status.UNREAD), Wanted(band=Priority.HIGH),
        Wanted(text="doe77"), Wanted(text="müller"), Wanted(blind=True),
        Wanted(since=datetime.now(UTC) - timedelta(days=7)),
    ):  # fmt: skip
        shown = {n: v for n in wanted.__slots__ if (v := getattr(wanted, n))}
        timed(
            f"narrowed to {', '.join(map(str, shown.values()))[:22]}", lambda w=wanted: numbers(w)
        )
    timed("refreshed, selection kept", queue.refresh)
    timed("next unread", queue.next_unread)
    scroll(queue)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'most memory, scrolled to the end':36}{peak:8.0f} MB")


def scroll(queue: Any) -> None:
    """Scroll to the end, and draw each page."""
    bar = queue.table.verticalScrollBar()
    for step in range(201):
        bar.setValue(bar.maximum() * step // 200)
        queue.grab()


def timed(what: str, do: Callable[[], object], turns: int = 5) -> None:
    """Print the shortest of some turns, by the clock and of the processor."""
    spent, busy = [], []
    for _ in range(turns):
        started, before = time.perf_counter(), time.process_time()
        do()
        spent.append(time.perf_counter() - started)
        busy.append(time.process_time() - before)
    print(f"{what:36}{1000 * min(spent):8.0f} ms{1000 * min(busy):8.0f} ms processor")


def main() -> None:
    """Fill a database, then look at it in another process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--look", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.look:
        look(arguments.look)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.sqlite3"
        fill(path, arguments.cases)
        print(f"{arguments.cases:,} cases, {path.stat().st_size / 1e6:.0f} MB of database")
        environment = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **os.environ}
        command = [sys.executable, __file__, "--look", str(path)]
        subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()
