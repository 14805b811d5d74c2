"""Does the bundle work? `python3 packaging/smoke.py dist/pneumo-desktop` under Linux with Xvfb.

Asks what a user would ask of it: `self-test`, an answer by `screen --json`, and the same film
given on the command line of the window. Needs nothing but Python, Xvfb and the bundle.
"""

# ruff: noqa: T201, S603 - a script that starts the program it tests

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FILM = "resources/demo/synthetic-pneumonia-1.jpg"
WINDOW_SECONDS = 60.0


class SmokeError(Exception):
    """The bundle did not do what it should; the text says what."""


def main(folder: Path) -> int:
    """Try the bundle in `folder` and return the exit code."""
    program = folder / "pneumo-desktop"
    film = folder / "_internal" / FILM
    if not (program.exists() and film.exists()):
        print(f"There is no bundle in {folder}; run: make bundle", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as home, display() as screen:
        environment = bare_environment(Path(home), screen)
        try:
            check_self_test(program, environment)
            answer = check_screen(program, film, environment)
            check_window(program, film, environment, answer["label"])
        except SmokeError as error:
            print(f"FAILED: {error}", file=sys.stderr)
            return 1
    print("The bundle works.")
    return 0


def bare_environment(home: Path, screen: str) -> dict[str, str]:
    """Return an environment in which nothing but the bundle's own libraries can be found."""
    return {"HOME": str(home), "PNEUMO_HOME": str(home / "state"), "DISPLAY": screen,
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(home)}  # fmt: skip


@contextmanager
def display() -> Iterator[str]:
    """Run an Xvfb that chooses its own number."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        raise SystemExit("Xvfb is missing; run: sudo apt-get install xvfb libxcb-cursor0")
    reader, writer = os.pipe()
    command = [xvfb, "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def ask(program: Path, environment: dict[str, str], *words: str) -> tuple[int, list[Any]]:
    """Run a command with `--json` and return its exit code and its lines."""
    done = subprocess.run([program, *words, "--json"], env=environment, capture_output=True,
                          text=True, timeout=180, check=False)  # fmt: skip
    if done.stderr:
        print(done.stderr, file=sys.stderr)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def check_self_test(program: Path, environment: dict[str, str]) -> None:
    """Demand that the bundle finds itself whole."""
    code, checks = ask(program, environment, "self-test")
    if code:
        raise SmokeError(f"self-test ended with {code}: {checks}")
    print(f"self-test: {len(checks)} checks passed")


def check_screen(program: Path, film: Path, environment: dict[str, str]) -> Any:
    """Demand one answered case on stdout, and return it."""
    started = time.monotonic()
    code, lines = ask(program, environment, "screen", str(film))
    if code or len(lines) != 1 or lines[0]["outcome"] != "case":
        raise SmokeError(f"screen ended with {code}: {lines}")
    print(f"screen: {lines[0]['label']}, {time.monotonic() - started:.1f} s from a cold start")
    return lines[0]


def check_window(program: Path, film: Path, environment: dict[str, str], label: str) -> None:
    """Demand that the window answers the film of its command line, then close the window."""
    window = subprocess.Popen([program, film], env=environment)
    started = time.monotonic()
    try:
        cases = wait_for_case(program, environment, window)
        if cases[0]["label"] != label:
            raise SmokeError(f"the window says {cases[0]['label']}, screen said {label}")
        print(f"window: {cases[0]['label']}, after {time.monotonic() - started:.1f} s")
        photograph(environment["DISPLAY"])
    finally:
        window.terminate()
        window.wait(timeout=30)


def wait_for_case(
    program: Path, environment: dict[str, str], window: "subprocess.Popen[bytes]"
) -> list[Any]:
    """Return the queue once a case is in it."""
    last = time.monotonic() + WINDOW_SECONDS
    while time.monotonic() < last:
        if window.poll() is not None:
            raise SmokeError(f"the window ended by itself with {window.returncode}")
        code, cases = ask(program, environment, "queue", "list")
        if code == 0 and cases:
            return cases
        time.sleep(0.5)
    raise SmokeError(f"the window answered nothing within {WINDOW_SECONDS:g} seconds")


def photograph(screen: str) -> None:
    """Save what Xvfb shows where ImageMagick is at hand; a picture to look at, not a check."""
    camera = shutil.which("import")
    if camera is None:
        print("no screenshot: ImageMagick's import is missing")
        return
    time.sleep(1.5)
    picture = Path("build/smoke.png")
    picture.parent.mkdir(exist_ok=True)
    subprocess.run([camera, "-display", screen, "-window", "root", str(picture)], check=False)
    print(f"screenshot: {picture}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
