"""What the commands share: exit statuses, the form of their output, the model they name."""

import json
import math
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from pneumo_desktop.core.card import OWN
from pneumo_desktop.core.cases import Policy
from pneumo_desktop.core.model_package import ModelPackage, find_package
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.core.store import FILE as STORE_FILE
from pneumo_desktop.core.store import CaseStore

OPERATING_POINTS = ("default", "balanced", "sensitive", "specific", OWN)


class Exit(IntEnum):
    """The contract's exit statuses."""

    WELL = 0
    REJECTED = 1
    USAGE = 2
    BROKEN = 3
    CANCELLED = 130


class UsageError(Exception):
    """The command cannot do what was asked; the text says why and what to ask for."""


class InstallationError(Exception):
    """Something this installation needs is missing; the text says what and how to get it."""


def film_path(text: str) -> Path:
    """Return a path of the command line; an empty one is a slip, not the current folder.

    Raises:
        ArgumentTypeError: It is empty.
    """
    if not text:
        raise ArgumentTypeError("an empty path names no film")
    return Path(text)


def add_json(parser: ArgumentParser) -> None:
    """Let a command print JSON."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line on stdout")


def add_model(parser: ArgumentParser) -> None:
    """Let a command use a model other than the one chosen in the settings."""
    parser.add_argument("--model", metavar="NAME", help="an installed model, or a package's folder")


def add_policy(parser: ArgumentParser, default: Policy | None) -> None:
    """Let a command take an operating point and a threshold; without `default` they stay None."""
    parser.add_argument(
        "--operating-point",
        choices=OPERATING_POINTS,
        default=default.operating_point if default else None,
        help="where Pneumonia begins, as the model's card defines it",
    )
    parser.add_argument(
        "--threshold",
        type=_share,
        default=default.threshold if default else None,
        metavar="0.70",
        help="confidence below which a film is Invalid",
    )


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def chosen_package(name: str | None) -> ModelPackage:
    """Load the model named, else the one in the settings."""
    return find_package(name or load_settings(data_dir()).model)


def open_store(initials: str | None = None) -> CaseStore:
    """Open the reader's own case database; the audit log names `initials`, else the settings'."""
    home = data_dir()
    settings = load_settings(home)
    named = settings.initials if initials is None else initials
    return CaseStore(home / STORE_FILE, named, settings.ordering)


def print_json(record: dict[str, Any]) -> None:
    """Print one object as one line, flushed; what is not a number becomes null."""
    print(json.dumps(_finite(record)), flush=True)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def print_record(record: dict[str, Any], *, as_json: bool) -> None:
    """Print one object as JSON, or a field a line."""
    if as_json:
        print_json(record)
        return
    print(table([("field", "value"), *((key, flat(value)) for key, value in record.items())]))


def flat(value: Any) -> str:
    """Return a value, or the parts of an object, in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {flat(item)}" for key, item in value.items())
    if isinstance(value, float):
        return f"{value:.4g}"
    return "-" if value is None else str(value)


def no_case(number: int) -> UsageError:
    """Return what is wrong with the number of a case."""
    return UsageError(f"There is no case {number} in the queue.")


def complain(text: str) -> None:
    """Print a sentence for the user on stderr."""
    print(text, file=sys.stderr, flush=True)


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return `rows` in columns of equal width, the first row being the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
