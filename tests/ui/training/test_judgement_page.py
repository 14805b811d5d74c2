"""The page Judgement, as a reader goes through it: a point, a counted look, a comparison."""

import json

import pytest
from PySide6.QtCore import Qt

from pneumo_desktop.core.judgement.paired import Verdict
from pneumo_desktop.core.judgement.viewings import FILE, viewings
from pneumo_desktop.core.labelled.plan import load_plan
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.theme import DARK
from tests.ui.hands import words
from tests.ui.training.judged_model import NAME, TEST, make_judged

LEFT = Qt.MouseButton.LeftButton
WAIT = 60_000


@pytest.fixture
def package(home, card, film_file):
    return make_judged(home, card, film_file)


@pytest.fixture
def page(package, training, qtbot):
    """The page with the model's answers read."""
    qtbot.waitUntil(lambda: training.course.state.judging.answers is not None, timeout=WAIT)
    return training.training.step


def judging(room):
    return room.course.state.judging


def show_test(qtbot, room, page):
    qtbot.mouseClick(page.test, LEFT)
    qtbot.mouseClick(page.locked.show_test, LEFT)
    qtbot.waitUntil(lambda: judging(room).comparing is None, timeout=WAIT)


def test_the_calibration_films_are_shown_at_the_point_of_calibration(page):
    assert page.picker.spin.value() == 0.5
    said = words(page)
    assert "8 films of 4 patients, no gate applied" in said
    assert page.figures.values["accuracy"].text().startswith("62.5 %")
    assert [cell.text() for cell in page.figures.cells] == ["3", "1", "2", "2"]
    assert [plot.drawing.title for plot in page.figures.plots] == [
        "ROC curve", "Reliability", "Risk and coverage",
    ]  # fmt: skip
    assert not page.locked.isVisible()


def test_a_point_is_chosen_by_keys_and_remembered(page, training, qtbot, rooms, home):
    page.picker.slider.setFocus()
    for _ in range(10):
        qtbot.keyClick(page.picker.slider, Qt.Key.Key_Left)
    assert training.course.state.plan.point == page.picker.spin.value() == 0.4
    assert [cell.text() for cell in page.figures.cells] == ["3", "1", "0", "4"]
    rooms.close(training)
    assert load_plan(home).point == 0.4


def test_a_point_is_typed_and_taken_back_to_calibration(page, training, qtbot):
    page.picker.spin.selectAll()
    qtbot.keyClicks(page.picker.spin, "0.35")
    assert training.course.state.plan.point == 0.5  # half a number is no choice
    qtbot.keyClick(page.picker.spin, Qt.Key.Key_Return)
    assert training.course.state.plan.point == 0.35
    qtbot.mouseClick(page.picker.reset, LEFT)
    assert training.course.state.plan.point == 0.5
    assert not page.picker.reset.isEnabled()


def test_a_point_is_dragged_along_the_curve(page, training, qtbot):
    plot = page.figures.plots[0]
    wanted = plot.at(0.25, 1.0).toPoint()  # every ill film called, one well one of four too
    qtbot.mousePress(plot, LEFT, pos=plot.at(*plot.drawing.mark).toPoint())
    qtbot.mouseRelease(plot, LEFT, pos=wanted)
    qtbot.mousePress(plot, LEFT, pos=wanted)
    assert [cell.text() for cell in page.figures.cells] == ["3", "1", "0", "4"]
    assert plot.drawing.mark == (0.25, 1.0)
    assert 0.35 < training.course.state.plan.point <= 0.4


def test_the_locked_test_is_behind_a_button_that_counts(page, training, qtbot, home):
    qtbot.mouseClick(page.test, LEFT)
    assert "The locked test has not been seen." in words(page)
    assert not page.figures.isVisible()
    assert not page.mistakes.isVisible()
    qtbot.mouseClick(page.locked.show_test, LEFT)
    assert viewings(home / "training" / NAME / "judgement").count == 1
    assert page.figures.isVisible()
    assert "The locked test has been seen once." in words(page)
    assert page.figures.values["accuracy"].text().startswith("75.0 %")


def test_another_point_hides_the_test_again_and_is_told_for_what_it_is(page, training, qtbot):
    show_test(qtbot, training, page)
    qtbot.keyClick(page.picker.slider, Qt.Key.Key_PageDown)
    assert training.course.state.plan.point == 0.45
    assert not page.figures.isVisible()
    assert "for it the test is no test any more" in words(page)
    qtbot.mouseClick(page.locked.show_test, LEFT)
    assert judging(training).seen.count == 2


def test_a_test_that_cannot_be_recorded_is_not_shown(page, training, qtbot, home):
    (home / "training" / NAME / "judgement" / FILE).mkdir()
    qtbot.mouseClick(page.test, LEFT)
    qtbot.mouseClick(page.locked.show_test, LEFT)
    assert judging(training).shown_at is None
    assert "could not be recorded" in words(page)
    assert not page.figures.isVisible()


def test_the_point_is_not_dragged_on_the_locked_test(page, training, qtbot):
    show_test(qtbot, training, page)
    plot = page.figures.plots[0]
    qtbot.mousePress(plot, LEFT, pos=plot.at(0.9, 0.9).toPoint())
    assert training.course.state.plan.point == 0.5


def test_the_model_in_use_answers_the_same_films(page, training, qtbot):
    show_test(qtbot, training, page)
    found = judging(training).against
    assert found.comparison.films == len(TEST)
    assert found.comparison.right_new == 6
    assert (found.learnt, found.gone) == (0, 0)
    assert found.comparison.verdict is Verdict.CANNOT_TELL
    assert "These films cannot tell which model is better." in words(page)
    assert "EfficientNet-Lite0" in words(page)


def test_films_that_are_gone_are_left_out_and_told(page, training, qtbot):
    judging(training).answers.test.paths[0].unlink()
    judging(training).answers.test.paths[1].write_bytes(b"another film")
    show_test(qtbot, training, page)
    assert judging(training).against.gone == 2
    assert "could not be read any more, or were changed: 2." in words(page)


def test_the_comparison_can_be_stopped_and_made_again(page, training, qtbot):
    qtbot.mouseClick(page.test, LEFT)
    qtbot.mouseClick(page.locked.show_test, LEFT)
    assert "The model in use answers these films" in words(page)
    qtbot.mouseClick(page.locked.stop, LEFT)
    assert judging(training).comparing is None
    assert "The comparison was stopped." in words(page)
    qtbot.mouseClick(page.locked.again, LEFT)
    qtbot.waitUntil(lambda: judging(training).against is not None, timeout=WAIT)


def test_a_model_that_is_in_use_is_compared_with_none(page, training, qtbot, home):
    name = Settings(model=NAME)
    training.models.settings = name
    show_test(qtbot, training, page)
    assert "in use already, and none was before it" in words(page)


def test_the_worst_mistakes_are_films(page, training, qtbot):
    films = page.mistakes.films
    assert films.count() == 3
    assert films.item(0).text() == "Labelled Normal,\nPneumonia at 70 %"
    assert films.item(1).text() == "Labelled Pneumonia,\nNormal at 60 %"
    qtbot.waitUntil(lambda: not page.mistakes.missing, timeout=WAIT)
    films.setFocus()
    films.setCurrentRow(0)
    with qtbot.waitSignal(training.school.large.shown, timeout=WAIT):
        qtbot.keyClick(films, Qt.Key.Key_Return)
    assert training.school.large.view.film is not None
    training.school.large.close()


def test_mistakes_that_were_turned_from_before_they_were_read_get_their_pictures(
    page, training, qtbot
):
    show_test(qtbot, training, page)
    qtbot.mouseClick(page.calibration, LEFT)
    qtbot.waitUntil(lambda: not page.mistakes.missing, timeout=WAIT)


def test_a_film_that_cannot_be_read_says_why(page, training, qtbot):
    path = judging(training).answers.calibration.paths[7]
    path.write_bytes(b"no film")
    page.picker.spin.setValue(0.65)
    qtbot.waitUntil(lambda: not page.mistakes.missing, timeout=WAIT)
    tips = [page.mistakes.films.item(row).toolTip() for row in range(page.mistakes.films.count())]
    assert str(path) not in tips
    assert any("format" in tip for tip in tips)


def test_where_nothing_is_wrong_that_is_said(page, training, qtbot):
    """Every film called Pneumonia, and none but ill ones: then there is no mistake."""
    answers = judging(training).answers
    ill = answers.calibration.only(answers.calibration.truth)
    page.mistakes.show_films(ill, 0.01)
    assert page.mistakes.heading.text() == "No film was called wrongly here."
    page.figures.show_films(ill, 0.01)
    assert page.figures.values["specificity"].text() == "not known: no film of that kind"
    assert page.figures.plots[0].drawing.line == ()
    page.grab()


def test_a_model_made_elsewhere_cannot_be_judged_and_says_so(package, training, qtbot, home):
    wizard = training.training
    (home / "training" / NAME / "judgement" / "test.csv").unlink()
    training.judge.look_at(None)
    training.judge.look_at(package)
    qtbot.waitUntil(lambda: bool(judging(training).problem), timeout=WAIT)
    assert f"no answers to films kept apart for {NAME}" in words(wizard)
    assert not wizard.next.isEnabled()


def test_without_a_model_the_page_says_what_to_do(training):
    wizard = training.training
    wizard.list.setCurrentRow(4)
    assert "There is no model to judge yet. Train one first." in words(wizard.step)


def test_the_page_takes_on_dark_colours(page, training, qtbot):
    show_test(qtbot, training, page)
    training.training.set_colours(DARK)
    assert not page.grab().isNull()


def test_every_plot_is_told_to_who_does_not_see_it(page):
    for plot in page.figures.plots:
        assert plot.accessibleName()
        assert len(plot.accessibleDescription()) > 10


def test_a_look_survives_the_window(page, training, qtbot, rooms, home):
    show_test(qtbot, training, page)
    rooms.close(training)
    kept = json.loads((home / "training" / NAME / "judgement" / FILE).read_bytes())
    assert [look["point"] for look in kept["seen"]] == [0.5]
    again = rooms.open()
    again.window.tabs.setCurrentWidget(again.training)
    qtbot.waitUntil(lambda: judging(again).answers is not None, timeout=WAIT)
    step = again.training.step
    qtbot.mouseClick(step.test, LEFT)
    assert "The locked test has been seen once." in words(step)
    assert not step.figures.isVisible()  # a new window is a new look
