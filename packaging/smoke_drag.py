"""A window to drag from, as a file manager's: `python smoke_drag.py X Y PATH...`.

Pressing the mouse in it starts a drag of the paths; once let go it prints whether it was
over something that takes it.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

SIDE = 120
STAY_MS = 3000  # what was dropped is asked for after the drag has ended


class Files(QLabel):
    """The paths, to be dragged away."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__("\n".join(path.name for path in paths))
        self._paths = paths
        self.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def mouseMoveEvent(self, _: QMouseEvent) -> None:
        """Drag until the button is let go, then end."""
        drag, data = QDrag(self), QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in self._paths])
        drag.setMimeData(data)
        taken = drag.exec(Qt.DropAction.CopyAction) is Qt.DropAction.CopyAction
        sys.stdout.write("taken\n" if taken else "refused\n")
        sys.stdout.flush()
        QTimer.singleShot(STAY_MS, QApplication.quit)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    files = Files([Path(word) for word in sys.argv[3:]])
    files.setGeometry(int(sys.argv[1]), int(sys.argv[2]), SIDE, SIDE)
    files.show()
    files.raise_()
    sys.exit(application.exec())
