"""Blind first: nothing the window says, shows or orders may tell an answer before the call.

Two windows read the same films by opposite models. Before a call all they expose must be equal;
a difference is a leak, wherever it comes from.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QComboBox, QWidget

from pneumo_desktop.core.audit import Act
from pneumo_desktop.core.cases import Prediction
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.store import FILE, CaseStore
from pneumo_desktop.ui.models import Models
from tests.conftest import StubClassifier
from tests.ui.conftest import Rooms
from tests.ui.hands import press, words

CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("a.png", "bb.png", "ccc.png", "dddd.png")
GREYS = (0.1, 0.95, 0.6, 0.8)


class Contrary(StubClassifier):
    """Says the opposite, and finds the third film no chest film."""

    def predict(self, film):
        said = super().predict(film)
        chest = 0.0 if film.facts.path.name == NAMES[2] else said.chest_probability
        return Prediction(1.0 - said.pneumonia_probability, chest, -said.evidence)


@pytest.fixture
def pair(qapp, card, classifier, tmp_path, qtbot, film_file):
    """Two windows that read blind, by opposite models, with the same four films."""
    films = [film_file(name, grey) for name, grey in zip(NAMES, GREYS, strict=True)]
    opened = []
    for name, model in (("plain", classifier), ("contrary", Contrary(card))):
        models = Models(card, lambda model=model: model, Settings())
        rooms = Rooms(qapp, tmp_path / name, models, qtbot)
        room = rooms.open()
        press(qtbot, room, Qt.Key.Key_B, CTRL)
        rooms.answer(room, *films)
        room.actions["attention"].setChecked(True)
        opened.append((rooms, room))
    plain, contrary = (room for _, room in opened)
    larger = plain.film.view.height() - contrary.film.view.height()  # the platform's, not ours
    contrary.window.resize(1280, 720 + larger)
    qtbot.waitUntil(lambda: plain.film.view.size() == contrary.film.view.size())
    yield [plain, contrary]
    for rooms, _ in opened:
        for room in list(rooms.opened):
            rooms.close(room)


def exposed(room):
    """Everything a window says, in words, to eye, mouse and screen reader."""
    said = [room.window.windowTitle()]
    for widget in room.window.findChildren(QWidget):
        if widget.isVisible():
            said += [_text_of(widget), widget.toolTip(), widget.accessibleName(),
                     widget.accessibleDescription(), widget.whatsThis()]  # fmt: skip
    return [text for text in said if " in " not in text]  # how long answering took


def _text_of(widget):
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.DecorationRole,
)  # fmt: skip


def cells(room):
    """Everything the list says, but for the times, which two windows do not share."""
    model = room.queue.table.model()
    horizontal = Qt.Orientation.Horizontal
    columns = [
        column
        for column in range(model.columnCount())
        if model.headerData(column, horizontal) not in {"Received", "Waiting"}
    ]
    return [
        [_plain(model.index(row, column).data(role)) for column in columns for role in ROLES]
        for row in range(model.rowCount())
    ]


def _plain(value):
    if isinstance(value, QIcon):
        return value.pixmap(16, 16).toImage()
    return value.toString() if isinstance(value, QFont) else value


def names(room):
    return [case.outcome.path.name for case in room.queue.cases()]


def picture(widget):
    return widget.grab().toImage()


def test_two_windows_of_opposite_answers_are_the_same_to_a_blind_reader(pair, qtbot):
    plain, contrary = pair
    for number in (case.id for case in plain.queue.cases()):
        for room in pair:
            room.desk.show_number(number)
            qtbot.waitUntil(lambda room=room: not room.loader.loading, timeout=20_000)
            room.queue.table.setFocus()
        assert exposed(plain) == exposed(contrary)
        assert cells(plain) == cells(contrary)
        assert picture(plain.panel) == picture(contrary.panel)
        assert picture(plain.film.view) == picture(contrary.film.view)


def test_films_stand_as_they_came_and_no_filter_or_search_sorts_the_answers_out(pair, qtbot):
    for room in pair:
        room.queue.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(pair[0]) == names(pair[1])
    for box in pair[0].queue.findChildren(QComboBox):
        twin = next(
            b for b in pair[1].queue.findChildren(QComboBox)
            if b.accessibleName() == box.accessibleName()
        )  # fmt: skip
        for choice in range(box.count()):
            box.setCurrentIndex(choice)
            twin.setCurrentIndex(choice)
            assert names(pair[0]) == names(pair[1])
        box.setCurrentIndex(0)
        twin.setCurrentIndex(0)
    for word in ("pneumonia", "normal", "invalid", "high", "chest"):
        for room in pair:
            room.queue.search.setText(word)
        assert names(pair[0]) == names(pair[1])


def test_a_window_opened_anew_begins_with_the_film_that_came_first(pair, qapp, tmp_path, qtbot):
    shown = []
    for room in pair:
        again = Rooms(qapp, room.place.home, room.models, qtbot)
        opened = again.open()
        shown.append(opened.desk.current.outcome.path.name)
        again.close(opened)
    assert shown == [NAMES[0], NAMES[0]]


def test_the_call_shows_the_answer_and_keeps_that_it_was_not_seen(pair, qtbot):
    room = pair[0]
    room.desk.show_number(room.queue.cases()[1].id)
    assert "Answer hidden" in words(room.panel)
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
