"""Everything a reader does to a case can be taken back while the window is open."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from pneumo_desktop.core.cases import Call, Reading
from pneumo_desktop.core.marks import flagging
from pneumo_desktop.core.store import FILE, CaseStore
from pneumo_desktop.ui.desk import ANSWERED_AGAIN, CAME_AGAIN, CHANGED_SINCE
from tests.ui.hands import NO_KEY, press, words

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
READ = Reading(Call.OTHER, datetime(2024, 5, 1, tzinfo=UTC))


@pytest.fixture
def keys(room, qtbot):
    """Return a function that presses keys as a reader does."""

    def press_them(*pressed):
        for one in pressed:
            key, modifier = one if isinstance(one, tuple) else (one, NO_KEY)
            press(qtbot, room, key, modifier)

    return press_them


UNDO, REDO = (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Z, CTRL | SHIFT)
DELETE, ERASE = Qt.Key.Key_Delete, (Qt.Key.Key_Delete, SHIFT)


@pytest.fixture
def film(rooms, room, film_file):
    (stored,) = rooms.answer(room, film_file("a.png", 0.95))
    return stored.id


def kept(home, number):
    with CaseStore(home / FILE) as store:
        return store.get(number)


def test_a_call_goes_back_to_the_call_before_and_then_to_none(home, film, keys):
    keys(Qt.Key.Key_1, Qt.Key.Key_2, UNDO)
    assert kept(home, film).reading.call is Call.NORMAL
    keys(UNDO)
    assert kept(home, film).reading is None
    keys(REDO, REDO)
    assert kept(home, film).reading.call is Call.PNEUMONIA


def test_a_call_marked_unread_comes_back_with_its_time_and_note(room, qtbot, home, film, keys):
    keys(Qt.Key.Key_T)
    qtbot.keyClicks(room.reading.note, "hilum")
    room.queue.table.setFocus()
    keys(Qt.Key.Key_3)
    before = kept(home, film).reading
    keys(Qt.Key.Key_U)
    assert kept(home, film).reading is None
    keys(UNDO)
    assert kept(home, film).reading == before


def test_agreeing_and_disagreeing_take_one_key(home, film, keys):
    keys(Qt.Key.Key_E)
    assert kept(home, film).reading.call is Call.NORMAL
    keys(Qt.Key.Key_Y)
    assert kept(home, film).reading.call is Call.PNEUMONIA


def test_there_is_nothing_to_disagree_with_in_an_invalid(rooms, room, home, film_file, keys):
    (stored,) = rooms.answer(room, film_file("doubtful.png", 0.6))
    keys(Qt.Key.Key_E)
    assert kept(home, stored.id).reading is None
    assert "no answer" in room.window.message


def test_a_flag_is_set_with_a_key_seen_on_its_button_and_taken_back(room, home, film, keys):
    button = room.reading._others["flag"]
    keys(Qt.Key.Key_B)
    assert kept(home, film).flagged
    assert button.isChecked()
    keys(UNDO)
    assert not kept(home, film).flagged
    assert not button.isChecked()


def test_a_note_changed_after_the_call_is_kept_and_taken_back(room, qtbot, home, film, keys):
    keys(Qt.Key.Key_1, Qt.Key.Key_T)
    qtbot.keyClicks(room.reading.note, "effusion")
    qtbot.keyClick(room.reading.note, Qt.Key.Key_Return)
    assert kept(home, film).reading.note == "effusion"
    qtbot.waitUntil(room.queue.table.hasFocus)
    keys(UNDO)
    assert kept(home, film).reading.note == ""
    assert room.reading.note.text() == ""


def test_an_archived_case_leaves_the_list_for_the_next_and_comes_back(room, home, three, keys):
    gone = room.desk.current.id
    keys(DELETE)
    assert kept(home, gone).archived
    assert gone not in [case.id for case in room.queue.cases()]
    assert room.desk.current.outcome.path.name == "high.png"
    assert "Archived" in room.window.message
    room.window.tabs.messages.act.click()
    assert not kept(home, gone).archived
    assert room.desk.current.id == gone


def test_a_case_is_erased_only_by_a_reader_who_is_sure(room, home, film, keys, at_the_box):
    at_the_box(lambda box: box.defaultButton().click())
    keys(ERASE)
    assert kept(home, film)
    assert "erase" not in room.window.message.lower()


def test_an_erased_case_comes_back_until_the_window_closes(
    rooms, room, home, film, keys, at_the_box
):
    keys(Qt.Key.Key_2, Qt.Key.Key_B)
    before = kept(home, film)
    at_the_box(_say_erase)
    keys(ERASE)
    with pytest.raises(KeyError):
        kept(home, film)
    assert "No film chosen" in words(room.panel)
    keys(UNDO)
    after = kept(home, film)
    assert (after.reading, after.flagged) == (before.reading, True)
    assert room.desk.current.id == film
    at_the_box(_say_erase)
    keys(REDO)
    rooms.close(room)
    with pytest.raises(KeyError):
        kept(home, film)


def _say_erase(box):
    next(button for button in box.buttons() if button.text() == "Erase").click()


def test_an_erased_film_that_came_again_meanwhile_stays_as_it_came(
    rooms, room, home, film, film_file, keys, at_the_box
):
    at_the_box(_say_erase)
    keys(ERASE)
    (again,) = rooms.answer(room, film_file("a.png", 0.95))
    keys(UNDO)
    assert room.window.message == CAME_AGAIN
    assert [case.id for case in room.queue.cases()] == [again.id]


def test_what_another_reader_changed_since_is_not_taken_back(room, home, film, keys):
    keys(Qt.Key.Key_1)
    with CaseStore(home / FILE, "CD") as other:
        other.mark_read(film, READ)
    keys(UNDO)
    assert kept(home, film).reading.call is Call.OTHER
    assert room.window.message == CHANGED_SINCE
    keys(UNDO)
    assert "nothing to take back" in room.window.message


def test_a_call_does_not_come_back_to_an_answer_it_was_not_made_on(room, home, film, keys):
    keys(Qt.Key.Key_1, UNDO)
    with CaseStore(home / FILE) as other:
        case = other.get(film).outcome
        other.record(replace(case, answer=replace(case.answer, confidence=0.71)))
    keys(REDO)
    assert kept(home, film).reading is None
    assert room.window.message == ANSWERED_AGAIN


def test_taking_back_shows_the_case_it_is_about(room, three, keys):
    called = room.desk.current.id
    keys(Qt.Key.Key_1, Qt.Key.Key_N)
    assert room.desk.current.id != called
    keys(UNDO)
    assert room.desk.current.id == called


def test_a_flag_of_another_program_does_not_stand_in_the_way_of_a_call(room, home, film, keys):
    with CaseStore(home / FILE) as other:
        other.mark(film, flagging(on=True))
    keys(Qt.Key.Key_1)
    assert kept(home, film).flagged
    assert kept(home, film).reading.call is Call.NORMAL


def test_without_a_film_no_key_does_harm(room, keys):
    keys(Qt.Key.Key_B, DELETE, ERASE, Qt.Key.Key_E, UNDO, REDO, Qt.Key.Key_U)
    assert room.desk.current is None


def test_an_offer_to_take_back_goes_with_the_next_step(room, three, keys):
    """Its button would take that step back, not the one that it names."""
    messages = room.window.tabs.messages
    keys(DELETE)
    assert messages.text.startswith("Archived")
    keys(Qt.Key.Key_Down, Qt.Key.Key_1)
    assert not messages.isVisible()


def test_what_was_taken_back_is_said_until_the_next_step(room, three, keys):
    messages = room.window.tabs.messages
    keys(DELETE, UNDO)
    assert messages.text == "Taken back: Archive"
    keys(Qt.Key.Key_Down)
    assert not messages.isVisible()
    keys(DELETE, UNDO, Qt.Key.Key_F11)
    assert not messages.isVisible()
    keys(Qt.Key.Key_F11)
