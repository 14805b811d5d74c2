"""Which model answers: chosen in the window, with the same effect as `models use`."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.model_package import NETWORK
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui.intake import Intake
from pneumo_desktop.ui.model_card import ModelDialog
from pneumo_desktop.ui.models import Models


class ModelChoice(QObject):
    """Shows the models in its `dialog` and exchanges the one in use.

    Signals:
        told: What a change of the model means for the cases, in words.
    """

    told = Signal(str)

    def __init__(self, models: Models, intake: Intake, home: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._models, self._intake, self._home = models, intake, home
        self.dialog = ModelDialog(parent)
        self.dialog.use_wanted.connect(self._use_shown)
        self.dialog.back_wanted.connect(self._go_back_shown)

    @Slot()
    def show_used(self) -> None:
        """Show the card of the model in use."""
        self.show_network(self._used)

    def show_network(self, sha256: str) -> None:
        """Show the card of the network of this hash, as the models are now."""
        self.dialog.show_former(self._models.former)
        self.dialog.open_at(self._models.installed(), sha256)

    def show_of(self, stored: StoredCase | None) -> None:
        """Show the card of the model that answered a case, else of the one in use."""
        self.show_network(stored.outcome.model.sha256 if stored else self._used)

    @property
    def _used(self) -> str:
        return self._models.card.files[NETWORK]

    def use(self, folder: Path) -> str:
        """Answer films with the model in `folder`; return why that cannot be, else nothing.

        No case is answered again by this.
        """
        return self._exchange(lambda: self._models.use(folder, self._home))

    def go_back(self) -> str:
        """Answer films with the former model again; return why that cannot be, else nothing."""
        return self._exchange(lambda: self._models.go_back(self._home))

    def _exchange(self, how: Callable[[], None]) -> str:
        try:
            how()
        except (CardError, StoreError) as error:
            return str(error)
        settings = self._models.settings
        self._intake.use(self._models.load, settings.policy)
        words = self.tr("New films are answered by %s, from %s %% on. Cases keep their answers")
        self.told.emit(words % (self._models.card.title, f"{100 * settings.threshold:g}"))
        return ""

    @Slot(Path)
    def _use_shown(self, folder: Path) -> None:
        problem = self.use(folder)
        if problem:
            self.dialog.show_problem(problem)
        else:
            self._show_exchanged()

    @Slot()
    def _go_back_shown(self) -> None:
        problem = self.go_back()
        if problem:
            self.dialog.show_failure(problem)
        else:
            self._show_exchanged()

    def _show_exchanged(self) -> None:
        self.dialog.show_models(self._models.installed(), self._used)
        self.dialog.show_former(self._models.former)
