"""The model in use answers the films of the locked test too, those it learnt from left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pneumo_desktop.core.cases import FilmError, ModelIdentity
from pneumo_desktop.core.classifier import Classifier
from pneumo_desktop.core.judgement.judged import Judged, unseen
from pneumo_desktop.core.judgement.paired import Calls, Comparison, compare
from pneumo_desktop.core.screening import Reader


@dataclass(frozen=True, slots=True)
class Answered:
    """The film number `place` of the locked test; None where it could not be read any more."""

    place: int
    probability: float | None


@dataclass(frozen=True, slots=True)
class Against:
    """A comparison with the model in use, and the films it could not be made on.

    `learnt` films the old model had learnt from, or been tuned on; None where it does not say, and
    its share may be too good. `gone` films could not be read any more.
    """

    old: ModelIdentity
    title: str
    comparison: Comparison
    learnt: int | None
    gone: int


def asked(judged: Judged, learnt: frozenset[str] | None) -> tuple[int, ...]:
    """Return the places of the films on which the model in use is to be asked."""
    kept = unseen(judged, learnt) if learnt is not None else np.ones(len(judged), dtype=np.bool_)
    return tuple(int(place) for place in np.flatnonzero(kept))


def ask(
    judged: Judged, places: Sequence[int], read: Reader, classifier: Classifier
) -> Iterator[Answered]:
    """Yield the answer of the model in use to each of these films; stop asking to cancel.

    A film that changed since the new model answered it counts as one that cannot be read.
    """
    for place in places:
        try:
            film = read(judged.paths[place])
        except FilmError:
            yield Answered(place, None)
            continue
        same = film.facts.sha256 == judged.sha256[place]
        yield Answered(place, classifier.predict(film).pneumonia_probability if same else None)


def against(
    judged: Judged,
    point: float,
    answers: Sequence[Answered],
    classifier: Classifier,
    operating_point: str,
    learnt: frozenset[str] | None,
) -> Against:
    """Compare on the films that both models answered, each at its own operating point.

    Raises:
        KeyError: The old model has no operating point of this name.
    """
    told = {a.place: a.probability for a in answers if a.probability is not None}
    both = np.array([place in told for place in range(len(judged))], dtype=np.bool_)
    films = judged.only(both)
    old = np.array([told[int(place)] for place in np.flatnonzero(both)], dtype=np.float64)
    new = Calls(films.probability, point)
    threshold = classifier.card.threshold(operating_point)
    return Against(
        classifier.identity,
        classifier.card.title,
        compare(new, Calls(old, threshold), films.truth, films.of),
        None if learnt is None else len(judged) - len(asked(judged, learnt)),
        len(answers) - len(told),
    )
