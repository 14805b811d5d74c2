"""The page of the preferences on which keys are chosen."""

from PySide6.QtCore import Slot
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

from pneumo_desktop.ui.plain_table import plain_table
from pneumo_desktop.ui.shortcuts import Keys, Shortcuts, conflicts, native, reserved

MOST = 3  # keys of one action


class KeysPage(QWidget):
    """A table of what can be done and its keys, and a field that takes another key for it."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self._names = list(shortcuts.actions)
        self.keys: dict[str, Keys] = dict(shortcuts.defaults)
        headings, name = [self.tr("What"), self.tr("Keys")], self.tr("Keys of every action")
        self.table = plain_table(headings, name, self, len(self._names))
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.currentCellChanged.connect(self._show_row)
        self.edits = [self._make_edit(number) for number in range(MOST)]
        self.edit = self.edits[0]
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

    def _make_edit(self, number: int) -> QKeySequenceEdit:
        edit = QKeySequenceEdit(self)
        edit.setMaximumSequenceLength(1)
        edit.setClearButtonEnabled(True)
        edit.setToolTip(self.tr("Press the new key; no key at all is possible too"))
        edit.setAccessibleName(self.tr("Key %s of what is selected") % (number + 1))
        edit.editingFinished.connect(self._take)
        return edit

    def _lay_out(self) -> None:
        label = QLabel(self.tr("&Any of these keys:"), self)
        label.setBuddy(self.edit)
        keys, row = QHBoxLayout(), QHBoxLayout()
        keys.addWidget(label)
        for edit in self.edits:
            keys.addWidget(edit, 1)
        row.addStretch(1)
        row.addWidget(self.reset)
        row.addWidget(self.reset_all)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addLayout(keys)
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
        return not conflicts(self.keys) and not reserved(self.keys)

    def _write(self) -> None:
        found = conflicts(self.keys)
        twice = {name for names in found.values() for name in names}
        for row, name in enumerate(self._names):
            words = native(self.keys[name]) + (self.tr(" (taken twice)") if name in twice else "")
            self.table.setItem(row, 1, QTableWidgetItem(words))
        self.table.resizeColumnToContents(1)
        self.problem.setText("\n".join([
            *(self._say(self.tr("%1 would do more than one thing: %2"), key, names)
              for key, names in found.items()),
            *(self._say(self.tr("%1 moves the focus, the film or a menu, and cannot do this: %2"),
                        key, names)
              for key, names in reserved(self.keys).items()),
        ]))  # fmt: skip

    def _say(self, text: str, key: str, names: list[str]) -> str:
        actions = ", ".join(map(self._shortcuts.name_of, names))
        return text.replace("%1", native([key])).replace("%2", actions)

    @Slot(int, int)
    def _show_row(self, row: int) -> None:
        keys = self.keys[self._names[row]] if 0 <= row < len(self._names) else ()
        for edit, key in zip(self.edits, (*keys, *[""] * MOST), strict=False):
            edit.setKeySequence(QKeySequence(key))

    @Slot()
    def _take(self) -> None:
        """The keys in the fields are those of what is selected."""
        name, form = self._names[self.table.currentRow()], QKeySequence.SequenceFormat.PortableText
        found = [edit.keySequence().toString(form) for edit in self.edits]
        keys = tuple(dict.fromkeys(filter(None, found)))
        if keys != self.keys[name]:
            self.keys[name] = keys
            self._write()

    @Slot()
    def _reset_one(self) -> None:
        name = self._names[self.table.currentRow()]
        self.keys[name] = self._shortcuts.defaults[name]
        self._write()
        self._show_row(self.table.currentRow())
