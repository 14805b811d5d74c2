"""A trained model becomes the one in use: its card completed by whoever answers for it.

What was measured cannot be edited. What is judgement can: for whom the model is, its limits, the
operating point, and why it is used although it was not found better.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from pneumo_desktop.core.card import (
    OWN,
    Interval,
    MeasuredResult,
    ModelCard,
    OperatingPoint,
    Population,
    encode_card,
)
from pneumo_desktop.core.judgement.against import Against
from pneumo_desktop.core.judgement.curves import covered
from pneumo_desktop.core.judgement.figures import Figures, figures_at
from pneumo_desktop.core.judgement.judged import Judged
from pneumo_desktop.core.judgement.paired import Verdict
from pneumo_desktop.core.judgement.viewings import Viewings
from pneumo_desktop.core.judgement.words import share_words
from pneumo_desktop.core.model_contents import CARD
from pneumo_desktop.core.model_package import ModelPackage
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.settings import write_whole

RECORD = "adoption"  # of the card's training record
NOT_COMPARED = "not compared"
_VERDICTS = (  # as they stand in a sentence
    QT_TRANSLATE_NOOP("Judgement", "not compared"),
    QT_TRANSLATE_NOOP("Judgement", "better"),
    QT_TRANSLATE_NOOP("Judgement", "worse"),
    QT_TRANSLATE_NOOP("Judgement", "cannot tell"),
)
_NO_TITLE = QT_TRANSLATE_NOOP(
    "Judgement", "Give the model a title, and say on whose films it was measured."
)
_AGES = QT_TRANSLATE_NOOP("Judgement", "The ages must rise from the youngest to the oldest.")
_NO_LIMIT = QT_TRANSLATE_NOOP("Judgement", "Say what the model is not for; every model has limits.")
_LONG = QT_TRANSLATE_NOOP(
    "Judgement", "A text may have {characters:,} characters, the limits {lines:d} lines."
)
_NO_REASON = QT_TRANSLATE_NOOP(
    "Judgement",
    "The verdict is: {verdict}. Write why it is to be used all the same; the card keeps it.",
)
BALANCED = 0.5  # where calibration puts the point that every card has
LEAST_REASON, MOST_TEXT, MOST_LIMITS = 15, 2000, 40  # characters, characters, lines
_ROLE = "locked test, at the operating point chosen here"


class Words(Struct, frozen=True):
    """What of a card is judgement; ages in years."""

    title: str
    population: str
    minimum_age: float
    maximum_age: float
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who takes a model into use, how it was judged, and why; `at` is in UTC."""

    words: Words
    point: float
    reason: str
    initials: str
    at: datetime
    seen: Viewings
    against: Against | None

    @property
    def verdict(self) -> str:
        """What the comparison with the model in use said."""
        return self.against.comparison.verdict.value if self.against else NOT_COMPARED


def words_of(card: ModelCard) -> Words:
    """Return what of a card may be edited."""
    who = card.population
    return Words(card.title, who.description, who.minimum_age, who.maximum_age, card.limits)


def problem(adoption: Adoption) -> str:
    """Return why a model cannot be taken into use like this; empty where it can."""
    words = adoption.words
    if not words.title.strip() or not words.population.strip():
        return _NO_TITLE
    if not 0.0 <= words.minimum_age <= words.maximum_age <= 130.0:
        return _AGES
    if not any(limit.strip() for limit in words.limits):
        return _NO_LIMIT
    texts = (words.title, words.population, adoption.reason, *words.limits)
    if max(map(len, texts)) > MOST_TEXT or len(words.limits) > MOST_LIMITS:
        return _LONG.format(characters=MOST_TEXT, lines=MOST_LIMITS)
    if adoption.verdict != Verdict.BETTER and len(adoption.reason.strip()) < LEAST_REASON:
        return _NO_REASON.format(verdict=adoption.verdict)
    return ""


def adopted(card: ModelCard, adoption: Adoption, calibration: Judged, test: Judged) -> ModelCard:
    """Return the card as it is to be used."""
    words = adoption.words
    limits = tuple(limit.strip() for limit in words.limits if limit.strip())
    changed = msgspec.structs.replace(
        card,
        title=words.title.strip(),
        population=Population(words.population.strip(), words.minimum_age, words.maximum_age),
        limits=limits,
        training=card.training | {RECORD: _record(adoption)},
    )
    return _with_point(changed, adoption, calibration, test)


def _with_point(
    card: ModelCard, adoption: Adoption, calibration: Judged, test: Judged
) -> ModelCard:
    """Return the card with the operating point chosen here, or without an earlier one.

    It holds of the locked test what was looked at, and nothing else.
    """
    points = {name: point for name, point in card.operating_points.items() if name != OWN}
    curves = {name: points for name, points in card.risk_coverage.items() if name != OWN}
    results = tuple(result for result in card.results if result.role != _ROLE)
    if adoption.point != BALANCED:
        points[OWN] = own_point(adoption, calibration)
        if any(look.point == adoption.point for look in adoption.seen.seen):
            curves[OWN] = covered(test.probability, test.truth, adoption.point)
            results += (_measured(figures_at(test, adoption.point)),)
    return msgspec.structs.replace(
        card, operating_points=points, risk_coverage=curves, results=results
    )


def own_point(adoption: Adoption, calibration: Judged) -> OperatingPoint:
    """Return the point that a person chose on the calibration films, and where."""
    there = figures_at(calibration, adoption.point)
    who = f" ({adoption.initials})" if adoption.initials else ""
    where = (
        f"{there.films} calibration films of {there.patients} patients, by a person{who} on "
        f"{adoption.at:%Y-%m-%d}; sensitivity {share_words(there.sensitivity)}, specificity "
        f"{share_words(there.specificity)} there"
    )
    return OperatingPoint(adoption.point, where)


def _measured(found: Figures) -> MeasuredResult:
    rates = {
        "accuracy": found.accuracy,
        "sensitivity": found.sensitivity,
        "specificity": found.specificity,
    }
    known = {name: rate for name, rate in rates.items() if rate.value == rate.value}  # no NaN
    return MeasuredResult("films kept apart", _ROLE, found.films, known)


def _record(adoption: Adoption) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "on": f"{adoption.at:%Y-%m-%d}",
        "by": adoption.initials,
        "verdict": adoption.verdict,
        "reason": adoption.reason.strip(),
        "point": adoption.point,
        "times the locked test was seen": adoption.seen.count,
        "point chosen before the test was seen": adoption.seen.is_clean(adoption.point),
    }
    if adoption.against is None:
        return kept
    both, old = adoption.against.comparison, adoption.against.old
    return kept | {
        "against": {"name": old.name, "version": old.version, "sha256": old.sha256},
        "films": both.films,
        "patients": both.patients,
        "difference of right calls": _interval(both.difference),
        "p": both.p,
        "difference of AUROC": _interval(both.auroc.interval),
        "films the other had learnt from": adoption.against.learnt,
    }


def _interval(rate: Interval) -> dict[str, float] | None:
    ends = {"value": rate.value, "low": rate.low, "high": rate.high}
    return ends if rate.value == rate.value else None


def keep_card(package: ModelPackage, card: ModelCard) -> ModelPackage:
    """Put an edited card in the place of a package's own, in one step."""
    write_whole(package.folder / CARD, encode_card(card))
    return ModelPackage(package.folder, card)
