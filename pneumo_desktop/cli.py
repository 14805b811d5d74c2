"""The command line: what the window does, without a screen.

Neither Qt, matplotlib nor TensorFlow is loaded here; `open` and `demo` load Qt when they run.
"""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence

from pneumo_desktop import __version__
from pneumo_desktop.commands import (
    evaluate,
    films,
    judge,
    models,
    queue,
    screen,
    self_test,
    training,
    window,
)
from pneumo_desktop.commands.common import Exit, InstallationError, UsageError, complain
from pneumo_desktop.core.failures import TOLD
from pneumo_desktop.core.logs import FOLDER, keeping_log, log_failure
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.recovery import recover

DESCRIPTION = """\
Pneumo Desktop: a second reader for frontal chest X-rays. Not a diagnosis, not a medical
device; the clinician decides. Without a command it opens the window."""

EXITS = """\
exit status: 0 well; 1 at least one file could not be read; 2 wrong usage or nothing matched;
3 model or store failure; 130 cancelled. PNEUMO_HOME moves all state to another folder."""

FAILURES = (*TOLD, InstallationError)
WINDOWS = (window.run_open, window.run_demo)
Command = tuple[str, Callable[[ArgumentParser], None], Callable[[Namespace], Exit], str]

COMMANDS: tuple[Command, ...] = (
    ("open", window.add_open, window.run_open, "the window, with films"),
    ("demo", window.add_demo, window.run_demo, "the window with synthetic films"),
    ("screen", screen.add, screen.run, "answer films"),
    ("evaluate", evaluate.add, evaluate.run, "measure the model on labelled films"),
    ("queue", queue.add, queue.run, "the kept cases"),
    ("models", models.add, models.run, "the installed models"),
    ("films", films.add, films.run, "what to know of labelled films before training"),
    ("train", training.add_train, training.run_train, "train a model on labelled films"),
    ("judge", judge.add, judge.run, "how good a trained model is, and taking it into use"),
    ("convert", training.add_convert, training.run_convert, "a Keras model to a package"),
    ("self-test", self_test.add, self_test.run, "is this installation whole?"),
)


def build_parser() -> ArgumentParser:
    """Return the parser of all commands."""
    parser = ArgumentParser(
        "pneumo-desktop",
        description=DESCRIPTION,
        epilog=EXITS,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, add, run_command, text in COMMANDS:
        command = commands.add_parser(name, help=text, description=text)
        add(command)
        command.set_defaults(run=run_command)
    return parser


def run(words: Sequence[str]) -> int:
    """Run one command and return the exit status of the contract."""
    arguments = build_parser().parse_args(_with_open(words))
    try:
        with keeping_log(data_dir(), "window" if arguments.run in WINDOWS else "commands"):
            return _run_logged(arguments)
    except UsageError as error:
        complain(str(error))
        return Exit.USAGE
    except FAILURES as error:
        complain(str(error))
        return Exit.BROKEN
    except BrokenPipeError:  # whoever read our output had enough; keep the last flush quiet
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CANCELLED
    except OSError as error:
        complain(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.")
        return Exit.BROKEN
    except KeyboardInterrupt:
        complain("Cancelled.")
        return Exit.CANCELLED


def _run_logged(arguments: Namespace) -> int:
    try:
        if arguments.run not in (*WINDOWS, self_test.run):  # they say it themselves
            for done in recover(data_dir()):
                complain(done)
        return int(arguments.run(arguments))
    except (UsageError, OSError, *FAILURES):
        raise
    except Exception as error:  # noqa: BLE001 - reported, and told without its words
        log_failure("the command failed", error)
        complain(
            f"Something unexpected happened ({type(error).__name__}). "
            f"A report without patient data was kept in {data_dir() / FOLDER}."
        )
        return Exit.BROKEN


def _with_open(words: Sequence[str]) -> list[str]:
    """Return `words`, opening the window where they begin with no command but perhaps a film."""
    if not words or not (words[0].startswith("-") or words[0] in {c[0] for c in COMMANDS}):
        return ["open", *words]
    return list(words)
