"""A pattern that somebody typed, matched with names: whatever it is, only for so long.

Patterns such as `(a|aa)+$` take a time that doubles with each letter of the name ("catastrophic
backtracking"), and counts inside counts a memory that is their product.
"""

import math
import time

import regex

from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

MOST_LETTERS = 200
MOST_COPIES = 10_000  # of a letter, by the counts in braces: names are shorter
PATIENCE = 2.0  # seconds for all names together; a pattern that means well takes microseconds each
_COUNTS = regex.compile(r"\{\s*(\d+)")
_NO_PATTERN = QT_TRANSLATE_NOOP(
    "Training",
    "Type a regular expression whose first group is the patient, such as ^([A-Z]+\\d+).",
)
_BAD_PATTERN = QT_TRANSLATE_NOOP(
    "Training",
    "This is no regular expression ({error}). Correct it, or choose another rule.",
)
_LONG = QT_TRANSLATE_NOOP(
    "Training",
    "This pattern is longer than {most:d} letters. Make it simpler, with no repeat inside a "
    "repeat, or choose another rule.",
)
_LARGE_COUNTS = QT_TRANSLATE_NOOP(
    "Training",
    "The counts in this pattern are larger than names are long. Make it simpler, with no repeat "
    "inside a repeat, or choose another rule.",
)
_SLOW = QT_TRANSLATE_NOOP(
    "Training",
    "This pattern takes too long to be compared with the names. Make it simpler, with no repeat "
    "inside a repeat, or choose another rule.",
)


class SlowPatternError(Exception):
    """Matching was given up; the text says what to do."""


def pattern_problem(text: str) -> str:
    """Return why `text` cannot be used as a pattern; empty where it can."""
    if not text:
        return str(_NO_PATTERN)
    if len(text) > MOST_LETTERS:
        return _LONG.format(most=MOST_LETTERS)
    if math.prod(max(1, int(count)) for count in _COUNTS.findall(text)) > MOST_COPIES:
        return str(_LARGE_COUNTS)
    try:
        regex.compile(text)
    except (regex.error, OverflowError, RecursionError) as error:
        return _BAD_PATTERN.format(error=error)
    return ""


class NamePattern:
    """A pattern without a problem, for the names of one lot."""

    def __init__(self, text: str) -> None:
        self._pattern = regex.compile(text)
        self._left = PATIENCE

    def told(self, name: str) -> str:
        """Return the first group in `name`, else all that fits; empty where nothing does.

        Other threads run meanwhile.

        Raises:
            SlowPatternError: All names together took longer than `PATIENCE`.
        """
        began = time.thread_time()
        try:
            found = self._pattern.search(name, timeout=max(self._left, 0.0))
        except TimeoutError as error:
            raise SlowPatternError(_SLOW) from error
        self._left -= time.thread_time() - began
        if found is None:
            return ""
        return next(iter(found.groups()), None) or found.group()
