"""The models in the window: their cards, and using another."""

import hashlib

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextTable

from pneumo_desktop.core import model_package
from pneumo_desktop.core.card import Interval, MeasuredResult, encode_card
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.ui import model_card
from pneumo_desktop.ui.card_html import rich_text
from pneumo_desktop.ui.theme import DARK, LIGHT


@pytest.fixture(autouse=True)
def no_shipped_model(monkeypatch):
    monkeypatch.setattr(model_package, "_shipped", lambda: None)


@pytest.fixture
def other(home, card):
    """The folder of a second model, whose name is not its folder's."""
    folder = home / "models" / "other"
    folder.mkdir(parents=True)
    network = b"another network"
    (folder / "model.tflite").write_bytes(network)
    named = {"model.tflite": hashlib.sha256(network).hexdigest()}
    changed = msgspec.structs.replace(card, title="The other", version="2.0", files=named)
    (folder / "card.json").write_bytes(encode_card(changed))
    return folder


@pytest.fixture
def dialog(room):
    dialog = room.choice.dialog
    yield dialog
    dialog.close()


def listed(dialog):
    return [dialog.models.item(row).text() for row in range(dialog.models.count())]


def said(dialog):
    return dialog.card.toPlainText()


@pytest.mark.parametrize("name", ["model-card", "models"])
def test_a_menu_entry_opens_the_card_of_the_model_in_use(room, dialog, name):
    room.actions[name].trigger()
    assert dialog.isVisible()
    assert listed(dialog) == ["Stub\nstub 1.0 · in use"]
    assert "Children aged 1 to 5" in said(dialog)
    assert "No figures measured." in said(dialog)
    assert "Probabilities hold where 50 % of films show pneumonia." in said(dialog)
    assert not dialog.use.isEnabled()


def test_a_key_and_escape_are_enough(room, dialog, qtbot):
    qtbot.keyClick(room.window, Qt.Key.Key_M)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_case_panel_opens_the_card_of_the_model_that_answered(
    rooms, room, dialog, other, film_file
):
    rooms.answer(room, film_file("a.png"))
    stored = room.desk.current
    room.panel.about_model.click()
    assert said(dialog).startswith("Stub")
    dialog.close()
    room.choice.use(other)
    room.panel.about_model.click()
    assert room.desk.current == stored
    assert "Stub\nstub 1.0" not in listed(dialog)  # it lies in no folder any more
    assert said(dialog).startswith("The other")


def test_the_button_is_there_only_beside_an_answer(rooms, room, film_file, tmp_path):
    assert not room.panel.about_model.isVisible()
    rooms.answer(room, film_file("a.png"))
    assert room.panel.about_model.isVisible()
    assert room.panel.about_model.toolTip()


def test_another_model_is_used_as_by_the_command_line(rooms, room, dialog, other, home, film_file):
    before = rooms.answer(room, film_file("a.png"))
    room.actions["models"].trigger()
    dialog.models.setCurrentRow(listed(dialog).index("The other\nstub 2.0"))
    assert "Cases already answered keep their answer" in dialog.state.text()
    dialog.use.click()
    assert load_settings(home).model == "other"
    assert listed(dialog) == ["The other\nstub 2.0 · in use"]
    assert dialog.state.text() == model_card.USED
    assert not dialog.use.isEnabled()
    assert (
        "New films are answered by The other, from 70 % on. Cases keep their" in room.window.message
    )
    assert room.queue.cases() == before
    assert not room.intake.busy


def test_the_keyboard_alone_changes_the_model(room, dialog, other, home, qtbot):
    room.actions["models"].trigger()
    dialog.models.setFocus()
    qtbot.keyClick(dialog.models, Qt.Key.Key_Down)
    assert said(dialog).startswith("The other")
    qtbot.keyClick(dialog.models, Qt.Key.Key_Return)
    assert not (home / "settings.json").exists()  # Enter in the list changes nothing
    qtbot.keyClick(dialog.use, Qt.Key.Key_Space)
    assert load_settings(home).model == "other"


def test_a_damaged_model_says_so_and_cannot_be_used(room, dialog, other):
    (other / "model.tflite").write_bytes(b"altered")
    room.actions["models"].trigger()
    dialog.models.setCurrentRow(1)
    assert "model.tflite: not the file its card names (altered or damaged)" in said(dialog)
    assert dialog.state.text() == model_card.BROKEN
    assert not dialog.use.isEnabled()


def test_a_model_damaged_while_it_is_looked_at_is_not_used(room, dialog, other, home):
    room.actions["models"].trigger()
    dialog.models.setCurrentRow(1)
    (other / "model.tflite").unlink()
    dialog.use.click()
    assert "missing" in said(dialog)
    assert dialog.state.text() == model_card.BROKEN
    assert not (home / "settings.json").exists()
    assert room.models.card.title == "Stub"


def test_a_card_that_cannot_be_read_is_listed_with_what_to_do(room, dialog, other):
    (other / "card.json").write_text("{")
    room.actions["models"].trigger()
    assert listed(dialog)[1] == "other\ncannot be used"
    dialog.models.setCurrentRow(1)
    assert "install the model again" in said(dialog)
    dialog.copy.click()
    assert "install the model again" in QGuiApplication.clipboard().text()


def test_a_model_outside_the_list_of_folders_is_found_while_in_use(
    rooms, room, other, tmp_path, home
):
    elsewhere = other.rename(tmp_path / "elsewhere")
    assert room.choice.use(elsewhere) == ""
    assert load_settings(home).model == str(elsewhere)
    (only,) = room.models.installed()
    assert (only.folder, only.in_use) == (elsewhere, True)


def test_a_model_in_use_whose_folder_is_gone_is_told(room, dialog):
    room.actions["models"].trigger()
    assert dialog.state.text() == model_card.GONE


def test_the_text_can_be_selected_and_copied(room, dialog):
    room.actions["model-card"].trigger()
    flags = dialog.card.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByMouse
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Stub\nstub, version 1.0, network abababababab")
    assert "Frontal films only." in copied


def test_the_card_takes_on_the_colours_of_the_scheme(room, dialog):
    room.actions["model-card"].trigger()
    room.actions["dark"].trigger()
    assert DARK.quiet in dialog.card.document().defaultStyleSheet()
    assert DARK.quiet in dialog.card.toHtml()
    room.actions["light"].trigger()
    assert LIGHT.quiet in dialog.card.toHtml()
    room.actions["system"].trigger()


def test_every_button_has_a_tooltip_and_every_part_a_name(dialog):
    assert all(button.toolTip() for button in (dialog.use, dialog.copy, dialog.leave))
    assert dialog.models.accessibleName()
    assert dialog.card.accessibleName()


def test_figures_are_tables_with_a_row_for_each_set_of_films(room, dialog):
    rate = Interval(0.9, 0.8, 0.95)
    many = dict.fromkeys(("auroc", "accuracy", "sensitivity", "specificity", "ece", "brier"), rate)
    results = (
        MeasuredResult("films kept apart", "locked test", 442, many),
        MeasuredResult("tone", "changed at random", 140, {"same side": rate}),
    )
    room.models.card = msgspec.structs.replace(room.models.card, results=results)
    room.actions["models"].trigger()
    tables = [
        frame for frame in dialog.card.document().rootFrame().childFrames()
        if isinstance(frame, QTextTable)
    ]  # fmt: skip
    assert [(table.rows(), table.columns()) for table in tables] == [(4, 3), (3, 6), (2, 2)]
    assert text_in(tables[1], 1, 0) == text_in(tables[1], 1, 5) == "films kept apart, n = 442"
    assert text_in(tables[1], 2, 0) == "0.900 0.800 to 0.950"
    assert text_in(tables[1], 2, 1) == "90.0 % 80.0 to 95.0"
    assert text_in(tables[2], 1, 0) == "tone, n = 140"


def text_in(table, row, column):
    cell = table.cellAt(row, column)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastPosition(), cursor.MoveMode.KeepAnchor)
    return " ".join(cursor.selectedText().split())


def test_a_cards_words_are_never_markup(card):
    from pneumo_desktop.core.card_words import card_sections

    evil = msgspec.structs.replace(card, title="<b>bold</b>", limits=("<img src='x'>",))
    html = rich_text(card_sections(evil), LIGHT)
    assert "<b>" not in html
    assert "<img" not in html
