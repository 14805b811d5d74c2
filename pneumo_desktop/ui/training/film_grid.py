"""A wall of small films that stays quick with thousands of them."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pneumo_desktop.ui.theme import FILM_BACKGROUND, FILM_QUIET_TEXT, FILM_TEXT, LIGHT, Colours
from pneumo_desktop.ui.training.grid_model import FILM_ROLE, GridFilm, GridModel

PICTURE, GAP = 112, 4
MOST_KEPT = 600  # pictures decoded at a time: two screens of the largest
OUT_OPACITY = 0.3


class FilmGrid(QListView):
    """Small films with class and name.

    Signals:
        wanted: The path of a film that the reader wants to see large.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.films = GridModel(self)
        self.setModel(self.films)
        self._painter = _FilmPainter(self)
        self.setItemDelegate(self._painter)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(500)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Films"))
        self.activated.connect(self._tell)

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._painter.colours = colours
        self.viewport().update()

    def _tell(self, index: QModelIndex) -> None:
        self.wanted.emit(index.data(FILM_ROLE).path)


class _FilmPainter(QStyledItemDelegate):
    """Draws a film, its class and its name; pictures are kept as long as they are likely seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours = LIGHT
        self._kept: OrderedDict[bytes, QPixmap] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, _: object) -> QSize:
        """Qt: a square picture and two lines."""
        line = option.fontMetrics.height()
        return QSize(PICTURE + 2 * GAP, PICTURE + 2 * line + 3 * GAP)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt: draw one film."""
        film: GridFilm = index.data(FILM_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(self.colours.selection))
        frame = QRect(option.rect.x() + GAP, option.rect.y() + GAP, PICTURE, PICTURE)
        painter.fillRect(frame, QColor(FILM_BACKGROUND))
        self._draw_picture(painter, film, frame)
        self._draw_words(painter, film, option)
        painter.restore()

    def _draw_picture(self, painter: QPainter, film: GridFilm, frame: QRect) -> None:
        if not film.picture:
            painter.setPen(QColor(FILM_QUIET_TEXT))
            inner = frame.adjusted(GAP, GAP, -GAP, -GAP)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, flags, film.words)
            return
        picture = self._picture(film.picture)
        size = picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(frame.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(OUT_OPACITY if film.out else 1.0)
        painter.drawPixmap(place, picture)
        painter.setOpacity(1.0)
        if film.out:
            painter.setPen(QColor(FILM_TEXT))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self.tr("left out"))

    def _draw_words(self, painter: QPainter, film: GridFilm, option: QStyleOptionViewItem) -> None:
        line = option.fontMetrics.height()
        row = QRect(option.rect.x() + GAP, option.rect.y() + PICTURE + 2 * GAP, PICTURE, line)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        front = self.colours.on_selection if selected else self.colours.text
        back = self.colours.on_selection if selected else self.colours.quiet
        for colour, text, side in (
            (front, film.label, Qt.TextElideMode.ElideRight),
            (back, film.name, Qt.TextElideMode.ElideMiddle),
        ):
            painter.setPen(QColor(colour))
            words = option.fontMetrics.elidedText(text, side, PICTURE)
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft, words)
            row.translate(0, line)

    def _picture(self, data: bytes) -> QPixmap:
        known = self._kept.get(data)
        if known is None:
            known = self._kept[data] = QPixmap.fromImage(QImage.fromData(data))
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(data)
        return known
