"""The worklist's columns: what each shows of a row and what it sorts by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from pneumo_desktop.core.cases import Case, StoredCase
from pneumo_desktop.core.ordering import PLACES
from pneumo_desktop.core.store_query import Listed, Sort
from pneumo_desktop.ui.wording import (
    age_words,
    agreement,
    apart_kind,
    label_of,
    meaning,
    percent,
    reason_words,
    title_of,
    waiting_words,
)

APART = "Apart"


@dataclass(frozen=True, slots=True)
class Column:
    """`sample` is a text that the column is wide enough for.

    `answer` says that the column would tell a blind reader what the model says, `number` that its
    texts are read from the right.
    """

    sort: Sort
    title: str
    tip: str
    text: Callable[[Listed], str]
    sample: str
    answer: bool = False
    number: bool = False


def _case(listed: Listed) -> Case | None:
    outcome = listed.lead.outcome
    return outcome if isinstance(outcome, Case) else None


def _priority(listed: Listed) -> str:
    case = _case(listed)
    band = case.answer.priority if case else None
    return f"{PLACES[band]} {band}" if band else APART


def _severity(listed: Listed) -> str:
    case = _case(listed)
    return "" if case is None or case.answer.severity is None else f"{case.answer.severity:.0f}"


def _confidence(listed: Listed) -> str:
    case = _case(listed)
    return percent(case.answer.confidence) if case and not apart_kind(listed.lead) else ""


def _title(listed: Listed) -> str:
    more = f" (+{listed.films - 1})" if listed.films > 1 else ""
    return title_of(listed.lead) + more


def _age(listed: Listed) -> str:
    case = _case(listed)
    age = case.facts.patient.age_years if case else None
    return "" if age is None else age_words(age)


def _sex(listed: Listed) -> str:
    case = _case(listed)
    return case.facts.patient.sex if case else ""


def _view(listed: Listed) -> str:
    case = _case(listed)
    return case.facts.view if case else ""


def _reason(listed: Listed) -> str:
    outcome = listed.lead.outcome
    reason = outcome.answer.reason if isinstance(outcome, Case) else outcome.reason
    return reason_words(reason.code) if reason else ""


def _received(listed: Listed) -> str:
    return listed.received.astimezone().strftime("%Y-%m-%d %H:%M")


def _waiting(listed: Listed) -> str:
    if not listed.unread:
        return waiting_words(listed.waited)
    return waiting_words((datetime.now(UTC) - listed.received).total_seconds() / 3600)


def _status(listed: Listed) -> str:
    words = "archived" if listed.lead.archived else "unread" if listed.unread else "read"
    if 0 < listed.unread < listed.films:
        words = f"{listed.unread} unread"
    return f"{words}, flagged" if listed.lead.flagged else words


def _call(listed: Listed) -> str:
    return listed.lead.reading.call if listed.lead.reading else ""


def answer_means(stored: StoredCase) -> str:
    """Return the sentence without which an answer, Normal above all, must not stand."""
    case = stored.outcome
    return meaning(case) if isinstance(case, Case) else case.reason.text


_MEANS = "the model's suspicion and extent, not clinical severity"
COLUMNS = (
    Column(
        Sort.URGENCY,
        "Priority",
        f"1 to 4: {_MEANS}. Inside a priority waiting films rise",
        _priority,
        "2 Medium",
        answer=True,
    ),
    Column(
        Sort.SEVERITY, "Severity", f"0 to 100: {_MEANS}", _severity, "100", answer=True, number=True
    ),
    Column(
        Sort.LABEL,
        "Answer",
        "What the model says",
        lambda row: label_of(row.lead),
        "Pneumonia",
        answer=True,
    ),
    Column(
        Sort.CONFIDENCE,
        "Conf.",
        "Calibrated confidence in the answer",
        _confidence,
        "over 99 %",
        answer=True,
        number=True,
    ),
    Column(
        Sort.TITLE,
        "Patient or file",
        "The patient, else the file's name; in brackets how many films more the study has",
        _title,
        "patient-name-or-file.dcm",
    ),
    Column(Sort.AGE, "Age", "The patient's age", _age, "11 mo", number=True),
    Column(Sort.SEX, "Sex", "The patient's sex", _sex, "M"),
    Column(Sort.VIEW, "View", "The view the file names", _view, "LL"),
    Column(
        Sort.RECEIVED,
        "Received",
        "When the first film that is unread came into the list",
        _received,
        "2026-12-28 23:59",
    ),
    Column(
        Sort.WAITING,
        "Waiting",
        "How long it waits for your call, or waited",
        _waiting,
        "23 h 59 min",
        number=True,
    ),
    Column(Sort.STATUS, "Status", "Whether you have called it", _status, "unread, flagged"),
    Column(Sort.CALL, "Your call", "What you said of it", _call, "Other abnormality"),
    Column(
        Sort.AGREEMENT,
        "Agreement",
        "Whether your call is the model's answer",
        lambda row: agreement(row.lead),
        "no answer",
        answer=True,
    ),
    Column(
        Sort.REASON,
        "Reason",
        "Why there is no Normal or Pneumonia",
        _reason,
        "not a chest film",
        answer=True,
    ),
)
BY_SORT = {column.sort: number for number, column in enumerate(COLUMNS)}
ANSWER, TITLE, WAITING = (BY_SORT[sort] for sort in (Sort.LABEL, Sort.TITLE, Sort.WAITING))
