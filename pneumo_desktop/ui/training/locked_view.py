"""The locked test: behind a button that counts, and beside the model in use."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from pneumo_desktop.core.judgement.words import verdict_words, viewing_words
from pneumo_desktop.ui.training.judging import Judging
from pneumo_desktop.ui.translation import translated

LARGE = 1.3
MEANING = (
    "It tells how good the model is only as long as nothing was chosen by it. Choose the operating "
    "point first. Each look is counted before it is shown, and the model's card tells how many "
    "there were. Then the model in use answers the same films, without those it learnt from."
)


class LockedView(QWidget):
    """How often the test was seen, the button that shows it, and the comparison.

    Signals:
        wanted: "show-test", "stop-comparing" or "compare".
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seen, self.verdict, self.reasons, self.doing = (QLabel(self) for _ in range(4))
        self.meaning = QLabel(self.tr(MEANING), self)
        for label in (self.seen, self.meaning, self.verdict, self.reasons, self.doing):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning.setProperty("role", "quiet")
        self.seen.setProperty("role", "remark")
        font = self.verdict.font()
        font.setPointSizeF(font.pointSizeF() * LARGE)
        self.verdict.setFont(font)
        self.show_test = QPushButton(self.tr("Show the locked test"), self)
        self.show_test.setProperty("primary", "true")
        self.show_test.setToolTip(self.tr("This look is counted, and the card will tell of it"))
        self.show_test.clicked.connect(lambda: self.wanted.emit("show-test"))
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Films answered by the model in use"))
        self.stop = QPushButton(self.tr("Stop comparing"), self)
        self.stop.setToolTip(self.tr("Do not compare with the model in use"))
        self.stop.clicked.connect(lambda: self.wanted.emit("stop-comparing"))
        self.again = QPushButton(self.tr("Compare again"), self)
        self.again.setToolTip(self.tr("Let the model in use answer the films of the locked test"))
        self.again.clicked.connect(lambda: self.wanted.emit("compare"))
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.doing, 1)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        row.addWidget(self.again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.seen)
        layout.addWidget(self.meaning)
        layout.addWidget(self.show_test, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.verdict)
        layout.addWidget(self.reasons)
        layout.addLayout(row)

    def show_judging(self, judging: Judging, point: float) -> None:
        """Show how the test stands for this operating point."""
        shown = judging.shows_test(point)
        self.seen.setText(translated(viewing_words(judging.seen, point)))
        for widget in (self.meaning, self.show_test):
            widget.setVisible(not shown)
        found = judging.against_at(point)
        words = tuple(map(translated, verdict_words(found))) if found else ()
        self.verdict.setText(words[0] if words else "")
        self.reasons.setText(" ".join(words[1:]))
        self.verdict.setVisible(bool(words))
        self.reasons.setVisible(bool(words))
        self._show_doing(judging, shown=shown)

    def _show_doing(self, judging: Judging, *, shown: bool) -> None:
        busy = shown and judging.comparing is not None
        done, total = judging.comparing or (0, 0)
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        unlike = judging.unlike if shown and not busy else ""
        self.again.setVisible(bool(unlike))
        self.doing.setVisible(busy or bool(unlike))
        words = self.tr("The model in use answers these films: %s of %s")
        self.doing.setText(words % (f"{done:,}", f"{total:,}") if busy else unlike)
