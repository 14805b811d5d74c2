"""Earlier films of the same patient.

Source: DICOM PS3.3 C.2.2 and C.7.1.1: an identifier is one patient's only together with who gave it
(Issuer of Patient ID, 0010,0021). The birth date must agree too, lest a mistyped number bring
another patient's film beside this one; where the files do not say both, nothing is offered.
"""

from collections.abc import Iterable
from datetime import date, time

from pneumo_desktop.core.cases import Case, FilmFacts, Patient, StoredCase
from pneumo_desktop.core.gates import FRONTAL_VIEWS


def same_patient(one: Patient, other: Patient) -> bool:
    """Return whether two files surely show the same patient."""
    if not one.identifier or one.birth_date is None:
        return False
    return (one.identifier, one.issuer, one.birth_date) == (
        other.identifier,
        other.issuer,
        other.birth_date,
    )


def priors_of(stored: StoredCase, others: Iterable[StoredCase]) -> list[StoredCase]:
    """Return the frontal films of the patient's earlier studies, the latest first.

    A film whose file does not say that it is of an earlier study - no study date, or the same day
    without both times - is left out, and so is one that names a view other than a frontal one.
    """
    facts = _facts(stored)
    found = [
        (_moment(theirs), other)
        for other in others
        if facts and (theirs := _facts(other)) and _is_prior(theirs, facts)
    ]
    return [other for _, other in sorted(found, key=lambda pair: pair[0], reverse=True)]


def study_films_of(stored: StoredCase, others: Iterable[StoredCase]) -> list[StoredCase]:
    """Return the other films of the patient's same study, by Study Instance UID (0020,000D)."""
    facts = _facts(stored)
    return [
        other
        for other in others
        if facts
        and (theirs := _facts(other))
        and other.id != stored.id
        and _is_of_study(theirs, facts)
        and same_patient(theirs.patient, facts.patient)
    ]


def _facts(stored: StoredCase) -> FilmFacts | None:
    return stored.outcome.facts if isinstance(stored.outcome, Case) else None


def _is_of_study(facts: FilmFacts, other: FilmFacts) -> bool:
    return bool(facts.study_uid) and facts.study_uid == other.study_uid


def _is_prior(facts: FilmFacts, of: FilmFacts) -> bool:
    frontal = not facts.view or facts.view.upper() in FRONTAL_VIEWS
    same = same_patient(facts.patient, of.patient)
    return frontal and same and not _is_of_study(facts, of) and _is_earlier(facts, of)


def _is_earlier(facts: FilmFacts, than: FilmFacts) -> bool:
    if facts.study_date is None or than.study_date is None:
        return False
    if facts.study_date == than.study_date:
        times = facts.study_time, than.study_time
        return times[0] is not None and times[1] is not None and times[0] < times[1]
    return facts.study_date < than.study_date


def _moment(facts: FilmFacts) -> tuple[date, time]:
    return facts.study_date or date.min, facts.study_time or time.min
