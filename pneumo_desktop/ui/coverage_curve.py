"""The curve beside the threshold: what share is answered and how right, by the model's card."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.card_coverage import coverage_line, coverage_points
from pneumo_desktop.ui.translation import translated

FROM, TO = 0.50, 0.99  # thresholds a reader may ask for
ANSWERED, RIGHT = QColor("#0072b2"), QColor("#d55e00")  # of Okabe and Ito's set
HEIGHT, MARGIN, TICK = 150, 8, 4
WIDE = 44.0  # room for "100 %"


class CoverageChart(QWidget):
    """Two lines over the threshold, told apart by colour and dashes, and where it stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: dict[str, list[tuple[float, float]]] = {}
        self.threshold = FROM
        self.setMinimumHeight(HEIGHT)
        self.setAccessibleName(self.tr("Share answered and share right by threshold"))

    def sizeHint(self) -> QSize:
        """Qt: as large as is useful."""
        return QSize(420, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = QFontMetricsF(self.font()).height()
        area = QRectF(self.rect()).adjusted(WIDE, text + MARGIN, -MARGIN, -text - TICK)
        low = self._lowest()
        self._draw_axes(painter, area, low)
        pens = (QPen(ANSWERED, 2.0), QPen(RIGHT, 2.0, Qt.PenStyle.DashLine))
        left = area.left()
        for pen, (name, points) in zip(pens, self.lines.items(), strict=True):
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([_at(area, low, x, y) for x, y in points]))
            painter.drawLine(QPointF(left, text / 2), QPointF(left + 20, text / 2))
            painter.setPen(self.palette().text().color())
            painter.drawText(QPointF(left + 24, text * 0.8), name)
            left += 36 + QFontMetricsF(self.font()).horizontalAdvance(name)
        painter.end()

    def _lowest(self) -> float:
        """Return where the scale begins, in tenths: what is drawn fills it."""
        values = [y for points in self.lines.values() for _, y in points]
        return min(0.9, int(10 * min(values, default=0.0)) / 10)

    def _draw_axes(self, painter: QPainter, area: QRectF, low: float) -> None:
        palette = self.palette()
        painter.setPen(palette.mid().color())
        painter.drawRect(area)
        x = _at(area, low, self.threshold, low).x()
        painter.setPen(QPen(palette.text().color(), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(palette.text().color())
        below = area.bottom() + QFontMetricsF(self.font()).ascent() + TICK
        for tenth in (0.5, 0.6, 0.7, 0.8, 0.9):
            place = _at(area, low, tenth, low).x()
            tick = f"{100 * tenth:.0f} %"
            half = QFontMetricsF(self.font()).horizontalAdvance(tick) / 2
            painter.drawText(QPointF(place - half, below), tick)
        for value in (low, 1.0):
            box = QRectF(0.0, _at(area, low, FROM, value).y() - 10, WIDE - TICK, 20)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, f"{100 * value:.0f} %")


def _at(area: QRectF, low: float, x: float, y: float) -> QPointF:
    return QPointF(
        area.left() + area.width() * (x - FROM) / (TO - FROM),
        area.bottom() - area.height() * (y - low) / (1.0 - low),
    )


class CoverageCurve(QWidget):
    """The chart and its sentence; the sentence alone where the card has no points."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._card: ModelCard | None = None
        self._point, self._threshold = "default", FROM
        self.chart = CoverageChart(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.chart)
        layout.addWidget(self.sentence)

    def show_card(self, card: ModelCard) -> None:
        """Show what was measured of a model."""
        self._card = card
        self._show()

    def show_point(self, operating_point: str) -> None:
        """Show it at another operating point."""
        self._point = operating_point
        self._show()

    def show_threshold(self, threshold: float) -> None:
        """Show what this threshold, 0.50 to 0.99, does."""
        self._threshold = threshold
        self._show()

    def _show(self) -> None:
        if self._card is None:
            return
        points = coverage_points(self._card, self._point)
        self.chart.lines = {
            self.tr("answered"): [(p.threshold, p.answered) for p in points],
            self.tr("right of those"): [
                (p.threshold, p.right) for p in points if p.right is not None
            ],
        }
        self.chart.threshold = self._threshold
        self.chart.setVisible(bool(points))
        self.chart.update()
        line = translated(coverage_line(self._card, self._point, self._threshold))
        self.sentence.setText(line)
        self.chart.setAccessibleDescription(line)
