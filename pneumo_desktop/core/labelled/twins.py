"""The same film twice, and the same patient in both classes."""

from collections.abc import Iterator

from pneumo_desktop.core.labelled.finding import Choice, Finding, Kind
from pneumo_desktop.core.labelled.lot import Groups, Lot, together

_LEAVE_OUT = "leave-out"


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
        what = f"{_count(len(shared), 'patient')} with films of both classes"
        so = (
            ". That can be right, before and after an illness; it can also be a wrong label, or a "
            "rule that takes two patients for one."
        )
        yield Finding(
            Kind.PATIENT_IN_BOTH,
            f"{what} ({names}){so}",
            _members(shared),
            (
                Choice("keep", "Keep all; all films of such a patient stay in one part"),
                Choice("ill-only", "Leave out the NORMAL films of these patients"),
                Choice(_LEAVE_OUT, "Leave out all films of these patients"),
            ),
            "keep",
            shared,
            unnamed=what + so,
        )


def _both_classes(lot: Lot, groups: Groups) -> Finding:
    what = f"{_count(len(groups), 'film')} in both classes, under {len(_members(groups))} names"
    so = ". One of the labels must be wrong."
    return Finding(
        Kind.BOTH_CLASSES,
        f"{what} ({_example(lot, groups)}){so}",
        _members(groups),
        (
            Choice(_LEAVE_OUT, "Leave them out of both classes"),
            Choice("ill", "Keep those in PNEUMONIA, leave out those in NORMAL"),
            Choice("normal", "Keep those in NORMAL, leave out those in PNEUMONIA"),
            Choice("keep", "Keep all"),
        ),
        _LEAVE_OUT,
        groups,
        unnamed=what + so,
    )


def _duplicate(lot: Lot, groups: Groups) -> Finding:
    more = len(_members(groups)) - len(groups)
    are = "are copies" if more > 1 else "is a copy"
    what = f"{_count(more, 'file')} that {are} of another, byte by byte"
    so = ". Copies count a film more than once."
    return Finding(
        Kind.DUPLICATE,
        f"{what} ({_example(lot, groups)}){so}",
        _members(groups),
        (
            Choice("one", "Keep the first of each"),
            Choice("keep", "Keep all; copies stay in one part"),
        ),
        "one",
        groups,
        unnamed=what + so,
    )


def _near_duplicate(lot: Lot, groups: Groups) -> Finding:
    what = (
        f"{_count(len(groups), 'film')} more than once in nearly the same form, as after saving "
        "again"
    )
    so = ". Divided between learning and testing, they would flatter the result."
    return Finding(
        Kind.NEAR_DUPLICATE,
        f"{what} ({_example(lot, groups)}){so}",
        _members(groups),
        (
            Choice("keep", "Keep all; they stay in one part, with their patients"),
            Choice("one", "Keep the first of each"),
        ),
        "keep",
        groups,
        unnamed=what + so,
    )


def _copies(lot: Lot, groups: Groups) -> Groups:
    """Return the groups of equal bytes inside `groups`."""
    within = {place for group in groups for place in group}
    equal = together([film.sha256 for film in lot.films])
    return tuple(group for group in equal if within.issuperset(group))


def _members(groups: Groups) -> tuple[int, ...]:
    return tuple(sorted(place for group in groups for place in group))


def _example(lot: Lot, groups: Groups) -> str:
    one, other, *_ = groups[0]
    return f"{lot.path(one).name} and {lot.path(other).name}" + (", ..." if groups[1:] else "")


def _some(names: list[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")


def _count(number: int, what: str) -> str:
    verb = "There is" if number == 1 else "There are"
    return f"{verb} {number} {what}{'' if number == 1 else 's'}"
