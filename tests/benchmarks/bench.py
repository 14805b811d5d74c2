"""How much sooner than the reference pipeline is the answer there? `make bench` prints it.

Ratios only: both run on this machine, in this run, taking turns film by film, so that whatever
slows the machine slows both. Absolute times are printed to be read, never to be asserted.
"""

# ruff: noqa: T201 - a script that measures programs

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from pneumo_desktop.core.cases import Case, Policy
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import screen_one

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("reference_vgg16.py")
MOST_FILMS = 24
Times = dict[str, list[float]]


@dataclass(frozen=True)
class Row:
    """A comparison: medians in milliseconds, how many times sooner, and by how much it varies."""

    what: str
    reference: str
    reference_ms: float
    ours_ms: float
    times_sooner: float
    low: float
    high: float
    target: float | None


def row(
    what: str, reference: str, theirs: list[float], ours: list[float], target: float | None
) -> Row:
    """Return the comparison of two lists of seconds, measured turn by turn."""
    ratios = [their / our for their, our in zip(theirs, ours, strict=True)]
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    their_ms, our_ms = 1000 * median(theirs), 1000 * median(ours)
    return Row(what, reference, their_ms, our_ms, their_ms / our_ms, low, high, target)


def table(rows: list[Row]) -> str:
    """Return the rows as text."""
    heading = ("", "reference", "ms", "ours ms", "times sooner", "quartiles", "target")
    cells = [heading] + [
        (r.what, r.reference, f"{r.reference_ms:.0f}", f"{r.ours_ms:.0f}", f"{r.times_sooner:.1f}",
         f"{r.low:.1f}-{r.high:.1f}", f"at least {r.target:g}" if r.target else "")
        for r in rows
    ]  # fmt: skip
    widths = [max(len(line[column]) for line in cells) for column in range(len(heading))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


def find_films(chosen: Path | None) -> list[Path]:
    """Return films at their native size: those named, else the radiographs of development."""
    data = Path(os.environ.get("PNEUMO_DATA") or ROOT.parent / "shared" / "data")
    for folder in (chosen, data / "kermany_native", ROOT / "resources" / "demo"):
        if folder and folder.is_dir():
            films = sorted(f for f in folder.rglob("*.jp*g") if "no-chest" not in f.name)
            return films[:: max(1, len(films) // MOST_FILMS)][:MOST_FILMS]
    raise SystemExit("No films found; name a folder: make bench FILMS=/path/to/films")


@contextmanager
def reference_server(python: Path, model: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run the reference in its own environment, its network loaded."""
    command: list[str | Path] = [python, SCRIPT, "serve", model]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        if ask(server, "") != "ready":
            raise SystemExit("The reference pipeline did not start; remove build/ and try again.")
        yield server
    finally:
        server.kill()
        server.wait()


def ask(server: "subprocess.Popen[str]", line: str) -> str:
    """Send one line, where there is one, and return the answer."""
    if server.stdin is None or server.stdout is None:
        raise RuntimeError("the server was started without pipes")
    if line:
        server.stdin.write(line + "\n")
        server.stdin.flush()
    return server.stdout.readline().strip()


def measure_warm(films: list[Path], python: Path, model: Path, rounds: int) -> Times:
    """Return seconds from file to answer for each pipeline, film by film in turn."""
    times: Times = {"ours": [], "predict": [], "tf_function": []}
    with Sandbox() as read, reference_server(python, model) as server:
        classifier = LiteRtClassifier(find_package(DEFAULT_MODEL))
        for turn in range(rounds + 1):  # the first turn warms caches and is not counted
            for film in films if turn else films[:3]:
                started = time.perf_counter()
                outcome = screen_one(film, read, classifier, Policy())
                spent = time.perf_counter() - started
                if not isinstance(outcome, Case):
                    raise SystemExit(f"{film.name}: {outcome.reason.text}")
                theirs = {way: float(ask(server, f"{way} {film}")) for way in list(times)[1:]}
                if turn:
                    for way, seconds in {"ours": spent, **theirs}.items():
                        times[way].append(seconds)
    return times


def measure_cold(film: Path, python: Path, model: Path, rounds: int) -> Times:
    """Return seconds from the start of a process to its answer, in turn."""
    commands: dict[str, list[str | Path]] = {
        "ours": [sys.executable, "-m", "pneumo_desktop", "screen", film, "--json"],
        "predict": [python, SCRIPT, "once", model, film],
    }
    times: Times = {way: [] for way in commands}
    # both may keep their compiled modules, as on any user's machine; the uncounted turn writes them
    usual = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as home:
        for turn in range(rounds + 1):
            for way, command in commands.items():
                seconds = until_first_line(command, {**usual, "PNEUMO_HOME": home})
                if turn:
                    times[way].append(seconds)
    return times


def until_first_line(command: list[str | Path], environment: dict[str, str]) -> float:
    """Return seconds until a program has printed its first line."""
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        line = process.stdout.readline() if process.stdout else ""
        seconds = time.perf_counter() - started
    if not line:
        raise SystemExit(f"{command[1:3]} gave no answer; run it by hand to see why.")
    return seconds


def main() -> None:
    """Measure, print the table and keep it in build/bench.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=Path, required=True, help="its virtual environment")
    parser.add_argument("--films", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    python = ROOT / arguments.reference / "bin" / "python"
    model = ROOT / arguments.reference / "vgg16.keras"
    if not model.exists():
        subprocess.run([python, SCRIPT, "make", model], check=True)
    films = find_films(arguments.films)
    warm = measure_warm(films, python, model, arguments.rounds)
    cold = measure_cold(films[0], python, model, 2 * arguments.rounds)
    rows = [
        row("warm file to answer", "VGG16 model.predict", warm["predict"], warm["ours"], 8),
        row("warm file to answer", "VGG16 tf.function", warm["tf_function"], warm["ours"], None),
        row("process start to answer", "VGG16 model.predict", cold["predict"], cold["ours"], 5),
    ]
    print(table(rows))
    facts = {
        "films": len(films),
        "from": Path(os.path.commonpath(films)).name,
        "rounds": arguments.rounds,
        "model": DEFAULT_MODEL,
        "processors": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "litert": version("ai-edge-litert"),
    }
    file = ROOT / "build" / "bench.json"
    file.write_text(json.dumps({**facts, "rows": [asdict(r) for r in rows]}, indent=2) + "\n")
    print(f"{len(films)} films, {arguments.rounds} turns; the reference's weights are random.")


if __name__ == "__main__":
    main()
