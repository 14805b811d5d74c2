"""What was chosen is done: films are left out, none changes its label, groups stay whole."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core.cases import Reason, ReasonCode
from pneumo_desktop.core.labelled.apply import chosen
from pneumo_desktop.core.labelled.findings import Kind, apply, find
from pneumo_desktop.core.labelled.split import Shares, divide
from tests.core.labelled.by_name import told


@pytest.fixture
def films(lot):
    """Forty films with every kind of twin, a patient of both classes, and no chest film."""
    return with_twins(lot())


def with_twins(films):
    alike = {7: 2, 8: 2, 9: 3, -1: 0}  # 8 is a copy of 2, the others were saved again
    for later, first in alike.items():
        films[later] = replace(films[later], thumbnail=films[first].thumbnail)
    films[8] = replace(films[8], sha256=films[2].sha256)
    films[30] = replace(films[30], patient_id="well5")
    films[12] = replace(films[12], refusal=Reason(ReasonCode.NOT_A_CHEST_FILM, "A hand."))
    return films


def left_out(films, choices):
    findings = find(films, (), told(films))
    kept = [film.path for film in apply(films, findings, choices, told(films))]
    return [place for place, film in enumerate(films) if film.listed.path not in kept]


@pytest.mark.parametrize(
    ("choices", "out"),
    [
        ({}, [0, 8, 12, 39]),
        ({"duplicate": "keep", "same-film-both-classes": "keep", "not-a-chest-film": "keep"}, []),
        ({"same-film-both-classes": "ill"}, [0, 8, 12]),
        ({"same-film-both-classes": "normal"}, [8, 12, 39]),
        ({"near-duplicate": "one"}, [0, 7, 8, 9, 12, 39]),
        ({"patient-in-both-classes": "ill-only"}, [0, 8, 10, 11, 12, 39]),
        ({"patient-in-both-classes": "leave-out"}, [0, 8, 10, 11, 12, 30, 39]),
        ({"duplicate": "no such choice"}, [0, 8, 12, 39]),
    ],
)
def test_each_choice_leaves_out_what_it_says(films, choices, out):
    assert left_out(films, choices) == out


def test_of_twins_one_is_kept_even_where_the_first_is_out_for_another_reason(films):
    films[2] = replace(films[2], refusal=films[12].refusal)
    assert left_out(films, {"duplicate": "one"}) == [0, 2, 12, 39]


def test_twins_and_their_patients_are_one_group(films):
    kept = {
        film.path.name: film.patient
        for film in apply(films, find(films, (), told(films)), {}, told(films))
    }
    assert kept["well3_1.png"] == kept["well1_0.png"] == kept["well4_1.png"] == kept["well3_0.png"]
    assert kept["well6_1.png"] == "well6"


def test_without_the_groups_of_twins_a_division_would_tear_them_apart(lot):
    """A copy broken on purpose: the findings about twins are withheld, and the twins part."""
    films = with_twins(lot(14))
    choices = {"duplicate": "keep", "same-film-both-classes": "keep"}
    findings = find(films, (), told(films))
    blind = [f for f in findings if f.kind not in (Kind.NEAR_DUPLICATE, Kind.DUPLICATE)]
    assert torn(films, apply(films, findings, choices, told(films))) == 0
    assert torn(films, apply(films, blind, choices, told(films))) > 0


def torn(films, kept):
    """Return how many of twenty divisions put twins into different parts."""
    twins = [films[place].listed.path for place in (2, 7, 8)]
    count = 0
    for seed in range(20):
        shares = Shares(0.2, 0.2, 0.2, seed)
        parts = divide([film.ill for film in kept], [film.patient for film in kept], shares)
        count += len({p for film, p in zip(kept, parts, strict=True) if film.path in twins}) > 1
    return count


def test_even_classes_leave_out_whole_patients_and_always_the_same(lot):
    films = lot(25)[20:]  # 30 well, 50 ill, and no imbalance worth telling
    films += [f for f in lot(60) if f.listed.ill and f.listed.path.stem > "ill30"]
    findings = find(films, (), told(films))
    even = apply(films, findings, {"imbalance": "even"}, told(films))
    count = Counter(film.ill for film in even)
    assert count[False] == 30
    assert count[False] <= count[True] <= count[False] + 1
    before = Counter(film.patient for film in apply(films, findings, {}, told(films)))
    after = Counter(film.patient for film in even)
    assert all(before[patient] == films for patient, films in after.items())
    assert even == apply(films, findings, {"imbalance": "even"}, told(films))


@given(data=st.data())
def test_no_choice_changes_a_label_or_brings_a_film_in(data, known):
    films = [
        known(f"{n}.png", data.draw(st.integers(0, 5)), ill=data.draw(st.booleans()),
              sha256=data.draw(st.sampled_from("abcdef")),
              patient_id=data.draw(st.sampled_from(["", "p", "q"])))
        for n in range(data.draw(st.integers(0, 12)))
    ]  # fmt: skip
    findings = find(films, (), told(films))
    choices = {
        finding.kind.value: data.draw(st.sampled_from([c.code for c in finding.choices]))
        for finding in findings
    }
    labels = {film.listed.path: film.listed.ill for film in films}
    kept = apply(films, findings, choices, told(films))
    assert all(labels[film.path] == film.ill for film in kept)
    assert len({film.path for film in kept}) == len(kept)


def test_a_choice_that_is_not_offered_is_none(films):
    (finding,) = (f for f in find(films, (), told(films)) if f.kind is Kind.DUPLICATE)
    assert chosen(finding, {"duplicate": "keep"}) == "keep"
    assert chosen(finding, {"duplicate": "leave-out", "near-duplicate": "keep"}) == "one"
