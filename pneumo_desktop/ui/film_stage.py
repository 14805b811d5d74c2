"""The film on view beside its case: asks for the pixels, clears the old ones, lays attention."""

from PySide6.QtCore import QObject, Slot

from pneumo_desktop.core.cases import Case, StoredCase
from pneumo_desktop.ui.film_loader import FilmLoader
from pneumo_desktop.ui.film_panel import FilmPanel
from pneumo_desktop.ui.image_render import attention_image, full_attention
from pneumo_desktop.ui.models import Models
from pneumo_desktop.ui.wording import SEPARATOR, film_line, patient_line


class FilmStage(QObject):
    """Drives the film panel."""

    def __init__(self, panel: FilmPanel, loader: FilmLoader, models: Models) -> None:
        super().__init__(panel)
        self._panel, self._view = panel, panel.view
        self._loader, self._models = loader, models
        self._case: Case | None = None
        self._attention = False

    def show_case(self, stored: StoredCase | None) -> None:
        """Show a film; the one before it goes at once, lest it stand beside another's answer."""
        self._loader.forget()
        self._case = None
        self._view.set_corners("", "")
        if stored is None:
            self._view.show_message(self.tr("No film"), self.tr("Drop chest X-rays here."))
        elif isinstance(stored.outcome, Case):
            self._view.show_message("")
            self._loader.load(stored.outcome)
        else:
            self._view.show_message(self.tr("No picture"), stored.outcome.reason.text)
        self.update_case(stored)

    def update_case(self, stored: StoredCase | None) -> None:
        """Take up a new answer to the film on view."""
        before = self._case
        self._case = stored.outcome if stored and isinstance(stored.outcome, Case) else None
        if self._case:
            facts = self._case.facts
            who = patient_line(facts) or facts.path.name
            self._view.set_corners(_stacked(who), _stacked(film_line(facts)))
            if before and before.path != facts.path and self._view.film is None:
                self._loader.load(self._case)  # it may be there under its new name
        self._lay()

    @Slot(bool)
    def show_attention(self, wanted: bool) -> None:  # noqa: FBT001 - a toggled action
        """Lay the attention map over films, or not."""
        self._attention = wanted
        self._lay()

    def show_problem(self, why: str) -> None:
        """Say why the pixels cannot be shown."""
        self._view.show_message(self.tr("No picture"), why)

    def show_waiting(self) -> None:
        """Say that the pixels take their time."""
        self._view.show_message("", self.tr("Loading the film…"))

    def _lay(self) -> None:
        """Never over what is no frontal chest film: there the map means nothing."""
        case, image = self._case, None
        if self._attention and case and case.answer.severity is not None:
            card, evidence = self._models.card_of(case.model), case.prediction.evidence
            threshold = card.severity.evidence_threshold if card else 0.0
            image = attention_image(evidence, full_attention(evidence, threshold))
        self._view.set_attention(image)
        self._panel.set_legend_shown(shown=image is not None)


def _stacked(line: str) -> str:
    return line.replace(SEPARATOR, "\n")
