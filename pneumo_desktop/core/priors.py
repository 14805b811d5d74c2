"""Earlier films of the same patient.

Source: DICOM PS3.3 C.2.2 and C.7.1.1: an identifier is one patient's only together with who gave it
(Issuer of Patient ID, 0010,0021). The birth date must agree too, lest a mistyped number bring
another patient's film beside this one; where the files do not say both, nothing is offered.
"""

from collections.abc import Iterable
from datetime import date, time

from pneumo_desktop.core.cases import Case, FilmFacts, Patient, StoredCase


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
    """Return the films of the same patient made no later, the latest first.

    A film without a study date cannot be called earlier and is left out.
    """
    if not isinstance(stored.outcome, Case):
        return []
    facts, found = stored.outcome.facts, []
    for other in others:
        if other.id == stored.id or not isinstance(other.outcome, Case):
            continue
        theirs = other.outcome.facts
        if same_patient(facts.patient, theirs.patient) and _is_no_later(theirs, facts):
            found.append((_moment(theirs), other))
    return [other for _, other in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _is_no_later(facts: FilmFacts, than: FilmFacts) -> bool:
    if facts.study_date is None or than.study_date is None:
        return False
    if facts.study_date == than.study_date:  # a missing time makes no film a later one
        return (
            facts.study_time is None
            or than.study_time is None
            or (facts.study_time <= than.study_time)
        )
    return facts.study_date < than.study_date


def _moment(facts: FilmFacts) -> tuple[date, time]:
    return facts.study_date or date.min, facts.study_time or time.min
