import hashlib
import shutil

import msgspec
import pytest

from pneumo_desktop.core import model_package
from pneumo_desktop.core.card import encode_card, read_card
from pneumo_desktop.core.card_words import card_sections, plain_text
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.settings import Former, load_settings, save_settings


@pytest.fixture
def package(added_package, monkeypatch):
    monkeypatch.setattr(model_package, "_shipped", lambda: None)
    return added_package


def test_models_are_listed_with_their_state(run, package):
    (line,) = run("models", "list", "--json").lines
    assert (line["name"], line["version"], line["error"]) == ("mine", "1.0", None)
    assert "whole" in run("models", "list").out


def test_an_altered_model_fails_its_verification(run, package):
    (package / "model.tflite").write_bytes(b"another")
    ran = run("models", "verify", "mine", "--json")
    assert ran.status == 3
    assert "altered" in ran.lines[0]["error"]


def test_the_card_is_shown(run, package):
    assert run("models", "show", "mine", "--json").lines[0]["name"] == "stub"
    assert "Children aged 1 to 5" in run("models", "show", "mine").out


@pytest.mark.parametrize("by_folder", [False, True])
def test_a_model_is_used_from_now_on(run, package, home, tmp_path, by_folder):
    name = "mine"
    if by_folder:
        name = str(package.rename(tmp_path / "elsewhere"))
    assert run("models", "use", name).status == 0
    assert load_settings(home).model == name
    assert run("models", "use", name, "--json").lines[0]["in_use"]
    assert [line["name"] for line in run("models", "list", "--json").lines] == [name]


def test_an_unknown_model_is_status_3(run, package):
    ran = run("models", "use", "nothing")
    assert ran.status == 3
    assert "Installed models: mine" in ran.err


def test_show_says_what_the_window_says(run, package):
    (package / "plots").mkdir()
    (package / "plots" / "roc.png").touch()
    loaded = load_package(package)
    said = run("models", "show", "mine").out
    assert said == plain_text(card_sections(loaded.card, loaded.plots)) + "\n"
    assert "Probabilities hold where 50 % of films show pneumonia." in said
    assert str(package / "plots" / "roc.png") in said


def test_a_model_named_by_its_folder_is_kept_by_its_name(run, package, home):
    assert run("models", "use", str(package)).status == 0
    assert load_settings(home).model == "mine"


def test_a_model_goes_to_another_clinic_as_one_file(run, tmp_path, monkeypatch, home):
    monkeypatch.setattr(model_package, "_shipped", lambda: None)
    file = tmp_path / "given.pneumo-model"
    (sent,) = run("models", "export", resource("models/efficientnet-lite0"), file, "--json").lines
    assert sent["file"] == str(file)
    (taken,) = run("models", "import", file, "--json").lines
    assert (taken["name"], taken["sha256"]) == ("efficientnet-lite0", sent["sha256"])
    assert run("models", "verify").status == 0
    assert "efficientnet-lite0" in run("models", "list").out


def test_an_altered_file_of_a_model_is_status_3(run, package, tmp_path):
    file = tmp_path / "given.pneumo-model"
    assert "was written to" in run("models", "export", "mine", file).err
    file.write_bytes(file.read_bytes().replace(b"a network", b"A network"))
    ran = run("models", "import", file)
    assert ran.status == 3
    assert "given.pneumo-model: " in ran.err


def test_going_back_is_one_command(run, package, home):
    assert run("models", "back").status == 2
    shutil.copytree(package, home / "models" / "second")
    card = home / "models" / "second" / "card.json"
    (card.parent / "model.tflite").write_bytes(b"another")
    sha256 = hashlib.sha256(b"another").hexdigest()
    changed = msgspec.structs.replace(read_card(card), files={"model.tflite": sha256})
    card.write_bytes(encode_card(changed))
    run("models", "use", "mine")
    chosen = msgspec.structs.replace(load_settings(home), threshold=0.9)
    save_settings(home, chosen)
    assert "threshold 70%" in run("models", "use", "second").err
    assert load_settings(home).threshold == 0.7
    assert run("models", "back", "--json").lines[0]["name"] == "mine"
    assert load_settings(home).threshold == 0.9
    run("models", "back")
    assert load_settings(home).model == "second"


def test_going_back_to_a_model_that_is_gone_changes_nothing(run, package, home):
    run("models", "use", "mine")
    former = Former("gone", "default", 0.7)
    save_settings(home, msgspec.structs.replace(load_settings(home), former=former))
    ran = run("models", "back")
    assert ran.status == 3
    assert "gone" in ran.err
    assert load_settings(home).model == "mine"
