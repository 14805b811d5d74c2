"""Putting the package on this computer as its owner would, and taking it off again."""

# ruff: noqa: S603, S607 - dpkg, found where every Debian has it

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from smoke_desktop import SmokeError

NAMES = ("pneumo-desktop", "pneumo-trainer")
OPT = Path("/opt/pneumo-desktop")


@dataclass(frozen=True)
class Installed:
    """The command, how it came there, and the function that takes it away and checks that."""

    program: Path
    how: str
    whole: bool  # by dpkg, with its desktop entries


@contextmanager
def installed(source: Path, work: Path) -> Iterator[Installed]:
    """Install `source`, a package or a bundle's folder; it is gone afterwards, whatever happens.

    As root by dpkg; otherwise the package is unpacked into `work`.
    """
    if source.is_dir():
        yield Installed(source / "pneumo-desktop", f"the folder {source.name}", whole=False)
        return
    packages = [source, *source.parent.glob(source.name.replace(NAMES[0], NAMES[1]))]
    if os.geteuid() or shutil.which("dpkg") is None:
        for package in packages:
            subprocess.run(["dpkg-deb", "-x", str(package), str(work)], check=True)
        program = work / OPT.relative_to("/") / "pneumo-desktop"
        yield Installed(program, "dpkg-deb -x, since this is not root", whole=False)
        return
    if OPT.exists():
        raise SystemExit(f"{OPT} is there already; remove the installed program first.")
    try:
        done = subprocess.run(["dpkg", "-i", *map(str, packages)], capture_output=True, text=True,
                              check=False)  # fmt: skip
        if done.returncode:
            raise SmokeError(
                f"dpkg -i ended with {done.returncode}: {done.stderr.strip()}\nWhere packages are "
                "missing that it depends on, install these (apt-get install) and start again."
            )
        names = ", ".join(package.name for package in packages)
        yield Installed(Path("/usr/bin/pneumo-desktop"), f"dpkg -i {names}", whole=True)
    finally:
        remove()


def remove() -> None:
    """Remove the packages; nothing of theirs may stay."""
    subprocess.run(["dpkg", "-r", *reversed(NAMES)], capture_output=True, check=False)
    left = [path for path in (OPT, Path("/usr/bin/pneumo-desktop"),
                              Path("/usr/share/applications/pneumo-desktop.desktop"))
            if os.path.lexists(path)]  # fmt: skip
    if left:
        raise SmokeError(f"after its removal there still is {left[0]}")


def default_for(mime: str, home: Path) -> str:
    """Return the desktop entry that opens files of a type for a new user; empty if nobody knows."""
    if shutil.which("gio") is None:
        return ""
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    told = subprocess.run(["gio", "mime", mime], env=environment, capture_output=True, text=True,
                          check=False).stdout  # fmt: skip
    first = told.splitlines()[0] if told else ""
    return first.rpartition(": ")[2] if first.startswith("Default") else ""
