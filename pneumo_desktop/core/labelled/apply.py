"""Carry out what was chosen about the findings: films are left out, labels never change."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pneumo_desktop.core.labelled.examine import Examined
from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.finding import Finding, Kind
from pneumo_desktop.core.labelled.patients import groups_of

_ALIKE = (Kind.BOTH_CLASSES, Kind.DUPLICATE, Kind.NEAR_DUPLICATE)


def chosen(finding: Finding, choices: Mapping[str, str]) -> str:
    """Return the code of the choice that holds: the one made, if the finding offers it."""
    made = choices.get(finding.kind, finding.default)
    return made if made in {choice.code for choice in finding.choices} else finding.default


def apply(
    examined: Sequence[Examined],
    findings: Sequence[Finding],
    choices: Mapping[str, str],
    patients: Sequence[str],
) -> tuple[Listed, ...]:
    """Return the films to learn from, after the `choices` (code by kind, else the default).

    `patients` (films,) says whose each film is; `patient` of each film returned is the group that
    must stay in one part: its patient, and whoever shares a film with them.
    """
    alike = [group for finding in findings if finding.kind in _ALIKE for group in finding.groups]
    groups = groups_of(patients, [pair for g in alike for pair in pairwise(g)])
    truth = [film.listed.ill for film in examined]
    out: set[int] = set()
    for finding in sorted(findings, key=lambda found: chosen(found, choices) == "one"):
        if finding.kind is not Kind.UNREADABLE:
            out |= _left_out(finding, chosen(finding, choices), truth, out)
    kept = [place for place in range(len(examined)) if place not in out]
    if any(f.kind is Kind.IMBALANCE and chosen(f, choices) == "even" for f in findings):
        kept = _even(kept, truth, groups)
    return tuple(replace(examined[place].listed, patient=groups[place]) for place in kept)


def _left_out(finding: Finding, code: str, truth: Sequence[bool], out: set[int]) -> set[int]:
    """Return the places that a choice leaves out; `out` are those that are out already."""
    if code == "leave-out":
        return set(finding.films)
    if code in ("ill", "ill-only"):
        return {place for place in finding.films if not truth[place]}
    if code == "normal":
        return {place for place in finding.films if truth[place]}
    if code == "one":
        still = [[place for place in group if place not in out] for group in finding.groups]
        return {place for group in still for place in group[1:]}
    return set()


def _even(kept: Sequence[int], truth: Sequence[bool], groups: Sequence[str]) -> list[int]:
    """Return `kept` without so many groups of the larger class that both are about as many.

    The order in which groups go is drawn by the hash of their names: the same films give the same.
    """
    ill = sum(truth[place] for place in kept)
    larger, spare = ill > len(kept) - ill, abs(2 * ill - len(kept))
    held: dict[str, list[int]] = {}
    for place in kept:
        held.setdefault(groups[place], []).append(place)
    out: set[int] = set()
    for group in sorted(held, key=lambda name: hashlib.sha256(name.encode()).digest()):
        places = held[group]
        pure = all(truth[place] == larger for place in places)
        if pure and len(places) <= spare:
            out.update(places)
            spare -= len(places)
    return [place for place in kept if place not in out]
