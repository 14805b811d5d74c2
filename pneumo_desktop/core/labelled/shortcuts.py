"""What a network could learn instead of the lung: sharpness and size that go with the class."""

from collections.abc import Iterator, Sequence

import numpy as np

from pneumo_desktop.core.labelled.finding import Choice, Finding, Kind
from pneumo_desktop.core.labelled.lot import Lot
from pneumo_desktop.core.labelled.split import CLASSES
from pneumo_desktop.core.metrics import bootstrap_auroc

FEWEST = 10  # films of a class; of fewer, any difference may be chance
NOTABLE = 0.6  # of two films, one of each class, the share that the sign alone sorts rightly
_ROUNDS = 400
_CHOICES = (
    Choice(
        "vary",
        "Go on, with blur, scale and compression drawn at random while learning (augmentation of "
        "the default recipe)",
    ),
    Choice("keep", "Go on without; the answers may follow this instead of the lung"),
)


def find_shortcuts(lot: Lot) -> Iterator[Finding]:
    """Yield a finding where sharpness or size alone tells the classes apart."""
    if min(len(lot.of(ill=False)), len(lot.of(ill=True))) < FEWEST:
        return
    sharp = [film.sharpness for film in lot.films]
    pixels = [film.width * film.height / 1e6 for film in lot.films]
    yield from _shortcut(lot, sharp, Kind.SHARPNESS, "are sharper", "{:.1f} grey levels")
    yield from _shortcut(lot, pixels, Kind.SIZE, "are larger", "{:.2f} million pixels")


def _shortcut(
    lot: Lot, values: Sequence[float], kind: Kind, are: str, unit: str
) -> Iterator[Finding]:
    """Yield a finding where even the near end of the interval is `NOTABLE`."""
    share = bootstrap_auroc(values, lot.truth, rounds=_ROUNDS)
    ill_more = share.value >= 0.5
    low, value, high = (
        (share.low, share.value, share.high)
        if ill_more
        else (1.0 - share.high, 1.0 - share.value, 1.0 - share.low)
    )
    if low < NOTABLE:
        return
    median = [float(np.median(np.asarray(values)[lot.truth == ill])) for ill in (False, True)]
    more, less = unit.format(median[ill_more]), unit.format(median[not ill_more])
    yield Finding(
        kind,
        f"The films of {CLASSES[ill_more]} {are} than those of {CLASSES[not ill_more]} (median "
        f"{more} against {less}). This alone tells {_percent(value)} of pairs apart, one film of "
        f"each class (95 % interval {_percent(low)} to {_percent(high)}; chance is 50 %). A "
        "network can learn it instead of the lung and fail on films of another source.",
        tuple(range(len(lot.films))),
        _CHOICES,
        "vary",
    )


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
