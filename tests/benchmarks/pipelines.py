"""One film at a time: this program and the Keras pipelines, taking turns; and the memory of each.

Whatever slows the machine slows all of them. The Keras pipelines run in an environment of their
own, without this project.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from pneumo_desktop.core.cases import Case, Policy
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import Reader, screen_one
from tests.benchmarks.rows import FLOOR, FUNCTION, OURS, OWN, PREDICT
from tests.survival.processes import descendants

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("reference_vgg16.py")
Turns = dict[str, list[float]]
Command = list[str | Path]


@contextmanager
def keras_server(python: Path, model: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run a Keras pipeline, its network loaded."""
    command: Command = [python, SCRIPT, "serve", model]
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


def warm(films: list[Path], python: Path, models: tuple[Path, Path], turns: int) -> Turns:
    """Return milliseconds from file to answer for each pipeline, film by film in turn.

    `models` are the reference's and our own as Keras files; the floor decodes in its own process.
    """
    vgg, own = models
    found: Turns = {name: [] for name in (OURS, PREDICT, FUNCTION, OWN, FLOOR)}
    with (
        Sandbox() as read,
        keras_server(python, vgg) as reference,
        keras_server(python, own) as plain,
    ):
        classifier = LiteRtClassifier(find_package(DEFAULT_MODEL))
        for turn in range(turns + 1):  # the first turn warms caches and is not counted
            for film in films if turn else films[:3]:
                spent = {
                    OURS: _answered(film, read, classifier),
                    PREDICT: float(ask(reference, f"predict {film}")),
                    FUNCTION: float(ask(reference, f"tf_function {film}")),
                    OWN: float(ask(plain, f"predict {film}")),
                    FLOOR: _answered(film, read_film, classifier),
                }
                for name, seconds in spent.items() if turn else ():
                    found[name].append(1000 * seconds)
    return found


def _answered(film: Path, read: Reader, classifier: LiteRtClassifier) -> float:
    started = time.perf_counter()
    outcome = screen_one(film, read, classifier, Policy())
    spent = time.perf_counter() - started
    if not isinstance(outcome, Case):
        raise SystemExit(f"{film.name}: {outcome.reason.text}")
    return spent


def commands(film: Path, python: Path, models: tuple[Path, Path]) -> dict[str, Command]:
    """Return how each pipeline answers one film from nothing."""
    return {
        OURS: [sys.executable, "-m", "pneumo_desktop", "screen", film, "--json"],
        PREDICT: [python, SCRIPT, "once", models[0], film],
        OWN: [python, SCRIPT, "once", models[1], film],
    }


def cold(starts: dict[str, Command], turns: int) -> tuple[Turns, Turns]:
    """Return milliseconds from the start of a process to its answer, and its peak memory in MB."""
    times: Turns = {name: [] for name in starts}
    memory: Turns = {name: [] for name in starts}
    # both may keep their compiled modules, as on any user's machine; the uncounted turn writes them
    usual = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as home:
        for turn in range(turns + 1):
            for name, command in starts.items():
                seconds, peak = until_first_line(command, {**usual, "PNEUMO_HOME": home})
                if turn:
                    times[name].append(1000 * seconds)
                    memory[name].append(peak)
    return times, memory


def peak_of_folder(film: Path) -> float:
    """Return the peak memory in MB of this program and its children over a film's whole folder."""
    command: Command = [sys.executable, "-m", "pneumo_desktop", "screen", film.parent, "--json"]
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            command, env={**os.environ, "PNEUMO_HOME": home}, cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with process, watching_memory(process.pid) as peaks:
            process.wait()
    return sum(peaks.values())


def until_first_line(command: Command, environment: dict[str, str]) -> tuple[float, float]:
    """Return seconds until a program has printed its first line, and its peak memory in MB."""
    started = time.perf_counter()
    started_as = subprocess.Popen(
        command, env=environment, cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with started_as as process, watching_memory(process.pid) as peaks:
        line = process.stdout.readline() if process.stdout else ""
        seconds = time.perf_counter() - started
    if not line:
        raise SystemExit(f"{command[1:3]} gave no answer; run it by hand to see why.")
    return seconds, sum(peaks.values())


@contextmanager
def watching_memory(pid: int) -> Iterator[dict[int, float]]:
    """Yield the most memory, in MB, that a process and each one below it held, by /proc.

    Shared pages count in each of them. Looking costs the watched program next to nothing.
    """
    peaks: dict[int, float] = {}
    ended = Event()

    def look() -> None:
        for one in (pid, *descendants(pid)):
            peaks[one] = max(peaks.get(one, 0.0), _peak_mb(one))

    def keep_looking() -> None:
        while not ended.wait(0.05):
            look()

    thread = Thread(target=keep_looking, daemon=True)
    thread.start()
    try:
        yield peaks
        look()
    finally:
        ended.set()
        thread.join()


def _peak_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    held = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(held[0]) / 1024 if held else 0.0
