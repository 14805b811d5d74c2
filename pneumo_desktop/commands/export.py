"""The list as a table for other programs, with names or without."""

import csv
import io
from typing import Any

EXPORTED = (
    "id", "path", "outcome", "label", "raw_label", "confidence", "pneumonia_probability",
    "severity", "priority", "reason", "model", "received", "status", "reader_call", "read_at",
    "note", "initials", "answer_seen", "flagged",
)  # fmt: skip
NAMING = ("path", "note", "initials")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
ANONYMOUS = ("id", "sha256", *(name for name in EXPORTED if name not in {"id", *NAMING}))


def csv_table(records: list[dict[str, Any]], *, anonymous: bool = False) -> bytes:
    """Return records of stored cases as CSV; an anonymous one has no column that may hold a name.

    A file's name or a note may name a patient, and initials a reader. Text that a spreadsheet would
    run as a formula begins with an apostrophe (OWASP, "CSV Injection").
    """
    columns = ANONYMOUS if anonymous else EXPORTED
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for record in records:
        reason, model = record["reason"], record["model"]
        flat = {"reason": reason["code"] if reason else "", "model": _model(model)}
        row = record | flat
        writer.writerow({column: _harmless(row.get(column, "")) for column in columns})
    return text.getvalue().encode("utf-8", "surrogateescape")


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _model(model: dict[str, Any]) -> str:
    return f"{model['name']} {model['version']}"
