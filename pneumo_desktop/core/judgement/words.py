"""A judgement in words, for people who read films and not statistics."""

import math

from pneumo_desktop.core.card import Interval
from pneumo_desktop.core.judgement.against import Against
from pneumo_desktop.core.judgement.paired import Comparison, Verdict
from pneumo_desktop.core.judgement.viewings import Viewings
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

NOT_KNOWN = QT_TRANSLATE_NOOP("Judgement", "not known: no film of that kind")
_NOT_BOTH = QT_TRANSLATE_NOOP("Judgement", "not known: films of both classes are needed")
_SHARE = QT_TRANSLATE_NOOP("Judgement", "{value:.1f} % ({low:.1f} to {high:.1f})")
_NUMBER = QT_TRANSLATE_NOOP("Judgement", "{value:.3f} ({low:.3f} to {high:.3f})")
_MEANS = {
    Verdict.BETTER: QT_TRANSLATE_NOOP("Judgement", "The new model is better on these films."),
    Verdict.WORSE: QT_TRANSLATE_NOOP("Judgement", "The new model is worse on these films."),
    Verdict.CANNOT_TELL: QT_TRANSLATE_NOOP(
        "Judgement", "These films cannot tell which model is better."
    ),
}
_NO_FILM = QT_TRANSLATE_NOOP(
    "Judgement", "No film is left on which the new model and {title} can be compared."
)
_COUNTED = QT_TRANSLATE_NOOP(
    "Judgement",
    "Of %Ln films ({patients:,} patients) the new model called {right_new:,} rightly, {title} "
    "{right_old:,}.",
    "",
    1,
)
_SAME = QT_TRANSLATE_NOOP("Judgement", "Both were right on the same films.")
_DIFFERENCE = QT_TRANSLATE_NOOP(
    "Judgement",
    "The difference is {points:+.1f} points of right calls (95 %: {low:+.1f} to {high:+.1f}, "
    "patients drawn again). Films that one alone called rightly: {only_new:d} by the new model, "
    "{only_old:d} by the other (McNemar, exact: p = {p}).",
)
_RANKING = QT_TRANSLATE_NOOP(
    "Judgement", "AUROC: {difference:+.3f} ({low:+.3f} to {high:+.3f}; DeLong: p = {p})."
)
_BELOW = QT_TRANSLATE_NOOP("Judgement", "below 0.001")
_NOT_TOLD = QT_TRANSLATE_NOOP(
    "Judgement",
    "It is not known which films {title} learnt from; if some were among these, they flatter it.",
)
_LEARNT = QT_TRANSLATE_NOOP(
    "Judgement", "Films left out because {title} learnt from them: %Ln.", "", 1
)
_GONE = QT_TRANSLATE_NOOP(
    "Judgement", "Films that could not be read any more, or were changed: %Ln.", "", 1
)
_LOST = QT_TRANSLATE_NOOP(
    "Judgement",
    "The record of how often the locked test was seen was damaged: the test may be known, and what "
    "it says too good.",
)
_UNSEEN = QT_TRANSLATE_NOOP("Judgement", "The locked test has not been seen.")
_SEEN = QT_TRANSLATE_NOOP(
    "Judgement",
    "The locked test has been seen %n times.",
    "The locked test has been seen once.",
    1,
)
_AFTERWARDS = QT_TRANSLATE_NOOP(
    "Judgement",
    "{seen} This point was chosen afterwards, so for it the test is no test any more.",
)


def share_words(rate: Interval) -> str:
    """Return a share in per cent with its 95 % interval."""
    if math.isnan(rate.value):
        return NOT_KNOWN
    value, low, high = (100.0 * end for end in (rate.value, rate.low, rate.high))
    return _SHARE.format(value=value, low=low, high=high)


def number_words(rate: Interval) -> str:
    """Return a number such as an AUROC with its 95 % interval."""
    if math.isnan(rate.value):
        return _NOT_BOTH
    return _NUMBER.format(value=rate.value, low=rate.low, high=rate.high)


def verdict_words(found: Against) -> tuple[str, ...]:
    """Return what the comparison says, the verdict first."""
    both = found.comparison
    if not both.films:
        return (_NO_FILM.format(title=found.title), *_left_out(found))
    counted = _COUNTED.counted(
        both.films,
        patients=both.patients,
        right_new=both.right_new,
        title=found.title,
        right_old=both.right_old,
    )
    return (_MEANS[both.verdict], counted, *_how_sure(both), *_left_out(found))


def _how_sure(both: Comparison) -> tuple[str, ...]:
    if not both.only_new + both.only_old:
        return (_SAME,)
    points = [100.0 * end for end in (both.difference.value, both.difference.low,
                                      both.difference.high)]  # fmt: skip
    sure = _DIFFERENCE.format(
        points=points[0],
        low=points[1],
        high=points[2],
        only_new=both.only_new,
        only_old=both.only_old,
        p=_p(both.p),
    )
    auroc = both.auroc.interval
    if math.isnan(auroc.value):
        return (sure,)
    ranking = _RANKING.format(
        difference=auroc.value, low=auroc.low, high=auroc.high, p=_p(both.auroc.p)
    )
    return sure, ranking


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else _BELOW


def _left_out(found: Against) -> tuple[str, ...]:
    told = []
    if found.learnt is None:
        told.append(_NOT_TOLD.format(title=found.title))
    elif found.learnt:
        told.append(_LEARNT.counted(found.learnt, title=found.title))
    if found.gone:
        told.append(_GONE.counted(found.gone))
    return tuple(told)


def viewing_words(seen: Viewings, point: float) -> str:
    """Return how often the locked test was seen and what that means for a point."""
    if seen.lost:
        return _LOST
    if not seen.count:
        return _UNSEEN
    told = _SEEN.counted(seen.count)
    return told if seen.is_clean(point) else _AFTERWARDS.format(seen=told)
