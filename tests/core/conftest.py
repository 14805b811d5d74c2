"""A database of cases, a case to keep in it, and a way from a dataset to a film."""

import pytest

from pneumo_desktop.core.cases import Policy
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.store import FILE, CaseStore


@pytest.fixture
def path(tmp_path):
    """Where the cases are."""
    return tmp_path / FILE


@pytest.fixture
def store(path):
    with CaseStore(path) as opened:
        yield opened


@pytest.fixture
def case(film_file, classifier):
    """What is answered to a film of high suspicion."""
    return screen_one(film_file("a.png"), read_film, classifier, Policy())


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a dataset to a file and reads it as a film."""

    def write_and_read(dataset):
        path = tmp_path / "film.dcm"
        dataset.save_as(path, enforce_file_format=True)
        return read_film(path)

    return write_and_read
