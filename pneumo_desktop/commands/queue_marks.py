"""`queue unread`, `flag`, `archive` and `erase`: marks beside the call."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from pneumo_desktop.commands.common import UsageError, add_json, no_case, open_store, print_json
from pneumo_desktop.commands.records import printable, status_words, stored_record
from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.marks import Change, archiving, flagging, uncalled

if TYPE_CHECKING:
    from argparse import _SubParsersAction

ERASING = (
    "{n} will be taken off this computer's list for good, with call and note. The film files stay; "
    "the audit log keeps that it was there. There is no way back."
)


def add(actions: "_SubParsersAction[ArgumentParser]") -> None:
    """Describe the actions."""
    _add(actions, "unread", "take your call back")
    flag = _add(actions, "flag", "flag cases, to come back to")
    flag.add_argument("--off", action="store_true", help="take the flag off")
    archive = _add(actions, "archive", "put cases out of the list")
    archive.add_argument("--off", action="store_true", help="back into the list")
    erase = _add(actions, "erase", "forget cases for good; film files stay")
    erase.add_argument("--yes", action="store_true", help="do not ask")


def _add(actions: "_SubParsersAction[ArgumentParser]", name: str, text: str) -> ArgumentParser:
    action = actions.add_parser(name, help=text)
    action.add_argument("id", type=int, nargs="+")
    action.add_argument("--initials", metavar="XX", help="who does it, for the audit log")
    add_json(action)
    return action


def _mark(arguments: Namespace, change: Change) -> None:
    with open_store(arguments.initials) as store:
        for number in arguments.id:
            try:
                _tell(store.mark(number, change), as_json=arguments.json)
            except KeyError:
                raise no_case(number) from None


def _tell(stored: StoredCase, *, as_json: bool) -> None:
    if as_json:
        print_json(stored_record(stored))
        return
    archived = ", in the archive" if stored.archived else ""
    name = printable(stored.outcome.path.name)
    print(f"Case {stored.id} ({name}): {status_words(stored)}{archived}")


def _erase(arguments: Namespace) -> None:
    with open_store(arguments.initials) as store:
        for number in arguments.id:
            try:
                store.get(number)
            except KeyError:
                raise no_case(number) from None
        if not arguments.yes:
            _ask(len(set(arguments.id)))
        erased = store.erase(dict.fromkeys(arguments.id))
    if arguments.json:
        for number in dict.fromkeys(arguments.id):
            print_json({"id": number, "erased": True})
    else:
        print(f"{_cases(len(erased))} erased.")


def _ask(count: int) -> None:
    """Ask whoever sits at the terminal.

    Raises:
        UsageError: Nobody does, or the answer is not yes.
    """
    if not sys.stdin.isatty():
        raise UsageError("Nothing was erased. Add --yes to erase without being asked.")
    sys.stderr.write(f"{ERASING.format(n=_cases(count))}\nErase? Type yes: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() != "yes":
        raise UsageError("Nothing was erased.")


def _cases(count: int) -> str:
    return f"{count} case" if count == 1 else f"{count} cases"


ACTIONS = {
    "unread": lambda arguments: _mark(arguments, uncalled),
    "flag": lambda arguments: _mark(arguments, flagging(on=not arguments.off)),
    "archive": lambda arguments: _mark(arguments, archiving(on=not arguments.off)),
    "erase": _erase,
}
