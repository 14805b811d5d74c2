"""What the locked test says, drawn: plots in the package's folder `plots`.

Colours are of Okabe and Ito's set (jfly.uni-koeln.de/color), which every colour vision tells apart;
points differ in shape as well. Nothing here touches pyplot, whose state outlives a plot.
"""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.judgement.curves import BINS, bins, called, matrix, risk_coverage, roc
from pneumo_desktop.core.metrics import bootstrap_auroc, confusion, ece, wilson
from pneumo_desktop.core.model_package import PLOTS
from pneumo_training.measure import Answers

ANSWERED_FROM = 0.70  # the least confidence that is an answer, unless the reader chose another
BLUE, ORANGE, GREEN, PINK, GREY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#5f6670"
_POINTS = {"sensitive": ("^", GREEN), "balanced": ("o", ORANGE), "specific": ("s", PINK)}
_INCHES, _DPI = (6.4, 5.8), 144
_BASE, _SMALL, _LARGE = 11, 10, 14  # points


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose answers are drawn: the model's name, the films' name, the card's thresholds 0-1."""

    model: str
    films: str
    thresholds: dict[str, float]


Draw = Callable[[Answers, Subject], Figure]


def plot_locked(
    package: Path, found: Answers, card: ModelCard, tick: Callable[[], None]
) -> list[str]:
    """Draw the answers of `card`'s model to the films kept apart into the folder `package`."""
    thresholds = {name: point.threshold for name, point in card.operating_points.items()}
    subject = Subject(f"{card.title}, version {card.version}", "Films kept apart", thresholds)
    return write_plots(package / PLOTS, found, subject, tick)


def write_plots(
    folder: Path, found: Answers, subject: Subject, tick: Callable[[], None]
) -> list[str]:
    """Write the plots that these films allow as PNG below `folder` and return their names."""
    names: list[str] = []
    for name, draw in _drawable(found).items():
        tick()
        folder.mkdir(parents=True, exist_ok=True)
        draw(found, subject).savefig(folder / name, dpi=_DPI)
        names.append(name)
    return names


def _drawable(found: Answers) -> dict[str, Draw]:
    if not len(found.truth):
        return {}
    plots: dict[str, Draw] = {
        "confusion-matrix.png": draw_confusion,
        "reliability.png": draw_reliability,
        "risk-coverage.png": draw_risk_coverage,
    }
    return plots | {"roc.png": draw_roc} if 0 < found.truth.sum() < len(found.truth) else plots


def draw_confusion(found: Answers, subject: Subject) -> Figure:
    """Draw the calls at the balanced point against the truth: counts, and shares of each row."""
    table = matrix(confusion(found.probability >= subject.thresholds["balanced"], found.truth))
    share = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    figure, axes = _sheet("Confusion matrix at the balanced point", found, subject)
    axes.imshow(share, cmap="Blues", vmin=0.0, vmax=1.0)
    for (row, column), films in np.ndenumerate(table):
        colour = "white" if share[row, column] > 0.5 else "black"
        text = f"{films}\n{100.0 * share[row, column]:.1f} %"
        axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=17)
    axes.set_xticks([0, 1], ["Normal", "Pneumonia"])
    axes.set_yticks([0, 1], ["Normal", "Pneumonia"], rotation=90, va="center")
    axes.tick_params(length=0)
    _name(axes, "called, no gate applied", "labelled")
    return figure


def draw_roc(found: Answers, subject: Subject) -> Figure:
    """Draw sensitivity against 1 - specificity, with AUROC and the operating points."""
    p, truth = found.probability, found.truth
    area = bootstrap_auroc(p, truth)
    figure, axes = _sheet("ROC with the operating points", found, subject)
    told = f"AUROC {area.value:.3f} (95 % interval {area.low:.3f} to {area.high:.3f})"
    axes.plot(*roc(p, truth), color=BLUE, linewidth=2.2, label=told)
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle=":", label="chance")
    for name, threshold in sorted(subject.thresholds.items(), key=lambda point: point[1]):
        at = float(np.mean(p[~truth] >= threshold)), float(np.mean(p[truth] >= threshold))
        shape, colour = _POINTS.get(name, ("D", GREY))
        told = f"{name}, from {threshold:.2f}: sensitivity {at[1]:.3f}, specificity {1 - at[0]:.3f}"
        axes.plot(*at, shape, color=colour, markersize=10, markeredgecolor="white", label=told)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    _name(axes, "1 - specificity", "sensitivity")
    axes.legend(loc="lower right", fontsize=_SMALL, frameon=False)
    return figure


def draw_reliability(found: Answers, subject: Subject) -> Figure:
    """Draw how often calls of a confidence are right, and how many films each bin holds."""
    threshold = subject.thresholds["balanced"]
    confidence, right = called(found.probability, found.truth, threshold)
    each = bins(confidence, right)
    figure, axes = _sheet("Reliability of the confidence", found, subject, below=True)
    error = ece(found.probability, found.truth, threshold=threshold)
    told = f"{BINS} equal bins, 95 % intervals; calibration error (ECE) {error:.3f}"
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle=":", label="as right as sure")
    some = each.films > 0
    x, y = each.confidence[some], each.right[some]
    spread = [wilson(round(r * n), n) for r, n in zip(y, each.films[some].tolist(), strict=True)]
    bars = [y - [rate.low for rate in spread], [rate.high for rate in spread] - y]
    axes.errorbar(
        x, y, bars, fmt="o-", color=BLUE, linewidth=2, elinewidth=1, capsize=3, label=told
    )
    axes.set_xlim(min(0.42, float(confidence.min()) - 0.05), 1.02)
    axes.set_ylim(0.0, 1.25)
    axes.set_yticks(np.linspace(0.0, 1.0, 6))
    _name(axes, "", "share of calls that are right")
    axes.legend(loc="upper left", fontsize=_SMALL, frameon=False)
    _draw_counts(figure.axes[1], each.films)
    return figure


def _draw_counts(axes: Axes, count: NDArray[np.int64]) -> None:
    drawn = axes.bar((np.arange(BINS) + 0.5) / BINS, count, 0.9 / BINS, color=BLUE)
    axes.bar_label(drawn, [str(n) if n else "" for n in count], fontsize=_SMALL, padding=1)
    axes.margins(y=0.3)
    _name(axes, "confidence in the label called", "films")


def draw_risk_coverage(found: Answers, subject: Subject) -> Figure:
    """Draw the error of the answered films against their share, with the 70 % rule."""
    confidence, right = called(found.probability, found.truth, subject.thresholds["balanced"])
    curve = risk_coverage(confidence, right)
    figure, axes = _sheet("Errors among the answered films", found, subject)
    axes.plot(*curve, color=BLUE, linewidth=2.2, label="the surest films first")
    sure = confidence >= ANSWERED_FROM
    if sure.any():
        at = float(np.mean(sure)), float(np.mean(~right[sure]))
        told = (
            f"from {100 * ANSWERED_FROM:.0f} % confidence on: {100 * at[0]:.1f} % answered, "
            f"{100 * at[1]:.1f} % of those wrong"
        )
        axes.plot(*at, "o", color=ORANGE, markersize=10, markeredgecolor="white", label=told)
    axes.set_xlim(0.0, 1.02)
    axes.set_ylim(0.0, max(0.02, 1.3 * float(curve.y.max())))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=1))
    _name(axes, "share of the films answered, no gate applied", "share of those that are wrong")
    axes.legend(loc="upper left", fontsize=_SMALL, frameon=False)
    return figure


def _sheet(
    title: str, found: Answers, subject: Subject, *, below: bool = False
) -> tuple[Figure, Axes]:
    """Return an empty plot whose title names films, their number and the model.

    `below` asks for a second, lower plot over the same axis.
    """
    n, ill = len(found.truth), int(found.truth.sum())
    figure = Figure(figsize=_INCHES, layout=ConstrainedLayoutEngine(h_pad=0.1, w_pad=0.1))
    figure.suptitle(title, fontsize=_LARGE, fontweight="bold")
    rows = (3, 1) if below else (1,)
    sheets = figure.subplots(len(rows), height_ratios=rows, sharex=True, squeeze=False)
    axes: Axes = sheets[0, 0]
    films = f"{subject.films}: n = {n} ({n - ill} normal, {ill} pneumonia)"
    axes.set_title(f"{_wrapped(films)}\n{_wrapped(subject.model)}", fontsize=_SMALL, color=GREY)
    return figure, axes


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, 80))


def _name(axes: Axes, across: str, up: str) -> None:
    axes.set_xlabel(across, fontsize=_BASE)
    axes.set_ylabel(up, fontsize=_BASE)
    axes.tick_params(labelsize=_SMALL)
    axes.spines[["top", "right"]].set_visible(False)
