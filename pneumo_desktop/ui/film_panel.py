"""The film with its tools and the legend of the attention map."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.ui.action_buttons import ICON_SIZE, finish_tool, tool_button
from pneumo_desktop.ui.film_actions import WINDOWS
from pneumo_desktop.ui.film_pair import FilmPair
from pneumo_desktop.ui.image_render import ATTENTION_COLOURS
from pneumo_desktop.ui.image_view import ImageView
from pneumo_desktop.ui.prior_bar import PriorBar
from pneumo_desktop.ui.wording import ATTENTION_TITLE

DEFAULT_OPACITY = 45
LEAST_WIDTH = 440  # the film is what the window is for, and its tools stay in sight
TOOLS_SHOWN = (
    "fit", "actual-size", "region", "window", "invert", "rotate-right", "flip-sideways", "ruler",
    "reset",
)  # fmt: skip


class GradientBar(QWidget):
    """The attention map's colours from little to much."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(72, 10))
        self.setAccessibleName(self.tr("Colours of the attention map, from little to much"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw."""
        gradient = QLinearGradient(0, 0, self.width(), 0)
        for number, (red, green, blue) in enumerate(ATTENTION_COLOURS.astype(int).tolist()):
            gradient.setColorAt(number / (len(ATTENTION_COLOURS) - 1), QColor(red, green, blue))
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), gradient)
        painter.end()


class FilmPanel(QWidget):
    """The film area.

    Signals:
        opacity_chosen: The reader set how much the attention map covers, 0-1.
    """

    opacity_chosen = Signal(float)

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(LEAST_WIDTH)
        self.view, self.beside = ImageView(self), ImageView(self)
        self.beside.setAccessibleName(self.tr("Film beside"))
        self.pair = FilmPair(self.view, self.beside)
        self.priors = PriorBar(actions["compare"], self)
        self._alone = False
        self._bar, self._foot, self._legend = self._make_bar(actions), *self._make_foot(actions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self.priors)
        layout.addLayout(self._make_films(), 1)
        layout.addWidget(self._foot)
        self.set_legend_shown(shown=False)

    def _make_foot(self, actions: Mapping[str, QAction]) -> tuple[QWidget, QWidget]:
        """Return the row below the film, and the legend in it."""
        foot = QWidget(self)
        column, row = QVBoxLayout(foot), QHBoxLayout()
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(2)
        row.setSpacing(4)
        column.addLayout(row)
        self._means = QLabel(foot)
        self._means.setProperty("role", "quiet")
        self._means.setWordWrap(True)
        column.addWidget(self._means)
        legend = self._make_legend()
        row.addWidget(tool_button(actions["attention"], foot))
        row.addWidget(legend)
        row.addStretch(1)
        return foot, legend

    def _make_films(self) -> QHBoxLayout:
        films = QHBoxLayout()
        films.setSpacing(2)
        films.addWidget(self.view, 1)
        films.addWidget(self.beside, 1)
        self.beside.hide()
        return films

    def _make_bar(self, actions: Mapping[str, QAction]) -> QToolBar:
        """Return the bar of tools; what finds no room waits behind its arrow."""
        bar = QToolBar(self.tr("Film tools"), self)
        bar.setIconSize(ICON_SIZE)
        for name in TOOLS_SHOWN:
            bar.addAction(actions[name])
            finish_tool(bar.widgetForAction(actions[name]), actions[name].text())
            if name == "window":
                bar.addWidget(self._windows_button(actions))
        return bar

    def _windows_button(self, actions: Mapping[str, QAction]) -> QToolButton:
        button = QToolButton(self)
        button.setText(self.tr("Window"))
        finish_tool(button, self.tr("Choose a window"))
        button.setToolTip(self.tr("Windows by name: automatic, the file's own, lung and others"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addActions([actions[name] for name in (*WINDOWS, "window-values")])
        button.setMenu(menu)
        return button

    def _make_legend(self) -> QWidget:
        legend = QWidget(self)
        row = QHBoxLayout(legend)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        title = QLabel(ATTENTION_TITLE, legend)
        title.setToolTip(
            self.tr("Which places moved the model's answer towards pneumonia; not where it ends")
        )
        self._slider = QSlider(Qt.Orientation.Horizontal, legend)
        self._slider.setRange(0, 100)
        self._slider.setValue(DEFAULT_OPACITY)
        self._slider.setFixedWidth(80)
        self._slider.setToolTip(self.tr("How much the attention map covers"))
        self._slider.setAccessibleName(self.tr("Opacity of the attention map"))
        self._slider.valueChanged.connect(lambda value: self.opacity_chosen.emit(value / 100.0))
        for widget in (title, QLabel(self.tr("less"), legend), GradientBar(legend)):
            row.addWidget(widget)
        row.addWidget(QLabel(self.tr("more"), legend))
        row.addWidget(self._slider)
        return legend

    @property
    def opacity(self) -> float:
        """How much the attention map covers, 0-1."""
        return self._slider.value() / 100.0

    def set_legend_shown(self, *, shown: bool, remark: str = "") -> None:
        """Show the legend while a map is shown, with what the map means on this film."""
        self._legend.setVisible(shown)
        self._means.setText(remark)
        self._means.setVisible(bool(remark))
        self._leave_alone()

    def set_alone(self, *, alone: bool) -> None:
        """Show the film without its tools; the legend stays beside a map, names beside a prior."""
        self._alone = alone
        self._leave_alone()
        if alone:
            self.pair.active.setFocus()  # what had the keys may be out of sight

    def _leave_alone(self) -> None:
        self._bar.setHidden(self._alone)
        self._foot.setHidden(self._alone and self._legend.isHidden())
        self.priors.set_alone(alone=self._alone)
