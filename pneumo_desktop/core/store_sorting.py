"""What the worklist can be sorted by, in SQL."""

from collections.abc import Sequence
from enum import StrEnum

from pneumo_desktop.core.ordering import sql_urgency


class Sort(StrEnum):
    """What rows can be sorted by."""

    URGENCY = "urgency"
    SEVERITY = "severity"
    LABEL = "label"
    CONFIDENCE = "confidence"
    TITLE = "title"
    AGE = "age"
    SEX = "sex"
    VIEW = "view"
    FILMS = "films"
    REASON = "reason"
    RECEIVED = "received"
    WAITING = "waiting"
    STATUS = "status"
    CALL = "call"
    AGREEMENT = "agreement"


Sorting = Sequence[tuple[Sort, bool]]
BY_URGENCY: Sorting = ((Sort.URGENCY, False),)
# never negative, though the clock may have been set back since
HOURS = "max(0.0, (coalesce(read_at, :now) - received) / 3600.0)"
_PLACE, _WAIT = sql_urgency("priority", "severity", HOURS)
# one whole number sorts several times faster than two fractions; a thousandth of a point decides
_URGENCY = f"CAST(1e12 * ({_PLACE}) + 1e3 * ({_WAIT}) AS INTEGER)"
_AGREEMENT = (
    "CASE WHEN reader_call IS NULL THEN 2 WHEN label = 'Invalid' THEN 1 "
    "ELSE 3 * (label = reader_call) END"
)
_LAST = 4_000_000_000_000_000_000  # after every number below
_NUMBERS = {  # by what to sort, in thousandths
    Sort.SEVERITY: "-severity",
    Sort.CONFIDENCE: "-1e3 * confidence",
    Sort.AGE: "age",
    Sort.FILMS: "-films",
    Sort.RECEIVED: "-received",
    Sort.WAITING: f"-{HOURS}",
    Sort.STATUS: "unread = 0",
    Sort.AGREEMENT: _AGREEMENT,
}
_TEXTS = {
    Sort.LABEL: "label",
    Sort.TITLE: "title",
    Sort.SEX: "nullif(sex, '')",
    Sort.VIEW: "nullif(view, '')",
    Sort.REASON: "reason_code",
    Sort.CALL: "reader_call",
}


def sql_order(sorting: Sorting) -> str:
    """Return what follows ORDER BY: equal rows stand by urgency, and what stands apart last."""
    keys: list[str] = []
    for by, down in sorting:
        keys += _keys(by, down=down)
    if Sort.URGENCY not in dict(sorting):
        keys.append(_URGENCY)
    return ", ".join([*keys, "case_id"])


def _keys(by: Sort, *, down: bool) -> list[str]:
    """Return keys that put what stands apart last, and before it what is unknown, in any case.

    One whole number for each row sorts several times faster than fractions or several keys.
    """
    if by is Sort.URGENCY:
        return [f"iif(priority IS NULL, {_LAST}, -({_URGENCY}))"] if down else [_URGENCY]
    if number := _NUMBERS.get(by):
        sign = "-" if down else ""
        known = f"CAST({sign}1e3 * ({number}) AS INTEGER)"
        return [f"iif(priority IS NULL, {_LAST}, iif({number} IS NULL, {_LAST} - 1, {known}))"]
    text = _TEXTS[by]
    last = f"(priority IS NULL) * 2 + ({text} IS NULL)"
    return [last, f"({text}){' DESC' if down else ''}"]
