"""The film on view beside its case: asks for the pixels, clears the old ones, lays attention."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.cases import Case, Film, StoredCase
from pneumo_desktop.ui.film_loader import FilmLoader
from pneumo_desktop.ui.image_render import attention_image, full_attention
from pneumo_desktop.ui.image_view import ImageView
from pneumo_desktop.ui.models import Models
from pneumo_desktop.ui.translation import translated
from pneumo_desktop.ui.wording import (
    SEPARATOR,
    attention_remark,
    case_number,
    film_line,
    is_inverted,
    patient_lines,
)


class FilmStage(QObject):
    """Drives one view.

    Signals:
        told: Why a film cannot be corrected, in words.
        laid: Whether an attention map lies over the film, and what it means there, in words.
    """

    told = Signal(str)
    laid = Signal(bool, str)

    def __init__(self, view: ImageView, loader: FilmLoader, models: Models) -> None:
        super().__init__(view)
        self._view, self._private = view, False
        self._stored: StoredCase | None = None
        self._loader, self._models = loader, models
        self._case: Case | None = None
        self._attention = self._held = self._hidden = False
        self._corrected: set[str] = set()  # SHA-256 of the films whose polarity is kept corrected

    def show_case(self, stored: StoredCase | None, *, hidden: bool = False) -> None:
        """Show a film; the one before it goes at once, lest it stand beside another's answer.

        Of a `hidden` answer neither attention nor polarity is shown.
        """
        self._loader.forget()
        self._keep_polarity()
        self._case = None
        self._view.set_corners("", "")
        if stored is None:
            self._view.show_message(self.tr("No film"), self.tr("Drop chest X-rays here."))
        elif isinstance(stored.outcome, Case):
            self._view.show_message("")
            self._loader.load(stored.outcome)
        else:
            self._view.show_message(self.tr("No picture"), translated(stored.outcome.reason.text))
        self.update_case(stored, hidden=hidden)

    def _keep_polarity(self) -> None:
        """Remember for this session how the reader left a film whose polarity is in question."""
        if self._view.film and self._exchanged:
            sha256 = self._view.film.facts.sha256
            (self._corrected.add if self._view.inverted else self._corrected.discard)(sha256)

    @property
    def _exchanged(self) -> bool:
        return self._case is not None and not self._hidden and is_inverted(self._case)

    @Slot(object)
    def show_film(self, film: Film) -> None:
        """Show the pixels of the case on view."""
        self._view.show_film(film)
        if self._exchanged and film.facts.sha256 in self._corrected:
            self.correct_polarity()

    @Slot()
    def correct_polarity(self) -> None:
        """Turn light and dark round where the file was found to have them exchanged."""
        if not self._exchanged:
            self.told.emit(
                self.tr("Light and dark were not found exchanged. Film, Invert, turns them round.")
            )
        elif self._view.film and not self._view.inverted:
            self._view.invert()

    def update_case(self, stored: StoredCase | None, *, hidden: bool = False) -> None:
        """Take up a new answer to the film on view; a `hidden` one waits for its reader."""
        before, self._hidden = self._case, hidden
        self._stored = stored
        self._case = stored.outcome if stored and isinstance(stored.outcome, Case) else None
        self._view.set_exchanged(exchanged=self._exchanged)
        self._write_corners()
        if self._case:
            facts = self._case.facts
            if before and before.path != facts.path and self._view.film is None:
                self._loader.load(self._case)  # it may be there under its new name
        self._lay()

    def set_private(self, *, on: bool) -> None:
        """Write the case's number instead of who was filmed and when."""
        self._private = on
        self._write_corners()

    def _write_corners(self) -> None:
        if self._case is None or self._stored is None:
            return
        facts = self._case.facts
        who = "\n".join(patient_lines(facts)) or facts.path.name
        if self._private:
            who, facts = case_number(self._stored), replace(facts, study_date=None)
        self._view.set_corners(who, film_line(facts).replace(SEPARATOR, "\n"))

    def hold_attention(self, *, held: bool) -> None:
        """Lay the attention map over the film while a key is held, whatever is switched on."""
        self._held = held
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
        wanted = (self._attention or self._held) and not self._hidden
        if wanted and case and case.answer.severity is not None:
            card, evidence = self._models.card_of(case.model), case.prediction.evidence
            threshold = card.severity.evidence_threshold if card else 0.0
            image = attention_image(evidence, full_attention(evidence, threshold))
        self._view.set_attention(image)
        self.laid.emit(image is not None, attention_remark(case) if case and image else "")
