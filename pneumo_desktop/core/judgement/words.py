"""A judgement in words, for people who read films and not statistics."""

import math

from pneumo_desktop.core.card import Interval
from pneumo_desktop.core.judgement.against import Against
from pneumo_desktop.core.judgement.paired import Comparison, Verdict
from pneumo_desktop.core.judgement.viewings import Viewings

NOT_KNOWN = "not known: no film of that kind"
_MEANS = {
    Verdict.BETTER: "The new model is better on these films.",
    Verdict.WORSE: "The new model is worse on these films.",
    Verdict.CANNOT_TELL: "These films cannot tell which model is better.",
}


def share_words(rate: Interval) -> str:
    """Return a share in per cent with its 95 % interval."""
    if math.isnan(rate.value):
        return NOT_KNOWN
    value, low, high = (f"{100.0 * end:.1f}" for end in (rate.value, rate.low, rate.high))
    return f"{value} % ({low} to {high})"


def number_words(rate: Interval) -> str:
    """Return a number such as an AUROC with its 95 % interval."""
    if math.isnan(rate.value):
        return "not known: films of both classes are needed"
    return f"{rate.value:.3f} ({rate.low:.3f} to {rate.high:.3f})"


def verdict_words(found: Against) -> tuple[str, ...]:
    """Return what the comparison says, the verdict first."""
    both = found.comparison
    if not both.films:
        return (
            f"No film is left on which the new model and {found.title} can be compared.",
            *_left_out(found),
        )
    counted = (
        f"Of {both.films:,} films ({both.patients:,} patients) the new model called "
        f"{both.right_new:,} rightly, {found.title} {both.right_old:,}."
    )
    return (_MEANS[both.verdict], counted, *_how_sure(both), *_left_out(found))


def _how_sure(both: Comparison) -> tuple[str, ...]:
    if not both.only_new + both.only_old:
        return ("Both were right on the same films.",)
    points = [100.0 * end for end in (both.difference.value, both.difference.low,
                                      both.difference.high)]  # fmt: skip
    sure = (
        f"The difference is {points[0]:+.1f} points of right calls (95 %: {points[1]:+.1f} to "
        f"{points[2]:+.1f}, patients drawn again). Films that one alone called rightly: "
        f"{both.only_new} by the new model, {both.only_old} by the other (McNemar, exact: "
        f"p = {_p(both.p)})."
    )
    auroc = both.auroc.interval
    if math.isnan(auroc.value):
        return (sure,)
    ranking = (
        f"AUROC: {auroc.value:+.3f} ({auroc.low:+.3f} to {auroc.high:+.3f}; DeLong: "
        f"p = {_p(both.auroc.p)})."
    )
    return sure, ranking


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else "below 0.001"


def _left_out(found: Against) -> tuple[str, ...]:
    told = []
    if found.learnt is None:
        told.append(
            f"It is not known which films {found.title} learnt from; if some were among these, "
            "they flatter it."
        )
    elif found.learnt:
        told.append(f"Films left out because {found.title} learnt from them: {found.learnt:,}.")
    if found.gone:
        told.append(f"Films that could not be read any more, or were changed: {found.gone:,}.")
    return tuple(told)


def viewing_words(seen: Viewings, point: float) -> str:
    """Return how often the locked test was seen and what that means for a point."""
    if seen.lost:
        return (
            "The record of how often the locked test was seen was damaged: the test may be known, "
            "and what it says too good."
        )
    if not seen.count:
        return "The locked test has not been seen."
    times = "once" if seen.count == 1 else f"{seen.count} times"
    told = f"The locked test has been seen {times}."
    if seen.is_clean(point):
        return told
    return f"{told} This point was chosen afterwards, so for it the test is no test any more."
