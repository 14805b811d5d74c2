"""The page Adopt: a card completed, a reason kept, another model in use, and the way back."""

import pytest
from PySide6.QtCore import Qt

from pneumo_desktop.core.card import OWN
from pneumo_desktop.core.labelled.plan import load_plan
from pneumo_desktop.core.model_import import import_model
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.ui import dialogs
from tests.ui.hands import words
from tests.ui.training.judged_model import NAME, make_judged
from tests.ui.training.test_judgement_page import LEFT, WAIT, judging, show_test

ADOPT = 5
REASON = "It learnt from films of our own machine."


@pytest.fixture
def package(home, card, film_file):
    return make_judged(home, card, film_file)


@pytest.fixture
def page(package, training, qtbot):
    qtbot.waitUntil(lambda: judging(training).answers is not None, timeout=WAIT)
    training.training.list.setCurrentRow(ADOPT)
    return training.training.step


def give_reason(qtbot, page):
    page.form.reason.setFocus()
    qtbot.keyClicks(page.form.reason, REASON)


def test_the_page_shows_files_verdict_and_card(page):
    said = words(page)
    assert "Not compared with the model in use." in said
    assert "Pneumonia from 0.50 on, where calibration puts it." in said
    assert "The locked test has not been seen." in said
    assert page.networks.item(0, 0).text() == "model.tflite"
    assert page.form.title.text() == "Mine"
    assert page.form.population.text() == "Children aged 1 to 5"
    assert page.form.limits.toPlainText() == "Frontal films only."


def test_without_a_better_verdict_a_reason_is_needed(page, qtbot):
    assert "Write why it is to be used all the same" in words(page)
    assert not page.use.isEnabled()
    give_reason(qtbot, page)
    assert page.use.isEnabled()


def test_the_model_answers_films_and_its_card_keeps_what_was_said(
    page, training, qtbot, package, home
):
    page.form.title.selectAll()
    qtbot.keyClicks(page.form.title, "Ours")
    page.form.limits.setFocus()
    qtbot.keyClick(page.form.limits, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.form.limits, Qt.Key.Key_Return)
    qtbot.keyClicks(page.form.limits, "No adults.")
    give_reason(qtbot, page)
    qtbot.mouseClick(page.use, LEFT)
    card = load_package(package).card
    assert card.title == "Ours"
    assert card.limits == ("Frontal films only.", "No adults.")
    assert card.training["adoption"]["reason"] == REASON
    assert card.training["adoption"]["verdict"] == "not compared"
    assert training.models.card == card
    settings = load_settings(home)
    assert (settings.model, settings.operating_point) == (NAME, "default")
    assert settings.former.model == "efficientnet-lite0"
    assert "Films are now answered by Ours." in words(page)
    assert "New films are answered by Ours, from 70 % on" in training.window.message


def test_a_dragged_point_becomes_the_models_own(page, training, qtbot, package, home):
    wizard = training.training
    wizard.list.setCurrentRow(4)
    wizard.step.picker.spin.setValue(0.4)
    show_test(qtbot, training, wizard.step)
    wizard.list.setCurrentRow(ADOPT)
    assert "Pneumonia from 0.40 on." in words(page)
    assert "These films cannot tell which model is better." in words(page)
    give_reason(qtbot, page)
    qtbot.mouseClick(page.use, LEFT)
    card = load_package(package).card
    assert card.operating_points[OWN].threshold == 0.4
    assert "8 calibration films of 4 patients, by a person" in card.operating_points[OWN].chosen_on
    assert card.training["adoption"]["verdict"] == "cannot tell"
    assert card.training["adoption"]["times the locked test was seen"] == 1
    assert load_settings(home).policy.operating_point == OWN
    assert training.models.settings.policy.operating_point == OWN


def test_one_click_goes_back_to_the_model_before_with_its_thresholds(
    page, training, qtbot, home, added_package
):
    training.choice.use(added_package)
    training.models.change(
        type(training.models.settings)(model="mine", operating_point="sensitive", threshold=0.85),
        home,
    )
    give_reason(qtbot, page)
    qtbot.mouseClick(page.use, LEFT)
    assert page.back.text() == "&Go back to Stub"
    qtbot.mouseClick(page.back, LEFT)
    settings = load_settings(home)
    assert (settings.model, settings.operating_point, settings.threshold) == (
        "mine", "sensitive", 0.85,
    )  # fmt: skip
    assert training.models.card.title == "Stub"
    assert page.back.text() == "&Go back to Mine"


def test_a_former_model_that_is_gone_is_not_offered(page, training, qtbot, added_package):
    training.choice.use(added_package)
    give_reason(qtbot, page)
    qtbot.mouseClick(page.use, LEFT)
    assert page.back.isVisible()
    (added_package / "card.json").unlink()
    qtbot.mouseClick(page.back, LEFT)
    assert "cannot be used" in training.window.message
    assert training.models.card.title == "Mine"


def test_what_is_being_written_is_remembered(page, training, qtbot, rooms, home):
    give_reason(qtbot, page)
    page.form.youngest.setValue(2.0)
    training.training.list.setCurrentRow(0)
    training.training.list.setCurrentRow(ADOPT)
    assert page.form.reason.toPlainText() == REASON
    rooms.close(training)
    plan = load_plan(home)
    assert (plan.reason, plan.words.minimum_age) == (REASON, 2.0)


def test_writing_in_the_middle_leaves_the_cursor_where_it_is(page, qtbot):
    give_reason(qtbot, page)
    for _ in range(5):
        qtbot.keyClick(page.form.reason, Qt.Key.Key_Left)
    qtbot.keyClicks(page.form.reason, "XY")
    assert page.form.reason.toPlainText() == REASON[:-5] + "XY" + REASON[-5:]


def test_ages_that_fall_are_told(page, qtbot):
    give_reason(qtbot, page)
    page.form.youngest.setValue(80.0)
    assert "ages must rise" in words(page)
    assert not page.use.isEnabled()


def test_a_card_that_cannot_be_completed_leaves_the_model_in_use(
    page, training, qtbot, package, home
):
    give_reason(qtbot, page)
    (package / "model.tflite").write_bytes(b"altered")
    qtbot.mouseClick(page.use, LEFT)
    assert "cannot be used" in training.window.message
    assert load_settings(home).model != NAME
    assert "adoption" not in (package / "card.json").read_text()


def test_the_model_is_saved_as_a_file_for_another_clinic(
    page, training, qtbot, tmp_path, monkeypatch
):
    file = tmp_path / "given.pneumo-model"
    asked = []
    monkeypatch.setattr(dialogs, "ask_model_place", lambda _, __, name: asked.append(name) or file)
    with qtbot.waitSignal(training.model_files.saved, timeout=WAIT):
        qtbot.mouseClick(page.save, LEFT)
    assert asked == [f"{NAME}-1.0.pneumo-model"]
    assert next(import_model(file, tmp_path / "other")).text == "Checking card.json"
    qtbot.waitUntil(lambda: "was written to" in training.window.message, timeout=WAIT)


def test_without_a_model_the_page_says_so(training):
    training.training.list.setCurrentRow(ADOPT)
    assert "There is no model to take into use yet." in words(training.training.step)
    assert not training.training.step.use.isVisible()


def test_the_model_in_use_is_not_trained_over(page, training, qtbot, package):
    give_reason(qtbot, page)
    qtbot.mouseClick(page.use, LEFT)
    before = (package / "card.json").read_bytes()
    training.training.list.setCurrentRow(3)
    qtbot.mouseClick(training.training.step.start, LEFT)
    assert f"{NAME} answers films, or did before." in training.window.message
    assert not training.trainer.running
    assert training.course.state.plan.reason == REASON
    assert (package / "card.json").read_bytes() == before
