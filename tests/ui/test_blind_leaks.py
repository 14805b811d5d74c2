"""Blind first: nothing the window says, shows or orders may tell an answer before the call.

Two windows read the same films by opposite models. Before a call all they expose must be equal;
a difference is a leak, wherever it comes from.
"""

import csv
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog

from pneumo_desktop.ui.queue_columns import TITLE
from tests.ui.conftest import BLIND_FILMS, Rooms
from tests.ui.hands import press
from tests.ui.opposites import cells, exposed, hide_times, names

CTRL = Qt.KeyboardModifier.ControlModifier


def look_at(pair, qtbot, number):
    """Put a film on view in both windows, with an earlier one beside it where there is one."""
    for room in pair:
        room.desk.show_number(number)
        room.queue.table.setFocus()
        room.actions["compare"].setChecked(True)
        for loader in (room.loader, room.loader_beside):
            qtbot.waitUntil(lambda loader=loader: not loader.loading, timeout=30_000)


def pictures(room, qtbot):
    """Return pictures of the list, the film and the case, in a window with the focus."""
    room.window.activateWindow()
    qtbot.waitUntil(room.window.isActiveWindow, timeout=30_000)
    room.queue.table.setFocus()
    return [part.grab().toImage() for part in (room.queue, room.film, room.panel)]


def numbers(room):
    """Return every film that the list and the bars of its studies lead to."""
    leads = [case.id for case in room.queue.cases()]
    return [film.id for lead in leads for film in room.desk.worklist.study(lead, blind=True)]


def test_two_windows_of_opposite_answers_are_the_same_to_a_blind_reader(pair, qtbot):
    plain, contrary = pair
    assert len(numbers(plain)) == len(BLIND_FILMS)
    for room in pair:
        hide_times(room)
    for number in numbers(plain):
        look_at(pair, qtbot, number)
        assert exposed(plain.window) == exposed(contrary.window)
        assert cells(plain) == cells(contrary)
        assert pictures(plain, qtbot) == pictures(contrary, qtbot)


def test_films_of_a_study_share_a_row_led_by_the_one_that_came_first(pair):
    for room in pair:
        assert names(room) == [BLIND_FILMS[0], BLIND_FILMS[1], *BLIND_FILMS[4:]]
        study = room.desk.worklist.study(room.queue.cases()[1].id, blind=True)
        assert [film.outcome.path.name for film in study] == list(BLIND_FILMS[1:4])
        model = room.queue.table.model()
        titles = [model.index(row, TITLE).data() for row in range(model.rowCount())]
        assert titles[1] == "Doe Jane (+2)"


def test_after_some_calls_what_still_waits_is_the_same_in_both(pair, qtbot):
    plain, contrary = pair
    for room in pair:
        room.desk.show_number(numbers(room)[2])  # inside the study
        press(qtbot, room, Qt.Key.Key_3)
        room.window.tabs.messages.dismiss()  # what is told of the call may name its answer
    assert names(plain) == names(contrary) == [BLIND_FILMS[0], BLIND_FILMS[1], *BLIND_FILMS[4:]]
    assert cells(plain) == cells(contrary)
    look_at(pair, qtbot, numbers(plain)[0])
    assert exposed(plain.window) == exposed(contrary.window)


def test_the_next_unread_film_is_the_next_that_came(pair, qtbot):
    for room in pair:
        room.desk.show_number(numbers(room)[0])
        seen = []
        for _ in BLIND_FILMS:
            seen.append(room.desk.current.outcome.path.name)
            press(qtbot, room, Qt.Key.Key_3)
            press(qtbot, room, Qt.Key.Key_N)
        assert seen == list(BLIND_FILMS)


def test_another_threshold_tells_no_blind_reader_how_many_answers_changed(pair, qtbot):
    said = []
    for room in pair:
        with qtbot.waitSignal(room.relabeller.finished, timeout=30_000):
            settings = msgspec.structs.replace(room.models.settings, threshold=0.92)
            room.preferences.wanted.emit(settings)
        said.append(exposed(room.window))
        assert "labelled at 92 %" in room.window.message
    assert said[0] == said[1]


def test_an_export_of_the_window_leaves_out_what_waits(pair, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list"), ""))
    written = []
    for room in pair:
        with qtbot.waitSignal(room.export.finished, timeout=30_000):
            press(qtbot, room, Qt.Key.Key_E, CTRL)
        text = (tmp_path / "list.csv").read_text(encoding="utf-8")
        written.append([row | {"received": ""} for row in csv.DictReader(text.splitlines())])
    assert written[0] == written[1]
    assert {row["label"] for row in written[0]} == {""}
    assert [Path(row["path"]).name for row in written[0]] == list(BLIND_FILMS)


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
    assert shown == [BLIND_FILMS[0], BLIND_FILMS[0]]
