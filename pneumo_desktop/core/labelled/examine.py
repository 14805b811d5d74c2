"""Each labelled film decoded once: what the findings, the page and the division need of it."""

import io
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pneumo_desktop.core.cases import Film, FilmError, Reason
from pneumo_desktop.core.classifier import Classifier
from pneumo_desktop.core.gates import refusal
from pneumo_desktop.core.greyscale import range_window
from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.patients import thumbnail
from pneumo_desktop.core.preprocess import model_input
from pneumo_desktop.core.screening import Reader, predict_both_ways

SIDE = 224  # of the films as networks see them, whatever the model in use takes
PREVIEW = 128
_AHEAD = 4  # films a hand may be ahead of the network


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """What is known of a film that could be read.

    `width` and `height` are the file's own, in pixels. `patient_id` is DICOM's Patient ID
    (0010,0020), empty where there is none. `sharpness` is the standard deviation of the Laplacian
    of the film at the network's size, in grey levels of 255. `thumbnail` (32, 32) is compared with
    others. `refusal` is why a gate would refuse the film, None where none would. `picture` is a
    small JPEG, because thousands of films are kept at once.
    """

    listed: Listed
    sha256: str
    width: int
    height: int
    patient_id: str
    sharpness: float
    thumbnail: NDArray[np.uint8]
    chest_probability: float
    refusal: Reason | None
    picture: bytes

    @property
    def preview(self) -> NDArray[np.uint8]:
        """The film in grey, (rows, columns), at most 128 each, in its own proportions."""
        with Image.open(io.BytesIO(self.picture)) as opened:
            return np.asarray(opened)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A film that could not be read, and why."""

    listed: Listed
    reason: Reason


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A film made small: its pixels are `grey` (224, 224) 0-255; its facts are the file's own."""

    listed: Listed
    film: Film
    grey: NDArray[np.float32]


def examine(
    films: Iterable[Listed], read: Reader, classifier: Classifier, hands: int = 1
) -> Iterator[Examined | Unreadable]:
    """Yield what is known of each film, in order; stop asking to cancel.

    `read` is called by `hands` threads at once, and must allow that. Of what is read ahead only
    small films wait, so that memory holds at most `hands` whole ones.

    Raises:
        DecoderUnavailableError: As `read` does.
    """
    waiting: deque[Future[_Look | Unreadable]] = deque()
    pool = ThreadPoolExecutor(hands, "examine")
    try:
        for listed in films:
            waiting.append(pool.submit(_look, listed, read))
            if len(waiting) > _AHEAD * hands:
                yield _examined(waiting.popleft().result(), classifier)
        while waiting:
            yield _examined(waiting.popleft().result(), classifier)
    finally:
        pool.shutdown(cancel_futures=True)


def _look(listed: Listed, read: Reader) -> _Look | Unreadable:
    try:
        film = read(listed.path)
    except FilmError as error:
        return Unreadable(listed, error.reason)
    grey = model_input(film, SIDE, SIDE)[..., 0]
    small = replace(
        film, pixels=grey, voi=range_window(0.0, 255.0), inverted=False, offered=(), padding=None
    )
    return _Look(listed, small, grey)


def _examined(look: _Look | Unreadable, classifier: Classifier) -> Examined | Unreadable:
    if isinstance(look, Unreadable):
        return look
    facts = look.film.facts
    prediction = predict_both_ways(look.film, classifier)
    pixels = np.rint(look.grey).astype(np.uint8)  # as the trainer rounds them
    return Examined(
        listed=look.listed,
        sha256=facts.sha256,
        width=facts.width,
        height=facts.height,
        patient_id=facts.patient.identifier.strip(),
        sharpness=sharpness(look.grey),
        thumbnail=thumbnail(pixels),
        chest_probability=prediction.chest_probability,
        refusal=refusal(facts, prediction, classifier.card),
        picture=_picture(pixels, facts.width, facts.height * facts.pixel_aspect_ratio),
    )


def sharpness(grey: NDArray[np.float32]) -> float:
    """Return the standard deviation of the Laplacian of `grey` (rows, columns).

    The variance of the Laplacian is a usual measure of focus (Pech-Pacheco et al., "Diatom
    autofocusing in brightfield microscopy", ICPR 2000); its root has the unit of `grey`.
    """
    middle = grey[1:-1, 1:-1]
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    return float(np.std(around - 4.0 * middle))


def _picture(pixels: NDArray[np.uint8], width: float, height: float) -> bytes:
    """Return `pixels` as a JPEG with the proportions of `width` and `height`."""
    scale = PREVIEW / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    written = io.BytesIO()
    shrunk = Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR)
    shrunk.save(written, "JPEG", quality=80)
    return written.getvalue()
