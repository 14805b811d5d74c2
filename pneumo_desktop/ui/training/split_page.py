"""Which patients teach, and which are kept apart to choose, to calibrate and to test."""

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.labelled.split import Shares
from pneumo_desktop.ui.training.parts_table import PartsTable
from pneumo_desktop.ui.training.shares_form import SharesForm
from pneumo_desktop.ui.training.split_words import counted, expectation, purposes, warning
from pneumo_desktop.ui.training.state import Assessed, WizardState
from pneumo_desktop.ui.training.step import Step


class SplitPage(Step):
    """Divides the films by patient."""

    name = "split"
    settles = ("shares", "listed_parts")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = Plan()
        self._shown: Assessed | None = None
        self.shares, self.parts = SharesForm(self), PartsTable(self)
        self.shares.chosen.connect(self._use_shares)
        self.listed = QCheckBox(self.tr("As the list says"), self)
        self.listed.setToolTip(self.tr("The list names a part for each film; take it as it is"))
        self.listed.clicked.connect(self._use_listed)
        self._expected, self._warning = QLabel(self), QLabel(self)
        self._warning.setProperty("role", "remark")
        self._purposes = QLabel(purposes(), self)
        self._purposes.setProperty("role", "quiet")
        for label in (self._expected, self._warning, self._purposes):
            label.setWordWrap(True)
        self._lay_out()
        self._show_parts(None)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.listed)
        left.addWidget(self.shares)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.parts, alignment=Qt.AlignmentFlag.AlignLeft)
        for widget in (self._expected, self._warning, self._purposes):
            right.addWidget(widget)
        right.addStretch(1)
        inner, scroll = QWidget(self), QScrollArea(self)
        inner.setProperty("role", "panel")
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left)
        row.addLayout(right, 1)
        scroll.setAccessibleName(self.title)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Split")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr(
            "Some patients teach, others are kept apart to choose, to calibrate and to test. No "
            "patient stands on two sides, or the figures would be too good to be true."
        )

    def show_state(self, state: WizardState) -> None:
        """Show shares and parts."""
        self._plan = state.plan
        listed = state.assessed is not None and state.assessed.listed_parts
        self.listed.setVisible(listed)
        self.listed.setChecked(state.plan.listed_parts)
        self.shares.show_shares(state.plan.shares)
        self.shares.setEnabled(not (listed and state.plan.listed_parts))
        if state.assessed is not self._shown:
            self._shown = state.assessed
            self._show_parts(state.assessed)

    def _show_parts(self, assessed: Assessed | None) -> None:
        divided = assessed is not None and not assessed.problem
        for widget in (self.parts, self._expected, self._warning, self._purposes):
            widget.setVisible(divided)
        if assessed is None or assessed.problem:
            return
        counts = counted(assessed.films)
        self.parts.show_counts(counts)
        self._expected.setText(expectation(counts[-1]))
        self._warning.setText(warning(counts[-1]))
        self._warning.setVisible(bool(self._warning.text()))

    def problem(self, state: WizardState) -> str:
        """Return why the films cannot be divided so."""
        if state.assessed is None:
            return self.tr("The films of the page before come first.")
        if state.assessing:
            return self.tr("The films are being divided.")
        return state.assessed.problem

    @Slot(Shares)
    def _use_shares(self, shares: Shares) -> None:
        self.edited.emit(msgspec.structs.replace(self._plan, shares=shares))

    @Slot(bool)
    def _use_listed(self, on: bool) -> None:  # noqa: FBT001 - a clicked box
        self.edited.emit(msgspec.structs.replace(self._plan, listed_parts=on))
