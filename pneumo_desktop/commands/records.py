"""Outcomes as the objects and lines that commands print."""

from pathlib import Path
from typing import Any

from pneumo_desktop.core.cases import Case, Label, Outcome, Reason, StoredCase


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """Return the contract's object for one film."""
    return {
        "path": str(outcome.path),
        **(_answered(outcome) if isinstance(outcome, Case) else _rejected(outcome.reason)),
        "model": {
            "name": outcome.model.name,
            "version": outcome.model.version,
            "sha256": outcome.model.sha256,
        },
        "milliseconds": {
            "decode": outcome.milliseconds.decode,
            "predict": outcome.milliseconds.predict,
            "total": outcome.milliseconds.total,
        },
    }


def _answered(case: Case) -> dict[str, Any]:
    answer = case.answer
    return {
        "outcome": "case",
        "label": answer.label.value,
        "raw_label": answer.raw_label.value,
        "confidence": answer.confidence,
        "pneumonia_probability": case.prediction.pneumonia_probability,
        "chest_probability": case.prediction.chest_probability,
        "severity": answer.severity,
        "priority": answer.priority.value if answer.priority else None,
        "reason": _reason(answer.reason),
    }


def _rejected(reason: Reason) -> dict[str, Any]:
    numbers = ("confidence", "pneumonia_probability", "chest_probability", "severity", "priority")
    return {
        "outcome": "rejected",
        "label": Label.INVALID.value,
        "raw_label": None,
        **dict.fromkeys(numbers),
        "reason": _reason(reason),
    }


def _reason(reason: Reason | None) -> dict[str, str] | None:
    return {"code": reason.code.value, "text": reason.text} if reason else None


def stored_record(stored: StoredCase) -> dict[str, Any]:
    """Return the object for one case of the queue."""
    reading = stored.reading
    return {
        "id": stored.id,
        **outcome_record(stored.outcome),
        "received": stored.received.isoformat(),
        "status": "read" if reading else "unread",
        "reader_call": reading.call.value if reading else None,
        "read_at": reading.read_at.isoformat() if reading else None,
        "note": reading.note if reading else "",
        "initials": reading.initials if reading else "",
        "answer_seen": reading.answer_seen if reading else None,
        "flagged": stored.flagged,
        "archived": stored.archived,
    }


def nameless_record(stored: StoredCase) -> dict[str, Any]:
    """Return the object for one case without path, note and initials, which may hold names."""
    record = stored_record(stored)
    for name in ("path", "note", "initials"):
        del record[name]
    if record["reason"]:
        record["reason"] = {"code": record["reason"]["code"]}  # its text names the file
    outcome = stored.outcome
    return record | {"sha256": outcome.facts.sha256 if isinstance(outcome, Case) else None}


ANSWERING = (
    "label", "raw_label", "confidence", "pneumonia_probability", "chest_probability", "severity",
    "priority", "reason",
)  # fmt: skip


def hidden_record(record: dict[str, Any]) -> dict[str, Any]:
    """Return the object for one case without its answer, which waits for its reader's call."""
    return record | dict.fromkeys(ANSWERING)


def status_words(stored: StoredCase) -> str:
    """Return whether a case was read, and how it is marked."""
    read = f"read: {stored.reading.call}" if stored.reading else "unread"
    return f"{read}, flagged" if stored.flagged else read


NORMAL_MEANS = (
    "Normal: no pneumonia pattern found. Other findings (pneumothorax, effusion, mass, fracture, "
    "lines and tubes) are not assessed. Second reader, not a diagnosis; you decide."
)
HEADING = ("priority", "severity", "label", "confidence", "film")


def outcome_cells(outcome: Outcome) -> tuple[str, ...]:
    """Return the cells under `HEADING` for one film."""
    name = shown_path(outcome.path)
    if not isinstance(outcome, Case):
        return ("-", "-", "Invalid", "-", f"{name}: {outcome.reason.text}")
    answer = outcome.answer
    return (
        answer.priority.value if answer.priority else "-",
        "-" if answer.severity is None else f"{answer.severity:.0f}",
        answer.label.value,
        "-" if answer.severity is None else confidence_text(answer.confidence),
        f"{name}: {answer.reason.text}" if answer.reason else name,
    )


def hidden_cells(outcome: Outcome) -> tuple[str, ...]:
    """Return the cells under `HEADING` for a film whose answer waits for its reader's call."""
    return ("-", "-", "hidden", "-", shown_path(outcome.path))


def confidence_text(confidence: float) -> str:
    """Return a confidence 0-1 in words that do not promise more than was measured."""
    return "over 99 %" if confidence > 0.99 else f"{100.0 * confidence:.0f} %"


def shown_path(path: Path) -> str:
    """Return a path that tells films of one name apart: from the current folder on, else whole."""
    here = Path.cwd()
    below = path.relative_to(here) if path.is_relative_to(here) else path
    return printable(str(below))


def printable(name: str) -> str:
    """Return a file's name with what no terminal can show spelled out."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
