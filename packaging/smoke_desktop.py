"""A desktop for the smoke run: a screen, a hand at the mouse, a camera."""

# ruff: noqa: S603, S607 - programs of the system, started without a shell

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1600, 1000
PATIENCE = 120.0  # seconds for whatever is awaited
DRAG_FROM = (WIDTH - 140, HEIGHT - 140)
MAIN_WINDOW = "Pneumo Desktop"


class SmokeError(Exception):
    """The program did not do what it should; the text says what."""


@contextmanager
def screen() -> Iterator[str]:
    """Run an Xvfb that chooses its own number, with a window manager where there is one."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        raise SystemExit("Xvfb is missing; run: sudo apt-get install xvfb xdotool openbox")
    reader, writer = os.pipe()
    command = [xvfb, "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
    server = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=[writer],
                              stderr=subprocess.DEVNULL)  # fmt: skip
    os.close(writer)
    manager = None
    try:
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
            if not number:
                raise SystemExit(f"Xvfb does not start; see what it says: {xvfb} -displayfd 1")
            name = f":{number}"
            if shutil.which("openbox"):
                manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": name},
                                           stderr=subprocess.DEVNULL)  # fmt: skip
            yield name
    finally:
        for process in (manager, server):
            if process is not None:
                process.terminate()
                process.wait()


def wait_until(ready: Callable[[], Any], what: str, every: float = 0.1) -> Any:
    """Return what `ready` returns as soon as that is true; it is asked `every` so many seconds.

    Raises:
        SmokeError: It never was.
    """
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        found = ready()
        if found:
            return found
        time.sleep(every)
    raise SmokeError(f"{what}: not within {PATIENCE:g} seconds")


class Hand:
    """The mouse and the keys, by XTest: the program cannot tell them from a person's."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    @staticmethod
    def is_there() -> bool:
        """Return whether xdotool is installed."""
        return shutil.which("xdotool") is not None

    def do(self, *words: str | int) -> str:
        """Run xdotool and return what it says; it may find nothing."""
        command = ["xdotool", *map(str, words)]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True,
                              check=False).stdout  # fmt: skip

    def window(self) -> str:
        """Return the number of the program's main window; empty where none is shown."""
        return (self.do("search", "--onlyvisible", "--name", MAIN_WINDOW).split() or [""])[-1]

    def press(self, keys: str) -> None:
        """Press keys, such as ctrl+q, in the main window."""
        self.do("windowfocus", "--sync", self.window())
        self.do("key", "--clearmodifiers", keys)

    def drop(self, paths: list[Path]) -> bool:
        """Drag `paths` from a window of another process into the main window and let go there."""
        x, y = DRAG_FROM
        script = Path(__file__).with_name("smoke_drag.py")
        command = [sys.executable, str(script), str(x), str(y), *map(str, paths)]
        environment = {**self._environment, "QT_QPA_PLATFORM": "xcb"}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True,
                              stderr=subprocess.DEVNULL) as source:  # fmt: skip
            time.sleep(2.0)
            self.do("mousemove", x + 60, y + 60, "mousedown", 1)
            for step in range(1, 26):
                self.do("mousemove", x + 60 - step * 25, y + 60 - step * 15)
                time.sleep(0.03)
            time.sleep(0.5)
            self.do("mouseup", 1)
            try:
                told, _ = source.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                source.kill()
                return False
        return told.strip() == "taken"


def photograph(display: str, picture: Path) -> str:
    """Save what the screen shows; return in words where, or why not."""
    camera = shutil.which("import")
    if camera is None:
        return "no picture: ImageMagick's import is missing"
    picture.parent.mkdir(parents=True, exist_ok=True)
    command = [camera, "-display", display, "-window", "root", str(picture)]
    done = subprocess.run(command, check=False, env={**os.environ, "HOME": str(picture.parent)})
    return (
        str(picture) if done.returncode == 0 else f"no picture: import ended with {done.returncode}"
    )
