"""A plot drawn by Qt: lines in a frame from 0 to 1, told apart by dashes as well as by colour."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pneumo_desktop.ui.theme import LIGHT, Colours

Points = tuple[tuple[float, float], ...]
HINT = QSize(300, 260)
GAP, DOT = 6.0, 4.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a plot shows: a title, the names of both axes, and in words what is to be seen.

    `across` and `up` are the ends of the axes; `mark` is where things stand at present; `guide`
    is a line to compare with; `dots` are drawn one by one, each as large as its share 0-1 asks.
    """

    title: str
    axes: tuple[str, str]
    words: str
    line: Points = ()
    dots: tuple[tuple[float, float, float], ...] = ()
    guide: Points = ()
    mark: tuple[float, float] | None = None
    across: tuple[float, float] = (0.0, 1.0)
    up: tuple[float, float] = (0.0, 1.0)


class Plot(QWidget):
    """Draws a `Drawing`.

    Signals:
        dragged: Where in its axes the reader drags the mark to.
    """

    dragged = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = Drawing("", ("", ""), "")
        self._colours = LIGHT
        self._movable = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def drawing(self) -> Drawing:
        """What is drawn."""
        return self._drawing

    def show_drawing(self, drawing: Drawing) -> None:
        """Draw this."""
        self._drawing = drawing
        self.setAccessibleName(drawing.title)
        self.setAccessibleDescription(drawing.words)
        self.update()

    def set_movable(self, *, movable: bool, tip: str) -> None:
        """Let the reader drag the mark, or not."""
        self._movable = movable
        self.setCursor(Qt.CursorShape.CrossCursor if movable else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tip)

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: larger where letters are."""
        letters = round(9 * QFontMetricsF(self.font()).height())
        return HINT.expandedTo(QSize(letters, round(12 * QFontMetricsF(self.font()).height())))

    def minimumSizeHint(self) -> QSize:
        """Qt: what can still be read."""
        return QSize(220, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: the reader points at a place."""
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: the reader drags."""
        self._drag(event)

    def _drag(self, event: QMouseEvent) -> None:
        if self._movable and event.buttons() & Qt.MouseButton.LeftButton:
            area, (left, right), (low, high) = self.area, self._drawing.across, self._drawing.up
            x = (event.position().x() - area.left()) / area.width()
            y = (area.bottom() - event.position().y()) / area.height()
            x, y = (min(1.0, max(0.0, value)) for value in (x, y))
            self.dragged.emit(left + x * (right - left), low + y * (high - low))

    @property
    def area(self) -> QRectF:
        """Where the axes lie in the widget."""
        letters = QFontMetricsF(self.font())
        text = letters.height()
        left = letters.horizontalAdvance("0.000") + text + 2 * GAP
        return QRectF(self.rect()).adjusted(left, text + 2 * GAP, -3 * GAP, -2 * text - 2 * GAP)

    def at(self, x: float, y: float) -> QPointF:
        """Return where in the widget a place of the axes lies."""
        area, (left, right), (low, high) = self.area, self._drawing.across, self._drawing.up
        return QPointF(
            area.left() + area.width() * (x - left) / (right - left),
            area.bottom() - area.height() * (y - low) / (high - low),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        painter.setClipRect(self.area.adjusted(-2 * DOT, -2 * DOT, 2 * DOT, 2 * DOT))
        drawing, colours = self._drawing, self._colours
        self._paint_line(painter, drawing.guide, QPen(QColor(colours.quiet), 1.0, _DASHES))
        self._paint_line(painter, drawing.line, QPen(QColor(colours.accent), 2.0))
        self._paint_dots(painter)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        colours, area = self._colours, self.area
        text = QFontMetricsF(self.font()).height()
        painter.setPen(QColor(colours.text))
        painter.drawText(QPointF(GAP, text), self._drawing.title)
        painter.setPen(QColor(colours.line))
        painter.drawRect(area)
        painter.setPen(QColor(colours.quiet))
        for share in (0.0, 0.5, 1.0):
            self._paint_ticks(painter, share, text)
        across, up = self._drawing.axes
        below = QRectF(area.left(), area.bottom() + text + GAP, area.width(), text + GAP)
        painter.drawText(below, _MIDDLE, across)
        painter.save()
        painter.translate(text, area.center().y())
        painter.rotate(-90.0)
        painter.drawText(QRectF(-area.height() / 2, -text, area.height(), text + GAP), _MIDDLE, up)
        painter.restore()

    def _paint_ticks(self, painter: QPainter, share: float, text: float) -> None:
        (left, right), (low, high) = self._drawing.across, self._drawing.up
        x, y = left + share * (right - left), low + share * (high - low)
        place, area = self.at(x, y), self.area
        painter.drawText(QRectF(place.x() - 40, area.bottom() + 2, 80, text), _MIDDLE, f"{x:.2g}")
        painter.drawText(
            QRectF(0.0, place.y() - text / 2, area.left() - GAP, text), _RIGHT, f"{y:.2g}"
        )

    def _paint_line(self, painter: QPainter, points: Points, pen: QPen) -> None:
        if points:
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([self.at(x, y) for x, y in points]))

    def _paint_dots(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.accent))
        for x, y, share in self._drawing.dots:
            radius = DOT * (0.7 + 2.0 * share**0.5)
            painter.drawEllipse(self.at(x, y), radius, radius)
        if self._drawing.mark:
            painter.setBrush(QColor(self._colours.panel))
            painter.setPen(QPen(QColor(self._colours.high), 2.5))
            painter.drawEllipse(self.at(*self._drawing.mark), DOT + 2, DOT + 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)


_DASHES = Qt.PenStyle.DashLine
