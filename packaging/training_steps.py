"""What is done, photographed and said, step by step, on the page "A model of one's own"."""

# ruff: noqa: S101 - a script of the developers

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from morning_hands import LEFT, Morning
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget
from walked_page import Step

from pneumo_desktop.ui.app import Workplace
from pneumo_desktop.ui.training.adopt_page import AdoptPage
from pneumo_desktop.ui.training.films_page import FilmsPage
from pneumo_desktop.ui.training.judgement_page import JudgementPage
from pneumo_desktop.ui.training.recipe_page import RecipePage
from pneumo_desktop.ui.training.run_page import RunPage
from pneumo_desktop.ui.training.state import Run
from pneumo_desktop.ui.training.step import Step as Page

P = TypeVar("P", bound=Page)
ALT = Qt.KeyboardModifier.AltModifier
LONG_MS = 3_600_000  # a training of some hundred films on a busy machine
DRAWN_MS = 1500  # a plot is drawn once nothing else is to be done
NAME = "our-ward-1"
REASON = "To try the way: made of synthetic films, never to be used for reading."


@dataclass(frozen=True)
class Pace:
    """How the walk trains: which recipe, by its place in the list, and for how many epochs."""

    recipe: int
    epochs: int


class Walk(Morning):
    """A reader's hands at the training tab."""

    def __init__(self, workplace: Workplace, films: Path, pace: Pace) -> None:
        super().__init__(workplace, films)
        self.pace = pace

    def page(self, kind: type[P]) -> P:
        """Return the page on view, which is one of this kind."""
        step = self.workplace.training.step
        assert isinstance(step, kind), step.name
        return step

    def click(self, button: QPushButton) -> None:
        """Press a button with the mouse, scrolling to it first."""
        parent: QWidget | None = button
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(button)
            parent = parent.parentWidget()
        self.wait(lambda: button.isEnabled() and button.isVisible())
        QTest.mouseClick(button, LEFT)

    def go_on(self) -> None:
        """To the next page, by its key, once this one is done."""
        wizard = self.workplace.training
        self.wait(wizard.next.isEnabled, LONG_MS)
        place = wizard.place
        self.press(Qt.Key.Key_Right, ALT)
        self.wait(lambda: wizard.place == place + 1)

    def photograph(self, picture: Path) -> None:
        """Take the picture once all is drawn."""
        QTest.qWait(DRAWN_MS)
        super().photograph(picture)


def empty(walk: Walk) -> None:
    """Look at the tab before anything is chosen."""
    walk.window.tabs.setCurrentWidget(walk.workplace.training)


def films(walk: Walk) -> None:
    """Choose the folder, and wait until each film was looked at."""
    page = walk.page(FilmsPage)
    walk.answer_file_dialog(str(walk.films))
    walk.click(page.source.folder)
    state = walk.workplace.course
    walk.wait(lambda: state.state.assessed is not None, LONG_MS)
    walk.wait(lambda: not state.state.assessing)


def split(walk: Walk) -> None:
    """Go on to the division."""
    walk.go_on()


def recipe(walk: Walk) -> None:
    """Choose the recipe; look at changed films, and measure."""
    chosen(walk)
    page, course = walk.page(RecipePage), walk.workplace.course
    walk.click(page.changed.draw)
    walk.wait(lambda: not course.state.preview.busy, LONG_MS)
    walk.click(page.probe.measure)
    walk.wait(lambda: not course.state.probe.busy, LONG_MS)


def chosen(walk: Walk) -> None:
    """Choose a recipe and a name with keys."""
    walk.go_on()
    form = walk.page(RecipePage).form
    form.recipe.setFocus()
    for _ in range(walk.pace.recipe):
        QTest.keyClick(form.recipe, Qt.Key.Key_Down)
    form.epochs.setFocus()
    form.epochs.selectAll()
    QTest.keyClicks(form.epochs, str(walk.pace.epochs))
    QTest.keyClick(form.epochs, Qt.Key.Key_Return)
    form.model.setFocus()
    form.model.selectAll()
    QTest.keyClicks(form.model, NAME)


def training(walk: Walk) -> None:
    """Start, and look at it while it learns."""
    walk.go_on()
    walk.click(walk.page(RunPage).start)
    course = walk.workplace.course
    walk.wait(lambda: _learns(course.state.run) or not course.state.run.active, LONG_MS)


def _learns(run: Run) -> bool:
    return any("val_loss" in progress.figures for progress in run.history)


def trained(walk: Walk) -> None:
    """Wait until the model is made."""
    course = walk.workplace.course
    walk.wait(lambda: not course.state.run.active, LONG_MS)
    assert not course.state.run.problem, course.state.run.problem


def judgement(walk: Walk) -> None:
    """Choose the operating point on the calibration films, with keys."""
    walk.go_on()
    course = walk.workplace.course
    walk.wait(lambda: course.state.judging.answers is not None, LONG_MS)
    slider = walk.page(JudgementPage).picker.slider
    slider.setFocus()
    for _ in range(5):
        QTest.keyClick(slider, Qt.Key.Key_Left)


def locked(walk: Walk) -> None:
    """Look at the locked test; the model in use answers the same films."""
    page, course = walk.page(JudgementPage), walk.workplace.course
    walk.click(page.test)
    walk.click(page.locked.show_test)
    walk.wait(lambda: course.state.judging.comparing is None, LONG_MS)


def mistakes(walk: Walk) -> None:
    """Scroll down to the calibration films that it called wrongly."""
    page = walk.page(JudgementPage)
    walk.click(page.calibration)
    bar = page.room.verticalScrollBar()
    bar.setValue(bar.maximum())
    walk.wait(lambda: not page.mistakes.missing)


def adopt(walk: Walk) -> None:
    """Say what is left to say."""
    walk.go_on()
    form = walk.page(AdoptPage).form
    form.reason.setFocus()
    QTest.keyClicks(form.reason, REASON)


def adopted(walk: Walk) -> None:
    """Take the model into use."""
    walk.click(walk.page(AdoptPage).use)
    walk.wait(lambda: walk.workplace.models.card.name == NAME)


def gone_back(walk: Walk) -> None:
    """Back to the model before, in one click."""
    walk.click(walk.page(AdoptPage).back)
    walk.wait(lambda: walk.workplace.models.card.name != NAME)


STEPS = (
    Step(
        empty,
        "Six steps",
        "The tab *Training* leads from labelled films to a model in use. What you choose is "
        "remembered, and going back loses nothing.",
    ),
    Step(
        films,
        "Films",
        "Choose a folder with one folder NORMAL and one PNEUMONIA, a list, or the cases read here. "
        "Each film is looked at once. What is odd is told, with a choice; nothing is mended "
        "silently. The tab *Patients* says how films of one patient are known.",
    ),
    Step(
        split,
        "Split",
        "Patients are dealt to four parts; no patient stands in two. The page says how exactly the "
        "locked test can tell anything with so many films.",
    ),
    Step(
        recipe,
        "Recipe",
        "Three recipes, each with its own numbers. See what the network will be shown, and let a "
        "probe measure how long a training takes on this computer.",
    ),
    Step(
        training,
        "Training",
        "The network learns in a program of its own, behind whatever you do, with its curves, its "
        "pace and the time left. Ended from outside, it goes on from the last finished epoch.",
        dark=True,
    ),
    Step(
        trained,
        "A model",
        "The model is calibrated, exported in three precisions, compared with the trained network "
        "and measured. How good it is stands on the next page, behind a button that counts.",
    ),
    Step(
        judgement,
        "Where Pneumonia begins",
        "The operating point is dragged on the calibration films, never on the locked test.",
    ),
    Step(
        locked,
        "The locked test",
        "One click shows the films that nothing was chosen on, and the look is counted. The model "
        "in use answers the same films, without those it learnt from: better, worse, or cannot "
        "tell.",
    ),
    Step(
        mistakes,
        "The worst mistakes",
        "The films that the model called wrongly and was surest of. Look at them before you trust "
        "a number.",
        dark=True,
    ),
    Step(
        adopt,
        "Adopt",
        "The model's card, filled in where it is measured and to be written where it is judgement. "
        "A model that is worse, or of which one cannot tell, needs a reason, which the card keeps.",
    ),
    Step(
        adopted,
        "In use",
        "From now on it answers new films; films read before keep what their reader saw. The "
        "model before is kept, and one click goes back to it.",
    ),
)
