"""Feed mutated files of every format through the sandbox; `make fuzz` prints what became of them.

Every input must be answered or refused with a code, the program must not crash or hang, and
memory must stay bounded. Seeded: the same numbers make the same files.
"""

# ruff: noqa: T201 - a script that prints its figures

import argparse
import json
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import active_children
from pathlib import Path
from random import Random

import numpy as np

from pneumo_desktop.core.cases import Film, FilmError, ReasonCode
from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.preprocess import model_input
from pneumo_desktop.core.sandbox import Sandbox
from tests.core.seeds import SEEDS, seed
from tests.fuzz.mutate import mutated

ANSWERED, NOTHING, WRONG = "answered", "no film inside", "WRONG"
_NOTABLE = {ReasonCode.CRASHED, ReasonCode.TIMEOUT, WRONG}


@dataclass
class Found:
    """What became of the inputs: by format and outcome, and those worth keeping."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    kept: list[tuple[str, int, str]] = field(default_factory=list)
    slowest: float = 0.0
    child_mb: float = 0.0


def inputs(count: int, start: int) -> Iterator[tuple[str, int, bytes]]:
    """Yield format, number and bytes of `count` inputs, the formats in turn."""
    wholes = {name: seed(name) for name in SEEDS}
    names = list(wholes)
    for number in range(start, start + count):
        name = names[number % len(names)]
        yield name, number, mutated(wholes[name], Random(number))


def fuzz(found: Found, count: int, start: int, folder: Path, read: Sandbox) -> None:
    """Read `count` mutated files and note in `found` what became of each."""
    for name, number, data in inputs(count, start):
        path = folder / "film"
        path.write_bytes(data)
        began = time.monotonic()
        outcomes = [outcome(one, read) for one in find_files([path])] or [NOTHING]
        found.slowest = max(found.slowest, time.monotonic() - began)
        found.child_mb = max([found.child_mb, *map(peak_mb, _children())])
        notable = _NOTABLE.intersection(outcomes)
        found.kept += [(name, number, said) for said in notable]
        counted = next(iter(notable), outcomes[0])
        found.counts.setdefault(name, Counter())[counted] += 1


def outcome(path: Path, read: Sandbox) -> str:
    """Return what is said of one path, and whether a film is one that later steps can take."""
    try:
        film = read(path)
    except FilmError as error:
        return error.reason.code
    return ANSWERED if is_sound(film) else WRONG


def is_sound(film: Film) -> bool:
    """Tell whether the network gets numbers, and the database a text."""
    image = model_input(film, 224, 224)
    repr(film.facts).encode()
    return bool(np.isfinite(image).all())


def _children() -> list[int]:
    return [child.pid for child in active_children() if child.pid]


def peak_mb(pid: int | str) -> float:
    """Return a process's largest resident memory in megabytes, 0 where none is told."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def table(found: Found) -> str:
    """Return the counts as text."""
    total = sum(found.counts.values(), Counter[str]())
    used = [column for column in (ANSWERED, NOTHING, *ReasonCode, WRONG) if total[column]]
    rows = [["format", "inputs", *map(str, used)]]
    for name, counts in [*found.counts.items(), ("all", total)]:
        rows.append([name, str(counts.total()), *(str(counts[column]) for column in used)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )


def main() -> None:
    """Run it and print the table; the inputs that crashed or hung are named by number."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--start", type=int, default=0, help="the first number")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    began, found = time.monotonic(), Found()
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox() as read,
        suppress(KeyboardInterrupt),  # tells what was found so far
    ):
        fuzz(found, arguments.count, arguments.start, Path(folder), read)
    print(table(found))
    print(
        f"slowest input {found.slowest:.1f} s; "
        f"peak memory parent {peak_mb('self'):.0f} MB, child {found.child_mb:.0f} MB; "
        f"{time.monotonic() - began:.0f} s in all"
    )
    for name, number, said in found.kept:
        print(json.dumps({"format": name, "number": number, "outcome": said}))


if __name__ == "__main__":
    main()
