"""Rows of figures measured turn by turn, and the table they make; every row is a ratio."""

from dataclasses import dataclass
from statistics import median, quantiles

OURS, PREDICT, FUNCTION, OWN, FLOOR = (
    "this program", "VGG16 predict", "VGG16 tf.function", "own network, Keras", "floor",
)  # fmt: skip
PIPELINES = (OURS, PREDICT, FUNCTION, OWN, FLOOR)


@dataclass(frozen=True)
class Row:
    """One thing measured of several pipelines in the same turns.

    `values` holds for each pipeline a figure for each turn, in `unit`; of films a second more is
    better, else less is. `target` names a pipeline and the least ratio to it.
    """

    what: str
    unit: str
    values: dict[str, list[float]]
    target: tuple[str, float] | None = None

    def __post_init__(self) -> None:
        lengths = {len(turns) for turns in self.values.values()}
        if len(lengths) != 1:
            raise ValueError(f"{self.what}: not measured in the same turns")

    def better(self, than: str) -> list[float]:
        """Return how many times better than another pipeline this program was, turn by turn."""
        pairs = zip(self.values[than], self.values[OURS], strict=True)
        if self.unit == "films/s":
            return [ours / theirs for theirs, ours in pairs]
        return [theirs / ours for theirs, ours in pairs]

    @property
    def reached(self) -> bool:
        """Whether the target is reached, in the median of the turns."""
        return not self.target or median(self.better(self.target[0])) >= self.target[1]


def table(rows: list[Row]) -> str:
    """Return the rows as text: medians, and times better than the reference and the floor."""
    heading = ("", "unit", *PIPELINES, "times predict", "quartiles", "of the floor", "target")
    cells = [heading, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heading))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    found = [f"{median(row.values[name]):.4g}" if name in row.values else "" for name in PIPELINES]
    times, spread = _ratio(row, PREDICT)
    share = f"{100 * median(row.better(FLOOR)):.0f} %" if FLOOR in row.values else ""
    return (row.what, row.unit, *found, times, spread, share, _target(row))


def _ratio(row: Row, than: str) -> tuple[str, str]:
    if than not in row.values:
        return "", ""
    ratios = row.better(than)
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return f"{median(ratios):.1f}", f"{low:.1f}-{high:.1f}"


def _target(row: Row) -> str:
    if not row.target:
        return ""
    name, least = row.target
    wanted = f"{100 * least:.0f} % of the floor" if name == FLOOR else f"{least:g} times"
    return f"{wanted}: {'reached' if row.reached else 'MISSED'}"
