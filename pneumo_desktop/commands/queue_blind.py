"""Blind first on the command line: answers to films not called yet wait there too."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from typing import Any

from pneumo_desktop.commands.records import hidden_cells, hidden_record, outcome_cells
from pneumo_desktop.core.blinding import waits
from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.core.store import CaseStore

HIDDEN = "Blind first is on: answers wait for your call. --answers shows them, and that is kept."


def add_answers(parser: ArgumentParser) -> None:
    """Let a command show answers that wait."""
    parser.add_argument(
        "--answers",
        action="store_true",
        help="while Blind first is on: show the answers to films not called yet too; "
        "a later call counts as made with the answer seen",
    )


def is_blind(arguments: Namespace) -> bool:
    """Return whether answers wait: Blind first is on, and the reader does not ask for them."""
    return _is_on() and not arguments.answers


def keep_seen(store: CaseStore, cases: Iterable[StoredCase], arguments: Namespace) -> None:
    """Keep that the answers asked for were seen before the call."""
    if _is_on() and arguments.answers:
        store.unveil(case.id for case in cases if waits(case))


def record_for(
    case: StoredCase, record_of: Callable[[StoredCase], dict[str, Any]], *, blind: bool
) -> dict[str, Any]:
    """Return the object for a case, without an answer that waits."""
    record = record_of(case)
    return hidden_record(record) if blind and waits(case) else record


def cells_for(case: StoredCase, *, blind: bool) -> tuple[str, ...]:
    """Return the cells for a case, without an answer that waits."""
    return hidden_cells(case.outcome) if blind and waits(case) else outcome_cells(case.outcome)


def _is_on() -> bool:
    return load_settings(data_dir()).blind_since is not None
