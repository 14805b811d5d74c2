"""The film on view: zoom, pan, window and level on the full depth, attention laid over."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import Voi, Window
from pneumo_desktop.ui.film_words import paint_corners, paint_message
from pneumo_desktop.ui.image_render import render, start_window, value_range
from pneumo_desktop.ui.theme import FILM_BACKGROUND, FILM_QUIET_TEXT
from pneumo_desktop.ui.viewport import Viewport, centred, fitted

ZOOM_STEP = 1.25
PAN_STEP = 0.1  # of the room, for an arrow key
DRAG_FOR_RANGE = 600.0  # logical pixels of drag that cross all the film's values
SEE_PIXELS_FROM = 4.0  # zoom from which pixels stand as squares instead of being smoothed
_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Tool(Enum):
    """What a drag with the left button does; the right button always sets the window."""

    PAN = auto()
    WINDOW = auto()


class ImageView(QWidget):
    """One film, or a sentence where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Film"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(160, 160))
        self._headline, self._sentence = "", ""
        self._corners: tuple[str, str] = ("", "")
        self._tool = Tool.PAN
        self._attention: QImage | None = None
        self._opacity = 0.5
        self._drag: QPointF | None = None
        self._exchanged = False
        self._clear()

    def _clear(self) -> None:
        self._film: Film | None = None
        self._voi: Voi | None = None
        self._inverted = False
        self._image: QImage | None = None  # the film under the window, made when painted
        self._pixmap: QPixmap | None = None  # the image at the zoom, made when painted
        self._place = Viewport()
        self._fits = True

    @property
    def film(self) -> Film | None:
        """The film on view."""
        return self._film

    @property
    def place(self) -> Viewport:
        """Where the film lies, in device pixels."""
        return self._place

    @property
    def voi(self) -> Voi | None:
        """The grey-scale step on view."""
        return self._voi

    @property
    def inverted(self) -> bool:
        """Whether the reader turned light and dark round."""
        return self._inverted

    def show_film(self, film: Film) -> None:
        """Show a film as its file wants it, whole."""
        self._clear()
        self._film, self._voi = film, film.voi
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

    def set_tool(self, tool: Tool) -> None:
        """Choose what the left button does."""
        self._tool = tool
        self.setCursor(
            Qt.CursorShape.OpenHandCursor if tool is Tool.PAN else Qt.CursorShape.SizeAllCursor
        )

    def fit(self) -> None:
        """Show the whole film, and keep doing so when the widget is resized."""
        self._fits = True
        if self._film:
            self._move_to(fitted(self._size(), self._room()))

    def actual_size(self) -> None:
        """Show one film pixel on one screen pixel."""
        self._fits = False
        if self._film:
            self._move_to(centred(self._size(), self._room(), 1.0))

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom in (positive) or out at a point, by default the middle."""
        self._fits = False
        ratio = self.devicePixelRatioF()
        point = (at or QRectF(self.rect()).center()) * ratio
        self._move_to(self._place.zoomed(ZOOM_STEP**steps, point.x(), point.y()))

    def invert(self) -> None:
        """Turn light and dark round."""
        self._inverted = not self._inverted
        self._redraw()

    def reset(self) -> None:
        """Show the film again as its file wants it."""
        if self._film:
            self.show_film(self._film)

    def set_window(self, window: Window) -> None:
        """Show the film under a window."""
        self._voi = window
        self._redraw()

    def _redraw(self) -> None:
        self._image = self._pixmap = None
        self.update()

    def _move_to(self, place: Viewport) -> None:
        if place.scale != self._place.scale:
            self._pixmap = None
        self._place = place
        self.update()

    def _size(self) -> tuple[int, int]:
        facts = self._film.facts if self._film else None
        return (facts.width, facts.height) if facts else (1, 1)

    def _room(self) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return (self.width() * ratio, self.height() * ratio)

    def _drag_window(self, dx: float, dy: float) -> None:
        """Widen to the right, darken downwards, as viewers on the ward do it."""
        if not self._film:
            return
        now = self._voi if isinstance(self._voi, Window) else start_window(self._film)
        step = value_range(self._film) / DRAG_FOR_RANGE
        self.set_window(
            Window(now.center + dy * step, max(now.width + dx * step, 1.0), now.function)
        )

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Qt: keep a fitted film fitted."""
        if self._fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: zoom at the cursor."""
        self.zoom(event.angleDelta().y() / 120.0, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: begin a drag."""
        self._drag = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: pan, or set the window."""
        if self._drag is None:
            return
        step = event.position() - self._drag
        self._drag = event.position()
        left_windows = self._tool is Tool.WINDOW and event.buttons() & Qt.MouseButton.LeftButton
        if event.buttons() & Qt.MouseButton.RightButton or left_windows:
            self._drag_window(step.x(), step.y())
        else:
            ratio = self.devicePixelRatioF()
            self._fits = False
            self._move_to(self._place.moved(step.x() * ratio, step.y() * ratio))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Qt: end a drag."""
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: between all of the film and its own pixels, there."""
        if self._fits:
            self._fits = False
            point = event.position() * self.devicePixelRatioF()
            self._move_to(self._place.zoomed(1.0 / self._place.scale, point.x(), point.y()))
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows pan."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        width, height = self._room()
        self._fits = False
        self._move_to(self._place.moved(step[0] * PAN_STEP * width, step[1] * PAN_STEP * height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(FILM_BACKGROUND))
        if self._film:
            self._paint_film(painter, self._film)
            zoom = f"{100 * self._place.scale:.0f} %"
            paint_corners(painter, self.rect(), (*self._corners, self._window_words(), zoom))
        else:
            paint_message(painter, self.rect(), self._headline, self._sentence)
        if self.hasFocus():
            painter.setPen(QColor(FILM_QUIET_TEXT))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_film(self, painter: QPainter, film: Film) -> None:
        place, (width, height) = self._place, self._size()
        where = QRectF(place.left, place.top, width * place.scale, height * place.scale)
        painter.save()
        painter.scale(1.0 / self.devicePixelRatioF(), 1.0 / self.devicePixelRatioF())
        smooth = place.scale < SEE_PIXELS_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        pixmap = self._scaled(film)
        painter.drawPixmap(where, pixmap, QRectF(pixmap.rect()))
        if self._attention:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(self._opacity)
            painter.drawImage(where, self._attention)
        painter.restore()

    def _scaled(self, film: Film) -> QPixmap:
        """Return the film at the zoom; shrinking averages, which drawing alone would not."""
        if self._pixmap is None:
            if self._image is None:
                inverted = film.inverted != self._inverted
                self._image = render(film, self._voi or film.voi, inverted=inverted)
            image, scale = self._image, self._place.scale
            if scale < 1.0:
                image = image.scaled(
                    max(1, round(image.width() * scale)),
                    max(1, round(image.height() * scale)),
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            self._pixmap = QPixmap.fromImage(image)
        return self._pixmap

    def _window_words(self) -> str:
        words = self.tr("file's table")
        if isinstance(self._voi, Window):
            words = f"W {self._voi.width:.0f}  L {self._voi.center:.0f}"
        return f"{words}  {self._polarity_words()}".rstrip()

    def _polarity_words(self) -> str:
        if self._exchanged:
            told = "polarity corrected" if self._inverted else "inverted in the file"
            return self.tr(told)
        return self.tr("inverted") if self._inverted else ""
