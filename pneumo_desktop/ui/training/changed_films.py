"""What augmentation makes of films: each untouched, then as the network sees it while it learns."""

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

SIDE = 112  # pixels of a picture on the page
FILMS, DRAWS = 3, 4
NAME = re.compile(r"film-(\d+)-(\d+)\.png")
LARGEST = 4096  # pixels of a side; the trainer writes a few hundred


class ChangedFilms(QWidget):
    """A row a film: untouched on the left, then some draws.

    Signals:
        wanted: The reader wants to see (other) draws.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draw = QPushButton(self.tr("Show changed films"), self)
        self.draw.setToolTip(
            self.tr("Change some of your films at random, as they are while the network learns")
        )
        self.draw.clicked.connect(self.wanted)
        self._state = QLabel(self)
        self._state.setWordWrap(True)
        self._state.setProperty("role", "quiet")
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.draw, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._state)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self.show_none("")

    def show_none(self, why: str) -> None:
        """Show no pictures, and why there are none; empty where none were asked for."""
        self._clear()
        self._state.setText(why or self.tr("Here you see what the network will be shown."))
        self.draw.setText(self.tr("Show changed films"))
        self.draw.setEnabled(True)

    def show_busy(self) -> None:
        """Show that pictures are being made."""
        self.draw.setEnabled(False)
        self._state.setText(self.tr("Changing some films…"))

    def show_folder(self, folder: Path) -> None:
        """Show the pictures `film-<film>-<draw>.png` in `folder`; draw 0 is the film untouched."""
        self._clear()
        pictures = [
            (int(found[1]), int(found[2]), path)
            for path in sorted(folder.glob("film-*.png"))
            if (found := NAME.fullmatch(path.name))
        ]
        if not pictures:
            self.show_none(self.tr("The training program made no pictures."))
            return
        for film, draw, path in pictures:
            self._grid.addWidget(self._picture(path, film, draw), film, draw)
        self._grid.setColumnStretch(max(draw for _, draw, _ in pictures) + 1, 1)
        self._state.setText(self.tr("On the left as they are, then changed at random."))
        self.draw.setText(self.tr("Change them again"))
        self.draw.setEnabled(True)

    def _picture(self, path: Path, film: int, draw: int) -> QLabel:
        label = QLabel(self)
        reader = QImageReader(str(path), b"png")
        size = reader.size()
        if size.isValid() and max(size.width(), size.height()) <= LARGEST:
            ratio = self.devicePixelRatioF()
            shown = QPixmap.fromImage(reader.read()).scaled(
                round(SIDE * ratio),
                round(SIDE * ratio),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(ratio)
            label.setPixmap(shown)
        which = self.tr("untouched") if draw == 0 else self.tr("change %s") % draw
        label.setToolTip(f"{self.tr('Film')} {film + 1}, {which}")
        label.setAccessibleName(label.toolTip())
        return label

    def _clear(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item and (widget := item.widget()):
                widget.deleteLater()
