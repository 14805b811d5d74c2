"""`screen` over ZIPs and discs: a line for each film, a remark on the rest."""

import pytest

from tests.core import discs, zips


@pytest.fixture
def disc(tmp_path):
    films = [
        discs.film(240), discs.film(20), discs.film(30, view="LL"),
        discs.film(40, modality="CT", storage=discs.CT, view=""),
    ]  # fmt: skip
    return discs.with_company(discs.write(tmp_path / "disc", films).parent)


def test_a_disc_gives_a_line_for_each_film_and_remarks_on_stderr(run, disc):
    ran = run("screen", disc, "--json")
    assert ran.status == 0
    assert [line["outcome"] for line in ran.lines] == ["case"] * 4
    assert len(ran.out.splitlines()) == 4
    assert "1 CT, 1 lateral.\n" in ran.err
    assert "2 other files not read: AUTORUN.INF, viewer.exe.\n" in ran.err
    assert [line["path"] for line in run("screen", disc / "DICOMDIR", "--json").lines] == [
        line["path"] for line in ran.lines
    ]


def test_a_zip_gives_a_line_for_each_film_with_its_path_in_the_zip(run, tmp_path):
    packed = zips.write(
        tmp_path / "films.zip",
        [("b/影像.png", zips.png(250)), ("a.png", zips.png(9)), ("b/readme.txt", b"a letter")],
    )
    ran = run("screen", packed, "--json", "--save")
    assert ran.status == 0
    paths = [str(packed / "a.png"), str(packed / "b" / "影像.png")]
    assert [line["path"] for line in ran.lines] == paths
    assert [line["label"] for line in ran.lines] == ["Normal", "Pneumonia"]
    assert "1 other file not read: readme.txt." in ran.err
    assert sorted(line["path"] for line in run("queue", "list", "--json").lines) == paths
    again = run("screen", *paths, "--json").lines
    assert [line["confidence"] for line in again] == [line["confidence"] for line in ran.lines]


def test_a_text_in_a_folder_stays_a_rejected_line(run, film_file, tmp_path):
    film_file("x/film.png")
    (tmp_path / "x" / "readme.txt").write_text("a letter")
    ran = run("screen", tmp_path / "x", "--json")
    assert ran.status == 1
    assert [line["outcome"] for line in ran.lines] == ["case", "rejected"]
    assert ran.err == ""


def test_a_disc_without_a_film_matches_nothing_and_says_what_it_holds(run, tmp_path):
    table = discs.write(tmp_path / "disc", [discs.film()])
    discs.with_company(table.parent)
    table.write_bytes(empty_table(table))
    for film in table.parent.glob("PT*/*/*/*"):
        film.unlink()
    ran = run("screen", table.parent)
    assert ran.status == 2
    assert "no film" in ran.err
    assert "viewer.exe" in ran.err


def empty_table(table):
    import pydicom

    dataset = pydicom.dcmread(table)
    dataset.DirectoryRecordSequence = []
    dataset.save_as(table)
    return table.read_bytes()


def test_evaluate_reads_the_films_of_a_zip(run, film_file, tmp_path):
    for name in ("PNEUMONIA", "NORMAL"):
        (tmp_path / "set" / name).mkdir(parents=True)
    zips.write(tmp_path / "set" / "NORMAL" / "a.zip", [(f"{n}.png", zips.png(n)) for n in (9, 19)])
    film_file("b.png", folder=tmp_path / "set" / "PNEUMONIA")
    (figures,) = run("evaluate", tmp_path / "set", "--json").lines
    assert (figures["n"], figures["n_rejected"]) == (3, 0)


def test_open_takes_a_film_in_a_zip_and_refuses_a_path_to_nowhere(run, tmp_path, monkeypatch):
    from pneumo_desktop.commands import window

    opened = []

    class Window:
        def open_window(self, paths):
            opened.extend(paths)
            return 0

    monkeypatch.setattr(window, "_load_window", Window)
    packed = zips.write(tmp_path / "films.zip", [("a.png", zips.png())])
    assert run("open", packed / "a.png").status == 0
    assert opened == [packed / "a.png"]
    assert run("open", tmp_path / "gone.zip" / "a.png").status == 2
