"""The window as its reader uses it: drop, look, call, undo, close, come back."""

import sqlite3

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.card_words import STANDING
from pneumo_desktop.core.cases import Call, Label, Rejected
from pneumo_desktop.core.store import FILE, CaseStore
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.message_details import MessageDetails
from tests.ui.hands import COPY, LEFT, NO_KEY, drop, press, words


def test_a_dropped_film_is_answered_listed_and_shown(room, qtbot, film_file):
    film = film_file("a.png", 0.95)
    with qtbot.waitSignals([room.intake.finished, room.loader.loaded], timeout=20_000):
        drop(room.window, film)
    (stored,) = room.queue.cases()
    assert stored.outcome.path == film
    assert room.queue.current.id == stored.id
    assert room.film.view.film.facts.path == film
    assert "Pneumonia" in words(room.panel)
    assert "95 % confidence" in words(room.panel)
    assert room.window.message.startswith("1 file answered")


def test_an_awaited_answer_is_shown_whatever_is_on_view(rooms, room, film_file):
    rooms.answer(room, film_file("before.png"))
    room.desk.await_answer()
    rooms.answer(room, film_file("named.png"), film_file("the-second.png"))
    assert room.queue.current.outcome.path.name == "named.png"
    rooms.answer(room, film_file("a-later-one.png"))
    assert room.desk.current.outcome.path.name == "named.png"


def test_a_drop_of_what_is_no_file_is_left_alone(room):
    mime = QMimeData()
    mime.setText("no file")
    event = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NO_KEY)
    event.ignore()
    QApplication.sendEvent(room.window, event)
    assert not event.isAccepted()


def test_the_standing_sentence_is_always_there(room):
    assert STANDING in words(room.window)
    room.window.tabs.setCurrentIndex(1)
    assert STANDING in words(room.window)


def test_answers_come_in_severity_order_and_leave_the_selection(room, three):
    assert [case.outcome.path.name for case in three] == ["high.png", "check.png", "low.png"]
    assert room.queue.current.outcome.path.name == "low.png"


def test_a_folder_is_opened_by_its_dialog(room, qtbot, film_file, tmp_path, monkeypatch):
    film_file("films/a.png", folder=tmp_path)
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: tmp_path / "films")
    with qtbot.waitSignal(room.intake.finished, timeout=20_000):
        press(qtbot, room, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier
              | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    assert len(room.queue.cases()) == 1


def test_films_are_opened_by_their_dialog(room, qtbot, film_file, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_films", lambda _: [film_file("a.png")])
    with qtbot.waitSignal(room.intake.finished, timeout=20_000):
        press(qtbot, room, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert len(room.queue.cases()) == 1


def test_a_dialog_that_is_left_adds_nothing(room, qtbot, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_films", lambda _: [])
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: None)
    room.actions["open"].trigger()
    room.actions["folder"].trigger()
    assert not room.intake.busy


def test_a_film_seen_before_is_not_listed_twice(rooms, room, film_file):
    film = film_file("a.png")
    rooms.answer(room, film)
    assert len(rooms.answer(room, film)) == 1


@pytest.mark.parametrize(
    ("key", "call"),
    [
        (Qt.Key.Key_1, Call.NORMAL),
        (Qt.Key.Key_2, Call.PNEUMONIA),
        (Qt.Key.Key_3, Call.OTHER),
        (Qt.Key.Key_4, Call.NOT_DIAGNOSTIC),
    ],
)
def test_a_film_is_called_with_a_key(rooms, room, qtbot, film_file, key, call):
    rooms.answer(room, film_file("a.png"))
    press(qtbot, room, key)
    (stored,) = room.queue.cases()
    assert stored.reading.call is call
    assert f"Read as {call}" in words(room.panel)


def test_a_call_keeps_its_note_and_can_be_taken_back(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png"))
    press(qtbot, room, Qt.Key.Key_T)
    qtbot.keyClicks(room.reading.note, "1 nodule, retrocardiac")
    room.reading._buttons[Call.OTHER].click()
    (stored,) = room.queue.cases()
    assert stored.reading.note == "1 nodule, retrocardiac"
    room.queue.table.setFocus()
    press(qtbot, room, Qt.Key.Key_U)
    (stored,) = room.queue.cases()
    assert stored.reading is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_key_leaves_the_note_for_the_list_and_keeps_it(rooms, room, qtbot, film_file, key):
    rooms.answer(room, film_file("a.png"))
    room.window.activateWindow()
    press(qtbot, room, Qt.Key.Key_T)
    qtbot.keyClicks(room.reading.note, "seen")
    qtbot.keyClick(room.reading.note, key)
    qtbot.waitUntil(room.queue.table.hasFocus)
    press(qtbot, room, Qt.Key.Key_1)
    assert room.queue.cases()[0].reading.note == "seen"


def test_agreeing_is_calling_what_the_model_says(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png", 0.95))
    press(qtbot, room, Qt.Key.Key_Y)
    assert room.queue.cases()[0].reading.call is Call.PNEUMONIA


def test_there_is_nothing_to_agree_with_in_an_invalid(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png", 0.6))
    assert room.queue.cases()[0].outcome.answer.label is Label.INVALID
    press(qtbot, room, Qt.Key.Key_Y)
    assert room.queue.cases()[0].reading is None


def test_without_a_film_the_keys_do_no_harm(room, qtbot):
    for key in (Qt.Key.Key_1, Qt.Key.Key_Y, Qt.Key.Key_U, Qt.Key.Key_J, Qt.Key.Key_A, Qt.Key.Key_F):
        press(qtbot, room, key)
    press(qtbot, room, Qt.Key.Key_N)
    assert room.window.message == "No unread film is left in this list."


def test_the_next_unread_film_comes_with_a_key(room, qtbot, three):
    press(qtbot, room, Qt.Key.Key_N)
    assert room.queue.current.outcome.path.name == "high.png"
    press(qtbot, room, Qt.Key.Key_2)
    press(qtbot, room, Qt.Key.Key_N)
    assert room.queue.current.outcome.path.name == "check.png"


def test_films_are_paged_through_with_keys(room, qtbot, three):
    press(qtbot, room, Qt.Key.Key_K)
    assert room.desk.current.outcome.path.name == "check.png"
    press(qtbot, room, Qt.Key.Key_J)
    assert room.desk.current.outcome.path.name == "low.png"


def test_a_file_that_can_be_read_at_last_replaces_its_rejection(rooms, room, film_file, tmp_path):
    rooms.answer(room, tmp_path / "late.png")
    (stored,) = rooms.answer(room, film_file("late.png"))
    assert not isinstance(stored.outcome, Rejected)
    assert room.desk.current.id == stored.id


def test_cases_and_calls_survive_a_restart(rooms, room, qtbot, three):
    press(qtbot, room, Qt.Key.Key_1)
    rooms.close(room)
    again = rooms.open()
    assert [case.outcome.path.name for case in again.queue.cases()] == [
        "high.png",
        "check.png",
        "low.png",
    ]
    assert again.queue.cases()[2].reading.call is Call.NORMAL
    assert again.desk.current.outcome.path.name == "high.png"


def test_a_read_case_keeps_what_its_reader_saw(rooms, room, qtbot, film_file, models):
    from pneumo_desktop.core.cases import Policy

    film, other = film_file("a.png", 0.8), film_file("other.png", 0.81)
    rooms.answer(room, film, other)
    room.desk.show(next(c for c in room.queue.cases() if c.outcome.path == film))
    press(qtbot, room, Qt.Key.Key_2)
    room.intake.use(models.load, Policy(threshold=0.95))
    with qtbot.waitSignal(room.intake.finished, timeout=20_000):
        press(qtbot, room, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    rooms.answer(room, film)
    labels = {case.outcome.path: case.outcome.answer.label for case in room.queue.cases()}
    assert labels == {film: Label.PNEUMONIA, other: Label.INVALID}


def test_source_films_are_never_written(rooms, room, qtbot, film_file):
    film = film_file("a.png")
    before = (film.read_bytes(), film.stat().st_mtime_ns)
    rooms.answer(room, film)
    press(qtbot, room, Qt.Key.Key_2)
    assert (film.read_bytes(), film.stat().st_mtime_ns) == before


def test_answering_can_be_cancelled_from_the_strip(room, qtbot, tmp_path):
    room.window.dropped.emit([tmp_path / f"{number}.png" for number in range(3000)])
    qtbot.waitUntil(lambda: bool(room.queue.cases()), timeout=20_000)
    assert " of 3,000" in room.window.message or "or more" in room.window.message
    qtbot.mouseClick(room.window.strip.cancel, LEFT)
    assert room.window.message.startswith("Cancelled")
    assert not room.window.strip.cancel.isVisible()
    assert len(room.queue.cases()) < 3000


def test_a_failure_of_the_model_is_told_once(room, qtbot, film_file, models, card):
    def broken(_):
        raise RuntimeError("out of memory")

    room.intake.use(broken, models.settings.policy)
    with qtbot.waitSignal(room.intake.failed, timeout=20_000):
        room.window.dropped.emit([film_file("a.png"), film_file("b.png")])
    assert room.window.message == "The films cannot be answered."
    qtbot.mouseClick(room.window.tabs.messages.details, LEFT)
    details = room.window.findChild(MessageDetails)
    assert "RuntimeError: out of memory" in details.words.toPlainText()
    qtbot.mouseClick(room.window.tabs.messages.leave, LEFT)
    assert not room.window.tabs.messages.isVisible()


def test_the_database_is_the_one_of_the_command_line(rooms, room, home, film_file):
    rooms.answer(room, film_file("a.png"))
    with CaseStore(home / FILE) as other:
        assert len(other.all()) == 1
    assert sqlite3.connect(home / FILE).execute("PRAGMA journal_mode").fetchone() == ("wal",)
