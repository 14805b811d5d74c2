"""What is wrong with a lot of labelled films; nothing is mended here."""

from collections.abc import Iterator, Sequence

from pneumo_desktop.core.labelled.apply import apply
from pneumo_desktop.core.labelled.examine import Examined, Unreadable
from pneumo_desktop.core.labelled.finding import Choice, Finding, Kind
from pneumo_desktop.core.labelled.lot import Lot, lot_of
from pneumo_desktop.core.labelled.shortcuts import find_shortcuts
from pneumo_desktop.core.labelled.split import CLASSES, FEWEST_PATIENTS
from pneumo_desktop.core.labelled.twins import find_shared_patients, find_twins

__all__ = ["Choice", "Finding", "Kind", "apply", "find"]

_LOPSIDED = 2.0  # times as many films of one class as of the other
_MANY = 20  # films from which on it is odd that each is of another patient
_LEAVE_OUT = Choice("leave-out", "Leave them out")
_ORDER = tuple(Kind)


def find(
    examined: Sequence[Examined],
    unreadable: Sequence[Unreadable],
    patients: Sequence[str],
) -> tuple[Finding, ...]:
    """Return the findings in the order of `Kind`, those that block first.

    `patients` says whose each of the `examined` films is.
    """
    lot = lot_of(examined, patients)
    found = [
        *_unreadable(unreadable),
        *_classes(lot),
        *_patients(lot),
        *find_twins(lot),
        *find_shared_patients(lot),
        *_no_chest(lot),
        *find_shortcuts(lot),
    ]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.kind)))


def _unreadable(films: Sequence[Unreadable]) -> Iterator[Finding]:
    if films:
        first = films[0]
        yield Finding(
            Kind.UNREADABLE,
            f"Files that cannot be read: {len(films)}. The first is {first.listed.path.name}: "
            f"{first.reason.text}",
            tuple(range(len(films))),
            (_LEAVE_OUT,),
            _LEAVE_OUT.code,
            unnamed=f"Files that cannot be read: {len(films)}. The first: {first.reason.text}",
        )


def _classes(lot: Lot) -> Iterator[Finding]:
    counts = len(lot.of(ill=False)), len(lot.of(ill=True))
    if 0 in counts:
        lacking = " and no film of ".join(n for n, c in zip(CLASSES, counts, strict=True) if not c)
        yield Finding(
            Kind.ONE_CLASS,
            f"There is no film of {lacking} that can be read. A network learns from the "
            "difference of two classes.",
            tuple(range(len(lot.films))),
            (Choice("add", "Add films of the missing class, and look again"),),
            "add",
            blocks=True,
        )
    elif max(counts) > _LOPSIDED * min(counts):
        larger = counts[1] > counts[0]
        yield Finding(
            Kind.IMBALANCE,
            f"There are {max(counts)} films of {CLASSES[larger]} and only {min(counts)} of "
            f"{CLASSES[not larger]}. A network learns to expect what it saw most.",
            lot.of(ill=larger),
            (
                Choice("keep", "Keep all; the default recipe counts both classes alike"),
                Choice(
                    "even",
                    f"Leave out films of {CLASSES[larger]}, whole patients drawn at random, until "
                    "both classes have as many",
                ),
            ),
            "keep",
        )


def _patients(lot: Lot) -> Iterator[Finding]:
    ill = {name for name, sick in zip(lot.patients, lot.truth, strict=True) if sick}
    of_class = (set(lot.patients) - ill, ill)
    few = [
        f"{len(members)} in {name}"
        for name, members in zip(CLASSES, of_class, strict=True)
        if 0 < len(members) < FEWEST_PATIENTS
    ]
    if few:
        yield Finding(
            Kind.FEW_PATIENTS,
            f"There are films of only few patients: {' and '.join(few)}. Each class needs at least "
            f"{FEWEST_PATIENTS}, so that learning and testing have patients of their own.",
            tuple(range(len(lot.films))),
            (Choice("add", "Add films, or tell patients apart by another rule"),),
            "add",
            blocks=True,
        )
    if len(lot.films) >= _MANY and len(set(lot.patients)) == len(lot.films):
        yield Finding(
            Kind.PATIENTS_UNTOLD,
            "No two films are of one patient, as far as list, files and names tell. Where patients "
            "have several films, choose a rule that tells; else the test is flattered.",
            tuple(range(len(lot.films))),
            (Choice("keep", "Each film is of another patient"),),
            "keep",
        )


def _no_chest(lot: Lot) -> Iterator[Finding]:
    refused = tuple(place for place, film in enumerate(lot.films) if film.refusal)
    if refused:
        reason = lot.films[refused[0]].refusal
        count, why = len(refused), reason.text if reason else ""
        yield Finding(
            Kind.NOT_A_CHEST_FILM,
            f"Films that reading would refuse: {count}. The first is "
            f"{lot.path(refused[0]).name}: {why}",
            refused,
            (_LEAVE_OUT, Choice("keep", "Keep them; they are chest films of the right kind")),
            _LEAVE_OUT.code,
            unnamed=f"Films that reading would refuse: {count}. The first: {why}",
        )
