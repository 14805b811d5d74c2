import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pneumo_desktop.core.training_job import Progress
from pneumo_desktop.ui.theme import DARK
from pneumo_desktop.ui.training.run import TrainingRun


@pytest.fixture
def run(qtbot):
    run = TrainingRun()
    qtbot.addWidget(run)
    run.resize(900, 700)
    run.show()
    qtbot.waitExposed(run)
    return run


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_plots_are_loaded_only_when_looked_at(qtbot):
    run = TrainingRun()
    qtbot.addWidget(run)
    assert run.chart is None
    run.show()
    assert run.chart is not None
    assert "matplotlib" in sys.modules


def test_curves_grow_with_the_run(run, qtbot):
    run.show_started()
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
    run.set_colours(DARK)
    assert run.chart._figure.get_facecolor()[:3] != (1.0, 1.0, 1.0)
    assert not run.grab().isNull()


def test_a_running_training_can_be_told_what_to_do(run, qtbot):
    run.show_started()
    said = []
    run.commanded.connect(said.append)
    for button in (run.pause, run.pause, run.finish, run.cancel):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == ["pause", "resume", "finish", "cancel"]


def test_a_finished_model_is_led_on_to_be_judged_without_its_figures(run, qtbot):
    """A look at the locked test is counted, and it is the page Judgement that counts."""
    run.show_started()
    figures = {"auroc": 0.981, "accuracy": 0.936}
    run.show_progress(Progress("done", "Ready.", 1.0, figures=figures, package="/m/ours"))
    run.show_ended("")
    assert "Ready." in words(run)
    assert "0.981" not in words(run)
    assert "AUROC" not in words(run)
    with qtbot.waitSignal(run.use_wanted) as wanted:
        run.use.click()
    assert wanted.args == [Path("/m/ours")]
    run.show_used("Ours")
    assert "Films are now answered by Ours." in words(run)


def test_a_failed_run_says_why_and_shows_what_was_printed(run, qtbot):
    run.show_started()
    run.log("Traceback: boom\n")
    run.log("  \n")
    assert not run._log.isVisible()
    qtbot.mouseClick(run.details, Qt.MouseButton.LeftButton)
    assert run._log.isVisible()
    run.details.setChecked(False)
    run.show_ended("Training failed (exit code 3).")
    assert "exit code 3" in words(run)
    assert run._log.isVisible()
    assert run._log.toPlainText() == "Traceback: boom"
    assert not run.use.isVisible()
    run.show_started()
    assert not run._log.isVisible()
