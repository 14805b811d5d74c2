"""Blind first: what a call shows, what it keeps, and what counts as seen."""

from pathlib import Path

from PySide6.QtCore import Qt

from pneumo_desktop.core.audit import Act
from pneumo_desktop.core.store import FILE, CaseStore
from tests.ui.hands import press, words

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_call_shows_the_answer_and_keeps_that_it_was_not_seen(pair, qtbot):
    room = pair[0]
    room.desk.show_number(room.queue.cases()[2].id)
    assert "Answer hidden" in words(room.panel)
    assert "blind first" in words(room.queue.counts)
    press(qtbot, room, Qt.Key.Key_1)
    assert "Answer hidden" not in words(room.panel)
    assert "95 %" in words(room.panel)
    assert "the model said Pneumonia" in words(room.panel)
    assert room.desk.current.reading.answer_seen is False
    press(qtbot, room, Qt.Key.Key_2)  # and now it has been
    assert room.desk.current.reading.answer_seen is True


def test_a_call_taken_back_hides_the_answer_again_but_it_was_seen(pair, qtbot):
    room = pair[0]
    press(qtbot, room, Qt.Key.Key_1)
    press(qtbot, room, Qt.Key.Key_U)
    assert "Answer hidden" in words(room.panel)
    press(qtbot, room, Qt.Key.Key_1)
    assert room.desk.current.reading.answer_seen is True


def test_a_hidden_answer_is_neither_agreed_nor_disagreed_with(pair, qtbot):
    room = pair[0]
    for key in (Qt.Key.Key_Y, Qt.Key.Key_E):
        press(qtbot, room, key)
        assert room.desk.current.reading is None
        assert "hidden until you have called" in room.window.message


def test_films_that_stood_in_an_open_list_count_as_seen(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("open.png", 0.9))
    press(qtbot, room, Qt.Key.Key_B, CTRL)
    press(qtbot, room, Qt.Key.Key_1)
    assert room.desk.current.reading.answer_seen is True
    (later,) = [c for c in rooms.answer(room, film_file("later.png", 0.8)) if c.reading is None]
    room.desk.show_number(later.id)
    press(qtbot, room, Qt.Key.Key_1)
    assert room.desk.current.reading.answer_seen is False


def test_a_look_at_the_open_list_in_between_is_not_forgotten(pair, qtbot):
    room = pair[0]
    press(qtbot, room, Qt.Key.Key_B, CTRL)
    assert "Answer hidden" not in words(room.panel)
    press(qtbot, room, Qt.Key.Key_B, CTRL)
    press(qtbot, room, Qt.Key.Key_1)
    assert room.desk.current.reading.answer_seen is True


def test_without_it_every_answer_counts_as_seen(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png"))
    press(qtbot, room, Qt.Key.Key_2)
    assert room.desk.current.reading.answer_seen is True


def test_it_outlasts_the_window_and_is_in_the_log(rooms, room, qtbot, home, film_file):
    press(qtbot, room, Qt.Key.Key_B, CTRL)
    rooms.answer(room, film_file("a.png"))
    rooms.close(room)
    again = rooms.open()
    assert again.actions["blind"].isChecked()
    assert "Answer hidden" in words(again.panel)
    with CaseStore(home / FILE) as store:
        changes = [e.deed.detail["what"] for e in store.audit_log() if e.deed.act is Act.CHANGED]
    assert changes == ["blind_since"]


def test_a_file_that_is_no_film_tells_why_at_once(rooms, room, qtbot, tmp_path):
    press(qtbot, room, Qt.Key.Key_B, CTRL)
    rooms.answer(room, Path(tmp_path / "gone.png"))
    assert "Answer hidden" not in words(room.panel)


def test_a_settings_file_that_cannot_be_written_leaves_it_as_it_was(
    rooms, room, qtbot, film_file, monkeypatch
):
    from pneumo_desktop.core.store import StoreError
    from pneumo_desktop.ui import models as models_module

    def refuse(*_):
        raise StoreError("The disk is full.")

    rooms.answer(room, film_file("a.png"))
    monkeypatch.setattr(models_module, "save_settings", refuse)
    press(qtbot, room, Qt.Key.Key_B, CTRL)
    assert not room.actions["blind"].isChecked()
    assert "Answer hidden" not in words(room.panel)
    assert room.window.message
