"""The worklist's columns: what each shows of a row and what it sorts by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from pneumo_desktop.core.cases import Case, StoredCase
from pneumo_desktop.core.ordering import PLACES
from pneumo_desktop.core.store_query import Listed, Sort
from pneumo_desktop.ui.terms import (
    age_words,
    band_words,
    call_words,
    label_words,
    percent,
    reason_words,
    waiting_words,
)
from pneumo_desktop.ui.translation import PLURAL, QT_TRANSLATE_NOOP, counted, translate, translated
from pneumo_desktop.ui.wording import agreement, apart_kind, label_of, meaning, title_of


@dataclass(frozen=True, slots=True)
class Column:
    """`sample` is a text that the column is wide enough for.

    `answer` says that the column would tell a blind reader what the model says, `number` that its
    texts are read from the right.
    """

    sort: Sort
    name: str
    means: str
    text: Callable[[Listed], str]
    sample: str
    answer: bool = False
    number: bool = False

    @property
    def title(self) -> str:
        """What stands above it."""
        return translate("Columns", self.name)

    @property
    def tip(self) -> str:
        """What it shows."""
        return translate("Columns", self.means)


def _case(listed: Listed) -> Case | None:
    outcome = listed.lead.outcome
    return outcome if isinstance(outcome, Case) else None


def _priority(listed: Listed) -> str:
    case = _case(listed)
    band = case.answer.priority if case else None
    return f"{PLACES[band]} {band_words(band)}" if band else translate("Columns", "Apart")


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
    read = translate("Columns", "unread") if listed.unread else translate("Columns", "read")
    words = translate("Columns", "archived") if listed.lead.archived else read
    if 0 < listed.unread < listed.films:
        words = counted(translate("Columns", "%n unread", "", PLURAL, listed.unread), listed.unread)
    flagged = translate("Columns", "%1, flagged").replace("%1", words)
    return flagged if listed.lead.flagged else words


def _call(listed: Listed) -> str:
    return call_words(listed.lead.reading.call) if listed.lead.reading else ""


def answer_means(stored: StoredCase) -> str:
    """Return the sentence without which an answer, Normal above all, must not stand."""
    case = stored.outcome
    return meaning(case) if isinstance(case, Case) else translated(case.reason.text)


COLUMNS = (
    Column(
        Sort.URGENCY,
        QT_TRANSLATE_NOOP("Columns", "Priority"),
        QT_TRANSLATE_NOOP(
            "Columns",
            "1 to 4: the model's suspicion and extent, not clinical severity. Inside a priority "
            "waiting films rise",
        ),
        _priority,
        "2 Medium",
        answer=True,
    ),
    Column(
        Sort.SEVERITY,
        QT_TRANSLATE_NOOP("Columns", "Severity"),
        QT_TRANSLATE_NOOP(
            "Columns", "0 to 100: the model's suspicion and extent, not clinical severity"
        ),
        _severity,
        "100",
        answer=True,
        number=True,
    ),
    Column(
        Sort.LABEL,
        QT_TRANSLATE_NOOP("Columns", "Answer"),
        QT_TRANSLATE_NOOP("Columns", "What the model says"),
        lambda row: label_words(label_of(row.lead)),
        "Pneumonia",
        answer=True,
    ),
    Column(
        Sort.CONFIDENCE,
        QT_TRANSLATE_NOOP("Columns", "Conf."),
        QT_TRANSLATE_NOOP("Columns", "Calibrated confidence in the answer"),
        _confidence,
        "over 99 %",
        answer=True,
        number=True,
    ),
    Column(
        Sort.TITLE,
        QT_TRANSLATE_NOOP("Columns", "Patient or file"),
        QT_TRANSLATE_NOOP(
            "Columns",
            "The patient, else the file's name; in brackets how many films more the study has",
        ),
        _title,
        "patient-name-or-file.dcm",
    ),
    Column(
        Sort.AGE,
        QT_TRANSLATE_NOOP("Columns", "Age"),
        QT_TRANSLATE_NOOP("Columns", "The patient's age"),
        _age,
        "11 mo",
        number=True,
    ),
    Column(
        Sort.SEX,
        QT_TRANSLATE_NOOP("Columns", "Sex"),
        QT_TRANSLATE_NOOP("Columns", "The patient's sex"),
        _sex,
        "M",
    ),
    Column(
        Sort.VIEW,
        QT_TRANSLATE_NOOP("Columns", "View"),
        QT_TRANSLATE_NOOP("Columns", "The view the file names"),
        _view,
        "LL",
    ),
    Column(
        Sort.RECEIVED,
        QT_TRANSLATE_NOOP("Columns", "Received"),
        QT_TRANSLATE_NOOP("Columns", "When the first film that is unread came into the list"),
        _received,
        "2026-12-28 23:59",
    ),
    Column(
        Sort.WAITING,
        QT_TRANSLATE_NOOP("Columns", "Waiting"),
        QT_TRANSLATE_NOOP("Columns", "How long it waits for your call, or waited"),
        _waiting,
        "23 h 59 min",
        number=True,
    ),
    Column(
        Sort.STATUS,
        QT_TRANSLATE_NOOP("Columns", "Status"),
        QT_TRANSLATE_NOOP("Columns", "Whether you have called it"),
        _status,
        "unread, flagged",
    ),
    Column(
        Sort.CALL,
        QT_TRANSLATE_NOOP("Columns", "Your call"),
        QT_TRANSLATE_NOOP("Columns", "What you said of it"),
        _call,
        "Other abnormality",
    ),
    Column(
        Sort.AGREEMENT,
        QT_TRANSLATE_NOOP("Columns", "Agreement"),
        QT_TRANSLATE_NOOP("Columns", "Whether your call is the model's answer"),
        lambda row: agreement(row.lead),
        "no answer",
        answer=True,
    ),
    Column(
        Sort.REASON,
        QT_TRANSLATE_NOOP("Columns", "Reason"),
        QT_TRANSLATE_NOOP("Columns", "Why there is no Normal or Pneumonia"),
        _reason,
        "not a chest film",
        answer=True,
    ),
)
BY_SORT = {column.sort: number for number, column in enumerate(COLUMNS)}
ANSWER, TITLE, WAITING = (BY_SORT[sort] for sort in (Sort.LABEL, Sort.TITLE, Sort.WAITING))
