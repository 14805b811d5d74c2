"""`train` and `convert`: start the training program, a process of its own; pass its words on."""

import re
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import Literal

import msgspec

from pneumo_desktop.commands.common import Exit, UsageError, add_json, complain
from pneumo_desktop.core.model_package import PLOTS
from pneumo_desktop.core.trainer_location import locate_trainer
from pneumo_desktop.core.training_job import Progress, TrainingJob, decode_progress

DEFAULT_RECIPE = "efficientnet_lite0"
_STEP = 0.05  # of the whole job, after which the same count is told again
KILLED = (
    "The training program was ended from outside (signal {signal}); often the memory ran out. "
    "Close other programs and run the same command again: training goes on where it stopped."
)


def add_train(parser: ArgumentParser) -> None:
    """Describe `train`."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        required=True,
        help="has NORMAL and PNEUMONIA; or a CSV file with path, label (and patient)",
    )
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="becomes the model package"
    )
    parser.add_argument(
        "--recipe",
        metavar="NAME",
        default=DEFAULT_RECIPE,
        help=f"{DEFAULT_RECIPE} (as shipped), vgg16_reference, or vgg16_cached, its fast variant",
    )
    parser.add_argument("--epochs", metavar="N", type=_count, help="instead of the recipe's number")
    parser.add_argument("--batch", metavar="N", type=_count, help="films a step, likewise")
    parser.add_argument("--learning-rate", metavar="X", type=_rate, help="likewise")
    parser.add_argument(
        "--unchanged", action="store_true", help="learn from the films without changing them"
    )
    parser.add_argument(
        "--weights", metavar="FILE", type=Path, help="the network's ImageNet weights"
    )
    parser.add_argument(
        "--download", action="store_true", help="fetch these weights where they are not at hand"
    )
    add_json(parser)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0.0 < rate < 10.0:
        raise ArgumentTypeError(f"{text!r} is not a number above 0 and below 10")
    return rate


def add_convert(parser: ArgumentParser) -> None:
    """Describe `convert`."""
    parser.add_argument("model", metavar="MODEL.keras", type=Path)
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="becomes the model package"
    )
    add_json(parser)


def run_train(arguments: Namespace) -> Exit:
    """Train a model and report its progress, a line at a time."""
    if not arguments.data.exists():
        raise UsageError(f"There is no folder or list {arguments.data} of labelled films.")
    _check_free(arguments.out)
    job = TrainingJob(
        data=str(arguments.data.resolve()),
        out=str(arguments.out.resolve()),
        recipe=arguments.recipe,
        name=_package_name(arguments.out),
        epochs=arguments.epochs,
        batch=arguments.batch,
        learning_rate=arguments.learning_rate,
        augment=not arguments.unchanged,
        weights=str(arguments.weights.resolve()) if arguments.weights else "",
        may_download=arguments.download,
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "job.json"
        file.write_bytes(msgspec.json.encode(job))
        return _run("train", [str(file)], as_json=arguments.json)


def _check_free(out: Path) -> None:
    """Refuse to write a package over anything else."""
    occupied = out.is_file() or (out.is_dir() and any(out.iterdir()))
    if occupied and not (out / "card.json").is_file():
        raise UsageError(f"{out} holds something else. Name an empty or a new folder.")


def _package_name(folder: Path) -> str:
    """Return a name that a card allows, made from the folder's."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in folder.resolve().name.lower())
    return kept.strip("-")[:64] or "model"


def run_convert(arguments: Namespace) -> Exit:
    """Turn a Keras model into a model package."""
    if not arguments.model.is_file():
        raise UsageError(f"There is no model {arguments.model}.")
    _check_free(arguments.out)
    words = [str(arguments.model.resolve()), "--out", str(arguments.out.resolve())]
    return _run("convert", words, as_json=arguments.json)


def _run(task: Literal["train", "convert"], words: list[str], *, as_json: bool) -> Exit:
    location = locate_trainer(task)
    command = [location.program, *location.arguments, *words]
    with subprocess.Popen(  # noqa: S603 - our own program, and no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=location.environment()
    ) as process:
        try:
            told: Progress | None = None
            for line in process.stdout or ():
                told = _show(line, told, as_json=as_json)
        except KeyboardInterrupt:
            process.terminate()
            raise
    if process.returncode < 0:  # it had no chance to say why
        complain(KILLED.format(signal=-process.returncode))
    known = (Exit.WELL, Exit.USAGE, Exit.CANCELLED)
    return Exit(process.returncode) if process.returncode in known else Exit.BROKEN


def _show(line: bytes, told: Progress | None, *, as_json: bool) -> Progress | None:
    """Pass a line on; return what the user was told last."""
    progress = decode_progress(line)
    if progress is None:  # a library printed; not ours to promise
        complain(line.decode("utf-8", "replace").rstrip())
        return told
    if as_json:
        sys.stdout.write(line.decode())
        sys.stdout.flush()
    elif _is_news(progress, told):
        print(_words(progress), flush=True)
    else:
        return told
    return progress


def _is_news(progress: Progress, told: Progress | None) -> bool:
    """Tell another line from a sign of life, or from the same count a little further."""
    if told is None or progress.figures or _subject(progress) != _subject(told):
        return True
    return (progress.fraction or 0.0) - (told.fraction or 0.0) >= _STEP


def _subject(progress: Progress) -> tuple[object, ...]:
    uncounted = re.sub(r"\d+", "", progress.text)
    return progress.stage, progress.epoch, uncounted, progress.package


def _words(progress: Progress) -> str:
    share = "" if progress.fraction is None else f"{progress.fraction:4.0%} "
    figures = ", ".join(f"{name} {value:.4f}" for name, value in progress.figures.items())
    said = " ".join(filter(None, (progress.text, f"({figures})" if figures else "")))
    said = f"{share}{progress.stage}: {said}"
    if progress.package:
        said += f"\nIt lies in {progress.package}; use it with: models use {progress.package}"
        if (Path(progress.package) / PLOTS).is_dir():
            said += f"\nPlots of the films kept apart: {Path(progress.package, PLOTS, '*.png')}"
    return said
