"""What came of a search besides answers, in words: laterals, other modalities, other files."""

from collections import Counter
from pathlib import Path

from pneumo_desktop.core.cases import Case, Outcome, ReasonCode
from pneumo_desktop.core.gates import OTHER_MODALITIES

_LONGEST = 28  # characters of a name that tell it


class Tally:
    """Counts outcomes that are no frontal radiograph, and files that were not read."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._aside: list[str] = []

    def count(self, outcome: Outcome) -> None:
        """Count an outcome where it is to be told apart."""
        kind = _kind(outcome)
        if kind:
            self._kinds[kind] += 1

    def set_aside(self, path: Path) -> None:
        """Count a file that lay beside films and was not read."""
        self._aside.append(path.name)

    def kinds(self) -> str:
        """Return the outcomes told apart, as "3 lateral, 2 CT"."""
        return ", ".join(f"{count} {kind}" for kind, count in sorted(self._kinds.items()))

    def others(self, most: int) -> str:
        """Return the number of files not read and the names of the first ones."""
        count = len(self._aside)
        if not count:
            return ""
        names = ", ".join(map(_shown, self._aside[:most]))
        more = f" and {count - most:,} more" if count > most else ""
        return f"{count:,} other {'file' if count == 1 else 'files'} not read: {names}{more}"


def _kind(outcome: Outcome) -> str:
    if not isinstance(outcome, Case) or outcome.answer.reason is None:
        return ""
    if outcome.answer.reason.code is ReasonCode.LATERAL_VIEW:
        return "lateral"
    modality = outcome.facts.modality.upper()
    return modality if modality in OTHER_MODALITIES else ""


def _shown(name: str) -> str:
    """Return a name on one line, whatever it holds, its end kept."""
    text = "".join(c if c.isprintable() else "?" for c in name)
    return text if len(text) <= _LONGEST else f"…{text[1 - _LONGEST :]}"
