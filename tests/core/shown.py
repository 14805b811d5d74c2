"""What tests ask of a film: how it is shown, or why it is refused."""

import numpy as np
import pytest

from pneumo_desktop.core.cases import Film, FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.greyscale import to_unit


def grey(film: Film) -> np.ndarray:
    """Return the film as it is shown, 0 to 1."""
    return to_unit(film.pixels, film.voi, inverted=film.inverted, padding=film.padding)


def reason_of(film, read=read_film) -> ReasonCode:
    """Return the code with which `film` is refused, in words that end as a sentence does."""
    with pytest.raises(FilmError) as caught:
        read(film)
    assert caught.value.reason.text.endswith(".")
    return caught.value.reason.code
