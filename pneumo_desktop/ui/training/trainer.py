"""Run the training program as a child process and report its progress as signals."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from pneumo_desktop.core.settings import write_whole
from pneumo_desktop.core.trainer_location import TrainerLocation
from pneumo_desktop.core.training_job import (
    Command,
    CommandLine,
    PreviewJob,
    Progress,
    TrainingJob,
    decode_progress,
    encode_line,
)

Job = TrainingJob | PreviewJob
HEARTBEAT_MS = 60_000
STOPPED = "Training was cancelled; no model was made."
SILENT = "The training program did not answer for a minute and was ended. Start it again."
CRASHED = "The training program crashed. What it last said is in the log below."


class Trainer(QObject):
    """One run of the training program at a time.

    Whatever the program prints counts as its heartbeat. It is killed after a minute without one,
    unless it was told to pause.

    Signals:
        progressed: A `Progress`.
        logged: Other text that the program printed.
        ended: Empty on success, else the reason in words.
    """

    progressed = Signal(Progress)
    logged = Signal(str)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None, heartbeat_ms: int = HEARTBEAT_MS) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read_output)
        self._process.readyReadStandardError.connect(self._read_log)
        self._process.finished.connect(self._report)
        self._process.errorOccurred.connect(self._report_unstarted)
        self._heartbeat = QTimer(self, singleShot=True, interval=heartbeat_ms)
        self._heartbeat.timeout.connect(self._end_silent)
        self._verdict = ""  # why it will end, where we know before it does
        self._done = False

    @property
    def running(self) -> bool:
        """Whether the program runs."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self, location: TrainerLocation, job: Job, job_file: Path) -> None:
        """Write the job and start the program; its fate arrives as signals."""
        self._verdict, self._done = "", False
        write_whole(job_file, msgspec.json.format(msgspec.json.encode(job)))
        environment = QProcessEnvironment()
        for name, value in location.environment().items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._heartbeat.start()
        self._process.start(location.program, [*location.arguments, str(job_file)])

    def command(self, command: Command) -> None:
        """Ask the program to pause, resume, finish or cancel."""
        if not self.running:
            return
        if command == "cancel":
            self._verdict = STOPPED
        if command == "pause":
            self._heartbeat.stop()
        else:
            self._heartbeat.start()
        self._process.write(encode_line(CommandLine(command)))

    @property
    def process_id(self) -> int:
        """The program's process, 0 where none runs."""
        return int(self._process.processId())

    def stop(self) -> None:
        """End the program at once and say nothing more of it; what it finished stays on disk.

        A training is taken up again from its last epoch: its checkpoints are written whole.
        """
        if not self.running:
            return
        self.blockSignals(True)  # noqa: FBT003 - Qt's own; nobody is to hear of it
        self._process.kill()
        self._process.waitForFinished()
        self._heartbeat.stop()
        self.blockSignals(False)  # noqa: FBT003 - Qt's own

    @Slot()
    def _read_output(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            progress = decode_progress(line)
            if progress is None:  # a library printed; it is not ours to trust
                self.logged.emit(line.decode("utf-8", "replace"))
            else:
                self._take(progress)
        self._live()

    def _take(self, progress: Progress) -> None:
        self._done = self._done or progress.stage == "done"
        if progress.stage == "failed":
            self._verdict = self._verdict or progress.text
        self.progressed.emit(progress)

    @Slot()
    def _read_log(self) -> None:
        text = bytes(self._process.readAllStandardError().data())
        self.logged.emit(text.decode("utf-8", "replace"))
        self._live()

    def _live(self) -> None:
        if self._heartbeat.isActive():
            self._heartbeat.start()

    @Slot()
    def _end_silent(self) -> None:
        self._verdict = SILENT
        self._process.kill()

    @Slot(int, QProcess.ExitStatus)
    def _report(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_output()
        self._read_log()
        self._heartbeat.stop()
        self.ended.emit("" if self._done else self._verdict or _reason(code, status))

    @Slot(QProcess.ProcessError)
    def _report_unstarted(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._heartbeat.stop()
            why = self._process.errorString()
            self.ended.emit(f"The training program could not be started: {why}")


def _reason(code: int, status: QProcess.ExitStatus) -> str:
    if status is QProcess.ExitStatus.CrashExit:
        return CRASHED
    if code == 0:
        return "The training program ended without a model."
    return f"Training failed (exit code {code}). What it last said is in the log below."
