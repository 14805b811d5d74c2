"""Which labelled films to learn from, and what is to be known of them first."""

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from pneumo_desktop.core.labelled.patients import PatientRule
from pneumo_desktop.core.labelled.plan import Plan, with_source
from pneumo_desktop.core.labelled.sources import Source, SourceKind
from pneumo_desktop.ui.theme import Colours
from pneumo_desktop.ui.training.film_wall import FilmWall
from pneumo_desktop.ui.training.finding_list import FindingList
from pneumo_desktop.ui.training.looking_bar import LookingBar
from pneumo_desktop.ui.training.patient_panel import PatientPanel
from pneumo_desktop.ui.training.source_bar import SourceBar
from pneumo_desktop.ui.training.state import WizardState
from pneumo_desktop.ui.training.step import Step
from pneumo_desktop.ui.translation import translated


class FilmsPage(Step):
    """Chooses the films, shows them, and asks about each finding."""

    name = "films"
    settles = ("source", "patients", "choices")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._private = WizardState(Plan()), False
        self.source, self.looking = SourceBar(self), LookingBar(self)
        self.findings, self.patients = FindingList(self), PatientPanel(self)
        self.wall = FilmWall(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "quiet")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.source.folder_wanted.connect(lambda: self.wanted.emit("choose-folder"))
        self.source.list_wanted.connect(lambda: self.wanted.emit("choose-list"))
        self.source.chosen.connect(self._use_source)
        self.looking.cancel_wanted.connect(lambda: self.wanted.emit("cancel-looking"))
        self.looking.again_wanted.connect(lambda: self.wanted.emit("look"))
        self.findings.chosen.connect(lambda choices: self._edit(choices=choices))
        self.findings.films_wanted.connect(self.wall.show_finding)
        self.patients.chosen.connect(lambda rule: self._edit(patients=rule))
        self.wall.wanted.connect(self.film_wanted)

    def _lay_out(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.findings, self.tr("Findings"))
        self.tabs.addTab(self.patients, self.tr("Patients"))
        self._body = QSplitter(Qt.Orientation.Horizontal, self)
        self._body.setChildrenCollapsible(False)
        self._body.addWidget(self.tabs)
        self._body.addWidget(self.wall)
        self._body.setSizes([420, 560])
        self._body.setStretchFactor(1, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._words)
        self._stack.addWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self.source, self.looking):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.tr("Films")

    @property
    def explanation(self) -> str:
        """What the page is for."""
        return self.tr(
            "Choose films of which you know what they show, and decide what is to become of "
            "whatever is odd among them. The files stay as they are, and no film leaves this "
            "computer."
        )

    def show_state(self, state: WizardState) -> None:
        """Show the source, the films, and what was found."""
        before, self._state = self._state, state
        self.source.show_plan(state.plan)
        self.looking.setVisible(_is_chosen(state.plan.source))
        self.looking.show_state(state)
        self._words.setText(self._nothing_yet(state))
        self._stack.setCurrentWidget(self._body if state.films else self._words)
        if state.films:
            self._show_films(before, state)

    def _show_films(self, before: WizardState, state: WizardState) -> None:
        films, plan = state.films, state.plan
        if films is None:
            return
        others = before.films is not films
        if others or before.plan.patients != plan.patients:
            self.patients.show_rule(plan.patients)
        if others or before.told is not state.told:
            self.patients.show_told(films.known, state.told)
        if state.assessed:
            self.findings.show_findings(state.assessed.findings, plan.choices)
            count = len(state.assessed.findings)
            self.tabs.setTabText(0, self.tr("Findings (%s)") % f"{count}")
        if others or before.told is not state.told or before.assessed is not state.assessed:
            self.wall.show_films(films, state.assessed, state.told)

    def _nothing_yet(self, state: WizardState) -> str:
        if state.trouble:
            return self._trouble(state)
        if state.looking:
            return self.tr("Each film is opened once. Go on reading meanwhile.")
        return self.tr(
            "Drop a folder here that holds a folder NORMAL and a folder PNEUMONIA, or a CSV list "
            "of films; or take the cases that were read in this program."
        )

    def problem(self, state: WizardState) -> str:
        """Return why these films will not do."""
        if not _is_chosen(state.plan.source):
            return self.tr("Choose the labelled films first.")
        if state.trouble:
            return self._trouble(state)
        if state.looking:
            return self.tr("The films are being looked at.")
        if state.films is None:
            return self.tr("Look at the films first.")
        return translated(state.plan.patients.name.problem) or self._assessment(state)

    def _trouble(self, state: WizardState) -> str:
        if self._private:
            return self.tr("The films cannot be looked at. Why names a file; H shows names again.")
        return state.trouble

    def _assessment(self, state: WizardState) -> str:
        if state.assessed is None or state.assessing:
            return self.tr("What the films are like is being worked out.")
        if state.told and state.told.problem:
            return state.told.problem
        blocking = (finding for finding in state.assessed.findings if finding.blocks)
        return next((translated(finding.text) for finding in blocking), "")

    def set_private(self, *, on: bool) -> None:
        """Hide what films, patients and folders are called."""
        self._private = on
        for part in (self.source, self.findings, self.patients, self.wall):
            part.set_private(on=on)
        self._words.setText(self._nothing_yet(self._state))

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self.wall.set_colours(colours)

    @Slot(Source)
    def _use_source(self, source: Source) -> None:
        self.edited.emit(with_source(self._state.plan, source))

    def _edit(self, **fields: dict[str, str] | PatientRule) -> None:
        self.edited.emit(msgspec.structs.replace(self._state.plan, **fields))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: a folder or a list may be dropped."""
        if _dropped(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Qt: everywhere on the page is as good."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: a folder or a list was dropped; of several the first counts."""
        event.acceptProposedAction()
        self._use_source(Source(path=str(_dropped(event)[0])))


def _is_chosen(source: Source) -> bool:
    return bool(source.path) or source.kind is SourceKind.CASES


def _dropped(event: QDropEvent) -> list[Path]:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return [Path(url.toLocalFile()) for url in urls]
