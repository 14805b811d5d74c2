"""`self-test`: is this installation whole?"""

from argparse import ArgumentParser, Namespace

from pneumo_desktop.commands.common import Exit, add_json, print_json
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.self_test import Result, self_test


def add(parser: ArgumentParser) -> None:
    """Describe the command."""
    add_json(parser)


def run(arguments: Namespace) -> Exit:
    """Run every check, print each as it ends, and return whether all passed."""
    status = Exit.WELL
    for word in self_test(data_dir()):
        if not isinstance(word, Result):
            continue
        if not word.passed:
            status = Exit.BROKEN
        if arguments.json:
            print_json(_record(word))
        else:
            print(f"{'passed' if word.passed else 'FAILED'}  {_line(word)}", flush=True)
    return status


def _line(result: Result) -> str:
    return ": ".join(filter(None, (result.check, result.problem or result.detail)))


def _record(result: Result) -> dict[str, object]:
    return {
        "check": result.check,
        "passed": result.passed,
        "problem": result.problem or None,
        "detail": result.detail or None,
    }
