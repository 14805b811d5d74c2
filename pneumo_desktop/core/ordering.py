"""In which order films wait for their reader: one table, and the ageing inside a band.

It orders what the model saw; it is not clinical severity. `urgency` is the rule. The worklist's
query asks SQLite for the same order by `sql_urgency`, which is made from the same table.
"""

from dataclasses import dataclass

from pneumo_desktop.core.cases import Priority
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

PLACES: dict[Priority | None, int] = {
    Priority.HIGH: 1,
    Priority.MEDIUM: 2,
    Priority.CHECK: 3,  # a doubtful film is looked at before every Normal
    Priority.LOW: 4,
    None: 5,  # apart: no chest film, or unreadable
}


_NAMES = {
    Priority.HIGH: QT_TRANSLATE_NOOP("wording", "High"),
    Priority.MEDIUM: QT_TRANSLATE_NOOP("wording", "Medium"),
    Priority.CHECK: QT_TRANSLATE_NOOP("wording", "Check"),
    Priority.LOW: QT_TRANSLATE_NOOP("wording", "Low"),
}
_ORDER = QT_TRANSLATE_NOOP(
    "Ordering",
    "Priorities come in this order: 1 {first}, 2 {second}, 3 {third}, 4 {fourth}. They are the "
    "model's suspicion and extent, not clinical severity. Check is above every Low: doubtful films "
    "are looked at before a Normal.",
)
_WAITING = QT_TRANSLATE_NOOP(
    "Ordering",
    "Inside a priority the higher severity comes first, and a waiting film rises: each hour adds "
    "{points:g} points to its severity of 0 to 100. It never leaves its priority, and it stops "
    "rising when it is called.",
)
_WAITING_ONE = QT_TRANSLATE_NOOP(
    "Ordering",
    "Inside a priority the higher severity comes first, and a waiting film rises: each hour adds "
    "1 point to its severity of 0 to 100. It never leaves its priority, and it stops rising when "
    "it is called.",
)
_STUDY = QT_TRANSLATE_NOOP(
    "Ordering", "Films of one study share a row, ranked by the most urgent frontal film among them."
)
_APART = QT_TRANSLATE_NOOP(
    "Ordering", "What is no chest film, or cannot be read, stands last, apart."
)


@dataclass(frozen=True, slots=True)
class Ordering:
    """What a reader may adjust: `ageing`, the points of severity that an hour of waiting adds."""

    ageing: float = 1.0


DEFAULT_ORDERING = Ordering()
MOST_AGEING = 100.0  # an hour then outweighs every severity


def urgency(
    band: Priority | None, severity: float | None, hours: float, ordering: Ordering
) -> tuple[int, float]:
    """Return a key that sorts the film to be read first to the front.

    The band (`PLACES`) decides; inside a band the severity, 0-100, plus `ordering.ageing` for each
    of the `hours` that the film waited. However long it waits, a film stays in its band.
    """
    return (PLACES[band], -((severity or 0.0) + ordering.ageing * hours))


def sql_place(band: str) -> str:
    """Return the place of the `band` column's value, as `PLACES` has it, in SQL."""
    known = " ".join(f"WHEN '{name}' THEN {place}" for name, place in PLACES.items() if name)
    return f"CASE {band} {known} ELSE {PLACES[None]} END"


def sql_urgency(band: str, severity: str, hours: str) -> tuple[str, str]:
    """Return `urgency` of three SQL expressions, in SQL; it takes a parameter `:ageing`."""
    return sql_place(band), f"-(coalesce({severity}, 0.0) + :ageing * {hours})"


def rule_lines(ordering: Ordering) -> list[str]:
    """Return the rule in sentences, for whoever reads the list."""
    places = {1: "first", 2: "second", 3: "third", 4: "fourth"}
    bands = {places[place]: _NAMES[band] for band, place in PLACES.items() if band}
    one = ordering.ageing == 1
    waiting = _WAITING_ONE if one else _WAITING.format(points=ordering.ageing)
    return [_ORDER.format(**bands), waiting, _STUDY, _APART]
