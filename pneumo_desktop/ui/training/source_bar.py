"""Where the labelled films come from: a folder, a list, the cases read here, or one of the last."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.labelled.sources import Source, SourceKind
from pneumo_desktop.ui.elided_label import ElidedLabel


class SourceBar(QWidget):
    """Chooses the source.

    Signals:
        folder_wanted: The reader wants to choose a folder.
        list_wanted: The reader wants to choose a CSV file.
        chosen: The source that the reader wants.
    """

    folder_wanted = Signal()
    list_wanted = Signal()
    chosen = Signal(Source)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = QPushButton(self.tr("&Folder…"), self)
        self.folder.setToolTip(self.tr("A folder with one folder NORMAL and one PNEUMONIA"))
        self.folder.clicked.connect(self.folder_wanted)
        self.list = QPushButton(self.tr("&List…"), self)
        self.list.setToolTip(self.tr("A CSV file: path, label, and where known patient and split"))
        self.list.clicked.connect(self.list_wanted)
        self.cases = QPushButton(self.tr("&Cases read here"), self)
        self.cases.setToolTip(
            self.tr("The films you called Normal or Pneumonia before their answer was seen")
        )
        self.cases.clicked.connect(lambda: self.chosen.emit(Source(SourceKind.CASES)))
        self.recent = QPushButton(self.tr("R&ecent"), self)
        self.recent.setToolTip(self.tr("The folders and lists that were chosen last"))
        self._menu = QMenu(self.recent)
        self._menu.setToolTipsVisible(True)
        self.recent.setMenu(self._menu)
        self.words = ElidedLabel(self)
        self.after_seeing = QCheckBox(
            self.tr("Also calls made when the answer had been seen"), self
        )
        self.after_seeing.setToolTip(
            self.tr("A model that learns from calls its own answers led to learns from itself")
        )
        self.after_seeing.clicked.connect(
            lambda on: self.chosen.emit(Source(SourceKind.CASES, after_seeing=on))
        )
        self._plan, self._private = Plan(), False
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.folder, self.list, self.cases, self.recent):
            row.addWidget(button)
        row.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.after_seeing)

    def show_plan(self, plan: Plan) -> None:
        """Show which source is chosen, and which were."""
        self._plan, source = plan, plan.source
        cases = source.kind is SourceKind.CASES
        path = self.tr("Hidden") if self._private and source.path else source.path
        self.words.show_text(self.tr("The cases read here") if cases else path)
        self.after_seeing.setVisible(cases)
        self.after_seeing.setChecked(source.after_seeing)
        recents = () if self._private else plan.recent
        self.recent.setEnabled(bool(recents))
        self._menu.clear()
        for number, recent in enumerate(recents, 1):
            action = self._menu.addAction(f"&{number} {recent.path.replace('&', '&&')}")
            action.triggered.connect(lambda _=False, source=recent: self.chosen.emit(source))

    def set_private(self, *, on: bool) -> None:
        """Hide what folders and lists are called."""
        self._private = on
        self.show_plan(self._plan)
