"""`self-test`: is this installation whole?"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator

from pneumo_desktop.commands.common import Exit, add_json, open_store, print_json, table
from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.cases import Case, Policy
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package, model_folders
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import screen
from pneumo_desktop.core.store_schema import StoreError

Check = tuple[str, Callable[[], str]]


def add(parser: ArgumentParser) -> None:
    """Describe the command."""
    add_json(parser)


def run(arguments: Namespace) -> Exit:
    """Run every check and return whether all passed."""
    results = list(_results())
    if arguments.json:
        for name, problem in results:
            print_json({"check": name, "passed": not problem, "problem": problem or None})
    else:
        print(table([("check", "result"), *((name, text or "passed") for name, text in results)]))
    return Exit.BROKEN if any(problem for _, problem in results) else Exit.WELL


def _results() -> Iterator[tuple[str, str]]:
    """Yield each check's name and what is wrong, empty where nothing is."""
    checks: list[Check] = [
        ("models", _models),
        ("decoders", _decoders),
        ("demo films answered", _demo),
        ("case database", _store),
    ]
    for name, check in checks:
        try:
            yield name, check()
        except (CardError, StoreError, FileNotFoundError) as error:
            yield name, str(error)


def _models() -> str:
    for folder in model_folders():
        find_package(str(folder.name))
    find_package(DEFAULT_MODEL)
    return ""


def _decoders() -> str:
    from pneumo_desktop.core.dicom import missing_decoders  # noqa: PLC0415 - pydicom is slow

    missing = missing_decoders()
    return f"no decoder for {', '.join(missing)}" if missing else ""


def _demo() -> str:
    """The whole way of a film, child process included; what is answered is not judged here."""
    films = [p for p in find_files([resource("demo")]) if p.suffix in {".dcm", ".jpg", ".png"}]
    classifier = LiteRtClassifier(find_package(DEFAULT_MODEL))
    with Sandbox() as read:
        outcomes = list(screen(films, read, classifier, Policy()))
    unread = [o.path.name for o in outcomes if not isinstance(o, Case)]
    if unread or not films:
        return f"could not be read: {', '.join(unread) or 'no film there'}"
    return ""


def _store() -> str:
    with open_store() as store:
        state = store.check()
    return "" if state == "ok" else f"{state}. Keep a copy of the data folder before going on."
