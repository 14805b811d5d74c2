"""The preferences: pages of choices, taken over together or not at all."""

from pathlib import Path

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.appearance import Choice
from pneumo_desktop.ui.coverage_curve import CoverageCurve
from pneumo_desktop.ui.preferences_folders import FoldersPage
from pneumo_desktop.ui.preferences_keys import KeysPage
from pneumo_desktop.ui.preferences_reading import ReadingPage
from pneumo_desktop.ui.shortcuts import Shortcuts


class Preferences(QDialog):
    """Shows settings and says which the reader wants.

    Signals:
        wanted: The `Settings` that the reader wants.
        theme_wanted: The colours that the reader wants: system, light or dark.
    """

    wanted = Signal(Settings)
    theme_wanted = Signal(str)

    def __init__(self, shortcuts: Shortcuts, home: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings = Settings()
        self.tabs = QTabWidget(self)
        self.reading = ReadingPage(self)
        self.curve = CoverageCurve(self.reading)
        self.reading.put_below_threshold(self.curve)
        self.reading.threshold_moved.connect(self.curve.show_threshold)
        self.reading.point_chosen.connect(self.curve.show_point)
        self.keys = KeysPage(shortcuts, self)
        self.folders = FoldersPage(home, self)
        self.tabs.addTab(self.reading, self.tr("&Reading"))
        self.tabs.addTab(self.keys, self.tr("&Keys"))
        self.tabs.addTab(self.folders, self.tr("&Folders"))
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.buttons)
        self.resize(640, 580)

    def open_with(self, settings: Settings, theme: Choice, card: ModelCard) -> None:
        """Open with what is chosen at present; `card` is of the model in use."""
        self._settings = settings
        self.reading.show_points(card, settings.operating_point)
        self.curve.show_card(card)
        self.curve.show_threshold(settings.threshold)
        self.reading.show_choices(settings, theme)
        self.keys.show_keys(dict(settings.shortcuts))
        self.folders.show_watched(settings.watch_folder)
        self.folders.show_python(settings.trainer_python)
        self.open()
        self.reading.spin.setFocus()

    @Slot()
    def _take(self) -> None:
        if not self.keys.is_clear:
            self.tabs.setCurrentWidget(self.keys)
            self.keys.edit.setFocus()
            return
        self.accept()
        self.theme_wanted.emit(self.reading.theme.currentData())
        self.wanted.emit(
            msgspec.structs.replace(
                self._settings,
                threshold=self.reading.threshold,
                operating_point=self.reading.point.currentData(),
                ageing=self.reading.ageing.value(),
                initials=self.reading.initials.text().strip(),
                shortcuts=self.keys.chosen,
                watch_folder=self.folders.watched.text(),
                trainer_python=self.folders.python.text().strip(),
            )
        )
