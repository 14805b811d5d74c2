import pytest

from pneumo_desktop.core.decode import read_film


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a dataset to a file and reads it as a film."""

    def write_and_read(dataset):
        path = tmp_path / "film.dcm"
        dataset.save_as(path, enforce_file_format=True)
        return read_film(path)

    return write_and_read
