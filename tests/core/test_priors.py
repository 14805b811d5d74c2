"""Whose films are offered beside one another."""

from dataclasses import replace
from datetime import date, time

import pytest

from pneumo_desktop.core.priors import priors_of, same_patient, study_films_of
from tests.ui import make

JANE = replace(make.JANE, issuer="WARD")


def film(number, day, patient=JANE, at=None, name=None):
    case = make.case(name=name or f"{number}.dcm", patient=patient)
    facts = replace(case.facts, study_date=day, study_time=at, sha256=f"{number:064x}")
    return make.stored(number, replace(case, facts=facts))


def test_a_patient_is_the_same_by_identifier_issuer_and_birth_date_together():
    assert same_patient(JANE, replace(JANE, name="Doe J", age_years=None, sex=""))
    for other in (
        replace(JANE, identifier="4712"),
        replace(JANE, issuer="CLINIC"),
        replace(JANE, birth_date=date(2022, 1, 2)),
        replace(JANE, birth_date=None),
    ):
        assert not same_patient(JANE, other)


@pytest.mark.parametrize("unknown", [{"identifier": ""}, {"birth_date": None}])
def test_what_two_files_do_not_say_makes_nobody_the_same(unknown):
    assert not same_patient(replace(JANE, **unknown), replace(JANE, **unknown))


def test_earlier_films_come_the_latest_first():
    now = film(1, date(2026, 3, 1), at=time(12))
    others = [
        film(2, date(2025, 1, 1)),
        film(3, date(2026, 2, 1)),
        film(4, date(2026, 3, 1), at=time(9)),
        film(5, date(2026, 3, 1), at=time(15)),
        film(6, date(2026, 3, 2)),
        film(7, None),
        film(8, date(2024, 1, 1), patient=replace(JANE, issuer="CLINIC")),
        make.stored(9, make.rejected()),
        now,
    ]
    assert [prior.id for prior in priors_of(now, others)] == [4, 3, 2]


def test_a_film_not_said_to_be_earlier_is_not_offered():
    same_day = film(2, date(2026, 3, 1))
    assert priors_of(film(1, date(2026, 3, 1), at=time(8)), [same_day]) == []
    assert priors_of(film(1, date(2026, 3, 1)), [film(2, date(2026, 3, 1), at=time(7))]) == []
    assert priors_of(film(1, None), [same_day]) == []
    assert priors_of(make.stored(1, make.rejected()), [same_day]) == []


def test_neither_films_of_the_same_study_nor_laterals_are_priors():
    now = of(film(1, date(2026, 3, 1), at=time(12)), study_uid="1.2", view="AP")
    lateral = of(film(2, date(2026, 3, 1), at=time(11)), study_uid="1.2", view="LL")
    frontal = of(film(3, date(2026, 3, 1), at=time(11)), study_uid="1.2", view="AP")
    earlier = of(film(4, date(2025, 3, 1)), study_uid="1.1", view="PA")
    unnamed = of(film(5, date(2024, 3, 1)), study_uid="1.0")
    earlier_lateral = of(film(6, date(2025, 3, 1)), study_uid="1.1", view="LL")
    stranger = of(film(7, None, patient=replace(JANE, identifier="9")), study_uid="1.2")
    others = [now, lateral, frontal, earlier, unnamed, earlier_lateral, stranger]
    assert [prior.id for prior in priors_of(now, others)] == [4, 5]
    assert [other.id for other in study_films_of(now, others)] == [2, 3]
    assert study_films_of(film(1, None), [film(2, None)]) == []


def of(stored, **facts):
    return replace(
        stored, outcome=replace(stored.outcome, facts=replace(stored.outcome.facts, **facts))
    )
