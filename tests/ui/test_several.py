"""Several rows chosen: archived, erased or put side by side together."""

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from pneumo_desktop.core.cases import Film
from tests.ui.hands import press, words

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DELETE = Qt.Key.Key_Delete


def click(qtbot, room, row, modifier=Qt.KeyboardModifier.NoModifier):
    table = room.queue.table
    at = table.visualRect(table.model().index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, at)
    qtbot.waitUntil(lambda: not room.loader.loading, timeout=30_000)


def names(room):
    return [stored.outcome.path.name for stored in room.queue.cases()]


def chosen(room):
    return sorted(stored.outcome.path.name for stored in room.queue.several())


@pytest.fixture
def two(room, three, qtbot):
    """A window with `high.png` and `low.png` chosen; the latter on view."""
    click(qtbot, room, 0)
    click(qtbot, room, 2, CONTROL)
    assert chosen(room) == ["high.png", "low.png"]
    return room


def say(word):
    def answer(box):
        assert isinstance(box, QMessageBox)
        said.append(f"{box.text()} {box.detailedText()}")
        next(button for button in box.buttons() if button.text() == word).click()

    said = []
    return answer, said


def test_rows_chosen_stay_chosen_while_the_list_is_read_again(two, rooms, film_file):
    rooms.answer(two, film_file("more.png", 0.8))
    two.queue.refresh()
    assert chosen(two) == ["high.png", "low.png"]
    assert two.queue.current.outcome.path.name == "low.png"


def test_they_are_archived_and_come_back_in_one_step(two, qtbot):
    press(qtbot, two, DELETE)
    assert names(two) == ["check.png"]
    assert "Archived: 2 films" in two.window.message
    press(qtbot, two, Qt.Key.Key_Z, CONTROL)
    assert names(two) == ["high.png", "check.png", "low.png"]
    press(qtbot, two, Qt.Key.Key_Z, CONTROL | SHIFT)
    kept = [stored for stored in two.queue.cases() if not stored.archived]
    assert [stored.outcome.path.name for stored in kept] == ["check.png"]


def test_calls_taken_back_one_after_another_leave_one_row_chosen(room, three, qtbot):
    click(qtbot, room, 0)
    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_1):
        press(qtbot, room, key)
    for _ in range(2):
        press(qtbot, room, Qt.Key.Key_Z, CONTROL)
    assert not chosen(room)
    press(qtbot, room, DELETE)
    assert names(room) == ["check.png", "low.png"]


def test_they_are_erased_after_one_question_and_come_back_in_one_step(two, qtbot, at_the_box):
    answer, said = say("Erase")
    at_the_box(answer)
    press(qtbot, two, DELETE, SHIFT)
    (question,) = said
    assert "Erase 2 cases?" in question
    assert "high.png" in question
    assert "low.png" in question
    assert names(two) == ["check.png"]
    press(qtbot, two, Qt.Key.Key_Z, CONTROL)
    assert names(two) == ["high.png", "check.png", "low.png"]


def test_who_keeps_them_erases_nothing(two, qtbot, at_the_box):
    answer, _ = say("Keep")
    at_the_box(answer)
    press(qtbot, two, DELETE, SHIFT)
    assert names(two) == ["high.png", "check.png", "low.png"]


def in_memory(name):
    """Return whether any film of a file is held anywhere in this process."""
    gc.collect()
    return any(type(o) is Film and o.facts.path.name == name for o in gc.get_objects())


def test_the_pixels_of_erased_films_leave_memory(two, qtbot, at_the_box):
    qtbot.waitUntil(lambda: not two.loader.reading, timeout=30_000)
    press(qtbot, two, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: two.film.beside.film is not None, timeout=30_000)
    assert in_memory("low.png")
    assert in_memory("high.png")
    answer, _ = say("Erase")
    at_the_box(answer)
    press(qtbot, two, DELETE, SHIFT)
    qtbot.waitUntil(lambda: not two.loader.loading, timeout=30_000)
    qtbot.waitUntil(lambda: not two.loader.reading, timeout=30_000)
    qtbot.waitUntil(lambda: not in_memory("low.png"), timeout=30_000)
    qtbot.waitUntil(lambda: not in_memory("high.png"), timeout=30_000)
    assert in_memory("check.png")


def test_any_two_films_stand_side_by_side_and_are_not_said_to_be_one_patients(two, qtbot):
    with qtbot.waitSignal(two.loader_beside.loaded, timeout=30_000):
        press(qtbot, two, Qt.Key.Key_C)
    assert two.film.view.film.facts.path.name == "low.png"
    assert two.film.beside.film.facts.path.name == "high.png"
    assert "not known to be of one patient" in words(two.film.priors)
    listed = two.film.priors._list
    assert listed.currentText().startswith("high.png · ")
    two.actions["private"].setChecked(True)
    assert listed.currentText().startswith("Case ")
    two.actions["private"].setChecked(False)
    press(qtbot, two, Qt.Key.Key_C)
    assert "the other row chosen" in words(two.film.priors)
    press(qtbot, two, Qt.Key.Key_C)
    click(qtbot, two, 1)
    assert not two.film.beside.isVisible()


def test_another_film_of_the_study_may_stand_beside(rooms, room, qtbot, dicom_pair):
    rooms.answer(room, *dicom_pair)
    assert "1 more of this study" in words(room.film.priors)
    with qtbot.waitSignal(room.loader_beside.loaded, timeout=30_000):
        press(qtbot, room, Qt.Key.Key_C)
    assert {room.film.view.film.facts.view, room.film.beside.film.facts.view} == {"AP", "LL"}
    assert "same study" in room.film.priors._list.currentText()
    assert "not known" not in words(room.film.priors)


@pytest.fixture
def dicom_pair(tmp_path):
    """A frontal and a lateral film of one study."""
    import numpy as np

    from tests.core.dicom_files import film_dataset

    paths = []
    for view in ("AP", "LL"):
        said = {
            "PatientID": "1", "IssuerOfPatientID": "W", "PatientBirthDate": "20220101",
            "StudyInstanceUID": "1.2.3", "StudyDate": "20260101", "ViewPosition": view,
        }  # fmt: skip
        paths.append(tmp_path / f"{view}.dcm")
        pixels = np.full((80, 64), 3000, np.uint16)
        pixels[:, ::2] += 40 if view == "AP" else 80
        film_dataset(pixels, **said).save_as(paths[-1], enforce_file_format=True)
    return paths
