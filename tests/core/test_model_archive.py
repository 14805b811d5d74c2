"""A model as one file: it comes out as it went in, and whatever was done to it is named."""

import hashlib
import shutil
import zipfile

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pneumo_desktop.core import model_contents, model_import, model_package
from pneumo_desktop.core.card import encode_card
from pneumo_desktop.core.model_archive import ModelArchiveError, export_model, file_name
from pneumo_desktop.core.model_contents import most_bytes
from pneumo_desktop.core.model_import import import_model
from pneumo_desktop.core.model_package import DEFAULT_MODEL, ModelPackage, load_package
from pneumo_desktop.core.model_trial import trial
from pneumo_desktop.core.paths import resource
from tests.core import model_files

SHIPPED = resource(f"models/{DEFAULT_MODEL}")


@pytest.fixture(autouse=True)
def no_shipped_model(monkeypatch):
    monkeypatch.setattr(model_package, "_shipped", lambda: None)


def exported(package, file):
    return [step.text for step in export_model(package, file)]


def imported(file, home):
    *steps, package = import_model(file, home)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1].total == len(steps)
    return package


def kept(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_model_comes_out_as_it_went_in(tmp_path, home):
    file = tmp_path / "to give" / file_name(load_package(SHIPPED).card)
    exported(load_package(SHIPPED), file)
    package = imported(file, home)
    assert package.folder == home / "models" / DEFAULT_MODEL
    assert load_package(package.folder).card == load_package(SHIPPED).card
    assert kept(package.folder) == kept(SHIPPED)
    assert sorted(path.name for path in home.iterdir()) == ["models"]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_an_installed_programs_model_goes_without_what_only_training_needs(tmp_path, home):
    package = tmp_path / "installed"
    shutil.copytree(SHIPPED, package, ignore=shutil.ignore_patterns("model.keras"))
    exported(load_package(package), tmp_path / "file")
    assert kept(imported(tmp_path / "file", home).folder) == kept(package)


def test_one_model_gives_the_same_bytes_always(tmp_path):
    for name in ("one", "two"):
        exported(load_package(SHIPPED), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_names_of_films_that_could_not_be_read_stay_here(tmp_path, added_package, card):
    named = {"left_out": ["Jane Doe.dcm: cut short", "b.png: empty"], "recipe": "x"}
    files = load_package(added_package).card.files
    changed = msgspec.structs.replace(card, training=named, files=files)
    (added_package / "card.json").write_bytes(encode_card(changed))
    exported(load_package(added_package), tmp_path / "file")
    with zipfile.ZipFile(tmp_path / "file") as packed:
        training = msgspec.json.decode(packed.read("card.json"))["training"]
    assert training == {"left_out": ["a file", "a file"], "recipe": "x"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", model_files.HOSTILE)
def test_a_model_that_is_not_as_it_was_packed_is_refused_by_name(tmp_path, home, card, case):
    make, words = model_files.HOSTILE[case]
    file = make(tmp_path / "given.pneumo-model", card)
    with pytest.raises(ModelArchiveError, match=words) as refused:
        list(import_model(file, home))
    assert str(refused.value).startswith("given.pneumo-model: ")
    assert not kept(home)
    assert {path.name for path in tmp_path.iterdir()} <= {file.name, "home"}


def test_a_file_that_is_not_there_is_told(tmp_path, home):
    with pytest.raises(ModelArchiveError, match="no such file"):
        list(import_model(tmp_path / "nothing", home))


def test_a_part_larger_than_a_model_needs_is_not_even_read(tmp_path, home, card, monkeypatch):
    file = model_files.honest(tmp_path / "a", card)
    monkeypatch.setattr(model_import, "most_bytes", lambda name: min(20, most_bytes(name)))
    monkeypatch.setattr(model_import, "_checked", None)
    with pytest.raises(ModelArchiveError, match=r"card\.json is larger than a model needs"):
        list(import_model(file, home))


def test_a_keras_model_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setitem(model_contents._KERAS_PARTS, "config.json", 10)
    with pytest.raises(model_contents.ContentsError, match="larger inside"):
        model_contents.check_contents("model.keras", model_files.keras())


def test_taking_a_model_in_can_be_given_up(tmp_path, home, card):
    words = import_model(model_files.honest(tmp_path / "a", card), home)
    next(words)
    next(words)
    words.close()
    assert not list(home.iterdir())


def test_packing_can_be_given_up(tmp_path):
    (tmp_path / "x").write_text("before")
    steps = export_model(load_package(SHIPPED), tmp_path / "x")
    next(steps)
    steps.close()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x"]
    assert (tmp_path / "x").read_text() == "before"


def test_what_a_killed_program_left_is_cleared_away(tmp_path, home, card):
    old = home / ".incoming-old"
    old.mkdir(parents=True)
    (old / "model.tflite").write_bytes(b"x")
    with pytest.raises(ModelArchiveError):
        list(import_model(model_files.honest(tmp_path / "a", card), home))
    assert not old.exists()


def test_a_model_altered_while_it_is_packed_is_not_handed_over(tmp_path, added_package):
    package = load_package(added_package)
    (added_package / "model.tflite").write_bytes(b"another")
    with pytest.raises(ModelArchiveError, match="altered while it was packed"):
        exported(package, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path, added_package):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelArchiveError, match="cannot be written there"):
        exported(load_package(added_package), tmp_path / "file" / "below")


def test_a_network_that_is_here_already_is_not_added_again(tmp_path, home):
    exported(load_package(SHIPPED), tmp_path / "a")
    imported(tmp_path / "a", home)
    with pytest.raises(ModelArchiveError, match=f"installed already, as {DEFAULT_MODEL}"):
        list(import_model(tmp_path / "a", home))
    assert [path.name for path in (home / "models").iterdir()] == [DEFAULT_MODEL]


def test_another_network_of_a_name_that_is_taken_gets_a_free_one(tmp_path, home, added_package):
    added_package.rename(added_package.with_name(DEFAULT_MODEL))
    exported(load_package(SHIPPED), tmp_path / "a")
    assert imported(tmp_path / "a", home).folder.name == f"{DEFAULT_MODEL}-2"


def test_a_broken_model_beside_it_does_not_keep_a_model_out(tmp_path, home, added_package):
    (added_package / "card.json").write_text("{")
    exported(load_package(SHIPPED), tmp_path / "a")
    assert isinstance(imported(tmp_path / "a", home), ModelPackage)


def test_a_network_that_hangs_is_given_up():
    assert "does not answer" in trial(SHIPPED, seconds=0.0)


def test_a_network_of_another_size_than_its_card_says_is_refused(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    network = (SHIPPED / "model.tflite").read_bytes()
    (folder / "model.tflite").write_bytes(network)
    card = load_package(SHIPPED).card
    files = {"model.tflite": hashlib.sha256(network).hexdigest()}
    for size, well in ((224, True), (96, False)):
        spec = msgspec.structs.replace(card.input, height=size)
        changed = msgspec.structs.replace(card, files=files, input=spec)
        (folder / "card.json").write_bytes(encode_card(changed))
        assert (trial(folder) == "") is well


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0, 1 << 16), byte=st.integers(0, 255), cut=st.integers(0, 400))
def test_whatever_is_damaged_the_model_is_refused_or_whole(
    tmp_path, home, card, monkeypatch, place, byte, cut
):
    monkeypatch.setattr(model_import, "trial", lambda _: "is not tried here")
    file = model_files.honest(tmp_path / "a", card)
    data = bytearray(file.read_bytes())
    data[place % len(data)] = byte
    file.write_bytes(bytes(data[: len(data) - cut]))
    with pytest.raises(ModelArchiveError):
        list(import_model(file, home))
    assert not kept(home)
