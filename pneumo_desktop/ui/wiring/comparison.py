"""An earlier film of the patient beside the one on view."""

from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.core.cases import Film, StoredCase

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_comparison(workplace: "Workplace") -> None:
    """Connect the priors, the view beside and what links both."""
    comparison, actions, film = workplace.comparison, workplace.actions, workplace.film
    stage, loader = workplace.stage_beside, workplace.loader_beside
    film.priors.hide_where(workplace.blind.hides)
    workplace.desk.shown.connect(partial(_offer, workplace))
    workplace.desk.updated.connect(partial(_offer_again, workplace))
    comparison.offered.connect(film.priors.offer)
    comparison.shown.connect(film.priors.show_chosen)
    comparison.shown.connect(partial(_show, workplace))
    comparison.told.connect(workplace.window.show_message)
    comparison.ended.connect(lambda: actions["compare"].setChecked(False))
    film.priors.chosen.connect(comparison.choose)
    actions["compare"].toggled.connect(comparison.compare)
    actions["next-prior"].triggered.connect(comparison.choose_next)
    actions["link"].setChecked(True)
    actions["link"].toggled.connect(film.pair.link)
    loader.loaded.connect(partial(_show_film, workplace))
    loader.failed.connect(stage.show_problem)
    loader.slow.connect(stage.show_waiting)


def _offer(workplace: "Workplace", stored: StoredCase | None) -> None:
    workplace.comparison.show_case(stored, workplace.desk.priors())


def _offer_again(workplace: "Workplace", stored: StoredCase) -> None:
    """Another answer to the film on view: its line changes, what stands beside does not."""
    workplace.film.priors.update_case(stored)


def _show(workplace: "Workplace", prior: StoredCase | None) -> None:
    workplace.film.beside.setVisible(prior is not None)
    if prior:
        workplace.stage_beside.show_case(prior, hidden=workplace.blind.hides(prior))
    else:
        workplace.loader_beside.forget()


def _show_film(workplace: "Workplace", film: Film) -> None:
    workplace.stage_beside.show_film(film)
    workplace.film.pair.share_place(workplace.film.view)
