"""The six pages, in their order."""

from collections.abc import Callable

from pneumo_desktop.ui.training.adopt_page import AdoptPage
from pneumo_desktop.ui.training.films_page import FilmsPage
from pneumo_desktop.ui.training.judgement_page import JudgementPage
from pneumo_desktop.ui.training.recipe_page import RecipePage
from pneumo_desktop.ui.training.run_page import RunPage
from pneumo_desktop.ui.training.split_page import SplitPage
from pneumo_desktop.ui.training.step import Step


def make_steps(taken: Callable[[str], bool]) -> tuple[Step, ...]:
    """Return the pages; `taken` says whether a model's name is in use."""
    return (
        FilmsPage(),
        SplitPage(),
        RecipePage(taken),
        RunPage(),
        JudgementPage(),
        AdoptPage(),
    )
