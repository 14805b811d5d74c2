import hashlib
import zipfile

import pytest

from pneumo_desktop.core.relocation import Kept, is_missing, locate


@pytest.fixture
def kept(tmp_path):
    """Return a function that writes a file and returns it as the store knows it."""

    def kept(number, name, content=None):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content or name.encode()
        path.write_bytes(data)
        return Kept(number, path, hashlib.sha256(data).hexdigest())

    return kept


def found(looked):
    return {item.kept.case_id: item.path for item in looked}


@pytest.fixture
def three(kept):
    return [kept(n, f"old/ward/day{n}/film.dcm") for n in range(3)]


def move(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "old" / "ward").rename(tmp_path / "archive" / "ward")


@pytest.mark.parametrize(
    "chosen", ["archive/ward/day1/film.dcm", "archive/ward/day1", "archive/ward", "archive"]
)
def test_one_file_or_folder_locates_all_that_was_moved_with_it(tmp_path, three, chosen):
    move(tmp_path)
    looked = list(locate(three[1], tmp_path / chosen, three))
    assert looked[0].kept == three[1]
    new = tmp_path / "archive" / "ward"
    assert found(looked) == {n: new / f"day{n}" / "film.dcm" for n in range(3)}


def test_a_file_of_other_content_is_not_taken_for_the_film(tmp_path, three):
    move(tmp_path)
    new = tmp_path / "archive" / "ward"
    (new / "day0" / "film.dcm").write_bytes(b"another")
    assert found(locate(three[1], new, three))[0] is None
    assert found(locate(three[0], new, three)) == {0: None}


def test_what_is_still_there_or_elsewhere_is_left_alone(tmp_path, kept, three):
    stays, elsewhere = kept(8, "old/ward2/film.dcm"), kept(9, "else/film.dcm")
    move(tmp_path)
    elsewhere.path.unlink()
    looked = found(locate(three[0], tmp_path / "archive", [*three, stays, elsewhere]))
    assert set(looked) == {0, 1, 2}


def test_a_renamed_file_locates_itself_alone(tmp_path, three):
    new = three[0].path.with_name("renamed.dcm")
    three[0].path.rename(new)
    three[1].path.unlink()
    assert found(locate(three[0], new, three)) == {0: new}


def test_a_film_in_a_zip_that_was_moved_is_found(tmp_path):
    data = b"a film"
    with zipfile.ZipFile(tmp_path / "cd.zip", "w") as archive:
        archive.writestr("a/film.dcm", data)
    film = Kept(1, tmp_path / "cd.zip" / "a" / "film.dcm", hashlib.sha256(data).hexdigest())
    assert not is_missing(film.path)
    (tmp_path / "new").mkdir()
    (tmp_path / "cd.zip").rename(tmp_path / "new" / "cd.zip")
    assert is_missing(film.path)
    (only,) = locate(film, tmp_path / "new", [film])
    assert only.path == tmp_path / "new" / "cd.zip" / "a" / "film.dcm"


def test_a_folder_in_the_place_of_a_film_is_no_film(tmp_path, kept):
    film = kept(1, "film.dcm")
    assert not is_missing(film.path)
    film.path.unlink()
    assert is_missing(film.path)
    (only,) = locate(film, tmp_path / "nowhere", [film])
    assert only.path is None


@pytest.mark.parametrize("name", ["x" * 5000, "loop"])
def test_a_place_that_cannot_be_looked_at_holds_no_film(kept, tmp_path, name):
    film = kept(1, "gone.dcm")
    film.path.unlink()
    (tmp_path / "loop").symlink_to("loop")
    assert found(locate(film, tmp_path / name, [])) == {1: None}
