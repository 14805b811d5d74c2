"""Two films side by side that are zoomed, moved and windowed together."""

from PySide6.QtCore import QObject, Slot

from pneumo_desktop.ui.film_canvas import FilmCanvas
from pneumo_desktop.ui.image_view import ImageView


class FilmPair(QObject):
    """Lets the film beside follow the other, whichever the reader's hand is on."""

    def __init__(self, main: ImageView, beside: ImageView) -> None:
        super().__init__(main)
        self._main, self._beside = main, beside
        self._active = main
        self._linked = True
        for view in (main, beside):
            view.moved.connect(lambda view=view: self.share_place(view))
            view.windowed.connect(lambda view=view: self.share_window(view))
            view.entered.connect(lambda view=view: self._enter(view))

    def _enter(self, view: ImageView) -> None:
        self._active = view

    @property
    def active(self) -> ImageView:
        """The view that keys and buttons are meant for: the one last touched."""
        return self._active if self._active.isVisible() else self._main

    @Slot(bool)
    def link(self, linked: bool) -> None:  # noqa: FBT001 - a toggled action
        """Let the films go together, or each its own way."""
        self._linked = linked
        if linked:
            self.share_place(self._main)

    def share_place(self, leader: FilmCanvas) -> None:
        """Show the same part of the other film."""
        seen, other = leader.framing, self._follower(leader)
        if other and seen:
            other.take_framing(seen, fits=leader.fits)

    def receive(self) -> None:
        """Show a film that just came beside as the other is shown; the file's own window stays."""
        self.share_place(self._main)
        if (picture := self._main.picture) and not picture.shows_own:
            self.share_window(self._main)

    def share_window(self, leader: FilmCanvas) -> None:
        """Show the other film under the same window, in terms of its own values."""
        other, picture = self._follower(leader), leader.picture
        if other and picture:
            shared, named = picture.shared_window, picture.look.named
            other.change(lambda p: p.take_window(shared, named))

    def _follower(self, leader: FilmCanvas) -> FilmCanvas | None:
        other = self._beside if leader is self._main else self._main
        return other if self._linked and self._beside.isVisible() else None
