"""`python -m pneumo_training [train|probe|preview] JOB.json`, or `convert MODEL.keras --out DIR`.

Does the task (train, where none is named) as the job file says, and tells of it in JSON lines.
Standard output holds nothing but lines of progress; whatever libraries print goes to standard
error. Commands come on standard input; its end means finish. Exit: 0 done, 1 failed, 2 no usable
job, 130 cancelled.
"""

import io
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from pneumo_desktop.core.training_job import PreviewJob, Progress, TrainingJob, decode_command
from pneumo_training.control import Control
from pneumo_training.courtesy import step_back
from pneumo_training.failure import Cancelled, DownloadNeededError, TrainingError
from pneumo_training.teller import Report
from pneumo_training.told import told
from pneumo_training.voice import Voice, real_stdout

DONE, FAILED, USAGE, CANCELLED = 0, 1, 2, 130
_JOBS: dict[str, type[TrainingJob | PreviewJob]] = {
    "train": TrainingJob,
    "probe": TrainingJob,
    "preview": PreviewJob,
}
_Run = Callable[[Any, Report, Control], object]


def start() -> int:
    """Do what the command line says, behind whatever else this computer does."""
    step_back()
    return main(sys.argv[1:])


def main(arguments: list[str]) -> int:
    """Run one job; see the module's description."""
    if arguments[:1] == ["convert"]:
        from pneumo_training.convert import main as convert  # noqa: PLC0415 - slow; TensorFlow

        return convert(arguments[1:])
    voice = Voice(real_stdout())
    task, words = (arguments[0], arguments[1:]) if arguments[:1] else ("", [])
    if task not in _JOBS:
        task, words = "train", arguments
    if len(words) != 1:
        voice.end(Progress("failed", "Give the path of one job file."))
        return USAGE
    try:
        job = msgspec.json.decode(Path(words[0]).read_bytes(), type=_JOBS[task])
    except (OSError, msgspec.DecodeError) as error:
        text = f"The job file {words[0]} is not usable: {error}. Start the training again."
        voice.end(Progress("failed", text))
        return USAGE
    threading.Thread(target=voice.beat, name="heartbeat", daemon=True).start()
    return _do(task, job, voice)


def _do(task: str, job: TrainingJob | PreviewJob, voice: Voice) -> int:
    control = Control()
    threading.Thread(target=_listen, args=(control,), name="commands", daemon=True).start()
    try:
        _run_of(task)(job, voice.say, control)
    except Cancelled:
        voice.end(Progress("failed", "Training was cancelled. Nothing was kept."))
        return CANCELLED
    except KeyboardInterrupt:
        text = "Training was interrupted. Start it again; it goes on after the last epoch."
        voice.end(Progress("failed", text))
        return CANCELLED
    except TrainingError as error:
        needs = error.download if isinstance(error, DownloadNeededError) else None
        voice.end(Progress("failed", str(error), needs=needs))
        return FAILED
    except ModuleNotFoundError as error:
        text = (
            f"Training needs the module {error.name}, which is not installed. Install it with: "
            'pip install "pneumo-desktop[train]"'
        )
        voice.end(Progress("failed", text))
        return FAILED
    except Exception as error:
        if told(error):
            voice.end(Progress("failed", told(error)))
            return FAILED
        text = f"Training stopped by a fault of the program ({type(error).__name__}: {error}). "
        voice.end(Progress("failed", text + "Start it again; it goes on after the last epoch."))
        raise
    voice.end()
    return DONE


def _run_of(task: str) -> _Run:
    """Import what a task needs: TensorFlow is slow, and a preview does without it."""
    if task == "preview":
        from pneumo_training import preview  # noqa: PLC0415

        return preview.run
    if task == "probe":
        from pneumo_training import probe  # noqa: PLC0415

        return probe.run
    from pneumo_training import train  # noqa: PLC0415

    return train.run


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
    sys.exit(start())
