"""Logs and crash reports: what happened to the program, never to whom.

`logs` in the data folder holds one text file for the window and one for the commands, each with
its older part, and a file for each crash. A film is named by the beginning of a hash. Of an
exception its kind and the places in the code are kept, never its words or values: they may quote a
path or a name. For the same reason what other libraries log is withheld but for who said it.
"""

import hashlib
import logging
import os
import platform
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath
from traceback import walk_tb
from typing import Any

from pneumo_desktop import __version__
from pneumo_desktop.core.cases import Case, Outcome
from pneumo_desktop.core.failures import TOLD
from pneumo_desktop.core.private import PRIVATE_FOLDER, make_private

FOLDER = "logs"
OURS = "pneumo_desktop"
_MOST_BYTES, _OLDER_FILES, _MOST_REPORTS = 1_000_000, 3, 20
_ROOTS = ("pneumo_desktop", "pneumo_training", "site-packages", "lib")


@contextmanager
def keeping_log(home: Path, role: str) -> Iterator[None]:
    """Write what is logged meanwhile to `role`.log and to stderr, and crashes to reports.

    A log that cannot be written stops nobody from reading films.
    """
    folder, format_ = home / FOLDER, _Discreet()
    with suppress(OSError):
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.WARNING)
    handlers: tuple[logging.Handler, ...] = (
        _PrivateFile(folder / f"{role}.log"),
        _CrashReports(folder, role),
        screen,
    )
    for handler in handlers:
        handler.setFormatter(format_)
    ours, others = logging.getLogger(OURS), logging.getLogger()
    kept = ours.level, ours.propagate, logging.raiseExceptions
    ours.setLevel(logging.INFO)
    ours.propagate = logging.raiseExceptions = False
    for handler in handlers:
        ours.addHandler(handler)
    others.addHandler(screen)
    try:
        ours.info("%s begins: %s", role, _versions())
        yield
    finally:
        ours.info("%s ends", role)
        ours.level, ours.propagate, logging.raiseExceptions = kept
        others.removeHandler(screen)
        for handler in handlers:
            ours.removeHandler(handler)
            handler.close()


def log_failure(what: str, error: BaseException) -> None:
    """Log an error; one that is no expected failure becomes a crash report."""
    level = logging.WARNING if isinstance(error, TOLD) else logging.CRITICAL
    logging.getLogger(OURS).log(level, "%s", what, exc_info=error)


def film_tag(outcome: Outcome) -> str:
    """Return a name for a film that tells nothing of its patient, of its content if it was read."""
    if isinstance(outcome, Case):
        return outcome.facts.sha256[:12]
    return f"at {hashlib.sha256(os.fsencode(outcome.path)).hexdigest()[:12]}"


def stack_of(error: BaseException) -> str:
    """Return the kinds of an error and of its causes, and where in the code they arose."""
    lines: list[str] = []
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        number = f" {cause.errno}" if isinstance(cause, OSError) and cause.errno else ""
        lines.append(f"{type(cause).__name__}{number}")
        for frame, line in walk_tb(cause.__traceback__):
            code = frame.f_code
            lines.append(f"  {_place(code.co_filename)}:{line} in {code.co_name}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(lines)


def _place(file: str) -> str:
    """Return a source file without the folders that are this computer's affair."""
    parts = PurePath(file).parts
    for root in _ROOTS:
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1] if parts else file


def _versions() -> str:
    return f"Pneumo Desktop {__version__}, Python {platform.python_version()}, {_system()}"


def _system() -> str:
    return f"{platform.system()} {platform.release()} {platform.machine()}"


class _Discreet(logging.Formatter):
    """Time in UTC, level, who; the words only of our own code; of an error its stack."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        mine = logging.makeLogRecord(record.__dict__)
        mine.exc_text = mine.stack_info = None
        if record.name.split(".")[0] != OURS:
            mine.msg, mine.args = "(its words are withheld)", ()
        return super().format(mine)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return stack_of(ei[1])


class _PrivateFile(RotatingFileHandler):
    """A log file of its owner only, begun with its first line."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=_MOST_BYTES, backupCount=_OLDER_FILES, encoding="utf-8", delay=True
        )

    def _open(self) -> Any:
        make_private(Path(self.baseFilename))
        return super()._open()


class _CrashReports(logging.Handler):
    """Writes a file for each critical record; the oldest files give way."""

    def __init__(self, folder: Path, role: str) -> None:
        super().__init__(logging.CRITICAL)
        self._folder, self._role = folder, role

    def emit(self, record: logging.LogRecord) -> None:
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(record.created))
        name = f"crash-{moment}-{os.getpid()}-{time.monotonic_ns() % 1_000_000:06d}.txt"
        text = f"{_versions()}\n{self._role}, thread {threading.current_thread().name}\n"
        with suppress(OSError):
            make_private(self._folder / name)
            (self._folder / name).write_text(f"{text}{self.format(record)}\n", encoding="utf-8")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-_MOST_REPORTS]:
                old.unlink()
