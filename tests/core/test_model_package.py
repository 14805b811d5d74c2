import hashlib
import shutil

import msgspec
import pytest

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.model_package import (
    find_package,
    installed_name,
    load_package,
    model_folders,
)


@pytest.fixture
def package(added_package):
    return added_package


def change_card(folder, **changes):
    data = msgspec.json.decode((folder / "card.json").read_bytes()) | changes
    (folder / "card.json").write_bytes(msgspec.json.encode(data))


def test_an_added_model_is_found_by_name_and_by_folder(package):
    assert package in list(model_folders())
    assert find_package("mine").folder == package
    assert find_package(str(package)).identity.sha256 == hashlib.sha256(b"a network").hexdigest()


def test_an_altered_network_is_refused_by_name(package):
    (package / "model.tflite").write_bytes(b"another network")
    with pytest.raises(CardError, match=r"model\.tflite: not the file its card names"):
        load_package(package)


def test_a_missing_network_is_refused_by_name(package):
    (package / "model.tflite").unlink()
    with pytest.raises(CardError, match="missing"):
        load_package(package)


def test_what_only_training_needs_may_be_missing_but_not_altered(package, card):
    files = {**card.files, "model.keras": hashlib.sha256(b"layers").hexdigest()}
    change_card(package, files=files | {"model.tflite": hashlib.sha256(b"a network").hexdigest()})
    assert load_package(package).card.files["model.keras"] == files["model.keras"]
    (package / "model.keras").write_bytes(b"layers")
    load_package(package)
    (package / "model.keras").write_bytes(b"other layers")
    with pytest.raises(CardError, match=r"model\.keras: not the file its card names"):
        load_package(package)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"files": {}}, r"names no model\.tflite"),
        ({"files": {"model.tflite": "ab" * 32, "../x": "ab" * 32}}, "outside|altered"),
        ({"schema": 99}, "schema 99"),
        ({"surprise": 1}, "surprise"),
        ({"prevalence": 2.0}, "prevalence"),
        ({"operating_points": {}}, "no balanced"),
    ],
)
def test_a_card_that_is_not_right_is_refused_in_words(package, changes, word):
    change_card(package, **changes)
    with pytest.raises(CardError, match=word):
        load_package(package)


def test_an_unknown_model_is_answered_with_the_known_ones(package):
    with pytest.raises(CardError, match=r"Installed models: .*mine"):
        find_package("nothing")


def test_default_is_the_balanced_point(card):
    assert card.threshold("default") == card.threshold("balanced") == 0.5
    with pytest.raises(KeyError):
        card.threshold("bold")


def test_a_model_is_chosen_by_the_name_it_is_found_by(package, tmp_path):
    assert installed_name(load_package(package)) == "mine"  # its card's own name is another
    elsewhere = shutil.copytree(package, tmp_path / "mine")
    name = installed_name(load_package(elsewhere))
    assert name == str(elsewhere)  # the name alone would lead to the installed one
    assert find_package(name).folder == elsewhere


def test_plots_beside_a_card_are_listed_and_not_needed(package):
    assert load_package(package).plots == []
    (package / "plots").mkdir()
    for name in ("roc.png", "notes.txt"):
        (package / "plots" / name).touch()
    assert [plot.name for plot in load_package(package).plots] == ["roc.png"]


@pytest.mark.parametrize("end", [".part", ".old"])
def test_a_model_that_is_being_written_or_was_replaced_is_none(added_package, end):
    assert added_package in list(model_folders())
    added_package.rename(added_package.with_name(added_package.name + end))
    assert added_package.name not in [folder.stem for folder in model_folders()]
