"""One finding: what was found, what can be done about it, and the way to its films."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.labelled.apply import chosen
from pneumo_desktop.core.labelled.finding import Choice, Finding
from pneumo_desktop.ui.training.finding_words import kind_words
from pneumo_desktop.ui.translation import translated


class _Words(QLabel):
    """The words of a choice; a click on them is one on its button."""

    def __init__(self, text: str, button: QRadioButton | None, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._button = button
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: clicked."""
        super().mouseReleaseEvent(event)
        if self._button is not None:
            self._button.click()


class FindingCard(QFrame):
    """Shows a finding with its choices.

    Signals:
        chosen: The code of the choice that the reader wants.
        films_wanted: The reader wants to see the films concerned.
    """

    chosen = Signal(str)
    films_wanted = Signal()

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setProperty("role", "message")
        title, self.text = QLabel(kind_words(finding.kind), self), QLabel(self)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.set_private(on=False)
        self.films = QPushButton(
            self.tr("Look at the films (%s)") % f"{len(finding.films):,}", self
        )
        self.films.setToolTip(self.tr("Show the films that this is about, beside"))
        self.films.clicked.connect(self.films_wanted)
        self.choices: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setSpacing(6)
        if finding.blocks:
            title.setProperty("role", "remark")
        layout.addWidget(title)
        layout.addWidget(self.text)
        layout.addLayout(self._lay_out_choices())
        layout.addWidget(self.films, alignment=Qt.AlignmentFlag.AlignLeft)

    def _lay_out_choices(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setColumnStretch(1, 1)
        only = len(self.finding.choices) == 1  # nothing to choose, so nothing to press
        for number, choice in enumerate(self.finding.choices):
            button = None if only else self._button(choice)
            mark = button or QLabel("→", self)
            rows.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(_Words(translated(choice.text), button, self), number, 1)
        return rows

    def _button(self, choice: Choice) -> QRadioButton:
        button = QRadioButton(self)
        words = translated(choice.text)
        button.setAccessibleName(words)
        default = self.tr(" (so unless you choose)") if choice.code == self.finding.default else ""
        button.setToolTip(f"{words}{default}")
        button.clicked.connect(lambda: self.chosen.emit(choice.code))
        self._group.addButton(button)
        self.choices[choice.code] = button
        return button

    def set_private(self, *, on: bool) -> None:
        """Say it without the names of films and patients."""
        self.text.setText(translated(self.finding.words(private=on)))

    def show_choice(self, choices: dict[str, str]) -> None:
        """Show which choice holds."""
        code = chosen(self.finding, choices)
        if code in self.choices:
            self.choices[code].setChecked(True)
