"""One line of words that is cut with an ellipsis where it does not fit."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Keeps its whole text for screen readers and draws what fits of it.

    Signals:
        fitted: Whether all of the text is seen, after size, font or text changed.
    """

    fitted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show a text; line breaks become spaces."""
        self.setText(" ".join(text.split()))
        self.setToolTip(text)
        self.fitted.emit(self.fits)

    @property
    def fits(self) -> bool:
        """Whether all of the text is seen."""
        return self.seen == self.text()

    @property
    def seen(self) -> str:
        """What is drawn."""
        side = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), side, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        """Qt: any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Qt: draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), self.alignment(), self.seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more or less may fit."""
        super().resizeEvent(event)
        self.fitted.emit(self.fits)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the font may be another."""
        super().changeEvent(event)
        self.fitted.emit(self.fits)
