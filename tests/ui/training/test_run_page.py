import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.training_job import Download, Place, Progress
from pneumo_desktop.ui.training import run_page
from pneumo_desktop.ui.training.run_page import RunPage
from pneumo_desktop.ui.training.state import MOST_LINES, Run, WizardState

NEEDS = Download(
    "the ImageNet weights of VGG16",
    (Place("storage.example.org", 58_900_000, "SHA-256 64b5"), Place("a wheel", 0, "")),
)


@pytest.fixture
def page(qtbot):
    page = RunPage()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.show_state(WizardState(Plan(name="ours")))
    return page


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by ten seconds whenever it is looked at."""
    now = [0.0]

    def tick():
        now[0] += 10.0
        return now[0]

    monkeypatch.setattr(run_page.time, "monotonic", tick)


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def lines(count):
    return tuple(
        Progress("training", f"Epoch 1, step {n}", 0.01 * n, 1, 7, n, 100, {"loss": 0.5})
        for n in range(1, count + 1)
    )


def test_the_rate_and_the_time_left_are_told(page, clock):
    page.show_state(WizardState(Plan(name="ours", batch=16), run=Run("running", lines(4))))
    assert "1.6 films a second, about 16 min left" in words(page)


def test_a_pause_hides_the_pace_and_forgets_it(page, clock):
    plan = Plan(name="ours")
    page.show_state(WizardState(plan, run=Run("running", lines(4))))
    page.show_state(WizardState(plan, run=Run("paused", lines(4))))
    assert "films a second" not in words(page)
    page.show_state(WizardState(plan, run=Run("running", lines(5))))
    assert "films a second" not in words(page)


def days(count):
    """Return the lines of a long training: an epoch ends at each hundredth step."""
    for line in range(1, count + 1):
        epoch, step = 1 + (line - 1) // 100, 1 + (line - 1) % 100
        figures = {"loss": 1 / line, **({"val_loss": 0.5} if step == 100 else {})}
        yield Progress("training", f"line {line}", None, epoch, 90, step, 100, figures)


def test_of_a_training_of_days_every_epoch_and_some_of_the_steps_are_kept(page):
    run = Run("running")
    for line in days(9000):
        run = run.having(line)
        if line.step == 100 or (line.epoch == 20 and line.step < 9):  # looked at now and then
            page.show_state(WizardState(Plan(name="ours"), run=run))
    assert run.told == 9000
    assert len(run.history) <= MOST_LINES
    assert run.history[0].text == "line 1"
    curves = page.run.chart.curves
    assert [at for at, _ in curves.points["val_loss"]] == list(range(1, 91))
    assert len(curves.steps) <= MOST_LINES
    assert [at for at, _ in curves.steps] == sorted({at for at, _ in curves.steps})
    assert "line 9000" in words(page)


def test_an_interrupted_training_is_offered_to_go_on_or_to_be_discarded(page, qtbot):
    assert page.start.text() == "Start training"
    assert not page.discard.isVisible()
    page.show_state(WizardState(Plan(name="ours"), unfinished=True))
    assert "was interrupted" in words(page)
    for button, wish in ((page.start, "start"), (page.discard, "discard-run")):
        with qtbot.waitSignal(page.wanted) as wanted:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert wanted.args == [wish]
    assert page.start.text() == "Go on with the training"
    page.show_state(WizardState(Plan(name="ours"), unfinished=True, run=Run("running")))
    assert "was interrupted" not in words(page)
    assert not page.start.isVisible()


def test_a_download_is_asked_for_with_source_size_and_hash(page, qtbot):
    assert not page.question.isVisible()
    failed = Progress("failed", "The weights are missing.", needs=NEEDS)
    page.show_state(
        WizardState(Plan(name="ours"), run=Run("ended", (failed,), problem=failed.text))
    )
    said = words(page)
    assert "Training needs the ImageNet weights of VGG16" in said
    assert "• storage.example.org, 59 MB, SHA-256 64b5\n• a wheel" in said
    for button, wish in (
        (page.question.fetch, "start-fetching"),
        (page.question.choose, "choose-weights"),
    ):
        with qtbot.waitSignal(page.wanted) as wanted:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert wanted.args == [wish]
    page.show_state(WizardState(Plan(name="ours"), run=Run("running")))
    assert not page.question.isVisible()


def test_one_cannot_go_on_without_a_model(page):
    plan = Plan(name="ours")
    assert page.problem(WizardState(plan)) == "Train a model first."
    assert page.problem(WizardState(plan, run=Run("running"))) == "The training goes on."
    assert page.problem(WizardState(plan, missing="No TensorFlow.")) == "No TensorFlow."
    assert page.problem(WizardState(plan, run=Run("ended", package="/m"))) == ""


def test_the_locked_tests_figures_are_not_told_here(page):
    """A look at them is counted, and it is the page Judgement that counts."""
    done = Progress("done", "The model is ready.", 1.0, figures={"auroc": 0.987}, package="/m")
    page.show_state(WizardState(Plan(name="ours"), run=Run("running")))
    page.show_state(WizardState(Plan(name="ours"), run=Run("ended", (done,), package="/m")))
    assert "The model is ready." in words(page)
    assert "0.987" not in words(page)
    assert "AUROC" not in words(page)
