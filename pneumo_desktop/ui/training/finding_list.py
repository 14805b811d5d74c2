"""All findings, one card each, the gravest first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from pneumo_desktop.core.labelled.finding import Finding, Kind
from pneumo_desktop.ui.training.finding_card import FindingCard


class FindingList(QScrollArea):
    """Shows the findings.

    Signals:
        chosen: The choices by kind of finding, as the reader wants them.
        films_wanted: The kind of finding whose films the reader wants to see.
    """

    chosen = Signal(dict)
    films_wanted = Signal(Kind)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Findings"))
        self.setWidgetResizable(True)
        self._findings: tuple[Finding, ...] = ()
        self._choices: dict[str, str] = {}
        self._private = False
        self.cards: list[FindingCard] = []
        self._inner = QWidget(self)
        self._inner.setProperty("role", "panel")
        self._nothing = QLabel(
            self.tr("Nothing was found that a model could learn wrongly."), self._inner
        )
        self._nothing.setWordWrap(True)
        self._layout = QVBoxLayout(self._inner)
        self._layout.setContentsMargins(0, 0, 8, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._nothing)
        self._layout.addStretch(1)
        self.setWidget(self._inner)

    def show_findings(self, findings: tuple[Finding, ...], choices: dict[str, str]) -> None:
        """Show findings and what is chosen about them."""
        if findings != self._findings:
            self._make_cards(findings)
        self._choices = choices
        for card in self.cards:
            card.show_choice(choices)
        self._nothing.setVisible(not findings)

    def _make_cards(self, findings: tuple[Finding, ...]) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self._findings = findings
        self.cards = [FindingCard(finding, self._inner) for finding in findings]
        for number, card in enumerate(self.cards):
            kind = card.finding.kind
            card.set_private(on=self._private)
            card.chosen.connect(lambda code, kind=kind: self._tell(kind, code))
            card.films_wanted.connect(lambda kind=kind: self.films_wanted.emit(kind))
            self._layout.insertWidget(number, card)

    def set_private(self, *, on: bool) -> None:
        """Hide the names of films and patients."""
        self._private = on
        for card in self.cards:
            card.set_private(on=on)

    def _tell(self, kind: Kind, code: str) -> None:
        self.chosen.emit({**self._choices, str(kind): code})
