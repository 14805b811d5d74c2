"""The model that a new one is judged against: the one in use, asked the same films."""

from collections.abc import Iterator
from dataclasses import dataclass

from pneumo_desktop.core.card import CardError, ModelCard
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.judgement.against import Against, Answered, against, ask, asked
from pneumo_desktop.core.judgement.judged import Judged
from pneumo_desktop.core.learnt import learnt_marks
from pneumo_desktop.core.model_package import NETWORK, find_card, find_package
from pneumo_desktop.core.model_use import fitting, going_back
from pneumo_desktop.core.screening import Reader
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.settings import Settings

NONE_BEFORE = QT_TRANSLATE_NOOP(
    "Judgement", "This model is in use already, and none was before it to compare with."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many films the other model answered, and of how many."""

    done: int
    total: int


def other_model(settings: Settings, network: str) -> str:
    """Return the name of the model in use, else of the one before where that is the one at hand.

    `network` is the SHA-256 of the network at hand. Empty where there is no other.
    """
    former = settings.former.model if settings.former else ""
    for name in (settings.model, former):
        try:
            if name and find_card(name).files[NETWORK] != network:
                return name
        except CardError:
            continue
    return ""


def compared(
    test: Judged, point: float, name: str, settings: Settings, read: Reader
) -> Iterator[Asked | Against]:
    """Yield how far the model `name` is with the films, then the comparison with it.

    It runs in an interpreter and a thread of its own, so that reading goes on beside it.

    Raises:
        CardError: The model cannot be used.
    """
    package = find_package(name)
    classifier = LiteRtClassifier(package, threads=1)
    learnt = learnt_marks(package)
    places = asked(test, learnt)
    yield Asked(0, len(places))
    answers: list[Answered] = []
    for answer in ask(test, places, read, classifier):
        answers.append(answer)
        yield Asked(len(answers), len(places))
    yield against(test, point, answers, classifier, _point_of(package.card, name, settings), learnt)


def _point_of(card: ModelCard, name: str, settings: Settings) -> str:
    """Return the operating point at which the other model answers, or did."""
    used = settings if name == settings.model or settings.former is None else going_back(settings)
    return fitting(used, card).operating_point
