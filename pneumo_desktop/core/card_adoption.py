"""How a model was taken into use, in words; a card's record is free, so nothing is assumed."""

from collections.abc import Iterator
from typing import Any

_VERDICTS = {
    "better": "It was found better than",
    "worse": "It was found worse than",
    "cannot tell": "The films could not tell whether it is better than",
}


def adoption_lines(record: Any) -> Iterator[str]:
    """Yield what a card's record of its adoption says; nothing where it is none."""
    if not isinstance(record, dict):
        return
    by = f" by {record['by']}" if record.get("by") else ""
    yield f"Taken into use on {record.get('on', 'a day not stated')}{by}."
    yield _verdict(record)
    if record.get("reason"):
        yield f"Why it is used: {record['reason']}"
    count = record.get("times the locked test was seen")
    if isinstance(count, int):
        clean = record.get("point chosen before the test was seen")
        when = "before" if clean else "after"
        times = "once" if count == 1 else f"{count} times"
        seen = f"The locked test was seen {times}" if count else "The locked test was not seen"
        yield f"{seen}; the operating point was chosen {when} it was seen." if count else f"{seen}."


def _verdict(record: dict[str, Any]) -> str:
    old = record.get("against")
    if not isinstance(old, dict):
        return "It was not compared with the model used before."
    name = f"{old.get('name', 'another model')} {old.get('version', '')}".strip()
    said = _VERDICTS.get(str(record.get("verdict")), "It was compared with")
    return f"{said} {name}, on {record.get('films', 'some')} films kept apart."
