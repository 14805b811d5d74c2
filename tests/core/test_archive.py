"""Films in a ZIP: every hostile archive costs its own film and leaves the next one's answer."""

import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pneumo_desktop.core import archive
from pneumo_desktop.core.cases import Case, FilmError, Policy, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.discs import Aside
from pneumo_desktop.core.files import find_files, search
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import screen
from tests.core import zips
from tests.core.hostile_zips import HOSTILE, bomb, lying_bomb, nested
from tests.core.zips import png


def code_of(film):
    """Return None for a film that can be read, else the code of its reason."""
    try:
        read_film(film)
    except FilmError as error:
        return error.reason.code if error.reason.text.endswith(".") else error.reason.text
    return None


def codes(path):
    return [code_of(film) for film in find_files([path])]


def test_a_film_in_a_zip_is_read_like_the_film_itself(tmp_path, film_file):
    film = film_file("film.png")
    packed = zips.write(tmp_path / "films.zip", [("study/film.png", film.read_bytes())])
    (found,) = find_files([packed])
    assert found == packed / "study" / "film.png"
    assert (read_film(found).pixels == read_film(film).pixels).all()
    assert read_film(found).facts.sha256 == read_film(film).facts.sha256
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.png", "films.zip"]


def test_films_are_told_by_content_sorted_and_the_rest_is_named(tmp_path):
    packed = zips.write(
        tmp_path / "any.name",
        [
            ("b/film", png(1)), ("a.jpg", b"\xff\xd8\xff damaged"), ("readme.txt", b"a letter"),
            ("named.dcm", b"no film"), ("viewer.exe", b"MZ"), (".hidden.png", png(2)),
            ("__MACOSX/._film", b"x"), ("folder/", b""),
        ],
    )  # fmt: skip
    found = list(search([packed]))
    films = [p.relative_to(packed).as_posix() for p in found if isinstance(p, Path)]
    assert films == ["a.jpg", "b/film", "named.dcm"]
    aside = [item.path.name for item in found if isinstance(item, Aside)]
    assert aside == ["readme.txt", "viewer.exe"]
    assert codes(packed) == [ReasonCode.UNREADABLE, None, ReasonCode.UNSUPPORTED]


def test_a_zip_in_a_folder_takes_its_place_in_the_order(tmp_path, film_file):
    for name in ("x/a.png", "x/c.png"):
        film_file(name)
    zips.write(tmp_path / "x" / "b.zip", [("2.png", png(2)), ("1.png", png(1))])
    names = [p.relative_to(tmp_path / "x").as_posix() for p in find_files([tmp_path / "x"])]
    assert names == ["a.png", "b.zip/1.png", "b.zip/2.png", "c.png"]


def test_two_films_of_one_name_stay_two(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        packed = zips.write(tmp_path / "a.zip", [("film.png", png(n)) for n in (1, 2, 3)])
    found = list(find_files([packed]))
    assert [p.name for p in found] == ["film (2).png", "film (3).png", "film.png"]
    assert sorted(int(read_film(p).pixels[0, 0]) for p in found) == [1, 2, 3]


def test_a_program_or_document_that_is_a_zip_inside_is_one_file(tmp_path):
    packed = zips.write(tmp_path / "viewer.jar", [("META-INF/MANIFEST.MF", b""), ("a.png", png())])
    assert list(find_files([packed])) == [packed]
    assert codes(packed) == [ReasonCode.UNSUPPORTED]


def test_a_zip64_is_read(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "a.zip", "w") as opened,
        opened.open("film.png", "w", force_zip64=True) as stream,
    ):
        stream.write(png())
    assert codes(tmp_path / "a.zip") == [None]


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as read:
        yield read


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_zip_is_refused_with_a_code_and_costs_nothing_else(
    tmp_path, film_file, classifier, sandbox, case
):
    make, wanted = HOSTILE[case]
    hostile, good = make(tmp_path / "hostile.zip"), film_file("good.png")
    assert codes(hostile) == wanted
    paths = find_files([good, hostile, good])
    first, *refused, last = screen(paths, sandbox, classifier, Policy())
    assert [None if isinstance(o, Case) else o.reason.code for o in refused] == wanted
    assert first.prediction.pneumonia_probability == last.prediction.pneumonia_probability
    assert first.facts == last.facts


def test_a_bomb_is_refused_before_it_is_inflated(tmp_path, monkeypatch):
    path = bomb(tmp_path / "a.zip")
    monkeypatch.setattr(zlib, "decompressobj", None)  # calling it would be an error
    monkeypatch.setattr(archive, "ZipExtFile", None)
    (film,) = find_files([path])
    with pytest.raises(FilmError, match="far more than a radiograph"):
        read_film(film)


def test_a_bomb_that_lies_about_its_size_never_inflates_beyond_it(tmp_path):
    (film,) = find_files([lying_bomb(tmp_path / "a.zip")])
    code_of(film)  # loads what it needs
    tracemalloc.start()
    assert code_of(film) is ReasonCode.UNREADABLE
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20  # it would inflate to 8 MB


def test_a_zip_inside_a_zip_is_told_what_to_do(tmp_path):
    (film,) = find_files([nested(tmp_path / "a.zip")])
    with pytest.raises(FilmError, match="Unpack the outer one"):
        read_film(film)


def test_a_film_larger_than_the_limit_is_refused_by_its_entry(tmp_path, monkeypatch):
    monkeypatch.setattr("pneumo_desktop.core.decode.MAX_BYTES", 10)
    assert codes(zips.write(tmp_path / "a.zip", [("film.png", png())])) == [ReasonCode.TOO_LARGE]


def test_a_table_of_contents_too_large_is_not_even_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_DIRECTORY", 65_560)
    path = zips.write(tmp_path / "a.zip", [("x" * 60_000 + str(n), b"") for n in range(3)])
    with pytest.raises(FilmError) as caught:
        archive.members(path)
    assert caught.value.reason.code is ReasonCode.TOO_LARGE


def test_no_name_of_a_zip_leads_out_of_it(tmp_path):
    names = ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x", "."]
    packed = zips.write(tmp_path / "a.zip", [(name, png(n)) for n, name in enumerate(names)])
    found = list(find_files([packed]))
    assert len(found) == len(names)
    assert all(".." not in path.relative_to(packed).parts for path in found)
    assert not any(path.exists() for path in found)


def test_an_archive_that_moved_or_changed_is_told(tmp_path):
    packed = zips.write(tmp_path / "a.zip", [("film.png", png())])
    (film,) = find_files([packed])
    read_film(film)
    zips.write(packed, [("other.png", png(9))])
    with pytest.raises(FilmError, match="not in the ZIP any more") as caught:
        read_film(film)
    assert caught.value.reason.code is ReasonCode.MISSING
    packed.unlink()
    assert codes(film) == [ReasonCode.MISSING]
    assert codes(packed) == [ReasonCode.MISSING]


def test_an_archive_that_may_not_be_opened_is_told(tmp_path, monkeypatch):
    packed = zips.write(tmp_path / "a.zip", [("film.png", png())])
    (film,) = find_files([packed])

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(archive, "_Wary", refuse)
    archive._members.cache_clear()
    with pytest.raises(FilmError, match="permissions"):
        read_film(film)


NAMES = st.lists(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
    )
    | st.sampled_from(["..", "/", "\\", "C:", "a/b.png", "影像.png", "صورة.dcm", "a\nb", "."]),
    min_size=1,
    max_size=6,
)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names=NAMES)
def test_whatever_the_names_every_film_is_found_once_and_read_or_refused(tmp_path, names):
    packed = tmp_path / "names.zip"
    packed.unlink(missing_ok=True)
    zips.write(packed, [(name, png(grey)) for grey, name in enumerate(names)])
    with zipfile.ZipFile(packed) as opened:
        kept = [i.filename.replace("\\", "/") for i in opened.infolist()]
    hidden = [
        name
        for name in kept
        if name.endswith("/")
        or (archive.safe_parts(name) and "/." in "/" + "/".join(archive.safe_parts(name)))
    ]
    found = list(find_files([packed]))
    assert len(found) == len(set(found)) == max(len(kept) - len(hidden), 1)
    refused = {path: code_of(path) for path in found}
    assert set(refused.values()) <= {None, ReasonCode.UNREADABLE, ReasonCode.UNSUPPORTED}
    seen = {int(read_film(path).pixels[0, 0]) for path, code in refused.items() if code is None}
    safe = [n for n in kept if archive.safe_parts(n) and n not in hidden]
    assert len(seen) == len(safe)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.integers(0, 300), byte=st.integers(0, 255), place=st.integers(0, 400))
def test_a_damaged_zip_gives_films_or_reasons(tmp_path, cut, byte, place):
    packed = zips.write(tmp_path / "damaged.zip", [("a.png", png(1)), ("b.png", png(2))])
    data = bytearray(packed.read_bytes())
    data[place % len(data)] = byte
    packed.write_bytes(bytes(data[: len(data) - cut]))
    found = codes(packed)
    assert found
    assert set(found) <= {None, *ReasonCode}
