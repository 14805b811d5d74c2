"""Between outcomes and rows of the `cases` table; the one place that knows both shapes."""

import os
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from pneumo_desktop.core.cases import (
    Answer,
    Call,
    Case,
    FilmFacts,
    Label,
    Marks,
    Milliseconds,
    ModelIdentity,
    Outcome,
    Policy,
    Prediction,
    Priority,
    Reading,
    Reason,
    ReasonCode,
    Rejected,
    StoredCase,
)

Columns = dict[str, Any]


def identity(outcome: Outcome) -> str:
    """Return what makes a film the same film: its content, or the path where that is unknown."""
    if isinstance(outcome, Case):
        return outcome.facts.sha256
    return rejected_identity(outcome.path)


def rejected_identity(path: Path) -> str:
    """Return the identity a file has while it cannot be decoded."""
    return "file:" + path_bytes(path).decode("utf-8", "backslashreplace")


def path_bytes(path: Path) -> bytes:
    """Return a path as the `path` column holds it: absolute, as the file system spells it."""
    return os.fsencode(path.absolute())


def to_columns(outcome: Outcome) -> Columns:
    """Return every column of a row that the outcome fills."""
    rest = _case_columns(outcome) if isinstance(outcome, Case) else _rejected_columns(outcome)
    return {
        "identity": identity(outcome),
        "path": path_bytes(outcome.path),
        "model_name": outcome.model.name,
        "model_version": outcome.model.version,
        "model_sha256": outcome.model.sha256,
        "decode_ms": outcome.milliseconds.decode,
        "predict_ms": outcome.milliseconds.predict,
        "total_ms": outcome.milliseconds.total,
        **rest,
    }


def _case_columns(case: Case) -> Columns:
    prediction = case.prediction
    facts = replace(case.facts, path=Path())
    return {
        "outcome": "case",
        "facts": msgspec.json.encode(facts, enc_hook=str).decode(),
        "pneumonia_probability": prediction.pneumonia_probability,
        "chest_probability": prediction.chest_probability,
        "inverted_chest_probability": prediction.inverted_chest_probability,
        "evidence": prediction.evidence.astype("<f4").tobytes(),
        "evidence_rows": prediction.evidence.shape[0],
        **answer_columns(case.answer),
    }


def answer_columns(answer: Answer) -> Columns:
    """Return every column that holds what is said of a film."""
    return {
        "label": answer.label,
        "raw_label": answer.raw_label,
        "confidence": answer.confidence,
        "severity": answer.severity,
        "priority": answer.priority,
        "reason_code": answer.reason.code if answer.reason else None,
        "reason_text": answer.reason.text if answer.reason else None,
        "operating_point": answer.policy.operating_point,
        "threshold": answer.policy.threshold,
    }


def _rejected_columns(rejected: Rejected) -> Columns:
    return {
        "outcome": "rejected",
        "label": Label.INVALID,
        "reason_code": rejected.reason.code,
        "reason_text": rejected.reason.text,
    }


def from_row(row: sqlite3.Row) -> StoredCase:
    """Return the stored case of a row."""
    return StoredCase(
        id=row["id"],
        outcome=_case(row) if row["outcome"] == "case" else _rejected(row),
        received=datetime.fromisoformat(row["received"]),
        reading=_reading(row),
        flagged=bool(row["flagged"]),
        archived=bool(row["archived"]),
        answer_shown=bool(row["answer_shown"]),
    )


def _reading(row: sqlite3.Row) -> Reading | None:
    if row["reader_call"] is None:
        return None
    return Reading(
        Call(row["reader_call"]),
        datetime.fromisoformat(row["read_at"]),
        row["note"],
        row["initials"],
        bool(row["answer_seen"]),
        row["read_model"],
    )


def marks_columns(marks: Marks) -> Columns:
    """Return every column that holds what a reader put on a case."""
    reading = marks.reading
    return {
        "reader_call": reading.call if reading else None,
        "read_at": reading.read_at.isoformat() if reading else None,
        "note": reading.note if reading else "",
        "initials": reading.initials if reading else "",
        "answer_seen": int(reading.answer_seen if reading else True),
        "read_model": reading.model if reading else "",
        "flagged": int(marks.flagged),
        "archived": int(marks.archived),
    }


def _rejected(row: sqlite3.Row) -> Rejected:
    reason = Reason(ReasonCode(row["reason_code"]), row["reason_text"])
    return Rejected(Path(os.fsdecode(row["path"])), reason, _model(row), _milliseconds(row))


def _case(row: sqlite3.Row) -> Case:
    facts = msgspec.json.decode(row["facts"], type=FilmFacts, dec_hook=lambda _, text: Path(text))
    evidence = np.frombuffer(row["evidence"], "<f4").astype(np.float32)
    return Case(
        facts=replace(facts, path=Path(os.fsdecode(row["path"]))),
        prediction=Prediction(
            row["pneumonia_probability"],
            row["chest_probability"],
            evidence.reshape(row["evidence_rows"], -1),
            row["inverted_chest_probability"],
        ),
        answer=_answer(row),
        model=_model(row),
        milliseconds=_milliseconds(row),
    )


def _answer(row: sqlite3.Row) -> Answer:
    code = row["reason_code"]
    return Answer(
        label=Label(row["label"]),
        raw_label=Label(row["raw_label"]),
        confidence=row["confidence"],
        severity=row["severity"],
        priority=Priority(row["priority"]) if row["priority"] else None,
        reason=Reason(ReasonCode(code), row["reason_text"]) if code else None,
        policy=Policy(row["operating_point"], row["threshold"]),
    )


def _model(row: sqlite3.Row) -> ModelIdentity:
    return ModelIdentity(row["model_name"], row["model_version"], row["model_sha256"])


def _milliseconds(row: sqlite3.Row) -> Milliseconds:
    return Milliseconds(row["decode_ms"], row["predict_ms"], row["total_ms"])
