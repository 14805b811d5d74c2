"""Kill the training program at random moments: is anything finished ever lost?

`make kill-training` does it COUNT (30) times on made-up films. After each kill the checkpoint must
hold every epoch that was told, a package must be whole or not there, and the next start must go on
after the last epoch told, until a model is made.
"""

# ruff: noqa: T201 - a script that prints its figures

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import msgspec
import numpy as np

from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.training_job import Progress, TrainingJob, decode_progress
from pneumo_training.checkpoint import read_checkpoint
from tests.training.made_up import recipe_text, write_films

ROOT = Path(__file__).parents[2]
EPOCHS = 40


@dataclass(frozen=True)
class Round:
    """One start: `killed` at a `moment`, when so many `epochs` had been told, earlier ones too."""

    killed: bool
    moment: Progress
    epochs: int


def prepare(folder: Path) -> TrainingJob:
    """Make films and a recipe; return the job."""
    write_films(folder / "films", np.random.default_rng(0))
    recipe = folder / "tiny.toml"
    recipe.write_text(recipe_text(epochs=EPOCHS), encoding="utf-8")
    return TrainingJob(str(folder / "films"), str(folder / "out"), str(recipe), "killed")


def rounds(job: TrainingJob, places: Iterator[float], random: Random) -> Iterator[Round]:
    """Start again and again until a model is made, killing at `places` (0-1 of the way)."""
    epochs = 0
    for place in places:
        done = _round(job, place, random, epochs)
        epochs = _kept(job, done)
        yield done
        if not done.killed:
            return


def _round(job: TrainingJob, place: float, random: Random, before: int) -> Round:
    """Start the program, and kill it a moment after it has come as far as `place`."""
    file = Path(job.out).with_name("job.json")
    file.write_bytes(msgspec.json.encode(job))
    path = os.pathsep.join((str(ROOT), str(ROOT / "training")))
    child = subprocess.Popen(
        [sys.executable, "-m", "pneumo_training", "train", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )
    moment, epochs, killed = Progress("data"), before, False
    for line in child.stdout or ():
        moment = decode_progress(line) or moment
        if "val_loss" in moment.figures:
            assert moment.epoch == epochs + 1, f"epoch {moment.epoch} after {epochs}"
            epochs += 1
        if not killed and (moment.fraction or 0.0) >= place:
            time.sleep(random.random() * 0.3)
            child.kill()
            killed = True  # what it had said by then is still read
    child.communicate()
    return Round(child.returncode != 0, moment, epochs)


def _kept(job: TrainingJob, done: Round) -> int:
    """Return the epochs kept, one more where it was not yet told; fail where something is lost."""
    out = Path(job.out)
    if out.exists():
        card = load_package(out).card
        assert len(card.training["epochs"]) == EPOCHS
        return EPOCHS
    assert done.killed, "it ended well without a package"
    kept = read_checkpoint(out.with_name(out.name + ".training"))
    found = len(kept.epochs) if kept else 0
    assert found in {done.epochs, done.epochs + 1}, f"{done.epochs} epochs told, {found} kept"
    return found


def main() -> None:
    """Kill so often; end with an error where something was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    random, kills, models = Random(wanted.seed), 0, 0
    while kills < wanted.count:
        with tempfile.TemporaryDirectory() as name:
            os.environ["PNEUMO_HOME"] = str(Path(name, "home"))
            job = prepare(Path(name))
            left = wanted.count - kills
            places = iter([*(random.random() for _ in range(min(left, 5))), 2.0])
            for done in rounds(job, places, random):
                kills += done.killed
                models += not done.killed
                word = "killed at" if done.killed else "finished:"
                print(f"{word} {done.moment.stage}, {done.moment.text}; {done.epochs} epochs told",
                      flush=True)  # fmt: skip
    print(f"{kills} kills, {models} models made, nothing lost")


if __name__ == "__main__":
    main()
