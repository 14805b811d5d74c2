"""Models as single files: taken in and written without keeping the window waiting."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.failures import TOLD
from pneumo_desktop.core.model_archive import Step, export_model
from pneumo_desktop.core.model_import import import_model
from pneumo_desktop.core.model_package import ModelPackage, load_package
from pneumo_desktop.ui.background import Background


class ModelFiles(QObject):
    """One file at a time.

    Signals:
        told: What is being done, in words; empty when nothing is any more.
        added: The package that was taken in.
        saved: The file that was written.
        failed: Why a file cannot be taken in or written, in words.
    """

    told = Signal(str)
    added = Signal(ModelPackage)
    saved = Signal(Path)
    failed = Signal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._work = Background("models", self)
        self._work.items.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.idle.connect(lambda: self.told.emit(""))

    @property
    def busy(self) -> bool:
        """Whether a file is being taken in or written."""
        return self._work.busy

    def add(self, file: Path) -> None:
        """Take in the model in a file."""
        self._work.run(import_model(file, self._home))

    def save(self, folder: Path, file: Path) -> None:
        """Write the model in a folder to a file."""
        self._work.run(_saved(folder, file))

    def cancel(self) -> None:
        """Stop; a file that is not finished is not kept."""
        if self.busy:
            self._work.cancel()
            self.told.emit("")

    def shutdown(self) -> None:
        """End the thread; call from the window's end."""
        self._work.shutdown()

    @Slot(list)
    def _take(self, items: list[Step | ModelPackage | Path]) -> None:
        for item in items:
            if isinstance(item, ModelPackage):
                self.added.emit(item)
            elif isinstance(item, Path):
                self.saved.emit(item)
        last = items[-1]
        if isinstance(last, Step):
            self.told.emit(f"{last.text} ({last.number} / {last.total})")

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        known = isinstance(error, TOLD)
        words = self.tr("Something unexpected happened (%s).") % type(error).__name__
        self.failed.emit(str(error) if known else words)


def _saved(folder: Path, file: Path) -> Iterator[Step | Path]:
    yield from export_model(load_package(folder), file)
    yield file
