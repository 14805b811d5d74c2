"""Another film beside the one on view: chosen in the list, earlier, or of the same study."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from pneumo_desktop.core.cases import Case, Film, StoredCase
from pneumo_desktop.ui.comparison import Other, Why

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_comparison(workplace: "Workplace") -> None:
    """Connect the priors, the view beside and what links both."""
    comparison, actions, film = workplace.comparison, workplace.actions, workplace.film
    stage, loader = workplace.stage_beside, workplace.loader_beside
    film.priors.hide_where(workplace.blind.hides)
    workplace.desk.shown.connect(partial(offer, workplace))
    workplace.desk.updated.connect(partial(_offer_again, workplace))
    comparison.offered.connect(film.priors.offer)
    comparison.shown.connect(film.priors.show_chosen)
    comparison.shown.connect(partial(_show, workplace))
    comparison.told.connect(workplace.window.show_message)
    comparison.ended.connect(lambda: actions["compare"].setChecked(False))
    film.priors.chosen.connect(comparison.choose)
    workplace.desk.erased.connect(lambda _: actions["compare"].setChecked(False))
    workplace.desk.kept.connect(partial(_offer_arrived, workplace))
    actions["compare"].toggled.connect(partial(_compare, workplace))
    actions["next-prior"].triggered.connect(comparison.choose_next)
    actions["link"].setChecked(True)
    actions["link"].toggled.connect(film.pair.link)
    loader.loaded.connect(partial(_show_film, workplace))
    loader.failed.connect(stage.show_problem)
    loader.slow.connect(stage.show_waiting)


def offer(workplace: "Workplace", stored: StoredCase | None) -> None:
    """Offer what may stand beside a case."""
    chosen = workplace.queue.other_chosen()
    priors, study = workplace.desk.related()
    others = [
        *(Other(film, Why.CHOSEN) for film in (chosen,) if film and isinstance(film.outcome, Case)),
        *(Other(film, Why.EARLIER) for film in priors),
        *(Other(film, Why.STUDY) for film in study),
    ]
    known = {other.stored.id: other for other in reversed(others)}  # the first reason counts
    workplace.comparison.show_case(stored, [o for o in others if known[o.stored.id] is o])


def _offer_arrived(workplace: "Workplace", kept: Sequence[StoredCase]) -> None:
    """Films of the patient on view came: offer them too, unless one stands beside already."""
    current = workplace.desk.current
    if current is None or workplace.actions["compare"].isChecked():
        return
    who = _identifier(current)
    if who and any(_identifier(film) == who for film in kept):
        offer(workplace, current)


def _identifier(film: StoredCase) -> str:
    return film.outcome.facts.patient.identifier if isinstance(film.outcome, Case) else ""


def _compare(workplace: "Workplace", wanted: bool) -> None:  # noqa: FBT001 - a toggled action
    if wanted:
        offer(workplace, workplace.desk.current)  # rows may have been chosen since
    workplace.comparison.compare(wanted)


def _offer_again(workplace: "Workplace", stored: StoredCase) -> None:
    """Another answer to the film on view: its line changes, what stands beside does not."""
    workplace.film.priors.update_case(stored)


def _show(workplace: "Workplace", prior: StoredCase | None) -> None:
    workplace.film.beside.setVisible(prior is not None)
    if prior:
        workplace.stage_beside.show_case(prior, hidden=workplace.blind.hides(prior))
    else:
        workplace.stage_beside.show_case(None)  # its pixels go too


def _show_film(workplace: "Workplace", film: Film) -> None:
    workplace.stage_beside.show_film(film)
    workplace.film.pair.receive()
