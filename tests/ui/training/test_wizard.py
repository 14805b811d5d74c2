"""The training tab as a reader goes through it, from a folder to a model in use."""

import hashlib

import msgspec
import pytest
from PySide6.QtCore import Qt

from pneumo_desktop.core.adoption import Words
from pneumo_desktop.core.card import encode_card
from pneumo_desktop.core.labelled.plan import load_plan
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.theme import DARK
from tests.ui.hands import words
from tests.ui.training.judged_model import make_judged

ALT, LEFT = Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton
FILMS, SPLIT, RECIPE, RUN = range(4)


def go_on(qtbot, room):
    """Press Next, and wait until it may be pressed."""
    wizard = room.training
    qtbot.waitUntil(wizard.next.isEnabled, timeout=30_000)
    qtbot.mouseClick(wizard.next, LEFT)


def lead_to(qtbot, room, place):
    """Go through the pages as far as `place`."""
    wizard = room.training
    while wizard.place < place:
        if wizard.place == RECIPE:
            wizard.step.form.model.selectAll()
            qtbot.keyClicks(wizard.step.form.model, "my-model")
        go_on(qtbot, room)
    return wizard.step


@pytest.fixture
def chosen(training, choose, labelled):
    """A window whose labelled films are chosen."""
    choose(labelled)
    training.training.step.source.folder.click()
    return training


def start(qtbot, room):
    page = lead_to(qtbot, room, RUN)
    with qtbot.waitSignal(room.trainer.progressed, timeout=30_000):
        qtbot.mouseClick(page.start, LEFT)
    return page


def make_package(folder, card):
    folder.mkdir(parents=True)
    (folder / "model.tflite").write_bytes(b"network")
    files = {"model.tflite": hashlib.sha256(b"network").hexdigest()}
    card = msgspec.structs.replace(card, name=folder.name, files=files)
    (folder / "card.json").write_bytes(encode_card(card))


def test_an_empty_page_says_what_to_do(training):
    wizard = training.training
    assert wizard.step.name == "films"
    assert "Choose the labelled films first." in words(wizard)
    assert not wizard.next.isEnabled()
    assert not wizard.back.isEnabled()
    said = [wizard.list.item(place).text().split("\n")[1] for place in range(6)]
    assert said == ["To do", *["Waits for the steps before"] * 5]


def test_a_later_page_says_what_is_missing_before_it(training, qtbot):
    wizard = training.training
    wizard.list.setFocus()
    qtbot.keyClick(wizard.list, Qt.Key.Key_End)
    assert wizard.step.name == "adopt"
    assert "First, on the page Films: Choose the labelled films first." in words(wizard)


def test_the_pages_are_turned_by_keys_while_they_are_in_sight(chosen, qtbot):
    wizard, window = chosen.training, chosen.window
    qtbot.waitUntil(wizard.next.isEnabled, timeout=30_000)
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert wizard.step.name == "split"
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert wizard.step.name == "films"
    window.tabs.setCurrentIndex(0)
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert wizard.step.name == "films"


def test_going_back_loses_nothing(chosen, qtbot, labelled):
    page = lead_to(qtbot, chosen, RECIPE)
    page.form.recipe.setCurrentIndex(1)
    page.form.epochs.setValue(3)
    wizard = chosen.training
    wizard.list.setCurrentRow(FILMS)
    assert str(labelled) in words(wizard)
    wizard.list.setCurrentRow(RECIPE)
    assert (page.form.epochs.value(), page.form.recipe.currentIndex()) == (3, 1)
    assert "✓ Done" in wizard.list.item(SPLIT).text()


def test_a_change_on_an_earlier_page_marks_the_later_ones(chosen, qtbot, choose, tmp_path):
    lead_to(qtbot, chosen, RUN)
    wizard = chosen.training
    assert "✓ Done" in wizard.list.item(RECIPE).text()
    wizard.list.setCurrentRow(FILMS)
    choose(tmp_path / "others")
    wizard.step.source.folder.click()
    assert "Do again: Films changed" in wizard.list.item(SPLIT).text()
    assert "Do again: Films changed" in wizard.list.item(RECIPE).text()
    choose(tmp_path / "labelled")
    wizard.step.source.folder.click()
    assert "✓ Done" in wizard.list.item(RECIPE).text()


def test_the_way_is_remembered(chosen, rooms, qtbot, home, labelled):
    lead_to(qtbot, chosen, RECIPE).form.epochs.setValue(4)
    rooms.close(chosen)
    plan = load_plan(home)
    assert (plan.source.path, plan.epochs, plan.page) == (str(labelled), 4, RECIPE)
    again = rooms.open()
    again.window.tabs.setCurrentIndex(1)
    assert again.training.step.form.epochs.value() == 4


def test_a_model_is_trained_judged_and_taken_into_use(chosen, qtbot, home, card, film_file):
    page = start(qtbot, chosen)
    with qtbot.waitSignal(chosen.trainer.ended, timeout=30_000) as ended:
        qtbot.mouseClick(page.run.finish, LEFT)
    assert ended.args == [""]
    make_judged(home, card, film_file)
    qtbot.mouseClick(page.run.use, LEFT)
    wizard = chosen.training
    assert wizard.step.name == "judgement"
    go_on(qtbot, chosen)
    assert not wizard.step.use.isEnabled()
    qtbot.keyClicks(wizard.step.form.reason, "It learnt from our own films.")
    qtbot.mouseClick(wizard.step.use, LEFT)
    assert load_settings(home).model == chosen.models.card.name == "my-model"
    assert "Films are now answered by Mine." in words(wizard)


def test_nothing_said_of_one_model_is_carried_over_to_the_next(chosen, qtbot):
    course = chosen.course
    said = {"point": 0.3, "reason": "An old one.", "words": Words("Old", "All", 0.0, 1.0, ("x",))}
    course.take(msgspec.structs.replace(course.state.plan, **said))
    start(qtbot, chosen)
    plan = course.state.plan
    assert (plan.point, plan.reason, plan.words) == (0.5, "", None)


def test_a_run_can_rest(chosen, qtbot):
    page = start(qtbot, chosen)
    qtbot.mouseClick(page.run.pause, LEFT)
    assert chosen.course.state.run.phase == "paused"
    assert "The training goes on." in words(chosen.training)


def test_closing_while_training_asks_first(chosen, qtbot, monkeypatch):
    start(qtbot, chosen)
    monkeypatch.setattr(dialogs, "may_stop_training", lambda _: False)
    chosen.window.close()
    assert chosen.window.isVisible()
    assert chosen.trainer.running
    monkeypatch.setattr(dialogs, "may_stop_training", lambda _: True)
    chosen.window.close()
    assert not chosen.trainer.running
    assert not chosen.window.isVisible()


def test_where_no_training_is_possible_the_page_says_how(room):
    room.window.tabs.setCurrentIndex(1)
    room.training.list.setCurrentRow(RUN)
    assert "Training needs TensorFlow, which is not installed." in words(room.training)
    assert not room.training.step.start.isEnabled()


@pytest.mark.parametrize(("name", "problem"), [("No Way", "small letters"), ("taken", "already")])
def test_a_name_that_will_not_do_is_told(chosen, qtbot, name, problem, home, card):
    make_package(home / "models" / "taken", card)
    page = lead_to(qtbot, chosen, RECIPE)
    page.form.model.clear()
    qtbot.keyClicks(page.form.model, name)
    assert problem in words(chosen.training)
    assert not chosen.training.next.isEnabled()


def test_the_pages_take_on_dark_colours(chosen, qtbot):
    lead_to(qtbot, chosen, RUN)
    chosen.training.set_colours(DARK)
    assert not chosen.training.grab().isNull()
