"""What works behind the training pages, beside the window's own work."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pneumo_desktop.ui.training.assessor import Assessor
from pneumo_desktop.ui.training.errand import Errand, Locate
from pneumo_desktop.ui.training.film_window import FilmWindow
from pneumo_desktop.ui.training.survey import Survey


class School(QObject):
    """The workers of the training tab, and the window that shows one of its films large."""

    def __init__(self, home: Path, window: QWidget, locate: Locate) -> None:
        super().__init__(window)
        self.probe, self.preview = Errand("probe", locate, self), Errand("preview", locate, self)
        self.survey = Survey(home, self)
        self.assessor = Assessor(self)
        self.large = FilmWindow(window)

    def shutdown(self) -> None:
        """End them; call from the window's end, before the database is closed."""
        self.probe.shutdown()
        self.preview.shutdown()
        self.survey.shutdown()
        self.assessor.shutdown()
        self.large.shutdown()
