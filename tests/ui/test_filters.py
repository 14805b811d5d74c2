"""Narrowing the list as a reader does, and where the next unread film is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox


@pytest.fixture
def mixed(rooms, room, film_file):
    """Answered in this order: Normal, Check, Pneumonia, Pneumonia; the Normal is on view."""
    films = [("low.png", 0.05), ("check.png", 0.6), ("high.png", 1.0), ("medium.png", 0.8)]
    cases = rooms.answer(room, *(film_file(name, p) for name, p in films))
    return {stored.outcome.path.name: stored.id for stored in cases}


def names(room):
    return [stored.outcome.path.name for stored in room.queue.cases()]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Pneumonia", ["high.png", "medium.png"]),
        ("Invalid", ["check.png"]),
        ("Normal", ["low.png"]),
    ],
)
def test_the_answer_chosen_is_what_is_listed(room, mixed, answer, expected):
    room.desk.show_number(mixed[expected[0]])  # the film on view stays listed in any case
    box = room.queue.findChildren(QComboBox)[0]
    box.setCurrentIndex(box.findText(answer))
    assert names(room) == expected


def test_the_next_unread_is_the_sickest_not_yet_seen(room, mixed, qtbot):
    assert room.queue.current.id == mixed["high.png"]
    seen = []
    for _ in range(4):
        qtbot.keyClick(room.window, Qt.Key.Key_N)
        seen.append(room.queue.current.outcome.path.name)
    assert seen == ["medium.png", "check.png", "low.png", "high.png"]


def test_escape_leaves_the_search_and_clears_it(room, mixed, qtbot):
    room.window.activateWindow()
    room.queue.search.setFocus()
    qtbot.waitUntil(room.queue.search.hasFocus)
    qtbot.keyClicks(room.queue.search, "medium")
    assert "low.png" not in names(room)
    qtbot.keyClick(room.queue.search, Qt.Key.Key_Escape)
    assert room.queue.search.text() == ""
    assert room.queue.table.hasFocus()
    assert len(names(room)) == 4


def test_no_two_ways_share_a_mnemonic(room):
    bar, tabs = room.window.menuBar(), room.window.tabs
    texts = [action.text() for action in bar.actions()]
    texts += [tabs.tabText(number) for number in range(tabs.count())]
    keys = [text[text.index("&") + 1].upper() for text in texts]
    assert len(keys) == len(set(keys))
