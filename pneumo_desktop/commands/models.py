"""`models`: which there are, what their cards say, whether they are whole, which is used."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import msgspec

from pneumo_desktop.commands.common import (
    Exit,
    UsageError,
    add_json,
    complain,
    print_json,
    table,
)
from pneumo_desktop.commands.model_files import run_export, run_import
from pneumo_desktop.core.card import CardError, point_name
from pneumo_desktop.core.card_words import card_sections, plain_text
from pneumo_desktop.core.model_archive import SUFFIX
from pneumo_desktop.core.model_package import ModelPackage, find_package, model_folders
from pneumo_desktop.core.model_use import fitting, going_back, using
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.settings import Settings, load_settings, save_settings


def add(parser: ArgumentParser) -> None:
    """Describe the command and its actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add_json(actions.add_parser("list", help="all installed models"))
    for name, text, count in (
        ("show", "the card of a model", None),
        ("verify", "check the files of one model, or of all", "?"),
        ("use", "answer films with this model from now on", None),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("name", metavar="NAME", nargs=count)
        add_json(action)
    add_json(actions.add_parser("back", help="answer films with the model used before"))
    export = actions.add_parser("export", help="write a model to one file, for another clinic")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", metavar="FILE" + SUFFIX)
    add_json(export)
    taken = actions.add_parser("import", help="check a model's file and add the model")
    taken.add_argument("file", metavar="FILE" + SUFFIX)
    add_json(taken)


def run(arguments: Namespace) -> Exit:
    """Do the action asked for."""
    actions = {"list": _list, "show": _show, "verify": _verify, "use": _use}
    actions |= {"back": _back, "export": run_export, "import": run_import}
    return actions[arguments.action](arguments)


def _list(arguments: Namespace) -> Exit:
    names = [folder.name for folder in model_folders()]
    used = load_settings(data_dir()).model
    elsewhere = [used] if used not in names and Path(used).is_dir() else []
    return _report_all(arguments, names + elsewhere)


def _verify(arguments: Namespace) -> Exit:
    names = [arguments.name] if arguments.name else [folder.name for folder in model_folders()]
    return _report_all(arguments, names)


def _report_all(arguments: Namespace, names: list[str]) -> Exit:
    """Print a line for each model; a broken one is listed with what is wrong."""
    used = load_settings(data_dir()).model
    rows, status = [("name", "version", "in use", "state")], Exit.WELL
    for name in names:
        record = _state(name, in_use=name == used)
        if record["error"]:
            status = Exit.BROKEN
        if arguments.json:
            print_json(record)
        rows.append((name, record["version"] or "-", "yes" if name == used else "", _word(record)))
    if not arguments.json:
        print(table(rows))
    return status


def _state(name: str, *, in_use: bool) -> dict[str, Any]:
    state: dict[str, Any] = {"name": name, "version": None, "sha256": None, "in_use": in_use}
    try:
        identity = find_package(name).identity
    except CardError as error:
        return state | {"error": str(error)}
    return state | {"version": identity.version, "sha256": identity.sha256, "error": None}


def _word(record: dict[str, Any]) -> str:
    return record["error"] or "whole"


def _show(arguments: Namespace) -> Exit:
    package = find_package(arguments.name)
    if arguments.json:
        print_json(msgspec.to_builtins(package.card))
    else:
        print(plain_text(card_sections(package.card, package.plots)))
    return Exit.WELL


def _use(arguments: Namespace) -> Exit:
    package = find_package(arguments.name)
    return _answer_with(arguments, package, using(load_settings(data_dir()), package))


def _back(arguments: Namespace) -> Exit:
    settings = load_settings(data_dir())
    if settings.former is None:
        raise UsageError("No model was used before this one.")
    package = find_package(settings.former.model)
    return _answer_with(arguments, package, fitting(going_back(settings), package.card))


def _answer_with(arguments: Namespace, package: ModelPackage, settings: Settings) -> Exit:
    save_settings(data_dir(), settings)
    if arguments.json:
        print_json(_state(settings.model, in_use=True))
    else:
        complain(
            f"From now on {package.card.title} answers, at the operating point "
            f"{point_name(settings.operating_point)} and the threshold {settings.threshold:.0%}; "
            "read cases stay as they are."
        )
    return Exit.WELL
