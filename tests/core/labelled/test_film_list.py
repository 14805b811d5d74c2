"""A CSV says which films, what they show and whose they are; a slip in it is told with its line."""

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.labelled.film_list import Listed, list_films, write_films
from pneumo_desktop.core.labelled.split import PARTS


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a list beside two files."""
    for name in ("a.png", "b, c.png"):
        (tmp_path / name).write_bytes(b"a film")

    def written(text, encoding="utf-8"):
        path = tmp_path / "films.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return written


@pytest.mark.parametrize(
    "text",
    [
        'path,label\na.png,NORMAL\n"b, c.png",PNEUMONIA\n',
        '\ufeffPath, Label \r\na.png,normal\r\n\r\n"b, c.png",Pneumonia\r\n',
        'label,path,hospital\n0,a.png,x\n 1 ,"b, c.png",y\n',
        'path,label,split\na.png,0,\n"b, c.png",1,\n',
    ],
)
def test_a_list_names_films_beside_it(write, tmp_path, text):
    assert list_films(write(text)) == (
        Listed(tmp_path / "a.png", ill=False),
        Listed(tmp_path / "b, c.png", ill=True),
    )


def test_a_list_may_say_whose_the_films_are_and_which_part_they_belong_to(write, tmp_path):
    text = 'path,label,patient,split\na.png,0,p7,Train\n"b, c.png",1,p8,test\n'
    assert list_films(write(text)) == (
        Listed(tmp_path / "a.png", ill=False, patient="p7", part="train"),
        Listed(tmp_path / "b, c.png", ill=True, patient="p8", part="test"),
    )


def test_a_path_may_be_whole(write, tmp_path):
    path = tmp_path / "a.png"
    assert list_films(write(f"path,label\n{path},NORMAL\n"))[0].path == path


def test_a_film_in_a_zip_may_be_listed(write, tmp_path):
    with zipfile.ZipFile(tmp_path / "films.zip", "w") as archive:
        archive.writestr("one.png", b"\x89PNG\r\n\x1a\n")
    films = list_films(write("path,label\nfilms.zip/one.png,1\n"))
    assert films == (Listed(tmp_path / "films.zip" / "one.png", ill=True),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("path,label\na.png,NORMAL\nA.dcm,NORMAL\n", "Line 3 of films.csv names the film 'A.dcm'"),
        ("path,label\n,NORMAL\n", "Line 2 .* no such file"),
        (f"path,label\n{'x' * 5000},NORMAL\n", "Line 2 .* no such file"),
        ("path,label\n\n\na.png,sick\n", "Line 4 .* the label 'sick'. Write NORMAL or PNEUMONIA"),
        ("path,label\na.png\n", "Line 2 .* 1 cells instead of 2"),
        ("path,label\nb, c.png,PNEUMONIA\n", "Line 2 .* 3 cells .* needs quotes"),
        ("path,label\na.png,0\n./a.png,1\n", "Line 3 .* the same film as line 2"),
        ('path,label\na.png,0\n"a.png"x,1\n', "Line 3 of films.csv is no CSV"),
        ("file,label\na.png,0\n", "Line 1 .* no column path. It must read path,label"),
        ("path;label\na.png;0\n", "Line 1 .* no column path"),
        ("path,label,Path\n", "Line 1 .* a column twice"),
        ("", "Line 1 .* no column path"),
        ("path,label,split\na.png,0,exam\n", "the split 'exam'. Write train, validation, calib"),
        ('path,label,split\na.png,0,test\n"b, c.png",1,\n', "Line 3 .* divided otherwise"),
    ],
)
def test_a_slip_is_told_with_its_line(write, text, told):
    with pytest.raises(TrainingError, match=told):
        list_films(write(text))


def test_what_is_no_list_is_told(write, tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    for path in (tmp_path / "a.png", write("path,label\n", "utf-16")):
        with pytest.raises(TrainingError, match=r"cannot be read .* a CSV file in UTF-8"):
            list_films(path)


def test_class_folders_are_found_whatever_their_capitals(tmp_path):
    for name in ("normal/1.png", "Pneumonia/deep/2.png", "Pneumonia/.hidden", "other/3.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"a film")
    assert list_films(tmp_path) == (
        Listed(tmp_path / "normal" / "1.png", ill=False),
        Listed(tmp_path / "Pneumonia" / "deep" / "2.png", ill=True),
    )


@given(st.binary(max_size=200) | st.text('pathlbe,01"\r\n\0 /.;\u00e9').map(str.encode))
def test_whatever_a_file_holds_it_is_a_list_or_told(content):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "films.csv"
        for begin in (b"", b"path,label,patient,split\nfilms.csv,"):
            file.write_bytes(begin + content)
            try:
                films = list_films(file)
            except TrainingError:
                continue
            assert all(film.path.is_file() for film in films)


NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="/"), min_size=1, max_size=40
).map(str.strip)


@given(
    st.dictionaries(
        NAMES.filter(lambda name: name not in ("", ".", "..")),
        st.tuples(st.booleans(), NAMES),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([None, *PARTS]),
)
def test_what_is_written_is_read_back(named, part):
    with tempfile.TemporaryDirectory() as folder:
        films = []
        for name, (ill, patient) in named.items():
            path = Path(folder) / f"film {name}.png"
            path.write_bytes(b"a film")
            films.append(Listed(path, ill, patient, part))
        write_films(Path(folder) / "elsewhere" / "films.csv", films)
        assert list_films(Path(folder) / "elsewhere" / "films.csv") == tuple(films)


def test_a_name_that_no_list_can_hold_is_told_and_nothing_is_written(tmp_path):
    for name in ("film\udcff.png", "film.png "):
        with pytest.raises(TrainingError, match=r"A list cannot hold .* Rename"):
            write_films(tmp_path / "films.csv", [Listed(tmp_path / name, ill=True)])
    assert list(tmp_path.iterdir()) == []
