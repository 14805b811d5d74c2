"""The films that an installed program is tried on are what they are said to be."""

import numpy as np
import pydicom
import pytest
import smoke_films

from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.dicom_pixels import DECODERS


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    return smoke_films.write_films(tmp_path_factory.mktemp("smoke") / "films")


def test_there_is_one_of_every_transfer_syntax_that_is_promised(films):
    assert set(films) == set(DECODERS)
    for syntax, path in films.items():
        kept = pydicom.dcmread(path, stop_before_pixels=True).file_meta.TransferSyntaxUID
        assert kept == syntax


def test_what_is_stored_without_loss_has_the_films_own_pixels(films):
    plain = read_film(smoke_films.FILM).pixels
    for syntax, path in films.items():
        if syntax in smoke_films.LOSSY or "High-Throughput" in syntax.name:
            continue
        assert np.array_equal(read_film(path).pixels, plain), syntax.name


def test_the_training_set_is_one_that_can_be_divided(tmp_path):
    recipe = smoke_films.write_training_set(tmp_path / "films")
    assert 'backbone = "tiny"' in recipe.read_text()
    for name in ("NORMAL", "Pneumonia"):
        assert len(list((tmp_path / "films" / name).glob("*.png"))) == 24
