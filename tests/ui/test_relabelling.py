"""Another threshold in the preferences: unread films follow at once, read ones stay."""

from threading import Event

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from pneumo_desktop.core import relabel as relabel_module
from pneumo_desktop.core.card import CoveragePoint
from pneumo_desktop.core.card_coverage import NOT_KNOWN
from pneumo_desktop.core.cases import Call, Label, Policy
from pneumo_desktop.ui.intake import Advance
from pneumo_desktop.ui.models import Models
from pneumo_desktop.ui.relabeller import Relabelling
from tests.ui.hands import press, words

SINGLE_SHOT = Qt.ConnectionType.SingleShotConnection


def choose(room, qtbot, threshold=None, point=None):
    """Choose in the preferences as a reader does, and wait for what follows."""
    room.actions["preferences"].trigger()
    page = room.preferences.reading
    if threshold is not None:
        page.spin.setValue(threshold)
    if point is not None:
        page.point.setCurrentIndex(page.point.findText(point, Qt.MatchFlag.MatchStartsWith))
    with qtbot.waitSignal(room.relabeller.finished, timeout=20_000):
        room.preferences.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def begin(room, threshold):
    """Choose another threshold in the preferences, as a reader does."""
    room.actions["preferences"].trigger()
    room.preferences.reading.spin.setValue(threshold)
    room.preferences.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def labels(room):
    return {c.outcome.path.stem: c.outcome.answer.label for c in room.queue.cases()}


@pytest.fixture
def films(rooms, room, qtbot, film_file):
    """A film read, another not, both called Pneumonia at 70 %."""
    rooms.answer(room, film_file("read.png", 0.8), film_file("unread.png", 0.85))
    room.desk.show_number(next(c.id for c in room.queue.cases() if c.outcome.path.stem == "read"))
    press(qtbot, room, Qt.Key.Key_2)


def test_unread_films_follow_the_threshold_and_read_ones_keep_what_was_seen(room, qtbot, films):
    choose(room, qtbot, threshold=95)
    assert labels(room) == {"read": Label.PNEUMONIA, "unread": Label.INVALID}
    assert "1 unread film labelled at 95 %, 1 of them otherwise" in room.window.message
    choose(room, qtbot, threshold=60)
    assert labels(room) == {"read": Label.PNEUMONIA, "unread": Label.PNEUMONIA}


def test_the_film_on_view_follows_too(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png", 0.8))
    choose(room, qtbot, threshold=95)
    assert "less than the 95 % asked for" in words(room.panel)


def test_the_operating_point_is_chosen_likewise(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png", 0.75))
    choose(room, qtbot, point="specific")
    assert room.models.settings.policy == Policy("specific", 0.7)
    assert labels(room) == {"a": Label.INVALID}  # Normal by it, and but 25 % sure


def test_a_call_taken_back_follows_the_threshold_now_in_use(room, qtbot, films):
    choose(room, qtbot, threshold=95)
    with qtbot.waitSignal(room.relabeller.finished, timeout=20_000):
        press(qtbot, room, Qt.Key.Key_U)
    assert labels(room) == {"read": Label.INVALID, "unread": Label.INVALID}


@pytest.fixture
def held(rooms, room, film_file, monkeypatch, card):
    """A window with five films, whose worker waits after the first for `go_on`."""
    monkeypatch.setattr(relabel_module, "CHUNK", 1)
    rooms.answer(room, *(film_file(f"{'x' * n}.png", 0.8) for n in range(1, 6)))
    first, go_on = Event(), Event()

    def card_of(_):
        if first.is_set():
            go_on.wait(30)
        first.set()
        return card

    room.relabeller._card_of = card_of
    yield go_on
    go_on.set()


def in_the_list(room):
    return {case.outcome.answer.policy.threshold for case in room.queue.cases()}


def test_a_change_that_is_cancelled_midway_leaves_the_list_as_it_was(room, qtbot, held):
    room.relabeller.advanced.connect(lambda _: room.actions["cancel"].trigger(), SINGLE_SHOT)
    with qtbot.waitSignal(room.relabeller.cancelled, timeout=30_000):
        begin(room, 95)
    with qtbot.waitSignal(room.relabeller.finished, timeout=30_000):
        held.set()
    room.desk.refresh()
    assert in_the_list(room) == {0.7}
    assert room.models.settings.policy == Policy()
    assert room.desk.relabelling() is None
    assert not room.relabeller.busy


def test_a_change_cut_short_by_closing_goes_on_at_the_next_start(rooms, room, qtbot, held):
    with qtbot.waitSignal(room.relabeller.advanced, timeout=30_000):
        begin(room, 95)
    held.set()
    rooms.close(room)
    again = rooms.open()
    if again.relabeller.busy:
        qtbot.waitSignal(again.relabeller.finished, timeout=30_000).wait()
    again.desk.refresh()
    assert in_the_list(again) == {0.95}
    assert again.desk.relabelling() is None


def test_progress_is_shown_with_a_way_to_cancel_it(room):
    room.relabeller.advanced.emit(Advance(1000, 5000, searching=False, seconds=1.0))
    assert room.window.strip.message.startswith("1,000 of 5,000")
    assert room.window.strip.cancel.isVisible()


def test_a_window_closed_meanwhile_waits_for_the_films_at_hand_alone(rooms, room, film_file):
    rooms.answer(room, film_file("a.png", 0.8))
    room.relabeller.run(Relabelling(Policy(threshold=0.95), Policy()))
    rooms.close(room)
    assert not room.relabeller.busy


def test_the_curve_tells_what_the_threshold_does(room, models, card):
    points = tuple(CoveragePoint(n / 100, 1.5 - n / 100, n / 100) for n in range(50, 100))
    models.card = msgspec.structs.replace(card, risk_coverage={"balanced": points})
    room.actions["preferences"].trigger()
    curve = room.preferences.curve
    assert curve.chart.isVisible()
    assert "At 70 %: 80.0 %" in words(curve)
    before = curve.grab().toImage()
    room.preferences.reading.spin.setValue(90)
    assert "At 90 %: 60.0 %" in words(curve)
    assert curve.grab().toImage() != before
    room.preferences.reject()


def test_a_card_without_a_curve_says_so(room):
    room.actions["preferences"].trigger()
    assert NOT_KNOWN in words(room.preferences.curve)
    assert not room.preferences.curve.chart.isVisible()
    room.preferences.reject()


@pytest.fixture
def other(card, home, added_package):
    return added_package


def test_another_model_offers_to_answer_unread_films_again(rooms, room, qtbot, films, other):
    assert isinstance(room.models, Models)
    load = room.models.load
    assert room.choice.use(other) == ""
    room.models.load = load  # its network is but some bytes
    room.intake.use(load, room.models.settings.policy)
    assert "Cases keep their answers" in room.window.message
    bar = room.window.tabs.messages
    assert bar.act.text() == "Answer 1 unread again"
    with qtbot.waitSignal(room.intake.finished, timeout=20_000):
        bar.act.click()
    read = next(c for c in room.queue.cases() if c.outcome.path.stem == "read")
    assert read.reading.call is Call.PNEUMONIA
