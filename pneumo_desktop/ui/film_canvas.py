"""The film as painted: where it lies, under which window, and what is laid over it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pneumo_desktop.core.cases import Film
from pneumo_desktop.ui.film_paint import paint_attention, paint_distance, paint_visible
from pneumo_desktop.ui.film_picture import FilmPicture
from pneumo_desktop.ui.film_words import (
    look_words,
    paint_corners,
    paint_edges,
    paint_message,
    turn_words,
)
from pneumo_desktop.ui.orientation import Point
from pneumo_desktop.ui.ruler import Distance, distance_words
from pneumo_desktop.ui.theme import FILM_BACKGROUND, FILM_QUIET_TEXT
from pneumo_desktop.ui.viewport import Framing, Size, Viewport, centred, fitted, framed, framing

ZOOM_STEP = 1.25


class FilmCanvas(QWidget):
    """One film, or a sentence where there is none; setters display and tell nobody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(QSize(160, 160))
        self._headline, self._sentence = "", ""
        self._corners: tuple[str, str] = ("", "")
        self._attention: QImage | None = None
        self._opacity = 0.5
        self._exchanged = False
        self._clear()

    def _clear(self) -> None:
        self.picture: FilmPicture | None = None
        self._distances: list[Distance] = []
        self._place = Viewport()
        self._fits = True

    @property
    def film(self) -> Film | None:
        """The film on view."""
        return self.picture.film if self.picture else None

    @property
    def place(self) -> Viewport:
        """Where the film lies, in device pixels."""
        return self._place

    @property
    def exchanged(self) -> bool:
        """Whether the file was found to have light and dark exchanged."""
        return self._exchanged

    @property
    def distances(self) -> tuple[Distance, ...]:
        """What the reader measured on this film."""
        return tuple(self._distances)

    def show_film(self, film: Film) -> None:
        """Show a film as its file wants it, whole."""
        self._clear()
        self.picture = FilmPicture(film)
        self.fit()

    def show_message(self, headline: str, sentence: str = "") -> None:
        """Show words instead of a film."""
        self._clear()
        self._headline, self._sentence = headline, sentence
        self.update()

    def set_corners(self, left: str, right: str) -> None:
        """Write who and how into the upper corners."""
        self._corners = (left, right)
        self.update()

    def set_exchanged(self, *, exchanged: bool) -> None:
        """Name the polarity of a film whose file was found to have light and dark exchanged."""
        self._exchanged = exchanged
        self.update()

    def set_attention(self, image: QImage | None) -> None:
        """Lay a map over the film, or none."""
        self._attention = image
        self.update()

    def set_attention_opacity(self, opacity: float) -> None:
        """Set how much the map covers, 0-1."""
        self._opacity = opacity
        self.update()

    def fit(self) -> None:
        """Show the whole film, and keep doing so when the widget is resized."""
        if self.picture:
            self.move_to(fitted(self.picture.size, self.room))
        self._fits = True

    def actual_size(self) -> None:
        """Show one film pixel on one screen pixel."""
        if self.picture:
            self.move_to(centred(self.picture.size, self.room, 1.0))

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom in (positive) or out at a point, by default the middle."""
        ratio = self.devicePixelRatioF()
        point = (at or QRectF(self.rect()).center()) * ratio
        self.move_to(self._place.zoomed(ZOOM_STEP**steps, point.x(), point.y()))

    def move_to(self, place: Viewport) -> None:
        """Show the film at a place of its own, fitted no longer."""
        self._place = place
        self._fits = False
        self.update()

    def change(self, how: Callable[[FilmPicture], None]) -> None:
        """Change how the film is shown: its window, or its turn around the middle of the view."""
        if self.picture is None:
            return
        turn, middle = self.picture.look.turn, self.stored(QRectF(self.rect()).center())
        how(self.picture)
        if self.picture.look.turn == turn:
            self.update()
        elif self._fits:
            self.fit()
        else:
            x, y = self.picture.to_shown(middle)
            (width, height), scale = self.room, self._place.scale
            self.move_to(Viewport(scale, width / 2 - scale * x, height / 2 - scale * y))

    @property
    def inverted(self) -> bool:
        """Whether the reader turned light and dark round."""
        return self.picture is not None and self.picture.look.inverted

    def invert(self) -> None:
        """Turn light and dark round."""
        self.change(FilmPicture.invert)

    def reset(self) -> None:
        """Show the film again as its file wants it, without rulers."""
        if self.film:
            self.show_film(self.film)

    def add_distance(self, distance: Distance) -> None:
        """Lay a ruler on."""
        self._distances.append(distance)
        self.update()

    def clear_distances(self) -> None:
        """Take the rulers off."""
        self._distances.clear()
        self.update()

    @property
    def framing(self) -> Framing | None:
        """What of the film is seen, in terms that hold for another film."""
        if self.picture is None:
            return None
        return framing(self._place, self.picture.size, self.room)

    def take_framing(self, seen: Framing, *, fits: bool) -> None:
        """Show what of another film is seen of this one."""
        if self.picture:
            self.move_to(framed(seen, self.picture.size, self.room))
        self._fits = fits

    @property
    def fits(self) -> bool:
        """Whether the whole film is kept in sight."""
        return self._fits

    @property
    def room(self) -> Size:
        """Width and height of the view in device pixels."""
        ratio = self.devicePixelRatioF()
        return (self.width() * ratio, self.height() * ratio)

    def stored(self, position: QPointF) -> Point:
        """Return the point of the film as stored below a logical position."""
        at = position * self.devicePixelRatioF()
        point = self._place.to_film(at.x(), at.y())
        return self.picture.to_stored(point) if self.picture else point

    def _logical(self, stored: Point) -> QPointF:
        x, y = self.picture.to_shown(stored) if self.picture else stored
        at = QPointF(
            self._place.left + x * self._place.scale, self._place.top + y * self._place.scale
        )
        return at / self.devicePixelRatioF()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Qt: keep a fitted film fitted."""
        if self._fits:
            self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(FILM_BACKGROUND))
        if self.picture:
            self._paint_film(painter, self.picture)
            self._paint_over(painter, self.picture)
        else:
            paint_message(painter, self.rect(), self._headline, self._sentence)
        if self.hasFocus():
            painter.setPen(QColor(FILM_QUIET_TEXT))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_film(self, painter: QPainter, picture: FilmPicture) -> None:
        painter.save()
        painter.scale(1.0 / self.devicePixelRatioF(), 1.0 / self.devicePixelRatioF())
        visible = picture.visible(self._place, self.room)
        if visible:
            paint_visible(painter, visible, self._place.scale)
        if self._attention:
            way = picture.transform(self._place)
            paint_attention(painter, self._attention, way, self._opacity)
        painter.restore()

    def _paint_over(self, painter: QPainter, picture: FilmPicture) -> None:
        """Write and draw what the reader asked for over the film."""
        for distance in self.distances:
            self.paint_ruler(painter, distance)
        self.paint_tool(painter)
        if picture.edges:
            paint_edges(painter, self.rect(), picture.edges)
        paint_corners(
            painter, self.rect(), (*self._corners, self._look_words(), self._zoom_words())
        )

    def paint_tool(self, painter: QPainter) -> None:
        """Draw what a hand is about to do; a film that only hangs there has nothing."""

    def paint_ruler(self, painter: QPainter, distance: Distance) -> None:
        """Draw a ruler with its length."""
        if self.film:
            words = distance_words(distance, self.film.facts)
            paint_distance(
                painter, self._logical(distance.start), self._logical(distance.end), words
            )

    def _look_words(self) -> str:
        if self.picture is None:
            return ""
        return look_words(self.picture.look, exchanged=self._exchanged)

    def _zoom_words(self) -> str:
        zoom = f"{100 * self._place.scale:.0f} %"
        turned = turn_words(self.picture.look.turn) if self.picture else ""
        return f"{turned}\n{zoom}".strip()
