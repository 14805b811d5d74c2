"""The hands on the film: mouse and keys."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from pneumo_desktop.ui.film_canvas import FilmCanvas
from pneumo_desktop.ui.film_paint import paint_region
from pneumo_desktop.ui.ruler import Distance
from pneumo_desktop.ui.viewport import region

PAN_STEP = 0.1  # of the room, for an arrow key
LEAST_DRAG = 4.0  # logical pixels; a shorter one was a click
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
    REGION = auto()
    RULER = auto()


_CURSORS = {
    Tool.PAN: Qt.CursorShape.OpenHandCursor,
    Tool.WINDOW: Qt.CursorShape.SizeAllCursor,
    Tool.REGION: Qt.CursorShape.CrossCursor,
    Tool.RULER: Qt.CursorShape.CrossCursor,
}


class ImageView(FilmCanvas):
    """A film that can be handled.

    Signals:
        moved: The reader zoomed or moved the film by hand.
        windowed: The reader changed its window by hand.
        entered: The reader turned to this view.
        region_taken: The reader zoomed to a region.
    """

    moved = Signal()
    windowed = Signal()
    entered = Signal()
    region_taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Film"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tool = Tool.PAN
        self._pressed: QPointF | None = None  # where a drag began
        self._drag: QPointF | None = None  # how far it has come

    def set_tool(self, tool: Tool) -> None:
        """Choose what the left button does."""
        self._tool = tool
        self.setCursor(_CURSORS[tool])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: keys are meant for this film."""
        super().focusInEvent(event)
        self.entered.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: zoom at the cursor."""
        self.zoom(event.angleDelta().y() / 120.0, event.position())
        self.moved.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: begin a drag."""
        self._pressed = self._drag = event.position()
        self.entered.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: pan, set the window, or drag a frame or a ruler open."""
        if self._drag is None:
            return
        step = event.position() - self._drag
        self._drag = event.position()
        tool = Tool.WINDOW if event.buttons() & Qt.MouseButton.RightButton else self._tool
        if tool is Tool.WINDOW:
            self.change(lambda picture: picture.drag_window(step.x(), step.y()))
            self.windowed.emit()
        elif tool is Tool.PAN:
            ratio = self.devicePixelRatioF()
            self.move_to(self.place.moved(step.x() * ratio, step.y() * ratio))
            self.moved.emit()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: end a drag."""
        start, end = self._pressed, event.position()
        self._pressed = self._drag = None
        left = event.button() == Qt.MouseButton.LeftButton
        if start and left and self.film and (end - start).manhattanLength() >= LEAST_DRAG:
            self._finish(start, end)
        self.update()

    def _finish(self, start: QPointF, end: QPointF) -> None:
        """Do what the tool does with a finished drag."""
        if self._tool is Tool.REGION:
            ratio = self.devicePixelRatioF()
            first = self.place.to_film(start.x() * ratio, start.y() * ratio)
            last = self.place.to_film(end.x() * ratio, end.y() * ratio)
            self.move_to(region(first, last, self.room))
            self.moved.emit()
            self.region_taken.emit()
        elif self._tool is Tool.RULER:
            self.add_distance(Distance(self.stored(start), self.stored(end)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: between all of the film and its own pixels, there."""
        if self.fits:
            point = event.position() * self.devicePixelRatioF()
            self.move_to(self.place.zoomed(1.0 / self.place.scale, point.x(), point.y()))
        else:
            self.fit()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows with Shift pan; alone they belong to the worklist."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
            return
        width, height = self.room
        self.move_to(self.place.moved(step[0] * PAN_STEP * width, step[1] * PAN_STEP * height))
        self.moved.emit()

    def paint_tool(self, painter: QPainter) -> None:
        """Draw the frame or ruler that is being dragged open."""
        if self._pressed is None or self._drag is None or self.picture is None:
            return
        if self._tool is Tool.REGION:
            paint_region(painter, QRectF(self._pressed, self._drag).normalized())
        elif self._tool is Tool.RULER:
            self.paint_ruler(painter, Distance(self.stored(self._pressed), self.stored(self._drag)))
