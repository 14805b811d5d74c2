"""How far each page is: to do, done, or to be done again because an earlier page changed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from pneumo_desktop.core.labelled.plan import Plan


class Settling(Protocol):
    """What is asked of a page here."""

    @property
    def name(self) -> str:
        """How the plan calls it."""

    @property
    def settles(self) -> tuple[str, ...]:
        """The fields of the plan that are decided on it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a page was done, and which earlier pages changed since, by their places."""

    done: bool
    changed: tuple[int, ...] = ()

    @property
    def again(self) -> bool:
        """Whether it is to be done again."""
        return bool(self.changed)


def standings(plan: Plan, steps: Sequence[Settling]) -> tuple[Standing, ...]:
    """Return how each page stands."""
    now = [fingerprint(plan, step) for step in steps]
    return tuple(
        _standing(plan.settled.get(step.name, ()), now[: place + 1])
        for place, step in enumerate(steps)
    )


def _standing(before: Sequence[str], now: Sequence[str]) -> Standing:
    changed = tuple(
        place
        for place, (old, new) in enumerate(zip(before, now, strict=False))
        if old != new and place < len(now) - 1
    )
    return Standing(bool(before) and list(before) == list(now), changed)


def settled(plan: Plan, steps: Sequence[Settling], place: int) -> Plan:
    """Return the plan with the page at `place` done, on the earlier pages as they are."""
    name = steps[place].name
    marks = tuple(fingerprint(plan, step) for step in steps[: place + 1])
    return msgspec.structs.replace(plan, settled={**plan.settled, name: marks})


def fingerprint(plan: Plan, step: Settling) -> str:
    """Return a mark that changes when something decided on this page does."""
    chosen = [getattr(plan, field) for field in step.settles]
    return hashlib.sha256(msgspec.json.encode(chosen, order="sorted")).hexdigest()[:16]
