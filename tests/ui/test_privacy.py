"""One key hides who was filmed, wherever the window writes it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from tests.ui.hands import press

H, DELETE, SHIFT = Qt.Key.Key_H, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def named(rooms, room, film_file):
    """A window with two films whose files are named after their patients."""
    rooms.answer(room, film_file("doe-jane.png", 0.9), film_file("roe-mary.png", 0.1))
    return room


def test_what_was_done_to_a_film_is_told_by_its_number(named, qtbot):
    number = named.desk.current.id
    press(qtbot, named, H)
    press(qtbot, named, DELETE)
    assert named.window.message == f"Archived: Case {number}"


def test_a_message_that_names_somebody_goes_when_names_are_hidden(named, qtbot):
    press(qtbot, named, DELETE)
    assert "doe-jane" in named.window.message
    press(qtbot, named, H)
    assert "doe-jane" not in named.window.message
    press(qtbot, named, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(named.queue.cases()) == 2


@pytest.mark.parametrize("hidden", [False, True])
def test_the_question_before_erasing_names_nobody_then(named, qtbot, at_the_box, hidden):
    def keep(box):
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        next(button for button in box.buttons() if button.text() == "Keep").click()

    asked: list[str] = []
    number = named.desk.current.id
    if hidden:
        press(qtbot, named, H)
    at_the_box(keep)
    press(qtbot, named, DELETE, SHIFT)
    who = f"Case {number}" if hidden else f"Case {number}, doe-jane.png"
    assert asked == [f"Erase {who}?"]


def test_no_tip_names_the_film_beside(named, qtbot):
    named.queue.table.selectAll()
    with qtbot.waitSignal(named.loader_beside.loaded, timeout=30_000):
        press(qtbot, named, Qt.Key.Key_C)
    listed = named.film.priors._list
    assert "roe-mary" in listed.toolTip()
    press(qtbot, named, H)
    assert "roe-mary" not in listed.toolTip()
    press(qtbot, named, H)
    assert "roe-mary" in listed.toolTip()


def test_the_watched_folder_is_not_named(named, qtbot, tmp_path):
    folder = tmp_path / "doe-jane-films"
    folder.mkdir()
    named.watcher.watch(folder)
    watched = named.window.strip.watched
    assert "doe-jane-films" in watched.text()
    press(qtbot, named, H)
    assert watched.text() == "Watching a folder"
    assert "doe-jane" not in watched.toolTip()
    press(qtbot, named, H)
    assert "doe-jane-films" in watched.text()
