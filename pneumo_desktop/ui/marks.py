"""The shapes that say a priority to who cannot tell the colours apart."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from pneumo_desktop.core.cases import Priority
from pneumo_desktop.ui.theme import Colours, priority_colour

SIZE = 16
_SCALES = (1, 2, 3)  # device pixels to a logical one

_POLYGONS = {
    Priority.HIGH: ((8, 2), (14.5, 13.5), (1.5, 13.5)),
    Priority.MEDIUM: ((8, 1.5), (14.5, 8), (8, 14.5), (1.5, 8)),
}


def priority_icons(colours: Colours) -> dict[Priority | None, QIcon]:
    """Return triangle, diamond, ring and bar; a cross for what stands apart."""
    kinds: list[Priority | None] = [*Priority, None]
    return {kind: _icon(kind, QColor(priority_colour(colours, kind))) for kind in kinds}


def _icon(kind: Priority | None, colour: QColor) -> QIcon:
    icon = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(SIZE * scale, SIZE * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, kind, colour)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
    return icon


def _draw(painter: QPainter, kind: Priority | None, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2.0))
    if kind in _POLYGONS:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in _POLYGONS[kind]]))
    elif kind is Priority.CHECK:
        painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    elif kind is Priority.LOW:
        painter.drawLine(QPointF(3, 8), QPointF(13, 8))
    else:
        painter.drawLine(QPointF(4, 4), QPointF(12, 12))
        painter.drawLine(QPointF(4, 12), QPointF(12, 4))
