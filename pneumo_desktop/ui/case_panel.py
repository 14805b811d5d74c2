"""What is said of the film on view, and with which caveats."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.card_words import PRIORITY_MEANS
from pneumo_desktop.core.cases import Case, FilmFacts, Label, Priority, Rejected, StoredCase
from pneumo_desktop.ui import terms, wording
from pneumo_desktop.ui.action_buttons import keyed_button
from pneumo_desktop.ui.marks import priority_icons
from pneumo_desktop.ui.reading_panel import ReadingPanel
from pneumo_desktop.ui.theme import LIGHT, Colours, priority_colour
from pneumo_desktop.ui.translation import translated

MARGIN = 16
HEADLINE_SIZE, TITLE_SIZE = 2.2, 1.15  # times the base font


class CasePanel(QScrollArea):
    """The answer, the patient, the film, the model, and the reader's call."""

    def __init__(
        self,
        reading: ReadingPanel,
        polarity: QAction,
        model_card: QAction,
        parent: QWidget | None = None,
    ) -> None:
        """`polarity` corrects light and dark, `model_card` tells of the model that answered."""
        super().__init__(parent)
        self._colours = LIGHT
        self._band: Priority | None = None
        self._private = self._hidden = False
        self._who = ""  # instead of a name, while names are hidden
        self.reading = reading
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Case"))
        self._body = body = QWidget(self)
        body.setProperty("role", "panel")
        self._patient = self._text(body, TITLE_SIZE, bold=True)
        self._film = self._text(body, role="quiet")
        self._headline = self._text(body, HEADLINE_SIZE, bold=True)
        self._confidence = self._text(body, TITLE_SIZE)
        self._meaning = self._text(body)
        self._remarks = self._text(body, role="remark")
        self._mark = QLabel(body)
        self._severity = self._text(body, TITLE_SIZE, bold=True)
        self._gauge = self._make_gauge(body)
        self._explained = self._text(body, role="quiet")
        self._model = self._text(body, role="quiet")
        self.polarity = self._button(body, polarity)
        self.about_model = self._button(body, model_card)
        self._line = self._rule(body)
        self._lay_out(body)
        self.setWidget(body)
        self.show_case(None, None)

    def _text(
        self, parent: QWidget, size: float = 1.0, *, bold: bool = False, role: str = ""
    ) -> QLabel:
        label = QLabel(parent)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)  # a file's own words are never markup
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setProperty("role", role)
        font = label.font()
        font.setPointSizeF(font.pointSizeF() * size)
        font.setBold(bold)
        label.setFont(font)
        return label

    def _lay_out(self, body: QWidget) -> None:
        band = QHBoxLayout()
        band.setSpacing(8)
        band.addWidget(self._mark)
        band.addWidget(self._severity, 1)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(4)
        layout.addWidget(self._patient)
        layout.addWidget(self._film)
        layout.addSpacing(12)
        layout.addWidget(self._headline)
        layout.addWidget(self._confidence)
        layout.addWidget(self._remarks)
        layout.addWidget(self._meaning)
        layout.addWidget(self.polarity)
        layout.addSpacing(12)
        layout.addLayout(band)
        layout.addWidget(self._gauge)
        layout.addWidget(self._explained)
        layout.addSpacing(12)
        layout.addWidget(self._line)
        layout.addSpacing(12)
        layout.addWidget(self.reading)
        layout.addStretch(1)
        layout.addSpacing(12)
        layout.addWidget(self._model)
        layout.addWidget(self.about_model, 0, Qt.AlignmentFlag.AlignLeft)

    def _button(self, parent: QWidget, action: QAction) -> QPushButton:
        button = keyed_button(action, parent)
        button.clicked.connect(action.trigger)
        return button

    def _make_gauge(self, parent: QWidget) -> QProgressBar:
        gauge = QProgressBar(parent)
        gauge.setRange(0, 100)
        gauge.setTextVisible(False)
        gauge.setProperty("role", "band")
        gauge.setToolTip(self.tr("Severity 0 to 100: %s") % translated(PRIORITY_MEANS))
        gauge.setAccessibleName(self.tr("Severity"))
        return gauge

    def _rule(self, parent: QWidget) -> QFrame:
        rule = QFrame(parent)
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setFrameShadow(QFrame.Shadow.Plain)
        rule.setForegroundRole(self.palette().ColorRole.Mid)
        return rule

    def show_case(
        self, stored: StoredCase | None, card: ModelCard | None, *, hidden: bool = False
    ) -> None:
        """Show a case; `card` is of the model that answered it, None where it is gone.

        A `hidden` answer waits for its reader's call: nothing that tells it is shown.
        """
        self._shown, self._card, self._hidden = stored, card, hidden
        self._who = wording.case_number(stored) if self._private and stored else ""
        self.reading.show_case(stored)
        self.reading.setVisible(stored is not None)
        self._line.setVisible(stored is not None)
        if stored is None:
            self._show_nothing()
        elif not isinstance(stored.outcome, Case):
            self._show_rejected(stored.outcome)
        elif hidden:
            self._show_waiting(stored.outcome)
        else:
            self._show_answer(stored, stored.outcome, card)
        case = None if hidden or stored is None else stored.outcome
        case = case if isinstance(case, Case) else None
        self.polarity.setVisible(case is not None and wording.is_inverted(case))
        self.about_model.setVisible(case is not None)
        for label in (self._patient, self._film, self._confidence, self._meaning, self._remarks,
                      self._severity, self._explained, self._model):  # fmt: skip
            label.setVisible(bool(label.text()))
        self._paint()
        self._keep_wide()

    def set_private(self, *, on: bool) -> None:
        """Show the case's number instead of who was filmed and when."""
        self._private = on
        self.show_case(self._shown, self._card, hidden=self._hidden)

    def _keep_wide(self) -> None:
        """Cut nothing off on the right, with or without a scroll bar."""
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(self._body.minimumSizeHint().width() + bar)

    def _show_nothing(self) -> None:
        self._fill(
            "", self.tr("No film chosen"), self.tr("Open films, or choose one in the worklist.")
        )
        self._band = None

    def _show_rejected(self, rejected: Rejected) -> None:
        self._fill(
            self._who or rejected.path.name,
            terms.label_words(Label.INVALID),
            translated(rejected.reason.text),
        )
        self._band = None

    def _show_waiting(self, case: Case) -> None:
        """Show the film without its answer."""
        self._fill(
            self._who or case.facts.patient.name or case.path.name,
            self.tr("Answer hidden"),
            self.tr("Blind first: call the film, then the model's answer is shown."),
        )
        self._say(self._film, self._film_words(case.facts))
        self._gauge.setValue(0)
        self._band = None

    def _fill(self, title: str, headline: str, sentence: str) -> None:
        """Show words where there is no answer."""
        self._say(self._patient, title)
        self._headline.setText(headline)
        self._meaning.setText(sentence)
        for label in (self._film, self._confidence, self._remarks, self._severity,
                      self._explained, self._model):  # fmt: skip
            label.clear()

    def _show_answer(self, stored: StoredCase, case: Case, card: ModelCard | None) -> None:
        answer = case.answer
        facts = replace(case.facts, study_date=None) if self._who else case.facts
        self._say(self._patient, self._who or facts.patient.name or case.path.name)
        self._say(self._film, self._film_words(facts))
        self._headline.setText(terms.label_words(wording.label_of(stored)))
        self._confidence.setText(wording.confidence_line(case, card))
        self._remarks.setText("\n".join(wording.remarks(case, card)))
        self._meaning.setText(wording.meaning(case))
        self._severity.setText(wording.severity_line(case))
        ranked = answer.priority is not None
        self._explained.setText(self._explanation() if ranked else "")
        self._model.setText(self._model_words(case, card))
        self._gauge.setValue(round(answer.severity or 0.0))
        self._band = answer.priority

    def _say(self, label: QLabel, text: str) -> None:
        """Show words of a file; a name wider than the buttons loses its middle, not the window."""
        room, middle = self.reading.minimumSizeHint().width(), Qt.TextElideMode.ElideMiddle
        measure = label.fontMetrics()
        lines = [[measure.elidedText(word, middle, room) for word in line.split(" ")]
                 for line in text.split("\n")]  # fmt: skip
        label.setText("\n".join(map(" ".join, lines)))
        label.setToolTip("" if label.text() == text else text)

    def _film_words(self, facts: FilmFacts) -> str:
        """Return who else than by name, unless that is hidden, and how the film was made."""
        who = "" if self._who else wording.identity_line(facts)
        return "\n".join(filter(None, (who, wording.film_line(facts))))

    def _explanation(self) -> str:
        return self.tr("Priority: %s") % translated(PRIORITY_MEANS)

    def _model_words(self, case: Case, card: ModelCard | None) -> str:
        name = card.title if card else case.model.name
        words = self.tr("%s, version %s") % (name, case.model.version)
        if card is None:
            return words + self.tr(" (not installed any more)")
        return f"{words}\n{wording.population_line(card)}"

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._colours = colours
        self._paint()
        self._keep_wide()  # the buttons may have grown with the scheme's style

    def _paint(self) -> None:
        colour = priority_colour(self._colours, self._band)
        self._severity.setStyleSheet(f"color: {colour}")
        self._mark.setPixmap(priority_icons(self._colours)[self._band].pixmap(16, 16))
        self._mark.setVisible(self._band is not None)
        self._gauge.setVisible(self._band is not None)
