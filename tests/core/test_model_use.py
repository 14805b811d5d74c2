"""Thresholds belong to one model: they stay with it when another is used, and come back with it."""

import json
import shutil

import msgspec
import pytest

from pneumo_desktop.core.card import OWN, OperatingPoint
from pneumo_desktop.core.model_package import ModelPackage, load_package
from pneumo_desktop.core.model_use import fitting, going_back, using
from pneumo_desktop.core.settings import Former, Settings, load_settings, save_settings
from pneumo_desktop.core.store import FILE as STORE_FILE
from pneumo_desktop.core.store import CaseStore

BEFORE = Settings(model="old", operating_point="sensitive", threshold=0.85, initials="AB")


@pytest.fixture
def package(added_package):
    return load_package(added_package)


def with_own(package):
    points = package.card.operating_points | {OWN: OperatingPoint(0.3, "by a person")}
    return ModelPackage(
        package.folder, msgspec.structs.replace(package.card, operating_points=points)
    )


def test_no_threshold_is_carried_over(package):
    now = using(BEFORE, package)
    assert (now.model, now.operating_point, now.threshold) == ("mine", "default", 0.70)
    assert now.former == Former("old", "sensitive", 0.85)
    assert now.initials == "AB"


def test_a_point_of_its_own_holds(package):
    assert using(BEFORE, with_own(package)).operating_point == OWN


def test_going_back_brings_everything_back_and_can_be_taken_back(package):
    now = using(BEFORE, with_own(package))
    back = going_back(now)
    assert (back.model, back.operating_point, back.threshold) == ("old", "sensitive", 0.85)
    again = going_back(back)
    assert (again.model, again.operating_point, again.threshold) == ("mine", OWN, 0.70)
    with pytest.raises(ValueError, match="no former"):
        going_back(Settings())


def test_taking_the_model_in_use_anew_keeps_the_one_before(package):
    now = using(using(BEFORE, package), with_own(package))
    assert now.former == Former("old", "sensitive", 0.85)
    assert now.operating_point == OWN


def test_a_card_without_the_point_in_the_settings_is_used_at_its_default(package):
    asked = Settings(operating_point=OWN)
    assert fitting(asked, package.card).operating_point == "default"
    assert fitting(asked, with_own(package).card) is asked


def test_settings_with_a_former_model_survive_and_are_logged_by_name(home, package, tmp_path):
    elsewhere = shutil.copytree(package.folder, tmp_path / "private place" / "mine too")
    save_settings(home, msgspec.structs.replace(BEFORE, model=str(elsewhere)))
    save_settings(home, using(load_settings(home), package))
    assert load_settings(home).former == Former(str(elsewhere), "sensitive", 0.85)
    with CaseStore(home / STORE_FILE, "AB") as store:
        logged = json.dumps([entry.deed.detail for entry in store.audit_log()])
    assert "mine too" in logged
    assert "private place" not in logged
