import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pneumo_desktop.core.training_job import Progress
from pneumo_desktop.ui.theme import DARK
from pneumo_desktop.ui.training.labelled_folder import look_into
from pneumo_desktop.ui.training.page import TrainingPage


@pytest.fixture
def labelled(tmp_path):
    for name, count in (("NORMAL", 12), ("PNEUMONIA", 36)):
        folder = tmp_path / "labelled" / name
        folder.mkdir(parents=True)
        for number in range(count):
            (folder / f"{number}.png").touch()
        (folder / ".hidden").touch()
    return tmp_path / "labelled"


@pytest.fixture
def page(qtbot, tmp_path):
    page = TrainingPage(tmp_path / "models", lambda name: name == "taken")
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_folder_is_counted_by_its_labels(labelled):
    found = look_into(labelled)
    assert (found.normal, found.pneumonia, found.problem) == (12, 36, "")
    assert found.words() == "12 NORMAL and 36 PNEUMONIA (75% pneumonia)"


def test_a_folder_without_labels_is_told(tmp_path):
    found = look_into(tmp_path)
    assert found.problem.startswith("It has no folder NORMAL and no folder PNEUMONIA.")
    assert found.words() == "0 NORMAL and 0 PNEUMONIA"


def test_too_few_films_are_told(labelled):
    for number in range(8):
        (labelled / "NORMAL" / f"{number}.png").unlink()
    assert look_into(labelled).problem == "Fewer than 10 films in NORMAL. Add more."


def test_an_empty_page_says_what_to_do(page):
    assert "Choose the labelled films first." in words(page)
    assert "No training yet." in words(page)
    assert not page.form.start.isEnabled()


def test_a_complete_form_starts_a_job(page, qtbot, labelled, tmp_path):
    form = page.form
    form.show_folder(look_into(labelled))
    assert "12 NORMAL and 36 PNEUMONIA" in words(form)
    form.recipe.setCurrentIndex(1)
    form.epochs.setValue(3)
    form.name.clear()
    qtbot.keyClicks(form.name, "ours-1")
    with qtbot.waitSignal(form.start_wanted) as wanted:
        qtbot.mouseClick(form.start, Qt.MouseButton.LeftButton)
    (job,) = wanted.args
    assert job.data == str(labelled)
    assert job.out == str(tmp_path / "models" / "ours-1")
    assert (job.recipe, job.name, job.epochs) == ("vgg16_reference", "ours-1", 3)


def test_the_recipes_own_epochs_are_the_default(page, qtbot, labelled):
    page.form.show_folder(look_into(labelled))
    with qtbot.waitSignal(page.form.start_wanted) as wanted:
        page.form.start.click()
    assert wanted.args[0].epochs is None
    assert wanted.args[0].recipe == "efficientnet_lite0"


@pytest.mark.parametrize(
    ("name", "problem"),
    [("taken", "There is a model of this name already."), ("No Way", "Small letters"), ("", "Sm")],
)
def test_a_name_that_will_not_do_is_told(page, labelled, name, problem):
    page.form.show_folder(look_into(labelled))
    page.form.name.setText(name)
    assert problem in words(page.form)
    assert not page.form.start.isEnabled()


def test_a_folder_that_became_unfit_does_not_start(page, qtbot, labelled):
    page.form.show_folder(look_into(labelled))
    page.form._taken = lambda _: True
    with qtbot.assertNotEmitted(page.form.start_wanted):
        page.form.start.click()
    assert not page.form.start.isEnabled()


def test_what_is_missing_for_training_is_told(page, labelled):
    page.form.show_folder(look_into(labelled))
    page.form.show_missing("Run: pip install 'pneumo-desktop[train]'")
    assert "pip install" in words(page.form)
    assert not page.form.start.isEnabled()


def test_plots_are_loaded_only_when_looked_at(qtbot, tmp_path):
    page = TrainingPage(tmp_path, lambda _: False)
    qtbot.addWidget(page)
    assert page.run.chart is None
    page.show()
    assert page.run.chart is not None
    assert "matplotlib" in sys.modules


def test_curves_grow_with_the_run(page, qtbot):
    page.show_started()
    run = page.run
    run.show_progress(Progress("data", "Reading the films", 0.1))
    step = Progress("training", "Epoch 1 of 2", 0.2, 1, 2, 5, 10, {"loss": 0.7})
    end = {"loss": 0.5, "accuracy": 0.8, "val_loss": 0.6, "val_accuracy": 0.75, "val_auroc": 0.9}
    run.show_progress(step)
    run.show_progress(Progress("training", "Epoch 1 of 2", 0.4, 1, 2, 10, 10, end))
    run.show_progress(Progress("training", "odd", 0.4, 1, 2, None, None, {"loss": 0.4}))
    curves = run.chart.curves
    assert curves.steps == [(0.5, 0.7)]
    assert curves.points["val_accuracy"] == [(1.0, 0.75)]
    assert run._bar.value() == 400
    page.set_colours(DARK)
    assert run.chart._figure.get_facecolor()[:3] != (1.0, 1.0, 1.0)
    assert not run.grab().isNull()


def test_a_running_training_can_be_told_what_to_do(page, qtbot):
    page.show_started()
    assert not page.form.choose.isEnabled()
    said = []
    page.run.commanded.connect(said.append)
    for button in (page.run.pause, page.run.pause, page.run.finish, page.run.cancel):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == ["pause", "resume", "finish", "cancel"]


def test_a_finished_model_shows_its_figures_and_can_be_used(page, qtbot):
    page.show_started()
    figures = {"auroc": 0.981, "accuracy": 0.936}
    page.run.show_progress(Progress("done", "Ready.", 1.0, figures=figures, package="/m/ours"))
    page.show_ended("")
    qtbot.waitUntil(lambda: "AUROC" in words(page.run))
    said = words(page.run)
    assert "AUROC\n0.981" in said
    assert "Accuracy\n93.6 %" in said
    with qtbot.waitSignal(page.run.use_wanted) as wanted:
        page.run.use.click()
    assert wanted.args == [Path("/m/ours")]
    page.run.show_used("Ours")
    assert "Films are now answered by Ours." in words(page.run)


def test_a_finished_model_tells_where_its_plots_lie(page, tmp_path):
    (tmp_path / "ours" / "plots").mkdir(parents=True)
    for package, told in ((tmp_path / "ours", True), (tmp_path / "bare", False)):
        page.show_started()
        done = Progress("done", "Ready.", 1.0, figures={"auroc": 0.98}, package=str(package))
        page.run.show_progress(done)
        assert (f"Plots of them: {package / 'plots'}" in words(page.run)) is told


def test_a_failed_run_says_why_and_shows_what_was_printed(page, qtbot):
    page.show_started()
    page.run.log("Traceback: boom\n")
    page.run.log("  \n")
    assert not page.run._log.isVisible()
    qtbot.mouseClick(page.run.details, Qt.MouseButton.LeftButton)
    assert page.run._log.isVisible()
    page.run.details.setChecked(False)
    page.show_ended("Training failed (exit code 3).")
    assert "exit code 3" in words(page.run)
    assert page.run._log.isVisible()
    assert page.run._log.toPlainText() == "Traceback: boom"
    assert not page.run.use.isVisible()
    assert page.form.choose.isEnabled()
    page.show_started()
    assert not page.run._log.isVisible()
