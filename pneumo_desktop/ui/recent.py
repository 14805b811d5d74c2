"""The folders whose films were opened last, as a menu."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from pneumo_desktop.core.files import is_folder

MOST, LOOKED_AT = 9, 20


class RecentFolders(QMenu):
    """The newest folder first; the reader may clear the list.

    Signals:
        chosen: The list of one folder that the reader chose.
    """

    chosen = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent folder"))
        self.setToolTipsVisible(True)
        self._folders: list[Path] = []
        self._write()

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders, the newest first."""
        return tuple(self._folders)

    def show_folders(self, folders: Sequence[Path]) -> None:
        """Show folders, the newest first."""
        self._folders = list(folders)[:MOST]
        self._write()

    def note(self, paths: Sequence[Path]) -> None:
        """Put the folders among the first of these paths on top."""
        new = [path.absolute() for path in paths[:LOOKED_AT] if is_folder(path)]
        if new:
            self.show_folders([*new, *(old for old in self._folders if old not in new)])

    def _write(self) -> None:
        self.clear()
        for number, folder in enumerate(self._folders, 1):
            name = (folder.name or str(folder)).replace("&", "&&")
            action = self.addAction(f"&{number} {name}")
            action.setToolTip(str(folder))
            action.triggered.connect(lambda _=False, folder=folder: self.chosen.emit([folder]))
        if self._folders:
            self.addSeparator()
            self.addAction(self.tr("&Clear this list")).triggered.connect(self._clear)
        else:
            self.addAction(self.tr("No folder was opened yet")).setEnabled(False)

    @Slot()
    def _clear(self) -> None:
        self.show_folders([])
