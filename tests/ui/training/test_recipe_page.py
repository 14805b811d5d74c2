import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.training_job import (
    MEMORY_BYTES,
    SECONDS_EPOCH,
    SECONDS_READ,
    SECONDS_REST,
    Progress,
)
from pneumo_desktop.ui.training.recipe_page import RecipePage
from pneumo_desktop.ui.training.state import Asked, Run, WizardState


@pytest.fixture
def page(qtbot):
    page = RecipePage(lambda name: name == "taken")
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.show_state(WizardState(Plan(name="ours-1")))
    return page


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def keep_plans(page):
    """Let the page's edits come back to it, as the course does; return them."""
    plans = []

    def take(plan):
        plans.append(plan)
        page.show_state(WizardState(plan))

    page.edited.connect(take)
    return plans


def test_the_recipes_own_numbers_are_told(page):
    assert page.form.epochs.text() == "7, as the recipe says"
    assert page.form.batch.text() == "32, as the recipe says"
    assert page.form.rate.text() == "0.0003, as the recipe says"
    assert "small network" in words(page)


def test_showing_a_plan_emits_nothing(page, qtbot):
    with qtbot.assertNotEmitted(page.edited):
        page.show_state(
            WizardState(Plan(recipe="vgg16_cached", epochs=3, batch=8, augment=False, name="x"))
        )
    assert page.form.epochs.value() == 3
    assert page.form.recipe.currentData() == "vgg16_cached"
    assert not page.form.augment.isChecked()


def test_numbers_of_ones_own_are_typed_with_keys(page, qtbot):
    plans = keep_plans(page)
    for field, keys in (
        (page.form.epochs, "12"),
        (page.form.batch, "16"),
        (page.form.rate, "0.001"),
    ):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, keys)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (plans[-1].epochs, plans[-1].batch, plans[-1].learning_rate) == (12, 16, 0.001)
    page.form.augment.setFocus()
    qtbot.keyClick(page.form.augment, Qt.Key.Key_Space)
    assert plans[-1].augment is False


def test_another_recipe_brings_its_own_numbers(page, qtbot):
    plans = keep_plans(page)
    page.form.epochs.setValue(12)
    page.form.recipe.setFocus()
    qtbot.keyClick(page.form.recipe, Qt.Key.Key_Down)
    assert plans[-1].recipe == "vgg16_reference"
    assert plans[-1].epochs is None
    assert page.form.epochs.text() == "1, as the recipe says"


@pytest.mark.parametrize(
    ("name", "problem"),
    [("taken", "of this name already"), ("No Way", "small letters"), ("", "small letters")],
)
def test_a_name_that_will_not_do_is_told(page, name, problem):
    assert problem in page.problem(WizardState(Plan(name=name)))
    assert page.problem(WizardState(Plan(name="fine-1"))) == ""


def test_a_probe_is_asked_for_and_told(page, qtbot):
    assert "not known yet" in words(page.probe)
    with qtbot.waitSignal(page.wanted) as wanted:
        qtbot.mouseClick(page.probe.measure, Qt.MouseButton.LeftButton)
    assert wanted.args == ["probe"]
    plan = Plan(name="a", epochs=10)
    page.show_state(WizardState(plan, probe=Asked(busy=True, told="Reading films")))
    assert "Reading films" in words(page.probe)
    assert not page.probe.measure.isEnabled()
    figures = {SECONDS_EPOCH: 300.0, SECONDS_REST: 600.0, SECONDS_READ: 60.0, MEMORY_BYTES: 2.14e9}
    found = Progress("done", "Measured on the CPU.", figures=figures)
    page.show_state(WizardState(plan, probe=Asked(result=found)))
    assert (
        "About 1 h 01 min: 50 min to learn, 11 min to read films, calibrate and measure. "
        "It needs 2.1 GB of memory. Measured on the CPU." in words(page.probe)
    )
    page.show_state(WizardState(plan, probe=Asked(problem="Training needs TensorFlow.")))
    assert "Training needs TensorFlow." in words(page.probe)


def test_changed_films_are_asked_for_and_shown(page, qtbot, tmp_path):
    with qtbot.waitSignal(page.wanted) as wanted:
        qtbot.mouseClick(page.changed.draw, Qt.MouseButton.LeftButton)
    assert wanted.args == ["preview"]
    plan = Plan(name="a")
    page.show_state(WizardState(plan, preview=Asked(busy=True)))
    assert "Changing some films" in words(page.changed)
    page.show_state(WizardState(plan, preview=Asked(problem="No film can be read.")))
    assert "No film can be read." in words(page.changed)


def test_nothing_is_changed_while_a_training_runs(page):
    page.show_state(WizardState(Plan(name="a"), run=Run("running")))
    assert not page.form.recipe.isEnabled()
    page.show_state(WizardState(Plan(name="a")))
    assert page.form.recipe.isEnabled()


def test_with_little_room_the_halves_stand_one_above_the_other(page, qtbot):
    beside = page.changed.mapTo(page, page.changed.rect().topLeft()).x()
    page.resize(400, 600)
    qtbot.waitUntil(
        lambda: page.changed.mapTo(page, page.changed.rect().topLeft()).x() < beside,
        timeout=30_000,
    )
