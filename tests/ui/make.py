"""Made-up cases for tests that need no film."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np

from pneumo_desktop.core.cases import (
    Answer,
    Call,
    Case,
    FilmFacts,
    Label,
    Milliseconds,
    ModelIdentity,
    Patient,
    Policy,
    Prediction,
    Priority,
    Reading,
    Reason,
    ReasonCode,
    Rejected,
    StoredCase,
)

MODEL = ModelIdentity("stub", "1.0", "ab" * 32)
SPENT = Milliseconds(1.0, 2.0, 3.0)
MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)
JANE = Patient("Jane Doe", "4711", date(2022, 1, 1), 4.0, "F")
BANDS = {
    Priority.HIGH: Label.PNEUMONIA,
    Priority.MEDIUM: Label.PNEUMONIA,
    Priority.CHECK: Label.INVALID,
    Priority.LOW: Label.NORMAL,
}


def facts(name="film.png", patient=None, view="", study=""):
    """Return the facts of a film; another name is another film."""
    return FilmFacts(
        path=Path("/films") / name,
        sha256=sha256(name.encode()).hexdigest(),
        format="PNG",
        width=32,
        height=40,
        bits=8,
        patient=patient or Patient(),
        view=view,
        study_uid=study,
    )


def case(band=Priority.HIGH, severity=80.0, confidence=0.9, **about):
    """Return a case of a band; a None band is no chest film."""
    label = BANDS.get(band, Label.INVALID)
    reason = None
    if band is Priority.CHECK:
        reason = Reason(ReasonCode.LOW_CONFIDENCE, "The model is 60% sure.")
    if band is None:
        severity, reason = None, Reason(ReasonCode.NOT_A_CHEST_FILM, "Not a chest X-ray.")
    raw = Label.PNEUMONIA if label is Label.INVALID else label
    answer = Answer(label, raw, confidence, severity, band, reason, Policy())
    prediction = Prediction(confidence, 0.9, np.full((7, 7), 0.5, np.float32))
    return Case(facts(**about), prediction, answer, MODEL, SPENT)


def inverted(**about):
    """Return a case whose file was found to have light and dark exchanged."""
    found = case(Priority.CHECK, **about)
    reason = Reason(ReasonCode.INVERTED_POLARITY, "Light and dark seem exchanged.")
    return replace(found, answer=replace(found.answer, reason=reason))


def rejected(name="broken.png", code=ReasonCode.UNREADABLE):
    return Rejected(Path("/films") / name, Reason(code, "The file is damaged."), MODEL, SPENT)


def stored(number, outcome, call=None):
    received = MORNING + timedelta(minutes=number)
    reading = Reading(Call(call), MORNING, "seen") if call else None
    return StoredCase(number, outcome, received, reading)


def many(count, start=0, band=Priority.LOW):
    """Return cases of one band, each of a film of its own."""
    return [case(band, 10.0, name=f"{start + n}.png") for n in range(count)]
