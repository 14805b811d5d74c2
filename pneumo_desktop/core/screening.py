"""Files in, answers out: the one pipeline of the window and the command line."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from pneumo_desktop.core.abreast import in_order
from pneumo_desktop.core.cases import (
    Case,
    Film,
    FilmError,
    Milliseconds,
    Outcome,
    Policy,
    Prediction,
    Rejected,
)
from pneumo_desktop.core.classifier import Classifier
from pneumo_desktop.core.gates import answer, looks_inverted
from pneumo_desktop.core.logs import film_tag

_SURELY_A_CHEST = 0.99  # about one upright film in fifty scores less and costs a second run
Reader = Callable[[Path], Film]
_log = logging.getLogger(__name__)


def screen(
    paths: Iterable[Path], read: Reader, classifier: Classifier, policy: Policy, abreast: int = 1
) -> Iterator[Outcome]:
    """Yield one outcome for each path, in order; stop asking to cancel.

    With `abreast` more than 1, so many threads call `read` and `classifier` (see `abreast`).
    """
    one = partial(screen_one, read=read, classifier=classifier, policy=policy)
    for outcome in in_order(one, paths, abreast):
        said = "case" if isinstance(outcome, Case) else outcome.reason.code.value
        _log.info("film %s: %s, %.0f ms", film_tag(outcome), said, outcome.milliseconds.total)
        yield outcome


def screen_one(path: Path, read: Reader, classifier: Classifier, policy: Policy) -> Outcome:
    """Return the outcome for one path."""
    started = time.perf_counter()
    try:
        film = read(path)
    except FilmError as error:
        spent = _milliseconds(started)
        return Rejected(path, error.reason, classifier.identity, Milliseconds(spent, 0.0, spent))
    decoded = time.perf_counter()
    prediction = predict_both_ways(film, classifier)
    said = answer(film.facts, prediction, classifier.card, policy)
    milliseconds = Milliseconds(
        decode=round(1000.0 * (decoded - started), 3),
        predict=_milliseconds(decoded),
        total=_milliseconds(started),
    )
    return Case(film.facts, prediction, said, classifier.identity, milliseconds)


def predict_both_ways(film: Film, classifier: Classifier) -> Prediction:
    """Return the network's answer; a film that is not surely a chest is also tried inverted.

    Where the inverted film looks more like a chest film, its probability and evidence are the
    answer.
    """
    prediction = classifier.predict(film)
    if prediction.chest_probability >= _SURELY_A_CHEST:
        return prediction
    inverted = classifier.predict(replace(film, inverted=not film.inverted))
    tried = replace(prediction, inverted_chest_probability=inverted.chest_probability)
    if not looks_inverted(tried, classifier.card):
        return tried
    return replace(
        inverted,
        chest_probability=prediction.chest_probability,
        inverted_chest_probability=inverted.chest_probability,
    )


def _milliseconds(since: float) -> float:
    return round(1000.0 * (time.perf_counter() - since), 3)
