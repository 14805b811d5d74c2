"""Each labelled film decoded once: what the findings, the page and the division need of it."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pneumo_desktop.core.abreast import in_order
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


def examine(
    films: Iterable[Listed], read: Reader, classifier: Classifier, abreast: int = 1
) -> Iterator[Examined | Unreadable]:
    """Yield what is known of each film, in order; stop asking to cancel.

    With `abreast` more than 1, so many threads call `read` and `classifier` (see `abreast`). Memory
    holds as many whole films; of those that wait to be asked for it holds what is yielded.

    Raises:
        DecoderUnavailableError: As `read` does.
    """
    return in_order(partial(_look_at, read, classifier), films, abreast)


def _look_at(read: Reader, classifier: Classifier, listed: Listed) -> Examined | Unreadable:
    try:
        film = read(listed.path)
    except FilmError as error:
        return Unreadable(listed, error.reason)
    return _examined(listed, film, classifier)


def _examined(listed: Listed, film: Film, classifier: Classifier) -> Examined:
    facts = film.facts
    grey = model_input(film, SIDE, SIDE)[..., 0]
    pixels = np.rint(grey).astype(np.uint8)  # as the trainer rounds them
    small = replace(
        film, pixels=grey, voi=range_window(0.0, 255.0), inverted=False, offered=(), padding=None
    )
    prediction = predict_both_ways(small, classifier)
    return Examined(
        listed=listed,
        sha256=facts.sha256,
        width=facts.width,
        height=facts.height,
        patient_id=facts.patient.identifier.strip(),
        sharpness=sharpness(grey),
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
