"""The worklist's columns: what each shows of a case and what it sorts by."""

from collections.abc import Callable
from dataclasses import dataclass

from pneumo_desktop.core.cases import Case, StoredCase
from pneumo_desktop.core.ordering import DEFAULT_ORDERING, urgency
from pneumo_desktop.ui.wording import apart_kind, label_of, meaning, percent, title_of

Key = float | str


@dataclass(frozen=True, slots=True)
class Column:
    """`sample` is a text that the column is wide enough for."""

    title: str
    tip: str
    text: Callable[[StoredCase], str]
    key: Callable[[StoredCase], Key]
    sample: str


def _priority(stored: StoredCase) -> str:
    case = stored.outcome
    return case.answer.priority or "Apart" if isinstance(case, Case) else "Apart"


def _rank(stored: StoredCase) -> float:
    """Return core's order as one number: 1000 to a band, the sicker the smaller."""
    case = stored.outcome
    answer = case.answer if isinstance(case, Case) else None
    band, severity = (answer.priority, answer.severity) if answer else (None, None)
    place, weight = urgency(band, severity, 0.0, DEFAULT_ORDERING)
    return 1000.0 * place + weight


def _severity(stored: StoredCase) -> float:
    """Return the severity, -1 for none."""
    case = stored.outcome
    score = case.answer.severity if isinstance(case, Case) else None
    return -1.0 if score is None else score


def _confidence(stored: StoredCase) -> float:
    """Return the confidence 0-1, -1 for none."""
    case = stored.outcome
    return case.answer.confidence if isinstance(case, Case) and not apart_kind(stored) else -1.0


def _view(stored: StoredCase) -> str:
    return stored.outcome.facts.view if isinstance(stored.outcome, Case) else ""


def _received(stored: StoredCase) -> str:
    return stored.received.astimezone().strftime("%Y-%m-%d %H:%M")


def _call(stored: StoredCase) -> str:
    return stored.reading.call if stored.reading else ""


def answer_means(stored: StoredCase) -> str:
    """Return the sentence without which an answer, Normal above all, must not stand."""
    case = stored.outcome
    return meaning(case) if isinstance(case, Case) else case.reason.text


def status_of(stored: StoredCase) -> str:
    """Return whether a reader has called the case."""
    return "read" if stored.reading else "unread"


COLUMNS = (
    Column(
        "Priority",
        "The model's suspicion and extent, not clinical severity",
        _priority,
        _rank,
        "Medium",
    ),
    Column(
        "Severity",
        "0 to 100: the model's suspicion and extent, not clinical severity",
        lambda s: f"{_severity(s):.0f}" if _severity(s) >= 0 else "",
        lambda s: -_severity(s),
        "100",
    ),
    Column("Answer", "What the model says", label_of, label_of, "Pneumonia"),
    Column(
        "Conf.",
        "Calibrated confidence in the answer",
        lambda s: percent(_confidence(s)) if _confidence(s) >= 0 else "",
        lambda s: -_confidence(s),
        "over 99 %",
    ),
    Column(
        "Patient or file",
        "The patient, else the file's name",
        title_of,
        title_of,
        "patient-name-or-file.dcm",
    ),
    Column("View", "The view the file names", _view, _view, "LL"),
    Column(
        "Received",
        "When the film came into the list",
        _received,
        lambda s: -s.received.timestamp(),
        "2026-12-28 23:59",
    ),
    Column("Status", "Whether you have called it", status_of, status_of, "unread"),
    Column("Your call", "What you said of it", _call, _call, "Other abnormality"),
)
