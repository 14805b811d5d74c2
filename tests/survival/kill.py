"""Kill the program at random moments, again and again; `make kill ROUNDS=200` prints what was lost.

Each round starts a real process on one data folder: a command that answers films and keeps them,
one that reads a case, a window that does both and changes settings, or the training program. It is
killed (SIGKILL) a random while after it confirmed a random number of things. Then everything that
was ever confirmed must be there, the database and its audit log must be whole, and no child may be
left. A seed makes the same choices again, though not the same moments.
"""

# ruff: noqa: T201 - a script that prints its figures

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.recovery import WHOLE
from pneumo_desktop.core.store import FILE, CaseStore
from tests.benchmarks.reading import write_films
from tests.survival.ledger import Ledger
from tests.survival.processes import descendants, kill, outliving
from tests.training import made_up

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "pneumo_desktop")
WINDOW = (sys.executable, str(Path(__file__).with_name("window_program.py")))
LONGEST_S = 300.0
TOLD_EVERY = 10
FILMS = 40  # new ones for each import


@dataclass(frozen=True)
class Attempt:
    """A command to be killed after so many confirmed things and so long a while."""

    kind: str
    command: tuple[str, ...]
    lines: int
    seconds: float


class Place:
    """The data folder that all rounds share, and films that were never answered."""

    def __init__(self, folder: Path, dice: Random) -> None:
        self.folder, self.dice = folder, dice
        self.ledger = Ledger(folder / "home")
        self.ledger.home.mkdir(mode=0o700)
        self._imports = 0
        self.labelled, self.recipe = folder / "labelled", folder / "tiny.toml"
        self.package = self.ledger.home / "models" / "tiny"

    def new_films(self) -> Path:
        """Write films that no case has, and return their folder."""
        self._imports += 1
        films = self.folder / f"films-{self._imports:03}"
        films.mkdir()
        write_films(films, FILMS, first=FILMS * self._imports)
        return films

    def unread(self) -> list[int]:
        """Return the cases that nobody has called."""
        if not (self.ledger.home / FILE).exists():
            return []
        with CaseStore(self.ledger.home / FILE) as store:
            return [case.id for case in store.all() if case.reading is None]


def importing(place: Place) -> Attempt:
    """Answer a folder of new films and keep them."""
    command = (*PROGRAM, "screen", str(place.new_films()), "--save", "--json")
    return Attempt("import", command, place.dice.randint(0, FILMS), place.dice.uniform(0, 0.1))


def reading(place: Place) -> Attempt:
    """Call one case."""
    unread = place.unread()
    if not unread:
        return importing(place)
    command = (*PROGRAM, "queue", "read", str(place.dice.choice(unread)), "--call", "Normal")
    return Attempt("read", (*command, "--json"), 1, place.dice.uniform(0, 1.0))


def window(place: Place) -> Attempt:
    """Answer and read in a window."""
    lines = place.dice.randint(0, 3 * FILMS)
    return Attempt("window", (*WINDOW, str(place.new_films())), lines, place.dice.uniform(0, 0.2))


def training(place: Place) -> Attempt:
    """Train a tiny model, or go on with one that was killed."""
    words = ("train", "--data", str(place.labelled), "--out", str(place.package), "--recipe",
             str(place.recipe), "--json")  # fmt: skip
    return Attempt("training", (*PROGRAM, *words), place.dice.randint(0, 60), 0.0)


KINDS: dict[str, tuple[int, Callable[[Place], Attempt]]] = {
    "import": (3, importing),
    "read": (3, reading),
    "window": (3, window),
    "training": (1, training),
}


@dataclass
class Found:
    """How often each kind was killed, what was lost, and whether the next start said so."""

    rounds: Counter[str] = field(default_factory=Counter)
    ended_early: int = 0  # processes that were done before they were to be killed
    faults: list[str] = field(default_factory=list)
    windows_owed: int = 0  # starts after a killed window, that have to say so
    windows_told: int = 0


def rounds(place: Place, count: int) -> Found:
    """Kill so many times, each kind at least once where there are enough rounds."""
    found, owed = Found(), False
    names = [name for name, (weight, _) in KINDS.items() for _ in range(weight)]
    for number in range(count):
        kind = list(KINDS)[number] if number < len(KINDS) else place.dice.choice(names)
        attempt = KINDS[kind][1](place)
        said = len(place.ledger.told)
        ended_early, faults = kill_once(attempt, place)
        found.rounds[attempt.kind] += 1
        if number % TOLD_EVERY == TOLD_EVERY - 1:
            sys.stderr.write(f"{number + 1} of {count} rounds, {len(found.faults)} faults\n")
        found.ended_early += ended_early
        found.faults += [f"round {number}, {attempt.kind}: {fault}" for fault in faults]
        if attempt.kind == "window" and (told := place.ledger.told[said:]):
            found.windows_owed += owed
            found.windows_told += owed and told[0].startswith(WHOLE)
            owed = not ended_early
    return found


def kill_once(attempt: Attempt, place: Place) -> tuple[bool, list[str]]:
    """Start and kill; return whether it had ended by itself before, and what was lost."""
    environment = {
        **os.environ,
        "PNEUMO_HOME": str(place.ledger.home),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "training"))),
        "QT_QPA_PLATFORM": "offscreen",
    }
    with subprocess.Popen(
        attempt.command, env=environment, cwd=place.folder, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        lines = process.stdout or iter(())
        for line in islice(lines, attempt.lines):
            place.ledger.enter(line)
        with suppress(subprocess.TimeoutExpired):
            process.wait(attempt.seconds)
        children = list(descendants(process.pid))
        ended_early = process.poll() is not None
        process.kill()
        if attempt.kind == "training":  # the trainer would rather finish its epoch
            kill(children)
        for line in lines:
            place.ledger.enter(line)
    return ended_early, [
        *place.ledger.faults(),
        *(f"a child outlived its program: {pid}" for pid in outliving(children, LONGEST_S)),
        *_half_package(place.package),
    ]


def _half_package(folder: Path) -> list[str]:
    """Return what is wrong with a model that stands in its place."""
    if not folder.exists():
        return []
    try:
        load_package(folder)
    except CardError as error:
        return [f"half a model: {error}"]
    return []


def prepare_training(place: Place) -> None:
    """Write labelled films and a recipe that trains in seconds."""
    made_up.write_films(place.labelled, np.random.default_rng(0))
    place.recipe.write_text(made_up.recipe_text(epochs=3), encoding="utf-8")


def finish_training(place: Place) -> list[str]:
    """Let the killed training come to its end; return what is wrong with its model."""
    command = training(place).command
    environment = {**os.environ, "PNEUMO_HOME": str(place.ledger.home)}
    ran = subprocess.run(
        command, env=environment, cwd=ROOT, check=False,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if ran.returncode or not place.package.exists():
        return [f"the killed training could not be finished: exit status {ran.returncode}"]
    return _half_package(place.package)


def main() -> None:
    """Kill, and print what became of it; exit status 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Place(Path(folder), Random(arguments.seed))
        prepare_training(place)
        found = rounds(place, arguments.rounds)
        if found.rounds["training"]:
            found.faults += finish_training(place)
        ledger = place.ledger
        print(
            f"{sum(found.rounds.values())} kills: {dict(found.rounds)}, in "
            f"{time.monotonic() - began:.0f} s; {found.ended_early} had ended before"
        )
        print(
            f"confirmed and still there: {len(ledger.cases)} cases, {len(ledger.readings)} "
            f"readings, settings {ledger.settings[0] or 'never changed'}"
        )
        print(f"windows that said they were ended from outside: {found.windows_told} of "
              f"{found.windows_owed}")  # fmt: skip
    for fault in found.faults:
        print(f"LOST: {fault}")
    print(f"{len(found.faults)} faults")
    sys.exit(bool(found.faults) or found.windows_told < found.windows_owed)


if __name__ == "__main__":
    main()
