"""`python -m pneumo_training JOB.json`: train as the job says and tell of it in JSON lines.

Standard output holds nothing but lines of progress; whatever libraries print goes to standard
error. Commands come on standard input; its end means finish. Exit: 0 done, 1 failed, 2 no usable
job, 130 cancelled.
"""

import io
import sys
import threading
from pathlib import Path

import msgspec
import msgspec.structs

from pneumo_desktop.core.training_job import Progress, TrainingJob, decode_command
from pneumo_training.control import Control
from pneumo_training.failure import Cancelled, TrainingError
from pneumo_training.voice import Voice, real_stdout

DONE, FAILED, USAGE, CANCELLED = 0, 1, 2, 130


def main(arguments: list[str]) -> int:
    """Run one job; see the module's description."""
    voice = Voice(real_stdout())
    if len(arguments) != 1:
        voice.end(Progress("failed", "Give the path of one job file."))
        return USAGE
    try:
        job = msgspec.json.decode(Path(arguments[0]).read_bytes(), type=TrainingJob)
    except (OSError, msgspec.DecodeError) as error:
        text = f"The job file {arguments[0]} is not usable: {error}. Start the training again."
        voice.end(Progress("failed", text))
        return USAGE
    threading.Thread(target=voice.beat, name="heartbeat", daemon=True).start()
    return _train(job, voice)


def _train(job: TrainingJob, voice: Voice) -> int:
    control = Control()
    threading.Thread(target=_listen, args=(control,), name="commands", daemon=True).start()
    try:
        from pneumo_training.train import run  # noqa: PLC0415 - slow; the voice speaks already

        run(job, voice.say, control)
    except Cancelled:
        voice.end(Progress("failed", "Training was cancelled. Nothing was kept."))
        return CANCELLED
    except KeyboardInterrupt:
        text = "Training was interrupted. Start it again; it goes on after the last epoch."
        voice.end(Progress("failed", text))
        return CANCELLED
    except TrainingError as error:
        voice.end(Progress("failed", str(error)))
        return FAILED
    except ModuleNotFoundError as error:
        text = (
            f"Training needs the module {error.name}, which is not installed. Install it with: "
            'pip install "pneumo-desktop[train]"'
        )
        voice.end(Progress("failed", text))
        return FAILED
    except Exception as error:
        text = f"Training stopped by a fault of the program ({type(error).__name__}: {error}). "
        voice.end(Progress("failed", text + "Start it again; it goes on after the last epoch."))
        raise
    voice.end()
    return DONE


def _listen(control: Control) -> None:
    # not sys.stdin: a thread that waits in it while the interpreter ends aborts the program
    with open(0, "rb", buffering=0, closefd=False) as commands:
        _obey(commands, control)


def _obey(commands: io.FileIO, control: Control) -> None:
    for line in commands:
        command = decode_command(line)
        if command is not None:
            control.take(command)
    control.take("finish")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
