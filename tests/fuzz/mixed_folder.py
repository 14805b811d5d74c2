"""Screen a folder of which a third is hostile: do the good films keep their answers?

`make mixed-folder` makes it twice, with and without the hostile files, and runs the program itself
over both. The good films are the demo films, and real ones where $PNEUMO_DATA has some.
"""

# ruff: noqa: T201 - a script that prints its figures

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from tests.core.hostile_files import HOSTILE
from tests.core.seeds import SEEDS, seed
from tests.fuzz.mutate import mutated

ROOT = Path(__file__).parents[2]
NAMES = [
    "film", "фильм", "胸部X線", "صورة الصدر", "छाती", "två\nrader", "a film; rm -rf", "--json",
    "\N{SKULL} \N{RIGHT-TO-LEFT OVERRIDE}gpj", "\x1b[31mred", os.fsdecode(b"b\xe9b\xe9"), "x" * 200,
]  # fmt: skip
Answers = dict[str, dict[str, Any]]


def good_films() -> list[Path]:
    """Return demo films, and real ones where there are any, in turn."""
    demo = [f for f in sorted((ROOT / "resources" / "demo").iterdir()) if _is_film(f)]
    data = os.environ.get("PNEUMO_DATA")
    if not data:
        return demo
    folders = [Path(data, name) for name in ("kermany_native", "adult", "dicom", "nih_adult")]
    real = [f for folder in folders for f in sorted(folder.rglob("*"))[::4] if _is_film(f)]
    return [film for pair in zip(demo * len(real), real, strict=False) for film in pair]


def _is_film(path: Path) -> bool:
    return path.suffix in {".jpg", ".jpeg", ".png", ".dcm"}


def fill(mixed: Path, good: Path, count: int, films: list[Path]) -> None:
    """Put `count` files into `mixed`, every third hostile, and the others into `good` too."""
    hostile = {name: one for name, one in HOSTILE.items() if name != "missing"}
    for folder in (mixed, good):
        folder.mkdir()
    for number in range(count):
        name = f"{number:04} {NAMES[number % len(NAMES)]}"
        if number % 3 == 2:
            _harm(mixed / name, number // 3, hostile)
            continue
        film = films[number % len(films)]
        for folder in (mixed, good):
            shutil.copy(film, folder / name)


def _harm(path: Path, turn: int, hostile: dict[str, Any]) -> None:
    """Write the next hostile file: each made by hand once, then mutated ones."""
    if turn < len(hostile):
        list(hostile.values())[turn].make(path)
        return
    whole = seed(list(SEEDS)[turn % len(SEEDS)])
    path.write_bytes(mutated(whole, Random(turn)))


def screened(folder: Path) -> Answers:
    """Return what the program answers for each file, by its place in the folder."""
    command = [sys.executable, "-m", "pneumo_desktop", "screen", str(folder), "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"screen ended with status {done.returncode}")
    answers = {}
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        del answer["milliseconds"]
        answers[str(Path(answer.pop("path")).relative_to(folder))] = answer
    return answers


def changed(mixed: Answers, good: Answers) -> list[str]:
    """Return the good films that are answered otherwise, or not at all, among hostile files."""
    return [name for name, answer in good.items() if mixed.get(name) != answer]


def main() -> None:
    """Print how many were answered, refused and changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        mixed_folder, good_folder = Path(folder, "mixed"), Path(folder, "good")
        fill(mixed_folder, good_folder, arguments.count, good_films())
        good = screened(good_folder)
        began = time.monotonic()
        mixed = screened(mixed_folder)
        seconds = time.monotonic() - began
    others = [answer for name, answer in mixed.items() if name not in good]
    codes = Counter(a["reason"]["code"] if a["reason"] else a["label"] for a in others)
    print(f"{len(mixed)} answers in {seconds:.0f} s: {len(good)} good films, {len(others)} others")
    print(f"good films answered otherwise than without the hostile files: {changed(mixed, good)}")
    print("the others:", ", ".join(f"{count} {code}" for code, count in codes.most_common()))


if __name__ == "__main__":
    main()
