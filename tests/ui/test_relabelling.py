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
from pneumo_desktop.core.store import FILE
from pneumo_desktop.ui.intake import Advance
from pneumo_desktop.ui.models import Models
from pneumo_desktop.ui.relabeller import Relabeller
from tests.ui.hands import press, words


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


def test_many_films_are_labelled_in_steps_that_can_be_cancelled(
    rooms, room, qtbot, film_file, monkeypatch, home, card
):
    monkeypatch.setattr(relabel_module, "CHUNK", 1)
    rooms.answer(room, *(film_file(f"{'x' * n}.png", 0.8) for n in range(1, 6)))
    first, go_on = Event(), Event()

    def card_of(_):
        if first.is_set():
            go_on.wait(20)
        first.set()
        return card

    relabeller = Relabeller(home / FILE, card_of)
    relabeller.advanced.connect(lambda _: relabeller.cancel())
    with qtbot.waitSignal(relabeller.finished, timeout=20_000) as told:
        relabeller.run(Policy(threshold=0.95), "")
    go_on.set()
    relabeller.shutdown()
    assert "cancelled, 4 still to do" in told.args[0]
    room.desk.refresh()
    labelled = [label for label in labels(room).values() if label is Label.INVALID]
    assert 1 <= len(labelled) <= 2  # what was at hand is finished


def test_progress_is_shown_with_a_way_to_cancel_it(room):
    room.relabeller.advanced.emit(Advance(1000, 5000, searching=False, seconds=1.0))
    assert room.window.strip.message.startswith("1,000 of 5,000")
    assert room.window.strip.cancel.isVisible()


def test_a_window_closed_meanwhile_waits_for_the_films_at_hand_alone(rooms, room, film_file):
    rooms.answer(room, film_file("a.png", 0.8))
    room.relabeller.run(Policy(threshold=0.95), "")
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
