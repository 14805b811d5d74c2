"""The Split page: shares, deal, what each part has, and what it will tell."""

import re

import pytest
from PySide6.QtCore import Qt

from pneumo_desktop.core.labelled.film_list import list_films
from pneumo_desktop.core.labelled.plan import load_plan
from pneumo_desktop.core.labelled.split import PARTS
from pneumo_desktop.ui.training.split_words import PartCount, expectation, warning
from tests.ui.hands import drop, words

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 60_000


def settle(qtbot, room):
    def worked_out():
        state = room.course.state
        return bool(state.trouble or (state.assessed and not state.assessing))

    qtbot.waitUntil(worked_out, timeout=PATIENCE)


@pytest.fixture
def split(training, labelled, qtbot):
    """The page, with the labelled films."""
    return turn_to(training, labelled, qtbot)


def turn_to(room, source, qtbot):
    drop(room.training.steps[0], source)
    settle(qtbot, room)
    qtbot.mouseClick(room.training.next, LEFT)
    assert room.training.step.name == "split"
    return room.training.step


def numbers(page):
    """The table's films and patients of NORMAL, then of PNEUMONIA, row by row."""
    table = page.parts
    cells = [f"{table.item(row, 1).text()} {table.item(row, 2).text()}" for row in range(5)]
    return [[int(number) for number in re.findall(r"\d+", cell)] for cell in cells]


def parts(room):
    return {film.path.name: film.part for film in room.course.state.assessed.films}


def test_each_part_shows_its_films_and_patients(split):
    rows = numbers(split)
    assert rows[-1] == [12, 12, 12, 12]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    assert all(min(row) > 0 for row in rows)


def test_without_films_the_page_says_what_comes_first(training):
    training.training.list.setCurrentRow(1)
    assert "First, on the page Films" in words(training.training)
    assert not training.training.step.parts.isVisible()


def test_shares_are_typed_and_the_table_follows(split, training, qtbot):
    before = numbers(split)[3]
    split.shares.test.selectAll()
    qtbot.keyClicks(split.shares.test, "40")
    qtbot.keyClick(split.shares.test, Qt.Key.Key_Return)
    settle(qtbot, training)
    assert training.course.state.plan.shares.test == 0.4
    assert numbers(split)[3][0] > before[0]
    assert "the rest, 40 %" in words(split)


def test_shares_that_leave_nothing_to_learn_from_are_told(split, training, qtbot):
    for box in (split.shares.test, split.shares.validation, split.shares.calibration):
        box.setValue(45)
    settle(qtbot, training)
    assert "leave no film to learn from" in words(training.training)
    assert not training.training.next.isEnabled()
    assert not split.parts.isVisible()


def test_another_deal_draws_others_and_its_number_brings_them_back(split, training, qtbot):
    first = parts(training)
    qtbot.mouseClick(split.shares.again, LEFT)
    settle(qtbot, training)
    assert training.course.state.plan.shares.seed == 1
    assert parts(training) != first
    split.shares.deal.setValue(0)
    settle(qtbot, training)
    assert parts(training) == first


def test_the_division_is_remembered(split, training, qtbot, rooms, home, labelled):
    qtbot.mouseClick(split.shares.again, LEFT)
    settle(qtbot, training)
    before = parts(training)
    rooms.close(training)
    assert load_plan(home).shares.seed == 1
    again = rooms.open()
    again.window.tabs.setCurrentIndex(1)
    settle(qtbot, again)
    assert parts(again) == before


def test_what_the_locked_test_will_tell_is_said(split):
    assert "a sensitivity of 90 % would be known to ±" in words(split)
    assert "That is little" in words(split)


def test_a_large_test_is_not_called_little():
    assert "to ±10 points" in expectation(PartCount("test", (40, 40), (40, 40)))
    assert warning(PartCount("test", (40, 40), (40, 40))) == ""
    assert "little" in warning(PartCount("test", (400, 4), (400, 4)))


def listed_parts(labelled, leak=False):
    """A list that gives each film a part, by its number."""
    rows = []
    for film in list_films(labelled):
        number = int(film.path.stem[1:3])
        part = PARTS[number % 4]
        patient = "one" if leak and number < 2 else film.path.stem
        rows.append(f"{film.path},{film.path.parent.name},{patient},{part}")
    file = labelled.parent / "parts.csv"
    file.write_text("\n".join(["path,label,patient,split", *rows]))
    return file


def test_the_parts_of_a_list_are_taken_as_they_are(training, labelled, qtbot):
    page = turn_to(training, listed_parts(labelled), qtbot)
    assert page.listed.isChecked()
    assert numbers(page) == [[3, 3, 3, 3]] * 4 + [[12, 12, 12, 12]]
    assert not page.shares.isEnabled()
    qtbot.mouseClick(page.listed, LEFT)
    settle(qtbot, training)
    assert page.shares.isEnabled()
    assert numbers(page)[0] != [3, 3, 3, 3]


def test_a_list_whose_patient_stands_in_two_parts_is_refused(training, labelled, qtbot):
    page = turn_to(training, listed_parts(labelled, leak=True), qtbot)
    assert "The split leaks: one" in words(training.training)
    assert not training.training.next.isEnabled()
    qtbot.mouseClick(page.listed, LEFT)
    settle(qtbot, training)
    assert training.training.next.isEnabled()
