"""A watched folder: each film once, whole, also after a restart."""

import os
import sqlite3

import pytest

from pneumo_desktop.core.watch import LEDGER, UNFINISHED, Watch


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder


@pytest.fixture
def opened():
    watches = []
    yield watches
    for watch in watches:
        watch.close()


@pytest.fixture
def start(folder, home, opened):
    """Return a function that starts watching, as a program does that was started."""

    def begin():
        home.mkdir(exist_ok=True)
        opened.append(Watch(folder, home / LEDGER))
        return opened[-1]

    return begin


def two_looks(watch):
    watch.look()
    return list(watch.look().whole)


def test_a_new_film_is_found_at_the_second_look_and_never_again(start, folder):
    watch = start()
    (folder / "a.dcm").write_bytes(b"film")
    assert watch.look().whole == ()
    assert watch.look().whole == (folder / "a.dcm",)
    assert watch.look().whole == ()


def test_a_half_written_film_is_waited_for(start, folder):
    watch = start()
    with (folder / "a.dcm").open("wb") as film:
        for part in range(4):
            film.write(b"part")
            film.flush()
            os.utime(folder / "a.dcm", ns=(0, part))
            assert watch.look().whole == ()
    assert watch.look().whole == (folder / "a.dcm",)


def test_a_file_of_a_size_made_in_advance_is_waited_for_by_its_time(start, folder):
    watch = start()
    film = folder / "a.dcm"
    for second in range(3):
        film.write_bytes(b"0" * 100)
        os.utime(film, ns=(0, second))
        assert watch.look().whole == ()


def test_an_empty_file_is_waited_for(start, folder):
    watch = start()
    (folder / "a.dcm").touch()
    assert two_looks(watch) == []
    (folder / "a.dcm").write_bytes(b"film")
    assert two_looks(watch) == [folder / "a.dcm"]


@pytest.mark.parametrize("name", [".hidden.dcm", *(f"a.dcm{end}" for end in UNFINISHED)])
def test_hidden_and_unfinished_files_are_left_alone_until_renamed(start, folder, name):
    watch = start()
    (folder / name).write_bytes(b"film")
    assert two_looks(watch) == []
    (folder / name).rename(folder / "whole.dcm")
    assert two_looks(watch) == [folder / "whole.dcm"]


def test_films_in_folders_that_arrive_are_found_in_order(start, folder):
    watch = start()
    for name in ("b/2.dcm", "a/1.dcm", "b/1.dcm"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"film")
    assert two_looks(watch) == [folder / name for name in ("a/1.dcm", "b/1.dcm", "b/2.dcm")]


def test_an_answered_film_is_not_found_after_a_restart_but_one_that_came_meanwhile_is(
    start, folder
):
    watch = start()
    (folder / "a.dcm").write_bytes(b"film")
    watch.mark(two_looks(watch))
    (folder / "b.dcm").write_bytes(b"film")
    assert two_looks(start()) == [folder / "b.dcm"]


def test_a_film_that_was_given_but_not_answered_is_given_after_a_restart(start, folder):
    watch = start()
    (folder / "a.dcm").write_bytes(b"film")
    assert two_looks(watch) == [folder / "a.dcm"]
    watch.let_go()
    watch.mark_all()
    assert two_looks(watch) == []
    assert two_looks(start()) == [folder / "a.dcm"]


def test_all_that_was_given_may_be_dealt_with_at_once(start, folder):
    watch = start()
    (folder / "notes.txt").write_bytes(b"no film")
    assert two_looks(watch) == [folder / "notes.txt"]
    watch.mark_all()
    assert two_looks(start()) == []


def test_a_film_written_anew_is_a_new_film(start, folder):
    watch = start()
    (folder / "a.dcm").write_bytes(b"film")
    watch.mark(two_looks(watch))
    (folder / "a.dcm").write_bytes(b"longer film")
    assert two_looks(watch) == [folder / "a.dcm"]
    watch.mark([folder / "a.dcm"])
    assert two_looks(start()) == []


def test_what_changed_between_its_look_and_its_answer_is_answered_again(start, folder):
    watch = start()
    (folder / "a.dcm").write_bytes(b"film")
    given = two_looks(watch)
    (folder / "a.dcm").write_bytes(b"film, longer")
    watch.mark(given)
    assert two_looks(start()) == [folder / "a.dcm"]


def test_marking_a_film_from_elsewhere_marks_nothing(start, folder, tmp_path):
    start().mark([tmp_path / "elsewhere.dcm"])
    (folder / "a.dcm").write_bytes(b"film")
    assert two_looks(start()) == [folder / "a.dcm"]


def test_a_folder_that_is_away_is_told_and_looked_at_again(start, folder):
    watch = start()
    folder.rename(folder.with_name("away"))
    assert "No such file" in watch.look().problem
    folder.with_name("away").rename(folder)
    (folder / "a.dcm").write_bytes(b"film")
    assert two_looks(watch) == [folder / "a.dcm"]
    assert watch.look().problem == ""


@pytest.mark.skipif(os.name != "posix", reason="links need a right under Windows")
def test_links_are_not_followed(start, folder, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.dcm").write_bytes(b"film")
    (folder / "link").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(folder)
    assert two_looks(start()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may enter any folder")
def test_a_folder_inside_that_is_closed_is_passed_over(start, folder):
    (folder / "closed").mkdir(mode=0)
    (folder / "a.dcm").write_bytes(b"film")
    assert two_looks(start()) == [folder / "a.dcm"]


def test_a_look_under_way_when_the_ledger_is_closed_finds_nothing(start, folder):
    watch = start()
    (folder / "a.dcm").write_bytes(b"film")
    watch.look()
    watch.close()
    assert watch.look().whole == ()


def test_the_ledger_tells_nothing_and_is_its_owners_only(start, folder, home):
    watch = start()
    (folder / "Quixote.dcm").write_bytes(b"film")
    watch.mark(two_looks(watch))
    watch.close()
    assert b"Quixote" not in (home / LEDGER).read_bytes()
    assert (home / LEDGER).stat().st_mode & (0o077 if os.name == "posix" else 0) == 0


def test_a_ledger_that_is_none_is_told(home, folder):
    home.mkdir()
    (home / LEDGER).write_bytes(b"no database, but long enough to look like one" * 40)
    with pytest.raises(sqlite3.DatabaseError):
        Watch(folder, home / LEDGER)
