"""Shipped models answer the demo films as they did; another answer needs its CHANGELOG line."""

import copy
import json
from pathlib import Path

import pytest

from tests.training import golden

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
HOW = "if it is meant: .venv/bin/python tests/training/golden.py"


@pytest.fixture(scope="module")
def kept():
    return json.loads(golden.FILE.read_text(encoding="utf-8"))


def test_every_shipped_model_has_golden_answers(kept):
    assert list(kept["packages"]) == [folder.name for folder in golden.shipped_folders()], HOW


@pytest.mark.parametrize("folder", golden.shipped_folders(), ids=lambda folder: folder.name)
def test_a_shipped_model_answers_as_it_did(kept, folder):
    found, wanted = golden.answers(folder), kept["packages"][folder.name]
    assert found["version"] == wanted["version"], HOW
    assert not golden.differences(wanted, found), HOW


def test_the_changelog_names_the_golden_answers(kept):
    told = CHANGELOG.read_text(encoding="utf-8")
    assert golden.is_told(kept, told), f"CHANGELOG.md needs the line: - {golden.entry(kept)}"


def test_an_answer_is_the_same_within_a_thousandth_of_its_scale(kept):
    one = next(iter(kept["packages"].values()))
    film = next(name for name, said in one["films"].items() if said["severity"] is not None)
    for name, scale in golden.SCALES.items():
        other = copy.deepcopy(one)
        other["films"][film][name] += 0.9e-3 * scale
        assert golden.differences(one, other) == []
        other["films"][film][name] += 0.3e-3 * scale
        assert len(golden.differences(one, other)) == 1
    other = copy.deepcopy(one)
    other["films"][film]["severity"] = None
    assert len(golden.differences(one, other)) == 1
    del other["films"][film]
    assert film in golden.differences(one, other)[0]


def test_writing_them_anew_counts_on_and_asks_for_another_line(kept):
    assert golden.renewed(kept, copy.deepcopy(kept["packages"])) is kept
    changed = copy.deepcopy(kept["packages"])
    next(iter(changed.values()))["version"] = "99.0"
    new = golden.renewed(kept, changed)
    assert new["revision"] == kept["revision"] + 1
    told = f"### Changed\n- {golden.entry(kept)}\n"
    assert golden.is_told(kept, told)
    assert not golden.is_told(new, told)
    assert golden.is_told(new, told + "- " + golden.entry(new).replace(" ", "\n  "))
