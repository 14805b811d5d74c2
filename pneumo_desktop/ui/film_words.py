"""Words on the dark of the film area: its corners, and its sentence where there is no film."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from pneumo_desktop.core.greyscale import Window
from pneumo_desktop.ui.film_picture import Look
from pneumo_desktop.ui.orientation import Edges, Turn
from pneumo_desktop.ui.theme import FILM_BACKGROUND, FILM_QUIET_TEXT, FILM_TEXT

MARGIN = 8
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_TOP, _BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
_ACROSS, _UPRIGHT = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignVCenter
_EDGES = (_LEFT | _UPRIGHT, _ACROSS | _TOP, _RIGHT | _UPRIGHT, _ACROSS | _BOTTOM)
_OUTLINE = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]
_OUTLINE += [(2, 0), (-2, 0), (0, 2), (0, -2)]  # one pixel is lost on light grey
_CORNERS = (_LEFT | _TOP, _RIGHT | _TOP, _LEFT | _BOTTOM, _RIGHT | _BOTTOM)


def paint_corners(painter: QPainter, area: QRect, texts: tuple[str, str, str, str]) -> None:
    """Write into the corners, row by row, legible on white and on black."""
    room = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    for flags, whole in zip(_CORNERS, texts, strict=True):
        text = _elided(painter, whole, room.width() // 2 - MARGIN)
        paint_legible(painter, room, flags, text)


def look_words(look: Look, *, exchanged: bool) -> str:
    """Return window and polarity; `exchanged` where the file has light and dark the wrong way."""
    words = [look.named] if look.named else []
    if isinstance(look.voi, Window):
        words += [f"W {number(look.voi.width)}", f"L {number(look.voi.center)}"]
    polarity = ("inverted in the file", "polarity corrected") if exchanged else ("", "inverted")
    words.append(polarity[look.inverted])
    return "\n".join(filter(None, words))


def number(value: float) -> str:
    """Return a value of the film in as many digits as it needs."""
    return f"{value:.0f}" if abs(value) >= 100 or value == round(value) else f"{value:.3g}"


def turn_words(turn: Turn) -> str:
    """Return how the film stands otherwise than stored, empty where it does not."""
    parts = ["mirrored"] if turn.mirrored else []
    if turn.quarters:
        parts.append(f"turned {90 * turn.quarters}°")
    return ", ".join(parts)


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


def paint_edges(painter: QPainter, area: QRect, letters: Edges) -> None:
    """Write at each edge's middle which side of the patient lies there."""
    font = painter.font()
    painter.save()
    font.setPointSizeF(font.pointSizeF() * 1.3)
    font.setBold(True)
    painter.setFont(font)
    room = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    for flags, text in zip(_EDGES, (letters.left, letters.top, letters.right, letters.bottom),
                           strict=True):  # fmt: skip
        paint_legible(painter, room, flags, text)
    painter.restore()


def paint_legible(
    painter: QPainter, room: QRect, flags: Qt.AlignmentFlag, text: str, colour: str = FILM_TEXT
) -> None:
    """Write so that it can be read on white and on black."""
    painter.setPen(QColor(FILM_BACKGROUND))
    for dx, dy in _OUTLINE:
        painter.drawText(room.translated(dx, dy), flags, text)
    painter.setPen(QColor(colour))
    painter.drawText(room, flags, text)
