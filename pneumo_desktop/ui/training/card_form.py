"""What of a model's card is judgement, to be edited before the model is taken into use."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from pneumo_desktop.core.adoption import MOST_TEXT, Words

OLDEST = 130.0
LINES = 4


class CardForm(QWidget):
    """Title, population, ages, limits, and why the model is used.

    Signals:
        edited: The words as they stand, and the reason.
    """

    edited = Signal(Words, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self._line(self.tr("What the model is called in the window"))
        self.population = self._line(self.tr("On whose films it was measured: ages, place, views"))
        self.youngest, self.oldest = (self._age() for _ in range(2))
        self.limits = self._text(self.tr("What the model is not for; a line for each limit"))
        self.reason = self._text(self.tr("Why this model is used; the card keeps it"))
        self.why = QLabel(self)
        self.why.setProperty("role", "quiet")
        self.why.setWordWrap(True)
        self._lay_out()

    def _line(self, tip: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setMaxLength(MOST_TEXT)
        line.setToolTip(tip)
        line.textEdited.connect(self._tell)
        return line

    def _age(self) -> QDoubleSpinBox:
        spin = QDoubleSpinBox(self)
        spin.setRange(0.0, OLDEST)
        spin.setDecimals(1)
        spin.setToolTip(self.tr("Ages it was measured on; outside them the window says so"))
        spin.valueChanged.connect(self._tell)
        return spin

    def _text(self, tip: str) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setTabChangesFocus(True)
        text.setToolTip(tip)
        text.setFixedHeight(text.fontMetrics().lineSpacing() * LINES + 16)
        text.textChanged.connect(self._tell)
        return text

    def _lay_out(self) -> None:
        ages = QHBoxLayout()
        for spin in (self.youngest, QLabel(self.tr("to"), self), self.oldest):
            ages.addWidget(spin)
        ages.addStretch(1)
        self.youngest.setAccessibleName(self.tr("Youngest age"))
        self.oldest.setAccessibleName(self.tr("Oldest age"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for words, field in (
            (self.tr("&Title"), self.title),
            (self.tr("&Measured on"), self.population),
        ):
            form.addRow(words, field)
        label = QLabel(self.tr("&Ages in years"), self)
        label.setBuddy(self.youngest)
        form.addRow(label, ages)
        form.addRow(self.tr("&Limits"), self.limits)
        form.addRow(self.tr("&Reason"), self.reason)
        form.addRow("", self.why)

    @property
    def words(self) -> Words:
        """What stands there."""
        return Words(
            self.title.text(),
            self.population.text(),
            self.youngest.value(),
            self.oldest.value(),
            tuple(self.limits.toPlainText().split("\n")),
        )

    def show_words(self, words: Words, reason: str, why: str) -> None:
        """Show words, a reason, and whether one is needed; what is being typed stays as it is."""
        self.why.setText(why)
        shown = self.words
        for line, text in ((self.title, words.title), (self.population, words.population)):
            if line.text() != text:
                line.setText(text)
        for spin, age in ((self.youngest, words.minimum_age), (self.oldest, words.maximum_age)):
            with QSignalBlocker(spin):
                spin.setValue(age)
        if shown.limits != words.limits:
            self._put(self.limits, "\n".join(words.limits))
        if self.reason.toPlainText() != reason:
            self._put(self.reason, reason)

    def _put(self, field: QPlainTextEdit, text: str) -> None:
        with QSignalBlocker(field):
            field.setPlainText(text)

    def _tell(self) -> None:
        self.edited.emit(self.words, self.reason.toPlainText())
