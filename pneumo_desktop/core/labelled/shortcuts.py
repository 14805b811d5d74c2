"""What a network could learn instead of the lung: sharpness and size that go with the class."""

from collections.abc import Iterator, Sequence

import numpy as np

from pneumo_desktop.core.labelled.finding import Choice, Finding, Kind
from pneumo_desktop.core.labelled.lot import Lot
from pneumo_desktop.core.labelled.split import CLASSES
from pneumo_desktop.core.metrics import bootstrap_auroc
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP, Sentence

FEWEST = 10  # films of a class; of fewer, any difference may be chance
NOTABLE = 0.6  # of two films, one of each class, the share that the sign alone sorts rightly
_ROUNDS = 400
_CHOICES = (
    Choice(
        "vary",
        QT_TRANSLATE_NOOP(
            "Findings",
            "Go on, with blur, scale and compression drawn at random while learning (augmentation "
            "of the default recipe)",
        ),
    ),
    Choice(
        "keep",
        QT_TRANSLATE_NOOP(
            "Findings", "Go on without; the answers may follow this instead of the lung"
        ),
    ),
)
_SHARPER = QT_TRANSLATE_NOOP(
    "Findings",
    "The films of {more} are sharper than those of {less} (median {high:.1f} grey levels against "
    "{low:.1f} grey levels). This alone tells {share:.0f} % of pairs apart, one film of each class "
    "(95 % interval {least:.0f} % to {most:.0f} %; chance is 50 %). A network can learn it instead "
    "of the lung and fail on films of another source.",
)
_LARGER = QT_TRANSLATE_NOOP(
    "Findings",
    "The films of {more} are larger than those of {less} (median {high:.2f} million pixels against "
    "{low:.2f} million pixels). This alone tells {share:.0f} % of pairs apart, one film of each "
    "class (95 % interval {least:.0f} % to {most:.0f} %; chance is 50 %). A network can learn it "
    "instead of the lung and fail on films of another source.",
)


def find_shortcuts(lot: Lot) -> Iterator[Finding]:
    """Yield a finding where sharpness or size alone tells the classes apart."""
    if min(len(lot.of(ill=False)), len(lot.of(ill=True))) < FEWEST:
        return
    sharp = [film.sharpness for film in lot.films]
    pixels = [film.width * film.height / 1e6 for film in lot.films]
    yield from _shortcut(lot, sharp, Kind.SHARPNESS, _SHARPER)
    yield from _shortcut(lot, pixels, Kind.SIZE, _LARGER)


def _shortcut(lot: Lot, values: Sequence[float], kind: Kind, saying: Sentence) -> Iterator[Finding]:
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
    yield Finding(
        kind,
        saying.format(
            more=CLASSES[ill_more],
            less=CLASSES[not ill_more],
            high=median[ill_more],
            low=median[not ill_more],
            share=100.0 * value,
            least=100.0 * low,
            most=100.0 * high,
        ),
        tuple(range(len(lot.films))),
        _CHOICES,
        "vary",
    )
