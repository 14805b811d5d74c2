"""What ten epochs of `vgg16_cached` cost, as a multiple of its first, which alone makes features.

`python -m tests.benchmarks.cached_epochs FILMS` trains for real, with VGG16's weights at hand.
"""

# ruff: noqa: T201 - a script that prints its figures

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from pneumo_desktop.core.training_job import TrainingJob, decode_progress

ROOT = Path(__file__).parents[2]


def ends_of_epochs(job_file: Path) -> tuple[float, list[float]]:
    """Run the program; return when learning began, and when each epoch ended, in seconds."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "training")))
    child = subprocess.Popen(
        [sys.executable, "-m", "pneumo_training", "train", str(job_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    begun, ends = 0.0, []
    for line in child.stdout or ():
        progress = decode_progress(line)
        if progress is None:
            continue
        if progress.stage == "failed":
            raise SystemExit(progress.text)
        if progress.stage == "training" and not begun:
            begun = time.monotonic()
        if "val_loss" in progress.figures:
            ends.append(time.monotonic())
            print(f"epoch {progress.epoch}: {ends[-1] - begun:.1f} s since the start", flush=True)
        if progress.stage == "calibrating":  # what comes after learning is not asked here
            child.kill()
    child.communicate()
    return begun, ends


def main() -> None:
    """Train, and print the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("films", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        job = TrainingJob(
            str(wanted.films.resolve()), str(Path(name, "out")), "vgg16_cached", "cached", epochs=10
        )
        file = Path(name, "job.json")
        file.write_bytes(msgspec.json.encode(job))
        begun, ends = ends_of_epochs(file)
    ratio = (ends[-1] - begun) / (ends[0] - begun)
    print(f"ten epochs take {ratio:.2f} times the first (at most 1.3 is wanted)")


if __name__ == "__main__":
    main()
