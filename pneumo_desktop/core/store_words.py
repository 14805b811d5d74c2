"""The search of the worklist: every word must occur, whatever its case."""

import sqlite3
from typing import Any


class WordsFilter:
    """Makes conditions on the column `words`.

    SQLite folds the case of ASCII letters only; other words go through Python, row by row.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.create_function("holds", 2, _holds, deterministic=True)

    def condition(self, text: str, values: dict[str, Any]) -> list[str]:
        """Return a condition for each word of `text`; adds their parameters to `values`."""
        parts = []
        for number, word in enumerate(text.split()):
            name = f"word{number}"
            if word.isascii():
                values[name] = f"%{_literal(word)}%"
                parts.append(f"words LIKE :{name} ESCAPE '\\'")
            else:
                values[name] = word.casefold()
                parts.append(f"holds(CAST(words AS BLOB), :{name})")
        return parts


def _literal(word: str) -> str:
    for sign in "\\%_":
        word = word.replace(sign, f"\\{sign}")
    return word


def _holds(words: bytes, word: str) -> bool:
    return word in words.decode("utf-8", "replace").casefold()
