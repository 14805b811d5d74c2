"""A CSV says which films, what they show and whose they are; a slip in it is told with its line."""

import pytest

from pneumo_desktop.core.labelled.split import check_split
from pneumo_training.failure import TrainingError
from pneumo_training.films import read_labelled
from pneumo_training.recipe import DataPart
from pneumo_training.split import split_films
from tests.core.dicom_files import film_dataset

PART = DataPart(size=48, validation=0.2, calibration=0.2, test=0.2, seed=3)


def read(path, skipped=None):
    return read_labelled(path, 48, lambda done, of: None, [] if skipped is None else skipped)


@pytest.fixture
def write(data, tmp_path):
    """Return a function that writes a list beside two of the made-up films."""
    (tmp_path / "a.png").write_bytes((data / "NORMAL" / "IM-0000-0000.png").read_bytes())
    (tmp_path / "b, c.png").write_bytes((data / "Pneumonia" / "person0_virus_0.png").read_bytes())

    def written(text):
        path = tmp_path / "films.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_film_of_the_list_that_cannot_be_read_is_left_out(write, tmp_path):
    (tmp_path / "c.png").write_bytes(b"no film")
    skipped = []
    films = read(write('path,label\nc.png,0\na.png,0\n"b, c.png",1\n'), skipped)
    assert films.truth.tolist() == [False, True]
    assert skipped[0].startswith("c.png: ")


@pytest.fixture
def many(data, tmp_path):
    """Write a list of all made-up films; `patient_of(number, name)` fills its third column."""

    def write(patient_of):
        lines = ["path,label,patient"]
        for number, path in enumerate(sorted(data.glob("*/*.png"))):
            lines.append(f"{path},{path.parent.name},{patient_of(number, path.stem)}")
        (tmp_path / "films.csv").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path / "films.csv"

    return write


def test_the_column_says_whose_film_it_is_and_not_the_name(many):
    """Every third film together: no name tells that, and the names' own pairs are torn apart."""
    films = read(many(lambda number, _: f"p{number % 24 // 3 + 8 * (number // 24)}"))
    rows = split_films(films, PART)
    check_split(rows, films.patients, films.sha256)
    parts = {}
    for number, row in enumerate(rows):
        parts.setdefault(number % 24 // 3 + 8 * (number // 24), set()).add(row.split)
    assert len(parts) == 16
    assert all(len(places) == 1 for places in parts.values())
    torn = {}
    for row in rows:
        torn.setdefault(row.file.rsplit("-", 1)[0], set()).add(row.split)
    assert any(len(places) > 1 for places in torn.values())


def test_a_class_and_a_list_of_the_same_films_are_divided_alike(many, data):
    listed = read(many(lambda *_: ""))
    assert split_films(listed, PART) == split_films(read(data), PART)


def test_one_patient_in_every_line_is_told(many):
    with pytest.raises(TrainingError, match=r"only 0 patients in NORMAL.* a column patient"):
        split_films(read(many(lambda *_: "anonymous")), PART)


def test_a_dicom_film_names_its_patient_better_than_its_file_name(write, tmp_path):
    for name, identifier in (("person1_1", "77"), ("person2_2", "77"), ("person3_3", "")):
        film_dataset(PatientID=identifier).save_as(
            tmp_path / f"{name}.dcm", enforce_file_format=True
        )
    films = read(
        write(
            "path,label,patient\nperson1_1.dcm,1,\nperson2_2.dcm,1,mine\nperson3_3.dcm,1,\na.png,0,\n"
        )
    )
    assert films.patients == ("77", "mine", "person3", "a")


def test_a_list_of_one_class_is_told(write):
    with pytest.raises(TrainingError, match=r"No film of PNEUMONIA in .*films.csv can be read"):
        read(write("path,label\na.png,NORMAL\n"))
