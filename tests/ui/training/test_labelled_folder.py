import pytest

from pneumo_desktop.ui.training.labelled_folder import look_into


@pytest.fixture
def labelled(tmp_path):
    for name, count in (("NORMAL", 12), ("PNEUMONIA", 36)):
        folder = tmp_path / "labelled" / name
        folder.mkdir(parents=True)
        for number in range(count):
            (folder / f"{number}.png").touch()
        (folder / ".hidden").touch()
    return tmp_path / "labelled"


def test_a_folder_is_counted_by_its_labels(labelled):
    found = look_into(labelled)
    assert (found.normal, found.pneumonia, found.problem) == (12, 36, "")
    assert found.words() == "12 NORMAL and 36 PNEUMONIA (75% pneumonia)"


def test_a_folder_without_labels_is_told(tmp_path):
    found = look_into(tmp_path)
    assert found.problem.startswith("It has no folder NORMAL and no folder PNEUMONIA.")
    assert found.words() == "0 NORMAL and 0 PNEUMONIA"


def test_too_few_films_are_told(labelled):
    for number in range(8):
        (labelled / "NORMAL" / f"{number}.png").unlink()
    assert look_into(labelled).problem == "Fewer than 10 films in NORMAL. Add more."
