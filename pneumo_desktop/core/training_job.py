"""What the window and the training program say to each other: a job in, lines of progress out.

The program is started with a task and the path of its job file, prints one JSON object a line on
standard output, and reads commands from standard input; the end of its input means finish.
"""

from typing import Literal

import msgspec
from msgspec import Struct

SCHEMA = 1
Task = Literal["train", "probe", "preview"]
Stage = Literal["data", "training", "calibrating", "exporting", "evaluating", "done", "failed"]
Command = Literal["pause", "resume", "finish", "cancel"]
JUDGEMENT = "judgement"  # the folder of answers, inside the run's folder
CALIBRATION_ANSWERS, TEST_ANSWERS = "calibration.csv", "test.csv"
SECONDS_EPOCH, SECONDS_FIRST_EPOCH = "seconds_epoch", "seconds_first_epoch"
SECONDS_READ, SECONDS_REST, MEMORY_BYTES = "seconds_read", "seconds_rest", "memory_bytes"


class TrainingJob(Struct, frozen=True, forbid_unknown_fields=True):
    """What `train` does, and what `probe` measures a little of.

    `data` has a folder per class (NORMAL, PNEUMONIA), or is a CSV file `path,label[,patient]
    [,split]`, whose split is taken as it is; `out` becomes a model package named `name`; `recipe`
    is a name in training/recipes. `epochs`, `batch` and `learning_rate` replace the recipe's own
    numbers where they are given; without `augment` films are learnt from as they are.

    `run` is the folder for the answers to judge the model by, `JUDGEMENT` in it; where it is empty
    they lie beside the package in `out`.training. `weights` is a file with the network's ImageNet
    weights, empty where the program may look for them; they are fetched over the network only
    where `may_download` says so.
    """

    data: str
    out: str
    recipe: str
    name: str
    epochs: int | None = None
    batch: int | None = None
    learning_rate: float | None = None
    augment: bool = True
    run: str = ""
    weights: str = ""
    may_download: bool = False
    schema: int = SCHEMA


class PreviewJob(Struct, frozen=True, forbid_unknown_fields=True):
    """What `preview` does: show what a recipe makes of films before a network learns from them.

    Film number k (from 0) becomes `film-k-0.png` in the folder `out`, as the network would see it
    unchanged, and `film-k-1.png` to `film-k-<draws>.png`, as it would see it in these epochs.
    """

    films: tuple[str, ...]
    out: str
    recipe: str
    draws: int = 3
    augment: bool = True
    schema: int = SCHEMA


class Place(Struct, frozen=True):
    """Where a file can be fetched: the host or project, `size` in bytes, and its hash in words."""

    source: str
    size: int
    hash: str


class Download(Struct, frozen=True):
    """What a job cannot go on without and may not fetch unasked, and where it would fetch it.

    The first of `places` that answers is taken. A user says yes by `TrainingJob.may_download`, or
    names the file in `TrainingJob.weights`.
    """

    what: str
    places: tuple[Place, ...]


class Progress(Struct, frozen=True, omit_defaults=True):
    """One line from the training program.

    `fraction` 0-1 is the share of the whole job; `epoch` counts from 1; `figures` names measured
    values (loss, accuracy, val_loss, val_accuracy after an epoch; auroc, ... when done; those of
    a probe are named above, each for all the films of the job); `package` is the finished model's
    folder. A job that failed for want of a download says which in `needs`.
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
    needs: Download | None = None


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
