"""Patients are told by names the way the user says, and films alike are found by their pixels."""

from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.labelled.patients import (
    NameRule,
    NameWay,
    PatientRule,
    groups_of,
    near_duplicates,
    patient_of,
    thumbnail,
)


@pytest.mark.parametrize(
    ("name", "patient"),
    [
        ("person1000_bacteria_2931.jpeg", "person1000"),
        ("person1000_virus_1681.jpeg", "person1000"),
        ("IM-0115-0001.jpeg", "im-0115"),
        ("NORMAL2-IM-0115-0001.jpeg", "im-0115"),
        ("00000061_012.jpg", "00000061"),
        ("scan of Monday.png", "scan of Monday"),
    ],
)
def test_the_patient_is_told_by_the_files_name(name, patient):
    assert patient_of(Path(name)) == patient


def by_name(path, rule):
    (patient,) = PatientRule("name", rule).patients([(Path(path), "", "")])
    return patient


@pytest.mark.parametrize(
    ("way", "text", "patient"),
    [
        (NameWay.BEFORE, "_-", "Ann"),
        (NameWay.BEFORE, "!]^", "Ann-7_left.2"),
        (NameWay.LETTERS, "5", "Ann-7"),
        (NameWay.LETTERS, "500", "Ann-7_left.2"),
        (NameWay.FOLDER, "", "ward"),
        (NameWay.PATTERN, r"-(\d)", "7"),
        (NameWay.PATTERN, r"\d", "7"),
        (NameWay.PATTERN, r"^(\d+)", "Ann-7_left.2"),
        (NameWay.PATTERN, r"^(\w{3})", "Ann"),
    ],
)
def test_a_rule_of_the_users_own_tells_the_patient(way, text, patient):
    rule = NameRule(way, text)
    assert rule.problem == ""
    assert by_name("ward/Ann-7_left.2.png", rule) == patient


@pytest.mark.parametrize(
    ("way", "text", "told"),
    [
        (NameWay.BEFORE, "", "Type the letters"),
        (NameWay.LETTERS, "", "Type how many"),
        (NameWay.LETTERS, "0", "Type how many"),
        (NameWay.LETTERS, "x", "Type how many"),
        (NameWay.PATTERN, "", "Type a regular expression"),
        (NameWay.PATTERN, "(a", "This is no regular expression"),
        (NameWay.PATTERN, "a{99999999999999}", "The counts in this pattern are larger"),
    ],
)
def test_a_rule_that_tells_nothing_says_what_to_type(way, text, told):
    rule = NameRule(way, text)
    assert told in rule.problem
    assert by_name("Ann-7.png", rule) == "Ann-7"


@pytest.mark.parametrize(
    ("first", "column", "identifier", "patient"),
    [
        ("column", "mine", "77", "mine"),
        ("column", "", "77", "77"),
        ("column", "", "", "person3"),
        ("file", "mine", "77", "77"),
        ("file", "mine", "", "person3"),
        ("name", "mine", "77", "person3"),
    ],
)
def test_the_column_goes_before_the_file_and_the_file_before_the_name(
    first, column, identifier, patient
):
    path = Path("person3_3.dcm")
    assert PatientRule(first).patients([(path, column, identifier)]) == (patient,)


def chest(seed, side=224):
    rng = np.random.default_rng(seed)
    return np.kron(rng.integers(0, 256, (8, 8)), np.ones((side // 8, side // 8))).astype(np.uint8)


def test_a_film_saved_again_is_found_and_another_is_not():
    one = chest(1)
    noisy = np.clip(one + np.random.default_rng(3).normal(0, 4, one.shape), 0, 255)
    films = [chest(2), one, chest(3), noisy.astype(np.uint8)]
    assert near_duplicates([thumbnail(film) for film in films]) == [(1, 3)]


def test_pairs_far_apart_in_the_list_are_found():
    films = [thumbnail(chest(seed, 64)) for seed in range(1100)]
    films[1099], films[600] = films[3], films[511]
    assert near_duplicates(films) == [(3, 1099), (511, 600)]


def test_a_flat_picture_is_like_nothing():
    assert near_duplicates([thumbnail(np.zeros((20, 20), np.uint8))] * 3) == []
    assert near_duplicates([]) == []


def test_pairs_join_whole_patients():
    assert groups_of(["a", "b", "b", "c", "d"], [(0, 1), (2, 3)]) == ["a", "a", "a", "a", "d"]
