"""The page of the preferences on which keys are chosen."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.ui.shortcuts import Keys, Shortcuts, conflicts, native


class KeysPage(QWidget):
    """A table of what can be done and its keys, and a field that takes another key for it."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self._names = list(shortcuts.actions)
        self.keys: dict[str, Keys] = dict(shortcuts.defaults)
        self.table = QTableWidget(len(self._names), 2, self)
        self.table.setHorizontalHeaderLabels([self.tr("What"), self.tr("Keys")])
        self.table.setAccessibleName(self.tr("Keys of every action"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.currentCellChanged.connect(self._show_row)
        self.edit = QKeySequenceEdit(self)
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.setToolTip(self.tr("Press the new key; no key at all is possible too"))
        self.edit.editingFinished.connect(self._take)
        self.reset = QPushButton(self.tr("&Reset this key"), self)
        self.reset.setToolTip(self.tr("Give what is selected the key it came with"))
        self.reset.clicked.connect(self._reset_one)
        self.reset_all = QPushButton(self.tr("Reset &all keys"), self)
        self.reset_all.setToolTip(self.tr("Give everything the keys it came with"))
        self.reset_all.clicked.connect(lambda: self.show_keys({}))
        self.problem = QLabel(self)
        self.problem.setProperty("role", "remark")
        self.problem.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        label = QLabel(self.tr("&New key:"), self)
        label.setBuddy(self.edit)
        self.edit.setAccessibleName(self.tr("New key"))
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.edit, 1)
        row.addWidget(self.reset)
        row.addWidget(self.reset_all)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        layout.addWidget(self.problem)

    def show_keys(self, chosen: dict[str, Keys]) -> None:
        """Show every action's keys; those in `chosen` are the reader's own."""
        self.keys = self._shortcuts.all_keys(chosen)
        for row, name in enumerate(self._names):
            self.table.setItem(row, 0, QTableWidgetItem(self._shortcuts.name_of(name)))
        self._write()
        self.table.setCurrentCell(max(self.table.currentRow(), 0), 0)

    @property
    def chosen(self) -> dict[str, Keys]:
        """The keys that are not those the actions came with."""
        return self._shortcuts.chosen(self.keys)

    @property
    def is_clear(self) -> bool:
        """Whether no key would do two things."""
        return not conflicts(self.keys)

    def _write(self) -> None:
        found = conflicts(self.keys)
        twice = {name for names in found.values() for name in names}
        for row, name in enumerate(self._names):
            words = native(self.keys[name]) + (self.tr(" (taken twice)") if name in twice else "")
            self.table.setItem(row, 1, QTableWidgetItem(words))
        self.table.resizeColumnToContents(1)
        self.problem.setText("\n".join(
            self.tr("%1 would do more than one thing: %2")
            .replace("%1", native([key]))
            .replace("%2", ", ".join(map(self._shortcuts.name_of, names)))
            for key, names in found.items()
        ))  # fmt: skip

    @Slot(int, int)
    def _show_row(self, row: int) -> None:
        keys = self.keys[self._names[row]] if 0 <= row < len(self._names) else ()
        self.edit.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())

    @Slot()
    def _take(self) -> None:
        """The new key takes the place of the first; the others stay."""
        name = self._names[self.table.currentRow()]
        key = self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if key != (*self.keys[name], "")[0]:
            self.keys[name] = (*filter(None, (key,)), *self.keys[name][1:])
            self._write()

    @Slot()
    def _reset_one(self) -> None:
        name = self._names[self.table.currentRow()]
        self.keys[name] = self._shortcuts.defaults[name]
        self._write()
        self._show_row(self.table.currentRow())
