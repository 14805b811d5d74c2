"""How a model was taken into use, in words; a card's record is free, so nothing is assumed."""

from collections.abc import Iterator
from typing import Any

from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

_ON_BY = QT_TRANSLATE_NOOP("ModelCard", "Taken into use on {day} by {initials}.")
_ON = QT_TRANSLATE_NOOP("ModelCard", "Taken into use on {day}.")
_NO_DAY = QT_TRANSLATE_NOOP("ModelCard", "a day not stated")
_WHY = QT_TRANSLATE_NOOP("ModelCard", "Why it is used: {reason}")
_UNSEEN = QT_TRANSLATE_NOOP("ModelCard", "The locked test was not seen.")
_SEEN_AFTER = QT_TRANSLATE_NOOP(
    "ModelCard",
    "The locked test was seen %n times; the operating point was chosen before it was seen.",
    "The locked test was seen once; the operating point was chosen before it was seen.",
    1,
)
_SEEN_BEFORE = QT_TRANSLATE_NOOP(
    "ModelCard",
    "The locked test was seen %n times; the operating point was chosen after it was seen.",
    "The locked test was seen once; the operating point was chosen after it was seen.",
    1,
)
_VERDICTS = {
    "better": QT_TRANSLATE_NOOP(
        "ModelCard", "It was found better than {model}, on {films} films kept apart."
    ),
    "worse": QT_TRANSLATE_NOOP(
        "ModelCard", "It was found worse than {model}, on {films} films kept apart."
    ),
    "cannot tell": QT_TRANSLATE_NOOP(
        "ModelCard",
        "The films could not tell whether it is better than {model}, on {films} films kept apart.",
    ),
}
_COMPARED = QT_TRANSLATE_NOOP(
    "ModelCard", "It was compared with {model}, on {films} films kept apart."
)
_NOT_COMPARED = QT_TRANSLATE_NOOP("ModelCard", "It was not compared with the model used before.")
_ANOTHER = QT_TRANSLATE_NOOP("ModelCard", "another model")
_SOME = QT_TRANSLATE_NOOP("ModelCard", "some")


def adoption_lines(record: Any) -> Iterator[str]:
    """Yield what a card's record of its adoption says; nothing where it is none."""
    if not isinstance(record, dict):
        return
    saying = _ON_BY if record.get("by") else _ON
    yield saying.format(day=record.get("on", _NO_DAY), initials=record.get("by"))
    yield _verdict(record)
    if record.get("reason"):
        yield _WHY.format(reason=record["reason"])
    count = record.get("times the locked test was seen")
    if isinstance(count, int):
        clean = record.get("point chosen before the test was seen")
        yield (_SEEN_AFTER if clean else _SEEN_BEFORE).counted(count) if count else _UNSEEN


def _verdict(record: dict[str, Any]) -> str:
    old = record.get("against")
    if not isinstance(old, dict):
        return _NOT_COMPARED
    name = f"{old.get('name', _ANOTHER)} {old.get('version', '')}".strip()
    saying = _VERDICTS.get(str(record.get("verdict")), _COMPARED)
    return saying.format(model=name, films=record.get("films", _SOME))
