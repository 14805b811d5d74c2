"""Use an installed program as a user would: `python packaging/smoke.py PACKAGE.deb|FOLDER`.

Installs the package, opens films in a real window under Xvfb, drops a folder, reads every transfer
syntax, trains an epoch where the trainer is there, restarts, and removes the package again. The
environment holds nothing of this checkout; each step prints what it saw. What the program complains
of is kept beside the pictures, in `build/smoke/complaints.txt`.
"""

# ruff: noqa: T201, S603 - a script that starts the program it tests

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import smoke_films
from smoke_desktop import Hand, SmokeError, photograph, screen, wait_until
from smoke_install import default_for, installed

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "resources" / "demo"
PICTURES = ROOT / "build" / "smoke"
COMPLAINTS = PICTURES / "complaints.txt"
LONGEST_S, CLOSING_S = 900, 60
Window = subprocess.Popen[bytes]


class User:
    """Somebody with an empty home, a screen and an installed program."""

    def __init__(self, program: Path, home: Path, display: str) -> None:
        self.program, self.home, self.display = program, home, display
        self.hand = Hand(display)
        self.data = home / ".local" / "share" / "pneumo-desktop"
        self._environment = {"HOME": str(home), "DISPLAY": display, "LANG": "C.UTF-8",
                             "PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(home)}  # fmt: skip

    def ask(self, *words: str | Path) -> tuple[int, list[Any]]:
        """Run a command with `--json`; return its exit code and its lines.

        Raises:
            SmokeError: It printed something else, or did not end.
        """
        command = [self.program, *words, "--json"]
        with COMPLAINTS.open("a", encoding="utf-8") as complaints:
            try:
                done = subprocess.run(command, env=self._environment, stdout=subprocess.PIPE,
                                      stderr=complaints, text=True, timeout=LONGEST_S,
                                      check=False)  # fmt: skip
                return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]
            except subprocess.TimeoutExpired as error:
                raise SmokeError(f"{words[0]} did not end in {LONGEST_S} seconds") from error
            except ValueError as error:
                raise SmokeError(f"{words[0]} printed what is no JSON: {error}") from error

    def cases(self) -> list[Any]:
        """Return the queue."""
        return self.ask("queue", "list")[1]

    def open(self, *paths: Path) -> Window:
        """Start the window, or hand paths to the one that is open."""
        with COMPLAINTS.open("a", encoding="utf-8") as complaints:
            return subprocess.Popen([self.program, "open", *paths], env=self._environment,
                                    stderr=complaints)  # fmt: skip

    def await_cases(self, number: int) -> list[Any]:
        """Return the queue once it holds `number` cases."""
        wait_until(lambda: len(self.cases()) >= number, f"{number} answered films")
        return self.cases()

    def close(self, window: Window) -> str:
        """Close the window by its keys, or by a signal where nobody can press them; return how.

        Raises:
            SmokeError: It did not close, or not well.
        """
        if not self.hand.is_there():
            window.terminate()
            window.wait(timeout=CLOSING_S)
            return "a signal, since xdotool is missing"
        self.hand.press("Escape")  # the first window without films welcomes its reader
        time.sleep(1.0)
        self.hand.press("ctrl+q")
        try:
            code = window.wait(timeout=CLOSING_S)
        except subprocess.TimeoutExpired as error:
            window.kill()
            raise SmokeError(f"Ctrl+Q did not close the window in {CLOSING_S} seconds") from error
        if code:
            raise SmokeError(f"closed by Ctrl+Q, the window ended with {code}")
        return "Ctrl+Q, exit code 0"

    def trains(self) -> bool:
        """Return whether the trainer lies where the program looks for it."""
        home = self.program.resolve().parent
        places = (home / "pneumo-trainer", home.with_name("pneumo-trainer"))
        return any((place / "pneumo-trainer").is_file() for place in places)


def main(source: Path) -> int:
    """Try the package or folder `source` and return the exit code."""
    if not source.exists():
        print(f"There is no {source}; run: make bundle deb", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    COMPLAINTS.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder, screen() as display:
        work = Path(folder)
        home = work / "home"
        home.mkdir(mode=0o700)
        try:
            with installed(source, work / "root") as here:
                say("installed", here.how)
                user = User(here.program, home, display)
                if here.whole:
                    check_defaults(home)
                use(user, work)
                kept = state(user)
            if here.whole:
                check_removed(user, kept)
        except SmokeError as error:
            print(f"FAILED: {error}\nWhat the program said: {COMPLAINTS}", file=sys.stderr)
            return 1
    print("The installed program works.")
    return 0


def use(user: User, work: Path) -> None:
    """Do with it what a user does."""
    check_self_test(user)
    check_syntaxes(user, work / "films")
    check_window(user, work)
    check_restart(user)
    check_training(user, work)


def say(step: str, told: str) -> None:
    """Print what a step saw."""
    print(f"{step + ':':22}{told}", flush=True)


def check_defaults(home: Path) -> None:
    """Demand that a new user's desktop opens DICOM with it and pictures with something else."""
    dicom, picture = default_for("application/dicom", home), default_for("image/jpeg", home)
    if dicom and dicom != "pneumo-desktop.desktop":
        raise SmokeError(f"DICOM files are opened by {dicom}")
    entries = Path("/usr/share/applications").glob("*.desktop")
    others = [entry for entry in entries if "pneumo" not in entry.name
              and "image/jpeg" in entry.read_text(errors="replace")]  # fmt: skip
    if others and "pneumo" in picture:
        raise SmokeError(f"JPEG files are opened by {picture}, though there is {others[0].name}")
    say("default programs", f"DICOM {dicom or 'not known'}, JPEG {picture or 'not known'}")


def check_self_test(user: User) -> None:
    """Demand that it finds itself whole."""
    code, checks = user.ask("self-test")
    if code:
        raise SmokeError(f"self-test ended with {code}: {checks}")
    say("self-test", f"{len(checks)} checks passed")


def check_syntaxes(user: User, folder: Path) -> None:
    """Demand the same answer to a film however it is stored, JPEG 2000 among them."""
    files = smoke_films.write_films(folder)
    code, lines = user.ask("screen", *files.values())
    answers = {line["path"]: line["pneumonia_probability"] for line in lines}
    if code or len(answers) != len(files) or None in answers.values():
        raise SmokeError(f"screen ended with {code}: {lines}")
    plain = answers[str(smoke_films.FILM)]
    off = {syntax: abs(answers[str(path)] - plain) for syntax, path in files.items()
           if "HTJ2K" not in syntax.keyword and "High-Throughput" not in syntax.name}  # fmt: skip
    wrong = [f"{syntax.name} by {by:.4f}" for syntax, by in off.items()
             if by > (0.01 if syntax in smoke_films.LOSSY else 0.0)]  # fmt: skip
    if wrong:
        raise SmokeError(f"answers differ with the transfer syntax: {', '.join(wrong)}")
    say("screen --json", f"{len(files)} transfer syntaxes, lossless ones to the same answer "
        f"({plain:.6f}), lossy ones within {max(off.values()):.6f}")  # fmt: skip


def check_window(user: User, work: Path) -> None:
    """Demand answers to a film of the command line, a dropped folder and one handed over."""
    folders = [work / name for name in ("dropped", "handed over")]
    for folder, pattern in zip(folders, ("*normal*", "*unclear*"), strict=True):
        folder.mkdir()
        for film in DEMO.glob(f"synthetic-{pattern.strip('*')}*.*"):
            shutil.copy(film, folder)
    started = time.monotonic()
    window = user.open(DEMO / "synthetic-pneumonia-1.jpg")
    cases = user.await_cases(1)
    seconds = time.monotonic() - started
    say("window", f"{cases[0]['label']} in the queue after {seconds:.1f} s; "
        f"picture {take_picture(user, 'answered')}")  # fmt: skip
    films = len(list(folders[0].iterdir()))
    say("dropped folder", drop(user, folders[0]))
    user.await_cases(1 + films)
    say("second start", "a folder handed over")
    user.open(folders[1]).wait(timeout=60)
    user.await_cases(1 + films + len(list(folders[1].iterdir())))
    take_picture(user, "folder")
    say("closed by", user.close(window))


def drop(user: User, folder: Path) -> str:
    """Drop `folder` on the window with the mouse; without a mouse, hand it over."""
    if user.hand.is_there():
        if not user.hand.drop([folder]):
            raise SmokeError("the window refused a dropped folder")
        return "dragged by the mouse from another program's window and taken"
    user.open(folder).wait(timeout=60)
    return "not dragged, since xdotool is missing; handed over by a second start instead"


def take_picture(user: User, name: str) -> str:
    """Photograph the screen once it has been drawn."""
    time.sleep(2.0)
    return photograph(user.display, PICTURES / f"{name}.png")


def check_restart(user: User) -> None:
    """Demand the same list after a restart."""
    before = user.cases()
    window = user.open()
    if user.hand.is_there():
        wait_until(user.hand.window, "the window after a restart")
    picture = take_picture(user, "restarted")
    after = user.cases()
    user.close(window)
    if [case["id"] for case in before] != [case["id"] for case in after] or not before:
        raise SmokeError(f"{len(before)} cases before the restart, {len(after)} after it")
    say("restart", f"{len(after)} cases kept; picture {picture}")


def check_training(user: User, work: Path) -> None:
    """Demand a model after one short epoch, and an answer of it, where the trainer is there."""
    if not user.trains():
        say("training", "not tried: the trainer is not installed")
        return
    recipe = smoke_films.write_training_set(work / "learnt")
    out = work / "mine"
    words = ("--data", work / "learnt", "--recipe", recipe, "--epochs", "1", "--out", out)
    code, lines = user.ask("train", *words)
    if code or not lines or lines[-1]["stage"] != "done":
        raise SmokeError(f"train ended with {code}: {lines[-1:]}")
    code, answers = user.ask("screen", DEMO / "synthetic-pneumonia-1.jpg", "--model", out)
    if code or answers[0]["outcome"] != "case":
        raise SmokeError(f"the trained model ended with {code}: {answers}")
    say("training", f"one epoch in {len(lines)} lines; the model answers")


def state(user: User) -> dict[str, str]:
    """Return the hashes of all that the user's data folder holds."""
    return {str(path.relative_to(user.data)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(user.data.rglob("*")) if path.is_file()}  # fmt: skip


def check_removed(user: User, kept: dict[str, str]) -> None:
    """Demand that the removal left the user's data as they were."""
    if state(user) != kept or "cases.sqlite3" not in kept:
        raise SmokeError("the removal changed the user's data")
    say("removed", f"nothing under /opt; {len(kept)} files of the user's data as before")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: smoke.py PACKAGE.deb|FOLDER; or: make smoke")
    sys.exit(main(Path(sys.argv[1]).resolve()))
