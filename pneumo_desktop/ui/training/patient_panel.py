"""How patients are told apart, with what the rule makes of the films at hand."""

from collections import Counter

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.labelled.examine import Examined
from pneumo_desktop.core.labelled.lot import Told
from pneumo_desktop.core.labelled.patients import NameRule, NameWay, PatientRule
from pneumo_desktop.ui.translation import translated

EXAMPLES = 12


class PatientPanel(QWidget):
    """Chooses the rule.

    Signals:
        chosen: The `PatientRule` that the reader wants.
    """

    chosen = Signal(PatientRule)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.way, self.text = QComboBox(self), QComboBox(self), QLineEdit(self)
        self._fill()
        self._counts, self._problem = QLabel(self), QLabel(self)
        self._problem.setProperty("role", "remark")
        for label in (self._counts, self._problem):
            label.setWordWrap(True)
        self.examples = self._make_table()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("What tells a film's patient"), self.first)
        form.addRow(self.tr("How a file's name tells"), self.way)
        form.addRow(self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 8, 0)
        layout.addLayout(form)
        layout.addWidget(self._problem)
        layout.addWidget(self._counts)
        layout.addWidget(self.examples, 1)

    def _fill(self) -> None:
        for value, words in (
            (
                "column",
                self.tr("The list's column, else the ID in the file, else the name"),
            ),
            ("file", self.tr("The Patient ID in the DICOM file, else the file's name")),
            ("name", self.tr("The file's name alone")),
        ):
            self.first.addItem(words, value)
        for way, words in (
            (
                NameWay.KNOWN,
                self.tr("As in known collections (person1_…, IM-0001-…)"),
            ),
            (NameWay.BEFORE, self.tr("All that stands before the first of these letters:")),
            (NameWay.LETTERS, self.tr("Its first letters, as many as:")),
            (NameWay.FOLDER, self.tr("The folder that the film lies in")),
            (NameWay.PATTERN, self.tr("What fits a pattern (regular expression):")),
        ):
            self.way.addItem(words, way)
        for box, name, tip in (
            (self.first, self.tr("What tells a film's patient"),
             self.tr("An ID such as ANONYMOUS tells nobody apart; then ask the name")),
            (self.way, self.tr("How a file's name tells"),
             self.tr("The films of one patient always stand on one side")),
        ):  # fmt: skip
            box.setAccessibleName(name)
            box.setToolTip(tip)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.activated.connect(self._tell)
        self.text.setAccessibleName(self.tr("Letters, number or pattern"))
        self.text.textEdited.connect(self._tell)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 2, self)
        table.setHorizontalHeaderLabels([self.tr("Film"), self.tr("Patient")])
        table.setAccessibleName(self.tr("Examples of films and their patients"))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return table

    def show_rule(self, rule: PatientRule) -> None:
        """Show a rule."""
        with QSignalBlocker(self):
            self.first.setCurrentIndex(self.first.findData(rule.first))
            self.way.setCurrentIndex(self.way.findData(rule.name.way))
            if self.text.text() != rule.name.text:
                self.text.setText(rule.name.text)
        asks = rule.name.way in (NameWay.BEFORE, NameWay.LETTERS, NameWay.PATTERN)
        self.text.setVisible(asks)
        self._show_problem(rule.name.problem)

    def show_told(self, films: tuple[Examined, ...], told: Told | None) -> None:
        """Show what the rule makes of `films`; nothing where that is not told yet."""
        names = (film.listed.path.name for film in films)
        self._show_examples(list(zip(names, told.patients, strict=True)) if told else [])
        if told:
            self._show_problem(told.problem)

    def set_private(self, *, on: bool) -> None:
        """Hide the examples, which are names."""
        self.examples.setVisible(not on)

    def _show_problem(self, problem: str) -> None:
        self._problem.setText(translated(problem))
        self._problem.setVisible(bool(problem))

    def _show_examples(self, told: list[tuple[str, str]]) -> None:
        counts = Counter(patient for _, patient in told)
        largest, most = counts.most_common(1)[0] if counts else ("", 0)
        said = {"films": f"{len(told):,}", "patients": f"{len(counts):,}", "most": f"{most:,}"}
        words = self.tr("%(films)s films of %(patients)s patients; at most %(most)s of one.")
        self._counts.setText(words % said)
        shown = _examples(told, largest)
        self.examples.setRowCount(len(shown))
        for row, cells in enumerate(shown):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.examples.setItem(row, column, item)

    @Slot()
    def _tell(self) -> None:
        rule = NameRule(NameWay(self.way.currentData()), self.text.text())
        self.chosen.emit(PatientRule(self.first.currentData(), rule))


def _examples(told: list[tuple[str, str]], largest: str) -> list[tuple[str, str]]:
    """Return films of the patient with most of them, then one of each of the next patients."""
    shown = [pair for pair in told if pair[1] == largest][: EXAMPLES // 3]
    seen = {largest}
    for name, patient in told:
        if len(shown) >= EXAMPLES:
            break
        if patient not in seen:
            seen.add(patient)
            shown.append((name, patient))
    return shown
