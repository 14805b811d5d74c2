"""Each trap among labelled films is a finding of its own with a choice; good films give none."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.cases import Reason, ReasonCode
from pneumo_desktop.core.labelled.examine import Unreadable
from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.findings import Kind, find
from pneumo_desktop.core.labelled.patients import PatientRule
from tests.core.labelled.by_name import RULE, told


def found(films, kind, unreadable=()):
    """Return the one finding of `kind`."""
    (finding,) = (f for f in find(films, unreadable, told(films)) if f.kind is kind)
    return finding


def kinds(films, rule=RULE):
    return [finding.kind for finding in find(films, (), told(films, rule))]


def test_good_films_give_no_finding(lot):
    assert find(lot(), (), told(lot())) == ()


def test_every_finding_has_choices_in_words_and_a_default_among_them(lot, known):
    films = lot(3)
    films[1] = replace(films[1], sha256=films[0].sha256, thumbnail=films[0].thumbnail)
    unreadable = Unreadable(films[0].listed, Reason(ReasonCode.UNREADABLE, "It."))
    findings = find(films, [unreadable], told(films, PatientRule()))
    assert findings
    for finding in findings:
        assert finding.default in [choice.code for choice in finding.choices]
        assert all(choice.text for choice in finding.choices)


def test_unreadable_films_are_counted_and_the_first_is_named(lot):
    broken = [
        Unreadable(Listed(Path(f"{n}.dcm"), ill=True), Reason(ReasonCode.CRASHED, "Export it."))
        for n in range(3)
    ]
    finding = found(lot(), Kind.UNREADABLE, broken)
    assert finding.text.endswith("read: 3. The first is 0.dcm: Export it.")
    assert finding.films == (0, 1, 2)


def test_copies_in_one_class_are_found_byte_by_byte(lot):
    films = lot()
    films[7] = replace(films[7], sha256=films[2].sha256, thumbnail=films[2].thumbnail)
    finding = found(films, Kind.DUPLICATE)
    assert finding.groups == ((2, 7),)
    assert (finding.films, finding.default) == ((2, 7), "one")
    assert "well1_0.png and well3_1.png" in finding.text
    assert Kind.NEAR_DUPLICATE not in kinds(films)


def test_copies_of_a_picture_without_any_contrast_are_found_by_their_bytes(lot):
    films = lot()
    flat = np.full((32, 32), 9, np.uint8)
    for place in (2, 7):
        films[place] = replace(films[place], sha256="one", thumbnail=flat)
    films[9] = replace(films[9], thumbnail=flat)  # flat too, and yet another film
    assert found(films, Kind.DUPLICATE).groups == ((2, 7),)


def test_a_film_saved_again_is_nearly_the_same_and_kept(lot):
    films = lot()
    films[7] = replace(films[7], thumbnail=films[2].thumbnail)
    finding = found(films, Kind.NEAR_DUPLICATE)
    assert (finding.groups, finding.default) == (((2, 7),), "keep")
    assert Kind.DUPLICATE not in kinds(films)


@pytest.mark.parametrize("bytewise", [True, False])
def test_one_film_in_both_classes_is_a_wrong_label_and_left_out(lot, bytewise):
    films = lot()
    sha256 = films[0].sha256 if bytewise else films[-1].sha256
    films[-1] = replace(films[-1], sha256=sha256, thumbnail=films[0].thumbnail)
    finding = found(films, Kind.BOTH_CLASSES)
    assert (finding.groups, finding.default) == (((0, 39),), "leave-out")
    assert not {Kind.DUPLICATE, Kind.NEAR_DUPLICATE} & set(kinds(films))


def test_a_patient_in_both_classes_is_named(lot):
    films = lot()
    films[-1] = replace(films[-1], patient_id="well0")
    finding = found(films, Kind.PATIENT_IN_BOTH)
    assert "(well0)" in finding.text
    assert (finding.films, finding.default) == ((0, 1, 39), "keep")


def test_films_that_reading_refuses_are_named(lot):
    films = lot()
    no_chest = Reason(ReasonCode.NOT_A_CHEST_FILM, "A hand.")
    films[5] = replace(films[5], refusal=no_chest)
    finding = found(films, Kind.NOT_A_CHEST_FILM)
    assert finding.films == (5,)
    assert finding.text == "Films that reading would refuse: 1. The first is well2_1.png: A hand."


def test_sharpness_that_goes_with_the_class_is_a_shortcut(lot):
    films = lot()
    softer = [replace(f, sharpness=f.sharpness - 9.0 * f.listed.ill) for f in films]
    finding = found(softer, Kind.SHARPNESS)
    assert "The films of NORMAL are sharper than those of PNEUMONIA" in finding.text
    assert "tells 100 % of pairs apart" in finding.text
    assert (finding.default, len(finding.films)) == ("vary", 40)


def test_size_that_goes_with_the_class_is_a_shortcut(lot):
    larger = [replace(f, width=64 + 1000 * f.listed.ill) for f in lot()]
    finding = found(larger, Kind.SIZE)
    assert "The films of PNEUMONIA are larger" in finding.text
    assert kinds(larger) == [Kind.SIZE]


def test_of_a_handful_of_films_no_difference_is_told(lot):
    larger = [replace(f, width=64 + 1000 * f.listed.ill) for f in lot(4)]
    assert Kind.SIZE not in kinds(larger)


def test_one_class_and_few_patients_block(lot):
    one_class = [film for film in lot() if film.listed.ill]
    assert found(one_class, Kind.ONE_CLASS).blocks
    assert "no film of NORMAL" in found(one_class, Kind.ONE_CLASS).text
    assert "NORMAL and no film of PNEUMONIA" in found([], Kind.ONE_CLASS).text
    few = found(lot(7), Kind.FEW_PATIENTS)
    assert few.blocks
    assert "7 in NORMAL and 7 in PNEUMONIA" in few.text


def test_films_of_which_none_share_a_patient_ask_for_a_rule(lot):
    assert kinds(lot(), PatientRule()) == [Kind.PATIENTS_UNTOLD]


def test_many_more_films_of_one_class_are_told(lot):
    films = lot(25)
    uneven = films[:20] + films[50:]
    finding = found(uneven, Kind.IMBALANCE)
    assert finding.text.startswith("There are 50 films of PNEUMONIA and only 20 of NORMAL.")
    assert finding.default == "keep"


def test_what_blocks_comes_first(lot):
    films = [replace(f, refusal=Reason(ReasonCode.LATERAL_VIEW, "Side.")) for f in lot(3)]
    blocking = [finding.blocks for finding in find(films, (), told(films))]
    assert blocking == sorted(blocking, reverse=True)
    assert blocking[0]
