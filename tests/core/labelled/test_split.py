"""Films are divided by group, class by class, and a leak is refused and named."""

from collections import Counter
from dataclasses import replace

import msgspec
import pytest

from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.labelled.split import (
    CLASSES,
    PARTS,
    Row,
    Shares,
    check_split,
    divide,
    expected_width,
    manifest,
    read_manifest,
    same_bytes,
)

SHARES = Shares(0.2, 0.2, 0.2, seed=3)
GROUPS = [f"{'ill' if ill else 'well'} {n // 2}" for ill in (False, True) for n in range(40)]
TRUTH = [False] * 40 + [True] * 40


def rows(parts):
    films = zip(TRUTH, GROUPS, parts, strict=True)
    return tuple(Row(f"{n}.png", CLASSES[t], g, p) for n, (t, g, p) in enumerate(films))


def test_the_parts_hold_their_shares_of_each_class_and_whole_groups():
    parts = divide(TRUTH, GROUPS, SHARES)
    for films in (parts[:40], parts[40:]):
        assert Counter(films) == {"train": 16, "validation": 8, "calibration": 8, "test": 8}
    check_split(rows(parts))


def test_the_same_seed_divides_alike_and_another_does_not():
    parts = divide(TRUTH, GROUPS, SHARES)
    assert parts == divide(TRUTH, GROUPS, SHARES)
    assert parts != divide(TRUTH, GROUPS, msgspec.structs.replace(SHARES, seed=4))


def test_a_patient_with_films_of_both_classes_stays_in_one_part():
    shared = ["both", *GROUPS[1:-1], "both"]
    parts = divide(TRUTH, shared, SHARES)
    assert parts[0] == parts[-1]


@pytest.mark.parametrize("broken", ["group", "mark"])
def test_a_leak_is_refused_and_named(broken):
    """A division broken on purpose: one film of a pair moved to another part."""
    parts = list(divide(TRUTH, GROUPS, SHARES))
    parts[0] = next(part for part in PARTS if part != parts[0])
    torn = rows(parts)
    if broken == "mark":  # the rows' own groups hide it
        torn = tuple(replace(row, patient=str(n)) for n, row in enumerate(torn))
        check_split(torn)
    with pytest.raises(TrainingError, match="The split leaks: well 0"):
        check_split(torn, GROUPS)


def test_a_part_without_a_class_is_named():
    one_sided = tuple(
        row
        for row in rows(divide(TRUTH, GROUPS, SHARES))
        if not (row.split == "test" and row.truth == "NORMAL")
    )
    with pytest.raises(TrainingError, match="test part has no film of NORMAL"):
        check_split(one_sided)


def test_too_few_patients_and_too_large_shares_are_told():
    with pytest.raises(TrainingError, match="only 7 patients in PNEUMONIA"):
        divide(TRUTH[:54], GROUPS[:54], SHARES)
    with pytest.raises(TrainingError, match="leave no film to learn from"):
        divide(TRUTH, GROUPS, Shares(0.4, 0.4, 0.2))


def test_copies_are_paired_with_the_first():
    assert same_bytes(["a", "b", "a", "c", "a"]) == [(0, 2), (0, 4)]


def test_few_films_leave_a_rate_uncertain():
    assert expected_width(31) / 2 == pytest.approx(0.11, abs=0.005)
    assert expected_width(0) == 1.0
    assert expected_width(400) < expected_width(100) < expected_width(10)


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    division = rows(divide(TRUTH, GROUPS, SHARES))
    (tmp_path / "split.csv").write_text(manifest(division), encoding="utf-8")
    assert read_manifest(tmp_path / "split.csv") == division
