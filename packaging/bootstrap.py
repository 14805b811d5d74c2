"""Make a virtual environment of the pinned requirements: `python3 packaging/bootstrap.py run`.

Runs under whatever Python 3 a machine has, so that one too old can still say so. The second time
it finds its stamp and ends at once.
"""

# ruff: noqa: T201 - it speaks before anything is installed that could speak for it

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 13)
LOCKS = {
    "run": ("build", "run"),
    "train": ("build", "train"),
    "dev": ("build", "dev"),
    "reference": ("train",),  # the reference pipeline's own environment, without this project
}
COMMANDS = {
    "run": "make run",
    "train": "make train-setup",
    "dev": "make test",
    "reference": "make bench",
}


def main() -> int:
    """Install one set of requirements into a folder and return the exit code."""
    chosen = sys.argv[1] if len(sys.argv) > 1 else "run"
    folder = ROOT / (sys.argv[2] if len(sys.argv) > 2 else ".venv")
    if chosen not in LOCKS:
        return failure(f"Usage: python3 packaging/bootstrap.py {'|'.join(LOCKS)} [FOLDER]")
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return hand_over()
    stamp, content = folder / f".installed-{chosen}", fingerprint(chosen, folder)
    if interpreter(folder).exists() and stamp.exists() and stamp.read_text() == content:
        return 0
    code = make_environment(chosen, folder) or install(chosen, folder)
    if code == 0:
        stamp.write_text(content)
    return code


def hand_over() -> int:
    """Run again under a Python that suits, or say which one to install."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return subprocess.run([found, __file__, *sys.argv[1:]], check=False).returncode  # noqa: S603
    return failure(
        f"This is Python {sys.version_info[0]}.{sys.version_info[1]}; Pneumo Desktop needs "
        "Python 3.11, 3.12 or 3.13.\nInstall one, on Debian 12 and Ubuntu 24.04 with\n"
        "    sudo apt-get install python3 python3-venv\n"
        "or name it: make PYTHON=/path/to/python3.11 run"
    )


def fingerprint(chosen: str, folder: Path) -> str:
    """Return what an installation depends on, so that any change of it installs again."""
    digest = hashlib.sha256(str(folder).encode())
    for file in (*(lock_file(name) for name in LOCKS[chosen]), ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def lock_file(name: str) -> Path:
    """Return the pinned requirements of that name."""
    return ROOT / "requirements" / f"{name}.txt"


def interpreter(folder: Path) -> Path:
    """Return the environment's own Python."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment(chosen: str, folder: Path) -> int:
    """Make the virtual environment unless a working one is there."""
    if interpreter(folder).exists():
        return 0
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        return failure(
            f"This Python {version} cannot make virtual environments. On Debian and Ubuntu run\n"
            f"    sudo apt-get install python{version}-venv\nand then\n    {COMMANDS[chosen]}"
        )
    print(f"Making the virtual environment {folder.name} ...", flush=True)
    if run([sys.executable, "-m", "venv", "--clear", str(folder)]):
        return failure(
            f"The virtual environment could not be made in {folder}. See the message above; when "
            f"there is room and permission to write, run\n    {COMMANDS[chosen]}"
        )
    return 0


def install(chosen: str, folder: Path) -> int:
    """Install the pinned requirements and, but for the reference, this project itself."""
    print("Installing the pinned packages; the first time takes a minute or two ...", flush=True)
    pip = [str(interpreter(folder)), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    locks = [part for name in LOCKS[chosen] for part in ("-r", str(lock_file(name)))]
    if run([*pip, "--require-hashes", "--only-binary", ":all:", *locks]):
        return failure(
            "The packages could not be installed. Most often there is no way to the network: "
            f"check the connection (behind a proxy, set HTTPS_PROXY), then run\n"
            f"    {COMMANDS[chosen]}"
        )
    if "build" not in LOCKS[chosen]:
        return 0
    if run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]):
        return failure("Pneumo Desktop itself could not be installed; see the message above.")
    return 0


def run(command: "list[str]") -> int:
    """Run a command and return its exit code."""
    return subprocess.run(command, check=False).returncode  # noqa: S603


def failure(sentence: str) -> int:
    """Say what went wrong and what to do."""
    print(f"\n{sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
