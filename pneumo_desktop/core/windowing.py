"""Windows that a reader asks for by name, chosen from the film's own values.

Percentiles instead of fixed numbers: a digital radiograph's values have no unit, and two makers'
lungs lie far apart. Border, collimation and burnt-out pixels, which hold the lowest or highest
value in bulk, say nothing of the patient and are left out.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import Window, range_window

SAMPLE = 60_000  # pixels that are looked at; more would change no percentile that is seen


class Preset(StrEnum):
    """Windows by name."""

    AUTO = "auto"
    FULL = "full"
    LUNG = "lung"
    RETROCARDIAC = "retrocardiac"


# From the dark end, where air is, to the light end, where bone is.
PERCENTILES = {
    Preset.AUTO: (1.0, 99.0),
    Preset.LUNG: (1.0, 65.0),
    Preset.RETROCARDIAC: (35.0, 99.5),
}


@dataclass(frozen=True, slots=True)
class SharedWindow:
    """A window relative to a film's automatic one, so that two films can share it.

    `centre` is how far towards white it lies, `width` how wide it is, both in spans of the film.
    """

    centre: float
    width: float


@dataclass(frozen=True, slots=True, eq=False)
class Tones:
    """A film's values, for its windows: `low` and `high` of all, `inner` a sorted sample."""

    low: float
    high: float
    inner: NDArray[np.float32]

    def window(self, preset: Preset, *, inverted: bool = False) -> Window:
        """Return a preset's window; `inverted` where small values are bright."""
        if preset is Preset.FULL:
            return range_window(self.low, self.high)
        first, last = PERCENTILES[preset]
        if inverted:
            first, last = 100.0 - last, 100.0 - first
        low, high = np.percentile(self.inner, (first, last))
        return range_window(float(low), max(float(high), float(low) + 1e-3))

    def shared(self, window: Window, *, inverted: bool = False) -> SharedWindow:
        """Return a window of this film in terms that hold for another film."""
        auto = self.window(Preset.AUTO)
        centre = (window.center - auto.center) / self.span
        return SharedWindow(-centre if inverted else centre, window.width / self.span)

    def own(self, shared: SharedWindow, *, inverted: bool = False) -> Window:
        """Return what `shared` of another film is on this one."""
        auto = self.window(Preset.AUTO)
        centre = -shared.centre if inverted else shared.centre
        return replace(
            auto, center=auto.center + centre * self.span, width=shared.width * self.span
        )

    @property
    def span(self) -> float:
        """The spread of the values that matter, by which a drag is measured; never 0."""
        auto = self.window(Preset.AUTO)
        return auto.width if auto.width > 1e-2 else max(self.high - self.low, 1.0)


def tones(film: Film) -> Tones:
    """Look a film (rows, columns) over, padding left out."""
    step = max(1, int((film.pixels.size / SAMPLE) ** 0.5))
    sample = film.pixels[::step, ::step].ravel()
    low, high = float(film.pixels.min()), float(film.pixels.max())
    if film.padding is not None:
        image = sample[sample != np.float32(film.padding)]
        sample = image if image.size else sample
        low, high = float(sample.min()), float(sample.max())
    inner = sample[(sample > low) & (sample < high)]
    kept = inner if inner.size else sample
    return Tones(low, high, np.sort(kept).astype(np.float32))
