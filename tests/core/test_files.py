"""Discs: what a DICOMDIR names, what lies beside it, and what it must not reach."""

import shutil
import zipfile
from pathlib import Path

import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pneumo_desktop.core import dicomdir
from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.discs import Aside
from pneumo_desktop.core.files import find_files, search
from tests.core import discs, zips
from tests.core.shown import reason_of

DISCS = Path(pydicom.__file__).parent / "data" / "test_files" / "dicomdirtests"


@pytest.fixture
def disc(tmp_path):
    """The DICOMDIR of a disc with two films, a viewer and its logo."""
    table = discs.write(tmp_path / "disc", [discs.film(10), discs.film(20)])
    discs.with_company(table.parent)
    (table.parent / "VIEWER" / "logo.png").write_bytes(zips.png())
    return table


def greys(found):
    return sorted(int(read_film(path).pixels[0, 0]) for path in found)


def aside(paths):
    return [item.path.name for item in search(paths) if isinstance(item, Aside)]


def refer(table, *parts):
    """Let the last image record of a DICOMDIR name another file."""
    dataset = pydicom.dcmread(table)
    record = [r for r in dataset.DirectoryRecordSequence if "ReferencedFileID" in r][-1]
    record["ReferencedFileID"]._value = list(parts) if len(parts) > 1 else parts[0]
    dataset.save_as(table)
    return table


def test_a_disc_is_its_films_and_the_rest_is_named(disc):
    found = list(find_files([disc.parent]))
    assert found == sorted(found)
    assert greys(found) == [10, 20]
    assert aside([disc.parent]) == ["AUTORUN.INF", "logo.png", "viewer.exe"]


def test_a_dicomdir_stands_for_the_films_it_names(disc):
    assert list(find_files([disc])) == list(find_files([disc.parent]))
    assert aside([disc]) == []


def test_a_disc_below_a_folder_is_found(disc, film_file):
    film_file("film.png", folder=disc.parents[1])
    assert len(list(find_files([disc.parents[1]]))) == 3


def test_a_film_that_the_dicomdir_forgot_is_read_from_the_disc_only(disc):
    discs.film(30).save_as(disc.parent / "EXTRA", enforce_file_format=True)
    assert greys(find_files([disc.parent])) == [10, 20, 30]
    assert greys(find_files([disc])) == [10, 20]


def test_names_are_found_in_any_case_and_with_version_and_dot(disc):
    films = [path.relative_to(disc.parent) for path in find_files([disc])]
    for film in films:
        odd = disc.parent / str(film.parent).lower() / f"{film.name.lower()}.;1"
        odd.parent.mkdir(parents=True, exist_ok=True)
        (disc.parent / film).replace(odd)
    for paths in ([disc], [disc.parent]):
        assert greys(find_files(paths)) == [10, 20]


def test_a_film_named_but_not_there_is_missing(disc):
    found = sorted(find_files([disc]))
    found[0].unlink()
    for paths in ([disc], [disc.parent]):
        codes = [reason_of(p) for p in find_files(paths) if p not in found]
        assert codes == [ReasonCode.MISSING]
        assert sum(p in found for p in find_files(paths)) == 1


OUTSIDE = [
    ("..", "secret"), ("/", "secret"), ("..\\secret",), ("C:", "secret"), ("x", "..", "secret"),
]  # fmt: skip


@pytest.mark.parametrize("parts", OUTSIDE)
def test_a_dicomdir_reaches_nothing_outside_its_folder(disc, tmp_path, parts):
    discs.film(99).save_as(tmp_path / "secret", enforce_file_format=True)
    (tmp_path / "x").mkdir()
    refer(disc, *parts)
    found = list(find_files([disc]))
    (refused,) = [path for path in found if not path.exists()]
    assert ".." not in refused.parts
    assert reason_of(refused) is ReasonCode.MISSING
    assert greys(path for path in found if path.exists()) == [10]
    assert 99 not in greys(path for path in find_files([disc.parent]) if path.exists())


def test_links_on_a_disc_are_not_followed(disc, tmp_path):
    discs.film(99).save_as(tmp_path / "secret", enforce_file_format=True)
    away = tmp_path / "away"
    away.mkdir()
    discs.film(98).save_as(away / "FILM", enforce_file_format=True)
    (disc.parent / "LINK").symlink_to(tmp_path / "secret")
    (disc.parent / "AWAY").symlink_to(away)
    for parts in (("LINK",), ("AWAY", "FILM")):
        refer(disc, *parts)
        for paths in ([disc], [disc.parent]):
            found = list(find_files(paths))
            assert [reason_of(p) for p in found if not p.exists()] == [ReasonCode.MISSING]
            assert not {98, 99} & set(greys(p for p in found if p.exists()))


def test_what_dicom_keeps_beside_images_is_no_film(disc):
    dataset = pydicom.dcmread(disc)
    records = [r for r in dataset.DirectoryRecordSequence if "ReferencedFileID" in r]
    records[0].DirectoryRecordType = "SR DOCUMENT"
    dataset.save_as(disc)
    assert len(list(find_files([disc.parent]))) == len(list(find_files([disc]))) == 1
    assert len(aside([disc.parent])) == 4


def test_a_record_out_of_use_names_nothing(disc):
    dataset = pydicom.dcmread(disc)
    for record in dataset.DirectoryRecordSequence:
        record.RecordInUseFlag = 0
    dataset.save_as(disc)
    assert list(find_files([disc])) == [disc]
    assert reason_of(disc) is ReasonCode.UNSUPPORTED


def test_a_damaged_dicomdir_is_named_and_its_disc_still_read(disc):
    disc.write_bytes(disc.read_bytes()[:500])
    found = list(find_files([disc.parent]))
    assert found[0] == disc
    assert reason_of(disc) is ReasonCode.UNREADABLE
    assert greys(found[1:]) == [10, 20]
    assert list(find_files([disc])) == [disc]


def test_a_dicomdir_too_large_is_refused(disc, monkeypatch):
    monkeypatch.setattr(dicomdir, "MAX_BYTES", 100)
    assert list(find_files([disc])) == [disc]
    assert reason_of(disc) is ReasonCode.TOO_LARGE


def test_a_copy_of_a_dicomdir_in_a_folder_is_no_film(disc, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    shutil.copy(disc, folder / "old.dcm")
    assert aside([folder]) == ["old.dcm"]


def test_what_calls_itself_dicom_on_a_disc_is_refused_not_left_out(disc):
    (disc.parent / "broken.dcm").write_bytes(b"nothing")
    (broken,) = [path for path in find_files([disc.parent]) if path.name == "broken.dcm"]
    assert reason_of(broken) is ReasonCode.UNSUPPORTED


def test_a_zip_on_a_disc_is_opened_and_one_without_films_is_left_out(disc):
    zips.write(disc.parent / "A.ZIP", [("film.png", zips.png(77))])
    zips.write(disc.parent / "B.ZIP", [("letter.txt", b"Dear")])
    assert greys(find_files([disc.parent])) == [10, 20, 77]
    assert "B.ZIP" in aside([disc.parent])


def pack(folder, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, Path("disc 1") / path.relative_to(folder))
    return target


def test_a_disc_in_a_zip_is_read_like_the_disc(disc, tmp_path):
    packed = pack(disc.parent, tmp_path / "disc.zip")
    assert greys(find_files([packed])) == [10, 20]
    assert aside([packed]) == ["AUTORUN.INF", "logo.png", "viewer.exe"]
    assert reason_of(packed / "disc 1" / "DICOMDIR") is ReasonCode.UNSUPPORTED


def test_a_film_that_a_dicomdir_in_a_zip_names_in_vain_is_missing(disc, tmp_path):
    refer(disc, "..", "secret")
    packed = pack(disc.parent, tmp_path / "disc.zip")
    codes = [reason_of(p) for p in find_files([packed]) if "DICOMDIR" in p.parts]
    assert codes == [ReasonCode.MISSING]


def test_the_dicomdirs_of_other_writers_are_read(tmp_path):
    """pydicom's own discs: 31 images in three folders, in any encoding."""
    for name in ("DICOMDIR", "DICOMDIR-bigEnd", "DICOMDIR-implicit", "DICOMDIR-reordered"):
        found = list(find_files([DISCS / name]))
        assert len(found) == len(set(found)) == 31, name
        assert all(path.is_file() for path in found), name


def test_a_dicomdir_cut_anywhere_never_names_fewer_films_in_silence():
    data, seen = (DISCS / "DICOMDIR").read_bytes(), set()
    for cut in range(1, len(data) - 400, 61):
        try:
            assert len(dicomdir.contents(data[:-cut]).images) == 31
        except FilmError as error:
            seen.add(error.reason.code)
    assert seen == {ReasonCode.UNREADABLE}


@settings(deadline=None, max_examples=200)
@given(cut=st.integers(0, 1500), byte=st.integers(0, 255), place=st.integers(300, 1400))
def test_a_mutated_dicomdir_is_read_or_has_a_reason(cut, byte, place):
    data = bytearray((DISCS / "DICOMDIR").read_bytes())
    data[place] = byte
    try:
        found = dicomdir.contents(bytes(data[: len(data) - cut]))
    except FilmError as error:
        found = dicomdir.NOTHING if error.reason.code is ReasonCode.UNREADABLE else None
    assert ".." not in {step for parts in found.images.values() for step in parts}
