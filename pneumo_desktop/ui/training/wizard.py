"""The training tab: six steps on the left, the page of one of them on the right."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.standing import settled, standings
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.training.step import Step
from pneumo_desktop.ui.training.step_list import StepList

LARGE = 1.4


class Wizard(QWidget):
    """Shows one page at a time; going back changes nothing that was chosen.

    Signals:
        edited: The plan as the reader wants it.
        wanted: What the reader asks for on a page; "open" when the tab is first looked at.
        film_wanted: The path of a film that the reader wants to see large.
    """

    edited = Signal(Plan)
    wanted = Signal(str)
    film_wanted = Signal(object)

    def __init__(
        self, state: WizardState, steps: Sequence[Step], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self.steps = state, tuple(steps)
        self.list = StepList([step.title for step in steps], self)
        self.list.chosen.connect(self._go)
        self._stack = QStackedWidget(self)
        for step in self.steps:
            self._stack.addWidget(step)
            step.edited.connect(self.edited)
            step.wanted.connect(self.wanted)
            step.film_wanted.connect(self.film_wanted)
        self._make_words()
        self._make_buttons()
        self._lay_out()
        self.show_state(state)

    def _make_words(self) -> None:
        self._title = QLabel(self)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * LARGE)
        self._title.setFont(font)
        self._explanation, self._notice, self._problem = (QLabel(self) for _ in range(3))
        for label, role in (
            (self._explanation, "quiet"),
            (self._notice, "remark"),
            (self._problem, "quiet"),
        ):
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)

    def _make_buttons(self) -> None:
        self.back, self.next = QPushButton(self.tr("Back"), self), QPushButton(self)
        self.back.setToolTip(self.tr("To the page before; nothing you chose is lost (Alt+Left)"))
        self.back.clicked.connect(self.go_back)
        self.next.setToolTip(self.tr("This page is done; to the next one (Alt+Right)"))
        self.next.setProperty("primary", "true")
        self.next.clicked.connect(self.go_next)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.back)
        foot.addWidget(self._problem, 1)
        foot.addWidget(self.next)
        page = QWidget(self)
        page.setProperty("role", "panel")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        for label in (self._title, self._explanation, self._notice):
            column.addWidget(label)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.list)
        row.addWidget(page, 1)

    @property
    def place(self) -> int:
        """The place of the page on view, from 0."""
        return self._stack.currentIndex()

    @property
    def step(self) -> Step:
        """The page on view."""
        return self.steps[self.place]

    def show_state(self, state: WizardState) -> None:
        """Show a state, on the page that its plan names."""
        self._state = state
        place = min(state.plan.page, len(self.steps) - 1)
        problems = [step.problem(state) for step in self.steps]
        how = standings(state.plan, self.steps)
        self.list.show_standings(place, how, problems)
        self._stack.setCurrentIndex(place)
        self.step.show_state(state)
        self._title.setText(self.step.title)
        self._explanation.setText(self.step.explanation)
        self._show_notice(problems[:place], how[place].changed)
        self._show_foot(problems[place])

    def _show_notice(self, before: Sequence[str], changed: Sequence[int]) -> None:
        """Say what is missing on the earlier pages, or which of them changed."""
        missing = next((place for place, problem in enumerate(before) if problem), None)
        if missing is not None:
            first = self.tr("First, on the page %s: ") % self.steps[missing].title
            self._notice.setText(f"{first}{before[missing]}")
        elif changed:
            titles = ", ".join(self.steps[place].title for place in changed)
            words = self.tr("Changed since this page was done: %s. Look at this page again.")
            self._notice.setText(words % titles)
        self._notice.setVisible(missing is not None or bool(changed))

    def _show_foot(self, problem: str) -> None:
        last = self.place == len(self.steps) - 1
        following = "" if last else self.steps[self.place + 1].title
        self.next.setText(self.tr("Next: %s") % following)
        self.next.setVisible(not last)
        self.next.setEnabled(not problem)
        self.back.setEnabled(self.place > 0)
        self._problem.setText(problem)

    @Slot()
    def go_back(self) -> None:
        """The reader wants the page before."""
        if self.place > 0:
            self._go(self.place - 1)

    @Slot()
    def go_next(self) -> None:
        """The reader is done with this page; nothing where something is still missing on it."""
        if self.place < len(self.steps) - 1 and not self.step.problem(self._state):
            plan = settled(self._state.plan, self.steps, self.place)
            self.edited.emit(msgspec.structs.replace(plan, page=self.place + 1))

    @Slot(int)
    def _go(self, place: int) -> None:
        self.edited.emit(msgspec.structs.replace(self._state.plan, page=place))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: training is looked at."""
        super().showEvent(event)
        self.wanted.emit("open")

    def set_private(self, *, on: bool) -> None:
        """Hide what films and patients are called, on all pages."""
        for step in self.steps:
            step.set_private(on=on)
        self.show_state(self._state)

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        for step in self.steps:
            step.set_colours(colours)
