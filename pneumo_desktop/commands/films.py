"""`films`: what is to be known of labelled films before a model learns from them."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pneumo_desktop.commands.common import (
    Exit,
    UsageError,
    add_json,
    chosen_package,
    complain,
    film_path,
    open_store,
    print_json,
)
from pneumo_desktop.core.abreast import Sandboxes, lanes, threads_of_each
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.labelled.examine import Examined, Unreadable, examine
from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.labelled.film_list import Listed, list_films
from pneumo_desktop.core.labelled.finding import Finding, Kind
from pneumo_desktop.core.labelled.findings import find
from pneumo_desktop.core.labelled.lot import tell_patients
from pneumo_desktop.core.labelled.patients import PatientRule
from pneumo_desktop.core.labelled.sources import films_read_here
from pneumo_desktop.core.labelled.split import CLASSES

_PROGRESS_EVERY = 100


def add(parser: ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        type=film_path,
        help="has NORMAL and PNEUMONIA; or a CSV file with path, label (and patient). "
        "Without it: the cases called here before their answer was seen",
    )
    add_json(parser)


def run(arguments: Namespace) -> Exit:
    """Look at every film and print what is found."""
    films = _listed(arguments)
    if not films:
        raise UsageError("There is no labelled film. Name a folder, or read some films first.")
    known, unreadable = _look_at(films)
    patients = tell_patients(known, PatientRule()).patients
    findings = find(known, unreadable, patients)
    if arguments.json:
        print_json(_summary(known, unreadable, patients))
        for finding in findings:
            print_json(_record(finding, unreadable if finding.kind is Kind.UNREADABLE else known))
    else:
        _print_words(_summary(known, unreadable, patients), findings)
    return Exit.REJECTED if unreadable else Exit.WELL


def _listed(arguments: Namespace) -> tuple[Listed, ...]:
    if arguments.path is None:
        with open_store() as store:
            here = films_read_here([*store.all(), *store.all(archived=True)])
        if here.seen:
            complain(f"Left out, called when the answer could have been seen: {here.seen}")
        return here.films
    try:
        return list_films(arguments.path)
    except TrainingError as error:
        raise UsageError(str(error)) from error


def _look_at(films: Sequence[Listed]) -> tuple[list[Examined], list[Unreadable]]:
    known: list[Examined] = []
    unreadable: list[Unreadable] = []
    abreast = lanes()
    classifier = LiteRtClassifier(chosen_package(None), threads_of_each(abreast))
    with Sandboxes(abreast) as read:
        for number, film in enumerate(examine(films, read, classifier, abreast), start=1):
            if isinstance(film, Examined):
                known.append(film)
            else:
                unreadable.append(film)
            if number % _PROGRESS_EVERY == 0:
                complain(f"{number} of {len(films)} films looked at")
    return known, unreadable


def _summary(
    known: Sequence[Examined], unreadable: Sequence[Unreadable], patients: Sequence[str]
) -> dict[str, Any]:
    count = Counter(CLASSES[film.listed.ill] for film in known)
    return {
        "films": len(known),
        **{name: count[name] for name in CLASSES},
        "patients": len(set(patients)),
        "unreadable": len(unreadable),
    }


def _record(finding: Finding, films: Sequence[Examined | Unreadable]) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "text": finding.text,
        "films": [str(films[place].listed.path) for place in finding.films],
        "groups": [[str(films[place].listed.path) for place in g] for g in finding.groups],
        "choices": [{"code": choice.code, "text": choice.text} for choice in finding.choices],
        "default": finding.default,
        "blocks": finding.blocks,
    }


def _print_words(summary: dict[str, Any], findings: Sequence[Finding]) -> None:
    print(", ".join(f"{value} {name}" for name, value in summary.items()))
    for finding in findings:
        print(f"\n{finding.kind}: {finding.text}")
        for choice in finding.choices:
            mark = "*" if choice.code == finding.default else "-"
            print(f"  {mark} {choice.text}")
    if not findings:
        print("Nothing was found that a model could learn wrongly.")
