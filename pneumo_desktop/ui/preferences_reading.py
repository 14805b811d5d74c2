"""The page of the preferences about reading: threshold, order, initials and colours."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.card import ModelCard, point_name
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.appearance import CHOICES, Choice
from pneumo_desktop.ui.ordering_dialog import ageing_box
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

LEAST, MOST = 50, 99  # percent
THRESHOLD_MEANS = QT_TRANSLATE_NOOP(
    "ReadingPage",
    "A film of which the model is less sure is Invalid, and you decide alone. A higher threshold "
    "answers fewer films, and more of its answers are right.",
)


class ReadingPage(QWidget):
    """Threshold, order, initials, colours; a widget about the threshold may stand below it.

    Signals:
        threshold_moved: The threshold now shown, 0.50 to 0.99.
        point_chosen: The operating point now shown.
    """

    threshold_moved = Signal(float)
    point_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.spin = QSpinBox(self)
        for widget in (self.slider, self.spin):
            widget.setRange(LEAST, MOST)
            widget.setAccessibleName(self.tr("Threshold in percent"))
            widget.setToolTip(self.tr("The least confidence that is an answer"))
        self.spin.setSuffix(" %")
        self.slider.valueChanged.connect(self.spin.setValue)
        self.spin.valueChanged.connect(self.slider.setValue)
        self.spin.valueChanged.connect(self._tell)
        self.point = QComboBox(self)
        self.point.setToolTip(self.tr("From which probability on a film is called Pneumonia"))
        self.point.currentIndexChanged.connect(
            lambda: self.point_chosen.emit(self.point.currentData() or "default")
        )
        self.ageing = ageing_box(self)
        self.initials = QLineEdit(self)
        self.initials.setMaxLength(8)
        self.initials.setToolTip(self.tr("Written beside your calls and in the audit log"))
        self.theme = QComboBox(self)
        texts = {"system": self.tr("As the system"), "light": self.tr("Light"),
                 "dark": self.tr("Dark")}  # fmt: skip
        for choice in CHOICES:
            self.theme.addItem(texts[choice], choice)
        self.theme.setToolTip(self.tr("Colours of the window; the film is always on black"))
        self._lay_out()

    def _lay_out(self) -> None:
        means = QLabel(translate("ReadingPage", THRESHOLD_MEANS), self)
        means.setWordWrap(True)
        means.setProperty("role", "quiet")
        row = QHBoxLayout()
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)
        self._below = QVBoxLayout()
        form = QFormLayout(self)
        form.setVerticalSpacing(12)
        label = QLabel(self.tr("&Threshold"), self)
        label.setBuddy(self.spin)
        form.addRow(label, row)
        form.addRow(means)
        form.addRow(self._below)
        form.addRow(self.tr("&Operating point"), self.point)
        form.addRow(self.tr("A waiting film &rises by"), self.ageing)
        form.addRow(self.tr("&Initials"), self.initials)
        form.addRow(self.tr("&Colours"), self.theme)

    def put_below_threshold(self, widget: QWidget) -> None:
        """Show a widget that says more about the threshold."""
        self._below.addWidget(widget)

    def show_points(self, card: ModelCard, chosen: str) -> None:
        """Offer the operating points of the model in use."""
        self.point.clear()
        for name, point in sorted(card.operating_points.items(), key=lambda p: p[1].threshold):
            text = self.tr("%s: Pneumonia from probability %s") % (name, f"{point.threshold:.2f}")
            here = point_name(chosen) == name
            self.point.addItem(text, chosen if here else name)
            if here:
                self.point.setCurrentIndex(self.point.count() - 1)

    def show_choices(self, settings: Settings, theme: Choice) -> None:
        """Show what is chosen at present."""
        self.spin.setValue(round(100 * settings.threshold))
        self.ageing.setValue(settings.ageing)
        self.initials.setText(settings.initials)
        self.theme.setCurrentIndex(CHOICES.index(theme))

    @property
    def threshold(self) -> float:
        """The threshold shown."""
        return self.spin.value() / 100

    @Slot()
    def _tell(self) -> None:
        self.threshold_moved.emit(self.threshold)
