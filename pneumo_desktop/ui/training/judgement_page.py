"""How good the model is: its operating point, its figures, its mistakes, and the model in use."""

import msgspec
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.judgement.judged import Judged
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.figures_view import FiguresView
from pneumo_desktop.ui.training.locked_view import LockedView
from pneumo_desktop.ui.training.mistakes_view import MistakesView
from pneumo_desktop.ui.training.point_picker import PointPicker
from pneumo_desktop.ui.training.room import Room
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.training.step import Step


class JudgementPage(Step):
    """The point is chosen on calibration films; the locked test is behind a button that counts."""

    name = "judgement"
    settles = ("point",)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: WizardState | None = None
        self.picker = PointPicker(self)
        self.picker.picked.connect(self._pick)
        self.problem_words = QLabel(self)
        self.problem_words.setWordWrap(True)
        self._make_sides()
        self.locked = LockedView(self)
        self.locked.wanted.connect(self.wanted)
        self.figures, self.mistakes = FiguresView(self), MistakesView(self)
        self.figures.dragged.connect(self._pick)
        self.mistakes.film_wanted.connect(self.film_wanted)
        self._lay_out()

    def _make_sides(self) -> None:
        self.calibration = QPushButton(self.tr("Calibration films"), self)
        self.calibration.setToolTip(self.tr("On these films the operating point is chosen"))
        self.test = QPushButton(self.tr("Locked test"), self)
        self.test.setToolTip(self.tr("What the model does on films that nothing was chosen on"))
        self._sides = QButtonGroup(self)
        for place, button in enumerate((self.calibration, self.test)):
            button.setCheckable(True)
            self._sides.addButton(button, place)
        self.calibration.setChecked(True)
        self._sides.idClicked.connect(self._turn)

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(8)
        sides.addWidget(self.calibration)
        sides.addWidget(self.test)
        sides.addStretch(1)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        column.addWidget(self.locked)
        column.addWidget(self.figures)
        column.addWidget(self.mistakes)
        column.addStretch(1)
        self.room = Room(inside, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.problem_words)
        layout.addWidget(self.picker)
        layout.addLayout(sides)
        layout.addWidget(self.room, 1)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Judgement")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr(
            "Choose on the calibration films where Pneumonia begins, then see once, on the locked "
            "test, how good the model is. Each look at the locked test is counted and kept."
        )

    def problem(self, state: WizardState) -> str:
        """Return why it cannot be taken into use yet."""
        if state.judging.problem:
            return state.judging.problem
        if state.judging.answers is None:
            return self.tr("The model's answers are not read yet.")
        if state.judging.comparing is not None:
            return self.tr("The model in use is still answering the films of the locked test.")
        return ""

    def show_state(self, state: WizardState) -> None:
        """Show what is known of the model, at the plan's operating point."""
        self._state = state
        self._show()

    def _show(self) -> None:
        if self._state is None:
            return
        point, judging = self._state.plan.point, self._state.judging
        self.problem_words.setText(judging.problem or self._waiting())
        self.problem_words.setVisible(judging.answers is None or bool(judging.problem))
        for widget in (self.picker, self.calibration, self.test, self.room):
            widget.setVisible(judging.answers is not None)
        if judging.answers is None:
            return
        self.picker.show_point(point)
        testing = self.test.isChecked()
        self.locked.setVisible(testing)
        self.locked.show_judging(judging, point)
        films = judging.answers.test if testing else judging.answers.calibration
        shown = not testing or judging.shows_test(point)
        self.figures.setVisible(shown)
        self.mistakes.setVisible(shown)
        if shown:
            self._show_films(films, point, testing=testing)

    def _waiting(self) -> str:
        if self._state and self._state.judging.package:
            return self.tr("Reading the model's answers")
        return self.tr("There is no model to judge yet. Train one first.")

    def _show_films(self, films: Judged, point: float, *, testing: bool) -> None:
        self.figures.show_films(films, point)
        self.figures.set_movable(movable=not testing)
        self.mistakes.show_films(films, point)

    def _turn(self) -> None:
        self._show()
        self.wanted.emit("mistakes")

    def _pick(self, point: float) -> None:
        if self._state is not None:
            self.edited.emit(msgspec.structs.replace(self._state.plan, point=point))

    def set_private(self, *, on: bool) -> None:
        """Hide what films are called."""
        self.mistakes.set_private(on=on)

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self.figures.set_colours(colours)
