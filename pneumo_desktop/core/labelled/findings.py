"""What is wrong with a lot of labelled films; nothing is mended here."""

from collections.abc import Iterator, Sequence

from pneumo_desktop.core.labelled.apply import apply
from pneumo_desktop.core.labelled.examine import Examined, Unreadable
from pneumo_desktop.core.labelled.finding import HIDDEN, Choice, Finding, Kind
from pneumo_desktop.core.labelled.lot import Lot, lot_of
from pneumo_desktop.core.labelled.shortcuts import find_shortcuts
from pneumo_desktop.core.labelled.split import CLASSES, FEWEST_PATIENTS
from pneumo_desktop.core.labelled.twins import find_shared_patients, find_twins
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

__all__ = ["Choice", "Finding", "Kind", "apply", "find"]

_LOPSIDED = 2.0  # times as many films of one class as of the other
_MANY = 20  # films from which on it is odd that each is of another patient
_LEAVE_OUT = Choice("leave-out", QT_TRANSLATE_NOOP("Findings", "Leave them out"))
_ADD_CLASS = Choice(
    "add", QT_TRANSLATE_NOOP("Findings", "Add films of the missing class, and look again")
)
_ADD_PATIENTS = Choice(
    "add", QT_TRANSLATE_NOOP("Findings", "Add films, or tell patients apart by another rule")
)
_KEEP_ALIKE = Choice(
    "keep",
    QT_TRANSLATE_NOOP("Findings", "Keep all; the default recipe counts both classes alike"),
)
_KEEP_PATIENTS = Choice("keep", QT_TRANSLATE_NOOP("Findings", "Each film is of another patient"))
_KEEP_CHESTS = Choice(
    "keep", QT_TRANSLATE_NOOP("Findings", "Keep them; they are chest films of the right kind")
)
_EVEN = QT_TRANSLATE_NOOP(
    "Findings",
    "Leave out films of {larger}, whole patients drawn at random, until both classes have as many",
)
_CANNOT_BE_READ = QT_TRANSLATE_NOOP(
    "Findings", "Files that cannot be read: %n. The first is {name}: {reason}", "", 1
)
_WOULD_BE_REFUSED = QT_TRANSLATE_NOOP(
    "Findings", "Films that reading would refuse: %n. The first is {name}: {reason}", "", 1
)
_ONE_CLASS = QT_TRANSLATE_NOOP(
    "Findings",
    "There is no film of {lacking} that can be read. A network learns from the difference of two "
    "classes.",
)
_NO_CLASS = QT_TRANSLATE_NOOP(
    "Findings",
    "There is no film of {one} and no film of {other} that can be read. A network learns from the "
    "difference of two classes.",
)
_IMBALANCE = QT_TRANSLATE_NOOP(
    "Findings",
    "There are {many:d} films of {larger} and only {few:d} of {smaller}. A network learns to "
    "expect what it saw most.",
)
_FEW = QT_TRANSLATE_NOOP(
    "Findings",
    "There are films of only few patients: {count:d} in {name}. Each class needs at least "
    "{least:d}, so that learning and testing have patients of their own.",
)
_FEW_OF_BOTH = QT_TRANSLATE_NOOP(
    "Findings",
    "There are films of only few patients: {count:d} in {name} and {count_2:d} in {name_2}. Each "
    "class needs at least {least:d}, so that learning and testing have patients of their own.",
)
_UNTOLD = QT_TRANSLATE_NOOP(
    "Findings",
    "No two films are of one patient, as far as list, files and names tell. Where patients have "
    "several films, choose a rule that tells; else the test is flattered.",
)
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
            _CANNOT_BE_READ.counted(
                len(films), name=first.listed.path.name, reason=first.reason.text
            ),
            tuple(range(len(films))),
            (_LEAVE_OUT,),
            _LEAVE_OUT.code,
            unnamed=_CANNOT_BE_READ.counted(len(films), name=HIDDEN, reason=first.reason.text),
        )


def _classes(lot: Lot) -> Iterator[Finding]:
    counts = len(lot.of(ill=False)), len(lot.of(ill=True))
    if 0 in counts:
        lacking = CLASSES[bool(counts[0])]
        yield Finding(
            Kind.ONE_CLASS,
            _ONE_CLASS.format(lacking=lacking)
            if any(counts)
            else _NO_CLASS.format(one=CLASSES[0], other=CLASSES[1]),
            tuple(range(len(lot.films))),
            (_ADD_CLASS,),
            _ADD_CLASS.code,
            blocks=True,
        )
    elif max(counts) > _LOPSIDED * min(counts):
        ill = counts[1] > counts[0]
        larger, smaller = CLASSES[ill], CLASSES[not ill]
        yield Finding(
            Kind.IMBALANCE,
            _IMBALANCE.format(many=max(counts), larger=larger, few=min(counts), smaller=smaller),
            lot.of(ill=ill),
            (_KEEP_ALIKE, Choice("even", _EVEN.format(larger=larger))),
            _KEEP_ALIKE.code,
        )


def _patients(lot: Lot) -> Iterator[Finding]:
    ill = {name for name, sick in zip(lot.patients, lot.truth, strict=True) if sick}
    of_class = (set(lot.patients) - ill, ill)
    few = [
        (len(members), name)
        for name, members in zip(CLASSES, of_class, strict=True)
        if 0 < len(members) < FEWEST_PATIENTS
    ]
    if few:
        yield Finding(
            Kind.FEW_PATIENTS,
            _few(*few),
            tuple(range(len(lot.films))),
            (_ADD_PATIENTS,),
            _ADD_PATIENTS.code,
            blocks=True,
        )
    if len(lot.films) >= _MANY and len(set(lot.patients)) == len(lot.films):
        yield Finding(
            Kind.PATIENTS_UNTOLD,
            _UNTOLD,
            tuple(range(len(lot.films))),
            (_KEEP_PATIENTS,),
            _KEEP_PATIENTS.code,
        )


def _few(first: tuple[int, str], second: tuple[int, str] | None = None) -> str:
    """Return which class has how few patients, or that both have."""
    count, name = first
    if second is None:
        return _FEW.format(count=count, name=name, least=FEWEST_PATIENTS)
    more = {"count_2": second[0], "name_2": second[1]}
    return _FEW_OF_BOTH.format(count=count, name=name, least=FEWEST_PATIENTS, **more)


def _no_chest(lot: Lot) -> Iterator[Finding]:
    refused = tuple(place for place, film in enumerate(lot.films) if film.refusal)
    if refused:
        reason = lot.films[refused[0]].refusal
        count, why = len(refused), reason.text if reason else ""
        yield Finding(
            Kind.NOT_A_CHEST_FILM,
            _WOULD_BE_REFUSED.counted(count, name=lot.path(refused[0]).name, reason=why),
            refused,
            (_LEAVE_OUT, _KEEP_CHESTS),
            _LEAVE_OUT.code,
            unnamed=_WOULD_BE_REFUSED.counted(count, name=HIDDEN, reason=why),
        )
