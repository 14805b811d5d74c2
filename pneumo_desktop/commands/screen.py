"""`screen`: answer films, one line each."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path

from pneumo_desktop.commands.common import (
    Exit,
    UsageError,
    add_json,
    add_model,
    add_policy,
    chosen_package,
    complain,
    film_path,
    open_store,
    print_json,
)
from pneumo_desktop.commands.records import HEADING, NORMAL_MEANS, outcome_cells, outcome_record
from pneumo_desktop.core.abreast import Sandboxes, lanes, threads_of_each
from pneumo_desktop.core.cases import Outcome, Policy, Rejected
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.files import search
from pneumo_desktop.core.screening import screen
from pneumo_desktop.core.tally import Tally

_MOST_NAMES = 40
_WIDTHS = (8, 8, 9, 10, 0)


def add(parser: ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=film_path,
        help="a film, or a folder, ZIP or DICOMDIR of films",
    )
    add_model(parser)
    add_policy(parser, Policy())
    parser.add_argument("--save", action="store_true", help="keep the answers in the case queue")
    add_json(parser)


def run(arguments: Namespace) -> Exit:
    """Answer the films named and return whether all could be decoded."""
    tally = Tally()
    paths = _films(arguments.paths, tally)
    first = _at_least_one(paths, tally)
    abreast = lanes() if len(first) > 1 else 1
    policy = Policy(arguments.operating_point, arguments.threshold)
    status, kept = Exit.WELL, 0
    with ExitStack() as stack:
        read = stack.enter_context(Sandboxes(abreast))
        read.warm_up()  # the child loads its decoders while the network is loaded here
        classifier = LiteRtClassifier(chosen_package(arguments.model), threads_of_each(abreast))
        if policy.operating_point not in ("default", *classifier.card.operating_points):
            raise UsageError(f"This model has no operating point {policy.operating_point!r}.")
        store = stack.enter_context(open_store()) if arguments.save else None
        if not arguments.json:
            _print_cells(HEADING)
        for outcome in screen(chain(first, paths), read, classifier, policy, abreast):
            if store:
                store.record(outcome)
                kept += 1
            tally.count(outcome)
            _show(outcome, as_json=arguments.json)
            if isinstance(outcome, Rejected):
                status = Exit.REJECTED
    if not arguments.json:
        print(NORMAL_MEANS)
    kept_words = f"{kept:,} {'answer' if kept == 1 else 'answers'} kept; see them: queue list"
    saved = kept_words if arguments.save else ""
    for remark in filter(None, (tally.kinds(), tally.others(_MOST_NAMES), saved)):
        complain(f"{remark}.")
    return status


def _films(paths: Iterable[Path], tally: Tally) -> Iterator[Path]:
    for item in search(paths):
        if isinstance(item, Path):
            yield item
        else:
            tally.set_aside(item.path)


def _at_least_one(paths: Iterator[Path], tally: Tally) -> list[Path]:
    """Return the first film, and the second where there is one."""
    first = list(islice(paths, 2))
    if not first:
        others = tally.others(_MOST_NAMES)
        raise UsageError(f"There is no film in the folders named. {others}".rstrip())
    return first


def _show(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        print_json(outcome_record(outcome))
    else:
        _print_cells(outcome_cells(outcome))


def _print_cells(cells: tuple[str, ...]) -> None:
    line = "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True))
    print(line.rstrip(), flush=True)
