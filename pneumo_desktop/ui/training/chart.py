"""Loss and accuracy while they come in. Loaded with matplotlib when training is first looked at."""

from typing import Any

from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pneumo_desktop.core.training_job import Progress
from pneumo_desktop.ui.theme import Colours

Points = list[tuple[float, float]]

# name in the figures -> (axes, words, colour, line style, marker); learned films against kept ones
_LINES = {
    "loss": (0, "films learned from", "accent", "-", "o"),
    "val_loss": (0, "films kept apart", "medium", "--", "s"),
    "accuracy": (1, "films learned from", "accent", "-", "o"),
    "val_accuracy": (1, "films kept apart", "medium", "--", "s"),
}


class Curves:
    """The points so far, by name; steps within an epoch stand between whole numbers."""

    def __init__(self) -> None:
        self.points: dict[str, Points] = {name: [] for name in _LINES}
        self.steps: Points = []
        self.epochs = 1

    def add(self, progress: Progress) -> bool:
        """Take up a line of progress; return whether there was anything to draw."""
        if progress.epoch is None or not progress.figures:
            return False
        self.epochs = max(progress.epochs or 1, progress.epoch)
        if "val_loss" in progress.figures or "accuracy" in progress.figures:
            for name in _LINES.keys() & progress.figures.keys():
                self.points[name].append((float(progress.epoch), progress.figures[name]))
            return True
        if "loss" not in progress.figures or not progress.step or not progress.steps:
            return False
        at = progress.epoch - 1 + progress.step / progress.steps
        self.steps.append((at, progress.figures["loss"]))
        return True


class TrainingChart(QWidget):
    """Two plots side by side: loss and accuracy over epochs."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._curves = Curves()
        self._figure = Figure(layout="constrained")
        self._canvas: Any = FigureCanvasQTAgg(self._figure)  # type: ignore[no-untyped-call]
        self._canvas.setMinimumSize(320, 200)  # less, and the axes have no room at all
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._canvas)
        self.setAccessibleName(self.tr("Curves of loss and accuracy"))
        self._draw()

    @property
    def curves(self) -> Curves:
        """What is drawn."""
        return self._curves

    def clear(self) -> None:
        """Begin anew."""
        self._curves = Curves()
        self._draw()

    def add(self, *lines: Progress) -> None:
        """Draw what lines of progress add, once for all of them."""
        new = [self._curves.add(progress) for progress in lines]
        if any(new):
            self._draw()

    def set_colours(self, colours: Colours) -> None:
        """Take on the colours of a scheme."""
        self._colours = colours
        self._draw()

    def _draw(self) -> None:
        self._figure.clear()
        self._figure.set_facecolor(self._colours.panel)
        axes = self._figure.subplots(1, 2)
        for each, title in zip(axes, ("Loss", "Accuracy"), strict=True):
            self._prepare(each, title)
        axes[1].set_ylim(0.0, 1.02)
        axes[1].yaxis.set_major_formatter(PercentFormatter(1.0))
        self._plot(axes)
        self._canvas.draw_idle()

    def _prepare(self, axes: Any, title: str) -> None:
        colours = self._colours
        axes.set_facecolor(colours.panel)
        axes.set_title(title, color=colours.text, loc="left", fontsize=10)
        axes.set_xlabel("epoch", color=colours.quiet, fontsize=9)
        axes.tick_params(colors=colours.quiet, labelsize=8)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        axes.set_xlim(0.0, self._curves.epochs * 1.03)  # room for the last marker
        axes.grid(color=colours.line, linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(colours.line)

    def _plot(self, axes: Any) -> None:
        colours = self._colours
        if self._curves.steps:
            xs, ys = zip(*self._curves.steps, strict=True)
            axes[0].plot(
                xs,
                ys,
                color=colours.quiet,
                marker=".",
                markersize=2,
                linewidth=0.9,
                label="by step",
            )
        for name, (place, words, colour, style, marker) in _LINES.items():
            points = self._curves.points[name]
            if points:
                xs, ys = zip(*points, strict=True)
                ink = getattr(colours, colour)
                axes[place].plot(
                    xs,
                    ys,
                    style,
                    color=ink,
                    marker=marker,
                    markersize=4,
                    linewidth=1.6,
                    label=words,
                )
        for each in axes:
            if each.get_legend_handles_labels()[1]:
                each.legend(fontsize=8, frameon=False, labelcolor=colours.text)
