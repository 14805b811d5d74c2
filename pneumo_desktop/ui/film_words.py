"""Words on the dark of the film area: its corners, and its sentence where there is no film."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from pneumo_desktop.ui.theme import FILM_BACKGROUND, FILM_QUIET_TEXT, FILM_TEXT

MARGIN = 8
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_TOP, _BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
_CORNERS = (_LEFT | _TOP, _RIGHT | _TOP, _LEFT | _BOTTOM, _RIGHT | _BOTTOM)


def paint_corners(painter: QPainter, area: QRect, texts: tuple[str, str, str, str]) -> None:
    """Write into the corners, row by row, legible on white and on black."""
    room = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    for flags, whole in zip(_CORNERS, texts, strict=True):
        text = _elided(painter, whole, room.width() // 2 - MARGIN)
        painter.setPen(QColor(FILM_BACKGROUND))
        for dx, dy in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
            painter.drawText(room.translated(dx, dy), flags, text)
        painter.setPen(QColor(FILM_TEXT))
        painter.drawText(room, flags, text)


def _elided(painter: QPainter, text: str, width: int) -> str:
    measure = painter.fontMetrics()
    middle = Qt.TextElideMode.ElideMiddle
    return "\n".join(measure.elidedText(line, middle, width) for line in text.split("\n"))


def paint_message(painter: QPainter, area: QRect, headline: str, sentence: str) -> None:
    """Write a headline and a sentence into the middle."""
    width = min(area.width() - 6 * MARGIN, 420)
    room = QRect(0, 0, width, area.height())
    room.moveCenter(area.center())
    middle = area.center().y()
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    painter.setPen(QColor(FILM_QUIET_TEXT))
    painter.drawText(
        QRect(room.left(), middle + MARGIN, width, room.height() // 2), flags, sentence
    )
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * 1.4)
    painter.setFont(font)
    painter.setPen(QColor(FILM_TEXT))
    above = QRect(room.left(), room.top(), width, middle - room.top() - MARGIN)
    painter.drawText(above, flags | _BOTTOM, headline)
