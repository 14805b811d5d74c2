"""What is drawn over the dark of the film area: the film, attention, rulers, a region."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from pneumo_desktop.ui.film_picture import Visible
from pneumo_desktop.ui.film_words import MARGIN, paint_legible
from pneumo_desktop.ui.theme import FILM_BACKGROUND, FILM_MARK

TICK = 5.0  # logical pixels
SEE_PIXELS_FROM = 4.0  # zoom from which pixels stand as squares instead of being smoothed


def paint_visible(painter: QPainter, part: Visible, scale: float) -> None:
    """Draw the film's visible part at its place in device pixels."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, 1.0 <= scale < SEE_PIXELS_FROM)
    painter.drawImage(part.where, part.image)


def paint_attention(painter: QPainter, attention: QImage, way: QTransform, opacity: float) -> None:
    """Lay the map over the film; `way` leads from the film, 0-1, to device pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setOpacity(opacity)
    painter.setTransform(way, combine=True)
    painter.drawImage(QRectF(0.0, 0.0, 1.0, 1.0), attention)
    painter.restore()


def paint_distance(painter: QPainter, start: QPointF, end: QPointF, words: str) -> None:
    """Draw a ruler with a tick at each end, and its length beside the lower one."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    along = end - start
    length = max((along.x() ** 2 + along.y() ** 2) ** 0.5, 1e-6)
    tick = QPointF(-along.y(), along.x()) * (TICK / length)
    for colour, width in ((FILM_BACKGROUND, 4.0), (FILM_MARK, 1.6)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(start, end)
        painter.drawLine(start - tick, start + tick)
        painter.drawLine(end - tick, end + tick)
    lower = start if start.y() > end.y() else end
    size = QSizeF(painter.fontMetrics().boundingRect(words).size()) + QSizeF(4.0, 4.0)
    room = QRectF(lower + QPointF(2 * TICK, TICK), size)
    corner = 2 * painter.fontMetrics().height() + MARGIN  # where zoom and window are written
    area = painter.window().adjusted(0, 0, -MARGIN, -corner)
    paint_legible(painter, _within(room.toRect(), area), _AT_START, words, FILM_MARK)
    painter.restore()


def paint_region(painter: QPainter, room: QRectF) -> None:
    """Draw the frame that is being dragged open."""
    for colour, style in ((FILM_BACKGROUND, Qt.PenStyle.SolidLine), (FILM_MARK, _DASHED)):
        painter.setPen(QPen(QColor(colour), 1.6, style))
        painter.drawRect(room)


def _within(room: QRect, area: QRect) -> QRect:
    """Keep words in sight where the ruler ends at the edge."""
    x = min(max(room.x(), area.x()), max(area.x(), area.right() - room.width()))
    y = min(max(room.y(), area.y()), max(area.y(), area.bottom() - room.height()))
    return QRect(x, y, room.width(), room.height())


_AT_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_DASHED = Qt.PenStyle.DashLine
