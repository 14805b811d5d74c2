"""What the window and the training program say to each other: a job in, lines of progress out.

The program is started with the path of a job file, prints one JSON object a line on standard
output, and reads commands from standard input; the end of its input means finish.
"""

from typing import Literal

import msgspec
from msgspec import Struct

SCHEMA = 1
Stage = Literal["data", "training", "calibrating", "exporting", "evaluating", "done", "failed"]
Command = Literal["pause", "resume", "finish", "cancel"]


class TrainingJob(Struct, frozen=True, forbid_unknown_fields=True):
    """One run of the training program.

    `data` has a folder per class (NORMAL, PNEUMONIA); `out` becomes a model package named `name`;
    `recipe` is a name in training/recipes; `epochs` None keeps the recipe's own number.
    """

    data: str
    out: str
    recipe: str
    name: str
    epochs: int | None = None
    schema: int = SCHEMA


class Progress(Struct, frozen=True, omit_defaults=True):
    """One line from the training program.

    `fraction` 0-1 is the share of the whole job; `epoch` counts from 1; `figures` names measured
    values (loss, accuracy, val_loss, val_accuracy after an epoch; auroc, ... when done);
    `package` is the finished model's folder.
    """

    stage: Stage
    text: str = ""
    fraction: float | None = None
    epoch: int | None = None
    epochs: int | None = None
    step: int | None = None
    steps: int | None = None
    figures: dict[str, float] = {}
    package: str | None = None


class CommandLine(Struct, frozen=True):
    """One line to the training program."""

    command: Command


def encode_line(message: Progress | CommandLine) -> bytes:
    """Return `message` as one line of JSON."""
    return msgspec.json.encode(message) + b"\n"


def decode_progress(line: bytes) -> Progress | None:
    """Return the progress in `line`, or None for anything else a library may have printed."""
    try:
        return msgspec.json.decode(line, type=Progress)
    except msgspec.DecodeError:
        return None


def decode_command(line: bytes) -> Command | None:
    """Return the command in `line`, or None where it holds none."""
    try:
        return msgspec.json.decode(line, type=CommandLine).command
    except msgspec.DecodeError:
        return None
