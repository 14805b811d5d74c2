"""The command line: what the window does, without a screen.

Neither Qt, matplotlib nor TensorFlow is loaded here; `open` and `demo` load Qt when they run.
"""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module

from pneumo_desktop import __version__
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
WINDOWS = ("open", "demo")
TELL_THEMSELVES = (*WINDOWS, "self-test")  # what is damaged in the data folder
Command = tuple[str, str, str, str]

# name, module of `commands`, ending of its functions `add` and `run`, what it does
COMMANDS: tuple[Command, ...] = (
    ("open", "window", "_open", "the window, with films"),
    ("demo", "window", "_demo", "the window with synthetic films"),
    ("screen", "screen", "", "answer films"),
    ("evaluate", "evaluate", "", "measure the model on labelled films"),
    ("queue", "queue", "", "the kept cases"),
    ("models", "models", "", "the installed models"),
    ("films", "films", "", "what to know of labelled films before training"),
    ("train", "training", "_train", "train a model on labelled films"),
    ("judge", "judge", "", "how good a trained model is, and taking it into use"),
    ("convert", "training", "_convert", "a Keras model to a package"),
    ("self-test", "self_test", "", "is this installation whole?"),
)


def build_parser(chosen: str) -> ArgumentParser:
    """Return the parser of all commands; of the `chosen` one also the arguments.

    The others are not even loaded: an answer from cold comes sooner by their time.
    """
    parser = ArgumentParser(
        "pneumo-desktop",
        description=DESCRIPTION,
        epilog=EXITS,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, module_name, ending, text in COMMANDS:
        command = commands.add_parser(name, help=text, description=text)
        if name == chosen:
            module = import_module(f"pneumo_desktop.commands.{module_name}")
            getattr(module, f"add{ending}")(command)
            command.set_defaults(run=getattr(module, f"run{ending}"), command=name)
    return parser


def run(words: Sequence[str]) -> int:
    """Run one command and return the exit status of the contract."""
    words = _with_open(words)
    arguments = build_parser(words[0]).parse_args(words)
    try:
        with keeping_log(data_dir(), "window" if arguments.command in WINDOWS else "commands"):
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
        if arguments.command not in TELL_THEMSELVES:
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
