"""The wizard remembers every choice; a file it cannot read is an empty plan."""

import errno
import os

import msgspec
import pytest

from pneumo_desktop.core.labelled.patients import NameRule, NameWay, PatientRule
from pneumo_desktop.core.labelled.plan import Plan, load_plan, save_plan
from pneumo_desktop.core.labelled.sources import Source, SourceKind
from pneumo_desktop.core.labelled.split import Shares

PLAN = Plan(
    source=Source(SourceKind.CASES, after_seeing=True),
    patients=PatientRule("name", NameRule(NameWay.LETTERS, "6")),
    choices={"duplicate": "keep"},
    shares=Shares(0.1, 0.1, 0.3, seed=9),
    recipe="vgg16_cached",
    epochs=3,
    batch=8,
    learning_rate=1e-4,
    augment=False,
    name="ours",
    page=4,
)


def test_a_plan_is_read_as_it_was_kept(tmp_path):
    save_plan(tmp_path, Plan(name="before"))
    save_plan(tmp_path, PLAN)
    assert load_plan(tmp_path) == PLAN
    assert [path.name for path in (tmp_path / "training").iterdir()] == ["plan.json"]


def test_a_plan_that_cannot_be_written_leaves_the_old_one_whole(tmp_path, monkeypatch):
    save_plan(tmp_path, PLAN)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_plan(tmp_path, Plan(name="after"))
    assert load_plan(tmp_path) == PLAN


@pytest.mark.parametrize(
    "kept",
    [None, b"", b"{", b'{"epochs": 0}', b'{"shares": {"test": 0.9}}', b'{"version": 2}'],
)
def test_without_a_plan_that_can_be_read_the_wizard_begins_anew(tmp_path, kept):
    if kept is not None:
        (tmp_path / "training").mkdir()
        (tmp_path / "training" / "plan.json").write_bytes(kept)
    assert load_plan(tmp_path) == Plan()


def test_a_field_of_a_later_version_is_ignored(tmp_path):
    save_plan(tmp_path, PLAN)
    file = tmp_path / "training" / "plan.json"
    file.write_bytes(msgspec.json.encode(msgspec.json.decode(file.read_bytes()) | {"news": 1}))
    assert load_plan(tmp_path) == PLAN
