"""Models as single files in the window: added from one, refused by name, saved to one."""

import pytest

from pneumo_desktop.core import model_package
from pneumo_desktop.core.model_archive import export_model
from pneumo_desktop.core.model_package import DEFAULT_MODEL, load_package
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.ui import dialogs
from tests.ui.hands import words

SHIPPED = resource(f"models/{DEFAULT_MODEL}")
WAIT = 60_000


@pytest.fixture(autouse=True)
def no_shipped_model(monkeypatch):
    monkeypatch.setattr(model_package, "_shipped", lambda: None)


@pytest.fixture
def given(tmp_path, monkeypatch):
    """A model's file from another clinic, which the next dialog chooses."""
    file = tmp_path / "given.pneumo-model"
    list(export_model(load_package(SHIPPED), file))
    monkeypatch.setattr(dialogs, "ask_model", lambda *_: file)
    return file


@pytest.fixture
def dialog(room):
    dialog = room.choice.dialog
    room.actions["models"].trigger()
    yield dialog
    dialog.close()


def said(dialog):
    return dialog.card.toPlainText()


def test_a_model_is_added_from_a_file_and_shown(given, dialog, room, home, qtbot):
    with qtbot.waitSignal(room.model_files.added, timeout=WAIT):
        dialog.add.click()
    assert (home / "models" / DEFAULT_MODEL / "model.tflite").is_file()
    assert said(dialog).startswith(load_package(SHIPPED).card.title)
    assert "was added" in room.window.message
    assert not (home / "settings.json").exists()  # it is not used before somebody says so
    qtbot.waitUntil(dialog.use.isEnabled, timeout=WAIT)
    dialog.use.click()
    assert load_settings(home).model == DEFAULT_MODEL


def test_an_altered_file_is_refused_by_name(given, dialog, room, home, qtbot):
    data = bytearray(given.read_bytes())
    data[1000] ^= 1
    given.write_bytes(data)
    with qtbot.waitSignal(room.model_files.failed, timeout=WAIT):
        dialog.add.click()
    assert "given.pneumo-model: card.json is" in said(dialog)
    assert "did not work" in room.window.message
    assert not (home / "models").exists()


def test_what_is_being_done_is_told_and_can_be_stopped(given, dialog, room, home, qtbot):
    with qtbot.waitSignal(room.model_files.told, timeout=WAIT):
        dialog.add.click()
    assert "Checking" in words(dialog)
    assert not dialog.add.isEnabled()
    dialog.stop.click()
    assert not room.model_files.busy
    assert not dialog.stop.isVisible()
    assert dialog.add.isEnabled()
    room.model_files.shutdown()
    assert not (home / "models").exists()
    assert not list(home.glob(".incoming-*"))


def test_a_model_is_saved_to_a_file(added_package, dialog, room, tmp_path, monkeypatch, qtbot):
    dialog.close()
    room.actions["models"].trigger()
    file = tmp_path / "mine.pneumo-model"
    monkeypatch.setattr(dialogs, "ask_model_place", lambda *_: file)
    rows = [dialog.models.item(row).toolTip() for row in range(dialog.models.count())]
    dialog.models.setCurrentRow(rows.index(str(added_package)))
    with qtbot.waitSignal(room.model_files.saved, timeout=WAIT):
        dialog.save.click()
    assert file.is_file()
    assert str(file) in room.window.message


def test_thinking_better_of_it_does_nothing(dialog, room, monkeypatch, added_package):
    monkeypatch.setattr(dialogs, "ask_model", lambda *_: None)
    monkeypatch.setattr(dialogs, "ask_model_place", lambda *_: None)
    dialog.add.click()
    dialog.save_wanted.emit(added_package)
    assert not room.model_files.busy


def test_a_damaged_model_is_not_saved(dialog, room, added_package):
    (added_package / "model.tflite").write_bytes(b"altered")
    dialog.save_wanted.emit(added_package)
    assert "not the file its card names" in said(dialog)


def test_the_dialog_goes_back_to_the_model_before(dialog, room, added_package, home):
    assert not dialog.back.isVisible()
    room.choice.use(added_package)
    before = load_settings(home).former
    assert before is not None
    (home / "models" / "again").mkdir()
    dialog.show_former("Stub")
    assert dialog.back.text() == "&Go back to Stub"
    dialog.back.click()  # the one before is not installed here
    assert "There is no model named" in said(dialog)
    assert load_settings(home).model == "mine"
