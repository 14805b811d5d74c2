"""The answers that the shipped models give to the demo films, kept beside the films.

They are plumbing, never evidence: who answers them as its model did runs the same model the same
way, from the decoder to the severity. `tests/training/golden.py` writes them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pneumo_desktop.core.cases import Case, Policy
from pneumo_desktop.core.classifier import Classifier
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.screening import Reader, screen_one

FILE = "demo/answers.json"
SCALES = {"probability": 1.0, "chest": 1.0, "severity": 100.0}
TOLERANCE = 1e-3  # of each scale
_FILMS = {".jpg", ".png", ".dcm"}
Values = dict[str, float | None]


class GoldenAnswers(msgspec.Struct, frozen=True):
    """One model's answers: of which version, and the values of `SCALES` for each film."""

    version: str
    films: dict[str, Values]


def load_answers() -> dict[str, GoldenAnswers]:
    """Return the kept answers by the name of their model.

    Raises:
        FileNotFoundError: The installation lacks them.
        msgspec.DecodeError: They are damaged.
    """
    kept = msgspec.json.decode(resource(FILE).read_bytes(), type=dict[str, Any])
    return msgspec.convert(kept["packages"], dict[str, GoldenAnswers])


def demo_films() -> list[Path]:
    """Return the synthetic films, without what tells of them."""
    return sorted(path for path in resource("demo").iterdir() if path.suffix in _FILMS)


def answers(read: Reader, classifier: Classifier) -> Iterator[tuple[str, Values | str]]:
    """Yield each demo film's name and its values, or why it could not be read."""
    for path in demo_films():
        outcome = screen_one(path, read, classifier, Policy())
        if not isinstance(outcome, Case):
            yield path.name, outcome.reason.text
            continue
        said = outcome.prediction
        values = (said.pneumonia_probability, said.chest_probability, outcome.answer.severity)
        yield (
            path.name,
            {
                name: None if value is None else round(value, 6)
                for name, value in zip(SCALES, values, strict=True)
            },
        )


def differences(golden: dict[str, Values], found: dict[str, Values]) -> list[str]:
    """Name each value that is not the golden one, and both."""
    if golden.keys() != found.keys():
        return [f"other films: {', '.join(sorted(golden.keys() ^ found.keys()))}"]
    return [
        f"{film}, {name}: {found[film][name]} instead of {value}"
        for film, wanted in golden.items()
        for name, value in wanted.items()
        if not _same(value, found[film][name], TOLERANCE * SCALES[name])
    ]


def _same(one: float | None, other: float | None, most: float) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= most + 1e-9
