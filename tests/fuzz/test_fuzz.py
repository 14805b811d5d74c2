"""A slice of the fuzzing in every run of the tests; `make fuzz` runs it at length."""

from random import Random

from pneumo_desktop.core.sandbox import Sandbox
from tests.core.seeds import SEEDS, seed
from tests.fuzz import fuzz, mutate


def test_every_mutated_file_is_answered_or_refused_with_a_code(tmp_path):
    found = fuzz.Found()
    with Sandbox() as read:
        fuzz.fuzz(found, 10 * len(SEEDS), 1_000_000, tmp_path, read)
    assert set(found.counts) == set(SEEDS)
    assert sum(counts.total() for counts in found.counts.values()) == 10 * len(SEEDS)
    assert [kept for kept in found.kept if kept[2] == fuzz.WRONG] == []
    said = set().union(*found.counts.values())
    assert fuzz.ANSWERED in said
    assert len(said) > 3  # the damage reaches more than one check


def test_the_same_number_makes_the_same_damage():
    whole = seed("png")
    assert mutate.mutated(whole, Random(7)) == mutate.mutated(whole, Random(7))
    assert len({mutate.mutated(whole, Random(n)) for n in range(50)}) > 45


def test_the_table_counts_by_format_and_code(tmp_path):
    found = fuzz.Found()
    with Sandbox() as read:
        fuzz.fuzz(found, 3, 0, tmp_path, read)
    heading, *rows = fuzz.table(found).splitlines()
    assert heading.split()[:2] == ["format", "inputs"]
    assert rows[-1].split()[:2] == ["all", "3"]
