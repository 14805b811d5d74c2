"""Blind first: the model's answer waits until the reader has called the film."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from pneumo_desktop.core.blinding import waits, was_seen
from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.store import StoreError
from pneumo_desktop.ui.models import Models


class Blind(QObject):
    """Whether answers wait; kept in the settings, so that it outlasts the window.

    Signals:
        changed: It was switched on or off.
        failed: Why it could not be, in words; it stays as it was.
    """

    changed = Signal(bool)
    failed = Signal(str)

    def __init__(self, models: Models, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models, self._home = models, home

    @property
    def on(self) -> bool:
        """Whether answers wait."""
        return self._models.settings.blind_since is not None

    @Slot(bool)
    def switch(self, on: bool) -> None:  # noqa: FBT001 - a triggered action
        """Let answers wait from now on, or show them."""
        if on is self.on:
            return
        try:
            since = datetime.now(UTC) if on else None
            settings = msgspec.structs.replace(self._models.settings, blind_since=since)
            self._models.change(settings, self._home)
        except StoreError as error:
            self.failed.emit(str(error))
        self.changed.emit(self.on)

    def hides(self, stored: StoredCase | None) -> bool:
        """Return whether a film's answer waits."""
        return stored is not None and self.on and waits(stored)

    def was_seen(self, stored: StoredCase) -> bool:
        """Return whether a reader could have seen the answer before calling it now."""
        return was_seen(stored, self._models.settings.blind_since)
