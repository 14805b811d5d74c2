"""`evaluate`: measure the model on labelled films."""

import csv
import io
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from pneumo_desktop.commands.common import (
    Exit,
    UsageError,
    add_json,
    add_model,
    chosen_package,
    complain,
    print_json,
    table,
)
from pneumo_desktop.commands.records import outcome_record
from pneumo_desktop.core.abreast import Sandboxes, lanes, threads_of_each
from pneumo_desktop.core.cases import Label, Policy
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.evaluation import LabelledOutcome, evaluate
from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.screening import screen
from pneumo_desktop.core.settings import write_whole

CLASSES = (("NORMAL", Label.NORMAL), ("PNEUMONIA", Label.PNEUMONIA))
COLUMNS = (
    "path", "truth", "outcome", "raw_label", "label", "pneumonia_probability",
    "chest_probability", "severity", "reason",
)  # fmt: skip
MEANINGS = {
    "n": "films that could be read, all of them counted; n_rejected could not",
    "auroc": "how often a film with pneumonia has the higher probability of two; 0.5 is chance",
    "accuracy": "share called right",
    "sensitivity": "share of the PNEUMONIA films called Pneumonia",
    "specificity": "share of the NORMAL films called Normal",
    "ece": "calibration error, how far confidences are from what came true; 0 is best",
    "brier": "mean squared error of the probability; 0 is best",
    "coverage": "share answered Normal or Pneumonia at the threshold, Invalid left out",
    "selective_accuracy": "share right of those answered",
}
_PROGRESS_EVERY = 100


def add(parser: ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="has NORMAL and PNEUMONIA")
    add_model(parser)
    parser.add_argument("--predictions", metavar="FILE.csv", type=Path, help="a line for each film")
    add_json(parser)


def run(arguments: Namespace) -> Exit:
    """Answer all films of the two folders and print the figures."""
    labelled = _labelled_paths(arguments.folder)
    if arguments.predictions:
        _check_writable(arguments.predictions)
    abreast = lanes()
    classifier = LiteRtClassifier(chosen_package(arguments.model), threads_of_each(abreast))
    films = []
    with Sandboxes(abreast) as read:
        outcomes = screen((path for path, _ in labelled), read, classifier, Policy(), abreast)
        for (_, truth), outcome in zip(labelled, outcomes, strict=True):
            films.append(LabelledOutcome(outcome, truth))
            if len(films) % _PROGRESS_EVERY == 0:
                complain(f"{len(films)} of {len(labelled)} films answered")
    figures = evaluate(films, classifier.card)
    if arguments.predictions:
        write_whole(arguments.predictions, predictions_csv(films))
    if arguments.json:
        print_json(figures)
    else:
        print(_as_text(figures))
    return Exit.REJECTED if figures["n_rejected"] else Exit.WELL


def _check_writable(file: Path) -> None:
    """Say now, not after an hour of films, that the predictions cannot be kept."""
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise UsageError(f"{file} cannot be written. Name a file in a folder that can.")


def _labelled_paths(folder: Path) -> list[tuple[Path, Label]]:
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.")
    found = [
        (path, label)
        for name, label in CLASSES
        if (folder / name).is_dir()
        for path in find_files([folder / name])
    ]
    if not found:
        raise UsageError(f"{folder} has no films in folders named NORMAL and PNEUMONIA.")
    return found


def predictions_csv(films: Sequence[LabelledOutcome]) -> bytes:
    """Return one line for each film, under `COLUMNS`."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for film in films:
        record = outcome_record(film.outcome)
        record["truth"] = film.truth.value
        record["reason"] = record["reason"]["code"] if record["reason"] else ""
        writer.writerow({column: record[column] for column in COLUMNS})
    return text.getvalue().encode("utf-8", "surrogateescape")


def _as_text(figures: dict[str, object]) -> str:
    rows = [("figure", "value", "95 % interval")]
    for name, value in figures.items():
        if isinstance(value, dict) and "low" in value:
            interval = f"{value['low']:.4f} to {value['high']:.4f}"
            rows.append((name, f"{value['value']:.4f}", interval))
        elif isinstance(value, float):
            rows.append((name, f"{value:.4f}", ""))
        elif isinstance(value, int):
            rows.append((name, str(value), ""))
    meanings = [f"{name}: {meaning}." for name, meaning in MEANINGS.items() if name in figures]
    return "\n".join([table(rows), "", *meanings])
