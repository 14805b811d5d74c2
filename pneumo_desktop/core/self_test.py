"""Is this installation whole? Every check is a line: what was looked at, and what is wrong."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core import golden
from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.failures import TOLD
from pneumo_desktop.core.installation import fingerprint, keep_fingerprint, kept_fingerprint
from pneumo_desktop.core.model_package import (
    DEFAULT_MODEL,
    find_package,
    load_package,
    model_folders,
)
from pneumo_desktop.core.private import PRIVATE_FOLDER, open_to_others
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import Reader
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.core.store import FILE as STORE_FILE
from pneumo_desktop.core.store import CaseStore

LEAST_FREE_MB = 200


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found; it passed where `problem` is empty."""

    check: str
    problem: str = ""
    detail: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problem


Word = str | Result  # what is being looked at, or what was found
_Check = Callable[[Path], Iterator[Word]]


def self_test(home: Path) -> Iterator[Word]:
    """Check the installation and the data in `home`, a word at a time; stop asking to cancel.

    Where all is well, `home` keeps what was tested, for `self_test_if_changed`.
    """
    before = fingerprint()
    well = True
    for name, check in _CHECKS:
        try:
            for word in check(home):
                well = well and (isinstance(word, str) or word.passed)
                yield word
        except Exception as error:  # noqa: BLE001 - a check that fails in any way has failed
            well = False
            told = isinstance(error, (*TOLD, FileNotFoundError))
            yield Result(name, str(error) if told else f"not to be tested ({type(error).__name__})")
    if well:
        keep_fingerprint(home, before)


def self_test_if_changed(home: Path) -> Iterator[Word]:
    """Check as `self_test` does, unless all was well with the same program, packages and models."""
    if kept_fingerprint(home) != fingerprint():
        yield from self_test(home)


def _models(home: Path) -> Iterator[Word]:
    folders = list(model_folders())
    used = Path(load_settings(home).model)
    if used.is_absolute() and used not in folders:
        folders.append(used)
    for folder in folders:
        yield f"Checking the files of the model {folder.name}"
        name = f"model {folder.name}"
        try:
            identity = load_package(folder).identity
            yield Result(name, detail=f"{identity.version}, SHA-256 {identity.sha256[:12]}")
        except CardError as error:
            yield Result(name, str(error))
    if DEFAULT_MODEL not in {folder.name for folder in folders}:
        yield Result(f"model {DEFAULT_MODEL}", "missing; install Pneumo Desktop again.")


def _decoders(_home: Path) -> Iterator[Word]:
    yield "Looking for the decoders"
    from pneumo_desktop.core.decode import decoders  # noqa: PLC0415 - pydicom is slow to load

    for name, present in decoders().items():
        problem = "" if present else "missing; films like this cannot be read. Install again."
        yield Result(f"decoder {name}", problem, "present" if present else "")


def _answers(_home: Path) -> Iterator[Word]:
    """The whole way of a film, child process included."""
    films: dict[Path, Film] = {}
    kept = golden.load_answers()
    with ExitStack() as stack:
        read = stack.enter_context(Sandbox())
        for name, wanted in kept.items():
            yield from _answers_of(name, wanted, _once(read, films))


def _once(read: Reader, films: dict[Path, Film]) -> Reader:
    """Return a reader that decodes each film only for the first model that asks."""

    def read_once(path: Path) -> Film:
        if path not in films:
            films[path] = read(path)
        return films[path]

    return read_once


def _answers_of(name: str, wanted: golden.GoldenAnswers, read: Reader) -> Iterator[Word]:
    check = f"answers of {name} to the demo films"
    yield f"Loading the model {name}"
    try:
        package = find_package(name)
    except CardError as error:
        yield Result(check, str(error))
        return
    if package.card.version != wanted.version:
        yield Result(check, f"version {package.card.version} is not {wanted.version}, as shipped")
        return
    found: dict[str, golden.Values] = {}
    for film, values in golden.answers(read, LiteRtClassifier(package)):
        yield f"{name} answered {film}"
        if isinstance(values, str):
            yield Result(check, f"{film}: {values}")
            return
        found[film] = values
    wrong = golden.differences(wanted.films, found)
    yield Result(check, "; ".join(wrong), "" if wrong else f"all {len(found)} as shipped")


def _database(home: Path) -> Iterator[Word]:
    yield "Checking the case database"
    with CaseStore(home / STORE_FILE) as store:
        state = store.check()
        count = store.count()
    problem = "" if state == "ok" else f"{state}. Keep a copy of the data folder before going on."
    yield Result("case database", problem, f"{count:,} cases")


def _audit(home: Path) -> Iterator[Word]:
    yield "Checking the audit log"
    with CaseStore(home / STORE_FILE) as store:
        wrong = store.check_audit_log()
    problem = f"{wrong}. Somebody changed the log outside this program; keep a copy of it."
    yield Result("audit log", problem if wrong else "", "one unbroken chain")


def _folder(home: Path) -> Iterator[Word]:
    seen, check = [path.name for path in open_to_others(home)], "data folder"
    if why := _unwritable(home):
        yield Result(check, f"{home} cannot be written ({why}). Check its permissions.")
        return
    problem = f"other users may use {', '.join(seen[:3])}. Move it to a disk that knows rights."
    state = "its owner's only" if os.name == "posix" else "as closed as the user's profile"
    yield Result(check, problem if seen else "", state)


def _unwritable(home: Path) -> str:
    """Return why nothing can be kept in the data folder, empty where it can."""
    try:
        home.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"self-test")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _space(home: Path) -> Iterator[Word]:
    free = shutil.disk_usage(home).free // 1_000_000
    problem = f"only {free} MB are free for the data folder; make room."
    yield Result("free space", problem if free < LEAST_FREE_MB else "", f"{free:,} MB")


_CHECKS: tuple[tuple[str, _Check], ...] = (
    ("models", _models),
    ("decoders", _decoders),
    ("demo films answered", _answers),
    ("case database", _database),
    ("audit log", _audit),
    ("data folder", _folder),
    ("free space", _space),
)
