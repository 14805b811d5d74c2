"""Light or dark: what the system says, unless the reader chose."""

from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from pneumo_desktop.ui.theme import Colours, colours_of, palette, style_sheet

Choice = Literal["system", "light", "dark"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Appearance(QObject):
    """Keeps the application in the colours of the scheme in use.

    Signals:
        changed: The `Colours` now in use.
    """

    changed = Signal(Colours)

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._choice: Choice = "system"
        application.styleHints().colorSchemeChanged.connect(self._apply)

    @property
    def choice(self) -> Choice:
        """What the reader chose."""
        return self._choice

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        scheme = self._application.styleHints().colorScheme()
        dark = scheme is Qt.ColorScheme.Dark if self._choice == "system" else self._choice == "dark"
        return colours_of(dark=dark)

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = choice
        self._application.styleHints().setColorScheme(_SCHEMES[choice])
        self._apply()

    @Slot()
    def _apply(self) -> None:
        colours = self.colours
        self._application.setPalette(palette(colours))
        self._application.setStyleSheet(style_sheet(colours))
        self.changed.emit(colours)
