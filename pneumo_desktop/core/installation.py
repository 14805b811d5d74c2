"""What this installation is made of, in a few values: whoever differs was changed since."""

import hashlib
import platform
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import msgspec

from pneumo_desktop import __version__
from pneumo_desktop.core.model_package import model_folders
from pneumo_desktop.core.settings import write_whole

FILE = "self-test.json"
Fingerprint = dict[str, str]


def fingerprint() -> Fingerprint:
    """Return the versions of program, Python and packages, and what tells one model from another.

    Of a model: its card, which holds the hashes, and the sizes and times of the files beside it.
    """
    found = {"program": __version__, "python": platform.python_version()}
    found |= {f"package {name}": _version(name) for name in _packages()}
    return found | {f"model {folder.name}": _look_of(folder) for folder in model_folders()}


def _packages() -> list[str]:
    try:
        needed = requires("pneumo-desktop") or []
    except PackageNotFoundError:
        return []  # frozen or run from a checkout: what came with the program has its version
    plain = (line.split(";")[0] for line in needed if "extra ==" not in line)
    return sorted(line.split(">")[0].split("=")[0].split("!")[0].strip() for line in plain)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _look_of(folder: Path) -> str:
    look = hashlib.sha256()
    with suppress(OSError):  # what cannot be looked at, the test itself will tell
        for file in sorted(path for path in folder.iterdir() if path.is_file()):
            state = file.stat()
            look.update(f"{file.name} {state.st_size} {state.st_mtime_ns}\n".encode())
        look.update((folder / "card.json").read_bytes())
    return look.hexdigest()


def kept_fingerprint(home: Path) -> Fingerprint | None:
    """Return what was last found whole; None where nothing was, or nobody knows."""
    try:
        return msgspec.json.decode((home / FILE).read_bytes(), type=Fingerprint)
    except (OSError, msgspec.DecodeError):
        return None


def keep_fingerprint(home: Path, found: Fingerprint) -> None:
    """Keep what was found whole in `home`."""
    write_whole(home / FILE, msgspec.json.format(msgspec.json.encode(found)))
