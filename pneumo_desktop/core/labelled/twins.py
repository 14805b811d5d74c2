"""The same film twice, and the same patient in both classes."""

from collections.abc import Iterator

from pneumo_desktop.core.labelled.finding import HIDDEN, Choice, Finding, Kind
from pneumo_desktop.core.labelled.lot import Groups, Lot, together
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

_LEAVE_OUT = "leave-out"
_NO_EXAMPLE = {"first": HIDDEN, "second": HIDDEN}
_IN_BOTH = QT_TRANSLATE_NOOP(
    "Findings",
    "There are %n films in both classes, under {names:d} names ({first} and {second}). One "
    "of the labels must be wrong.",
    "There is %n film in both classes, under {names:d} names ({first} and {second}). One "
    "of the labels must be wrong.",
    1,
)
_PATIENTS_IN_BOTH = QT_TRANSLATE_NOOP(
    "Findings",
    "There are %n patients with films of both classes ({names}). That can be right, before and "
    "after an illness; it can also be a wrong label, or a rule that takes two patients for one.",
    "There is %n patient with films of both classes ({names}). That can be right, before and "
    "after an illness; it can also be a wrong label, or a rule that takes two patients for one.",
    1,
)
_COPIES = QT_TRANSLATE_NOOP(
    "Findings",
    "There are %n files that are copies of another, byte by byte ({first} and {second}). "
    "Copies count a film more than once.",
    "There is %n file that is a copy of another, byte by byte ({first} and {second}). "
    "Copies count a film more than once.",
    1,
)
_NEARLY_ALIKE = QT_TRANSLATE_NOOP(
    "Findings",
    "There are %n films more than once in nearly the same form, as after saving again ({first} and "
    "{second}). Divided between learning and testing, they would flatter the result.",
    "There is %n film more than once in nearly the same form, as after saving again ({first} and "
    "{second}). Divided between learning and testing, they would flatter the result.",
    1,
)
_OF_PATIENTS = (
    Choice(
        "keep",
        QT_TRANSLATE_NOOP("Findings", "Keep all; all films of such a patient stay in one part"),
    ),
    Choice(
        "ill-only",
        QT_TRANSLATE_NOOP("Findings", "Leave out the NORMAL films of these patients"),
    ),
    Choice(_LEAVE_OUT, QT_TRANSLATE_NOOP("Findings", "Leave out all films of these patients")),
)
_OF_BOTH = (
    Choice(_LEAVE_OUT, QT_TRANSLATE_NOOP("Findings", "Leave them out of both classes")),
    Choice(
        "ill", QT_TRANSLATE_NOOP("Findings", "Keep those in PNEUMONIA, leave out those in NORMAL")
    ),
    Choice(
        "normal",
        QT_TRANSLATE_NOOP("Findings", "Keep those in NORMAL, leave out those in PNEUMONIA"),
    ),
    Choice("keep", QT_TRANSLATE_NOOP("Findings", "Keep all")),
)
_FIRST_OF_EACH = Choice("one", QT_TRANSLATE_NOOP("Findings", "Keep the first of each"))
_KEEP_COPIES = Choice("keep", QT_TRANSLATE_NOOP("Findings", "Keep all; copies stay in one part"))
_KEEP_TOGETHER = Choice(
    "keep",
    QT_TRANSLATE_NOOP("Findings", "Keep all; they stay in one part, with their patients"),
)


def find_twins(lot: Lot) -> Iterator[Finding]:
    """Yield what is said of films that show the same film."""
    both = tuple(group for group in lot.alike if lot.mixed(group))
    pure = tuple(group for group in lot.alike if not lot.mixed(group))
    if both:
        yield _both_classes(lot, both)
    copies = _copies(lot, pure)
    if copies:
        yield _duplicate(lot, copies)
    nearly = tuple(g for g in pure if len({lot.films[place].sha256 for place in g}) > 1)
    if nearly:
        yield _near_duplicate(lot, nearly)


def find_shared_patients(lot: Lot) -> Iterator[Finding]:
    """Yield what is said of patients with films of both classes."""
    shared = tuple(group for group in together(lot.patients) if lot.mixed(group))
    if shared:
        names = _some([lot.patients[group[0]] for group in shared])
        yield Finding(
            Kind.PATIENT_IN_BOTH,
            _PATIENTS_IN_BOTH.counted(len(shared), names=names),
            _members(shared),
            _OF_PATIENTS,
            "keep",
            shared,
            unnamed=_PATIENTS_IN_BOTH.counted(len(shared), names=HIDDEN),
        )


def _both_classes(lot: Lot, groups: Groups) -> Finding:
    films, names = len(groups), len(_members(groups))
    return Finding(
        Kind.BOTH_CLASSES,
        _IN_BOTH.counted(films, names=names, **_example(lot, groups)),
        _members(groups),
        _OF_BOTH,
        _LEAVE_OUT,
        groups,
        unnamed=_IN_BOTH.counted(films, names=names, **_NO_EXAMPLE),
    )


def _duplicate(lot: Lot, groups: Groups) -> Finding:
    more = len(_members(groups)) - len(groups)
    return Finding(
        Kind.DUPLICATE,
        _COPIES.counted(more, **_example(lot, groups)),
        _members(groups),
        (_FIRST_OF_EACH, _KEEP_COPIES),
        "one",
        groups,
        unnamed=_COPIES.counted(more, **_NO_EXAMPLE),
    )


def _near_duplicate(lot: Lot, groups: Groups) -> Finding:
    return Finding(
        Kind.NEAR_DUPLICATE,
        _NEARLY_ALIKE.counted(len(groups), **_example(lot, groups)),
        _members(groups),
        (_KEEP_TOGETHER, _FIRST_OF_EACH),
        "keep",
        groups,
        unnamed=_NEARLY_ALIKE.counted(len(groups), **_NO_EXAMPLE),
    )


def _copies(lot: Lot, groups: Groups) -> Groups:
    """Return the groups of equal bytes inside `groups`."""
    within = {place for group in groups for place in group}
    equal = together([film.sha256 for film in lot.films])
    return tuple(group for group in equal if within.issuperset(group))


def _members(groups: Groups) -> tuple[int, ...]:
    return tuple(sorted(place for group in groups for place in group))


def _example(lot: Lot, groups: Groups) -> dict[str, str]:
    """Return the names of two films that show the same; behind them, whether there are more."""
    one, other, *_ = groups[0]
    more = ", ..." if groups[1:] else ""
    return {"first": lot.path(one).name, "second": f"{lot.path(other).name}{more}"}


def _some(names: list[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")
