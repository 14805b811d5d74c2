"""Taking the model into use: its files, its card, the reason, and the way back."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.adoption import BALANCED, Words, words_of
from pneumo_desktop.core.card_networks import network_rows
from pneumo_desktop.core.judgement.paired import Verdict
from pneumo_desktop.core.judgement.words import verdict_words, viewing_words
from pneumo_desktop.ui.training.card_form import CardForm
from pneumo_desktop.ui.training.judging import Answers, Judging
from pneumo_desktop.ui.training.locked_view import LARGE
from pneumo_desktop.ui.training.room import Room
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.training.step import Step
from pneumo_desktop.ui.training.taking import taking_problem
from pneumo_desktop.ui.translation import translated


class AdoptPage(Step):
    """What is left to say before the model answers films."""

    name = "adopt"
    settles = ("words", "reason")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: WizardState | None = None
        self.waiting, self.verdict, self.said, self.result = (QLabel(self) for _ in range(4))
        font = self.verdict.font()
        font.setPointSizeF(font.pointSizeF() * LARGE)
        self.verdict.setFont(font)
        for label in (self.waiting, self.verdict, self.said, self.result):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.networks = self._table()
        self.form = CardForm(self)
        self.form.edited.connect(self._edit)
        self._make_buttons()
        self._lay_out()

    def _table(self) -> QTableWidget:
        names = (self.tr("File"), self.tr("Kind"), self.tr("Size"), self.tr("Speed"),
                 self.tr("Against the trained network"))  # fmt: skip
        table = QTableWidget(0, len(names), self)
        table.setHorizontalHeaderLabels(names)
        table.setAccessibleName(self.tr("Files of the model"))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        return table

    def _make_buttons(self) -> None:
        self.use = QPushButton(self.tr("&Use this model"), self)
        self.use.setProperty("primary", "true")
        self.use.setToolTip(self.tr("Answer new films with it; the model in use now is kept"))
        self.use.clicked.connect(lambda: self.wanted.emit("adopt"))
        self.back = QPushButton(self.tr("&Go back to the model before"), self)
        self.back.setToolTip(self.tr("Answer new films with the former model, at its thresholds"))
        self.back.clicked.connect(lambda: self.wanted.emit("go-back"))
        self.save = QPushButton(self.tr("&Save as a file…"), self)
        self.save.setToolTip(self.tr("One file with the whole model, for another clinic"))
        self.save.clicked.connect(lambda: self.wanted.emit("save-model"))

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for widget in (self.verdict, self.said, self.networks, self.form):
            column.addWidget(widget)
        column.addStretch(1)
        self.room = Room(inside, self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.result, 1)
        for button in (self.save, self.back, self.use):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.waiting)
        layout.addWidget(self.room, 1)
        layout.addLayout(row)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Adopt")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr(
            "Complete the model's card and let it answer films from now on, at its own operating "
            "point and the threshold of 70 %. The model before is kept, and one click goes back."
        )

    def show_state(self, state: WizardState) -> None:
        """Show the files, the words of the card, and what is missing."""
        self._state = state
        answers = state.judging.answers
        for widget in (self.room, self.save, self.use):
            widget.setVisible(answers is not None)
        self.waiting.setVisible(answers is None)
        self.waiting.setText(self.tr("There is no model to take into use yet."))
        self.back.setVisible(bool(state.former))
        self.back.setText(self.tr("&Go back to %s") % state.former)
        if answers is not None:
            self._show_model(state, answers)

    def _show_model(self, state: WizardState, answers: Answers) -> None:
        plan, judging = state.plan, state.judging
        verdict, *said = self._said(judging, plan.point)
        self.verdict.setText(verdict)
        self.said.setText(" ".join(said))
        self._show_networks(answers)
        words = plan.words or words_of(answers.card)
        self.form.show_words(words, plan.reason, self._why(judging, plan.point))
        missing = taking_problem(state)
        self.use.setEnabled(not missing)
        used = self.tr("Films are now answered by %s.") % state.used
        self.result.setText(used if state.used else missing)

    def _said(self, judging: Judging, point: float) -> tuple[str, ...]:
        found = judging.against_at(point)
        told = tuple(map(translated, verdict_words(found))) if found else ()
        told = told or (self.tr("Not compared with the model in use."),)
        where = self.tr("Pneumonia from %s on.") % f"{point:.2f}"
        if point == BALANCED:
            where = self.tr("Pneumonia from 0.50 on, where calibration puts it.")
        return (*told, where, translated(viewing_words(judging.seen, point)))

    def _why(self, judging: Judging, point: float) -> str:
        found = judging.against_at(point)
        if found and found.comparison.verdict is Verdict.BETTER:
            return self.tr("The model was found better; a reason is welcome, not needed.")
        return self.tr(
            "The model was not found better than the one in use. Write why it is used all the "
            "same; everyone who reads the card will see it."
        )

    def _show_networks(self, answers: Answers) -> None:
        rows = network_rows(answers.card, answers.sizes)
        self.networks.setRowCount(len(rows))
        for place, row in enumerate(rows):
            kind, size, speed, parity = map(translated, (row.kind, row.size, row.speed, row.parity))
            kind = self.tr("%s, answers films") % kind if row.used else kind
            for column, text in enumerate((row.file, kind, size, speed, parity)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.networks.setItem(place, column, cell)
        high = self.networks.horizontalHeader().sizeHint().height() + 4
        rows_high = sum(self.networks.rowHeight(place) for place in range(len(rows)))
        self.networks.setFixedHeight(high + rows_high)

    def _edit(self, words: Words, reason: str) -> None:
        if self._state is not None:
            plan = msgspec.structs.replace(self._state.plan, words=words, reason=reason)
            self.edited.emit(plan)
