"""Films kept between requests: as many as fit, and never one whose file has changed."""

import os
from dataclasses import replace

import numpy as np
import pytest

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.greyscale import full_window
from pneumo_desktop.ui.film_cache import FilmCache, stamp
from pneumo_desktop.ui.film_loader import FilmLoader, _read_ahead
from tests.ui import make


def film(path, size=1000):
    return Film(replace(make.facts(), path=path), np.zeros((1, size), np.uint8), full_window(8))


@pytest.fixture
def paths(tmp_path):
    found = [tmp_path / f"{number}.png" for number in range(4)]
    for path in found:
        path.write_bytes(b"a film")
    return found


def test_the_films_kept_never_take_more_than_allowed_and_the_unused_go_first(paths):
    cache = FilmCache(2500)
    for path in paths[:2]:
        cache.put(path, stamp(path), film(path))
    assert cache.get(paths[0]).facts.path == paths[0]
    cache.put(paths[2], stamp(paths[2]), film(paths[2]))
    assert cache.bytes == 2000
    assert cache.get(paths[1]) is None
    assert cache.get(paths[0]) is not None
    cache.put(paths[3], stamp(paths[3]), film(paths[3], 2501))
    assert cache.get(paths[3]) is None
    assert cache.bytes == 2000


def test_a_film_whose_file_changed_or_went_is_read_again(paths):
    cache = FilmCache()
    for path in paths[:2]:
        cache.put(path, stamp(path), film(path))
    paths[0].write_bytes(b"another film")
    paths[1].unlink()
    assert cache.get(paths[0]) is None
    assert cache.get(paths[1]) is None
    assert cache.bytes == 0


def test_a_film_in_an_archive_is_as_old_as_the_archive(paths):
    inside = paths[0] / "folder" / "film.dcm"
    cache = FilmCache()
    cache.put(inside, stamp(inside), film(inside))
    assert cache.get(inside) is not None
    os.utime(paths[0], ns=(1, 1))
    assert cache.get(inside) is None


def test_what_is_no_file_is_not_kept(tmp_path):
    gone = tmp_path / "gone.png"
    cache = FilmCache()
    assert stamp(gone) is None
    cache.put(gone, None, film(gone))
    assert cache.get(gone) is None


@pytest.fixture
def loader(qapp):
    loader = FilmLoader()
    yield loader
    loader.shutdown()


def stored(number, path):
    return make.stored(number, replace(make.case(), facts=read_film(path).facts))


def test_a_film_read_ahead_is_there_without_reading(loader, qtbot, film_file, monkeypatch):
    ahead = stored(1, film_file("a.png"))
    loader.read_ahead([ahead, make.stored(2, make.rejected())])
    qtbot.waitUntil(lambda: loader._cache.bytes > 0, timeout=30_000)
    with monkeypatch.context() as nothing_reads:
        nothing_reads.setattr(loader, "_sandbox", None)
        with qtbot.waitSignal(loader.loaded, timeout=10_000) as loaded:
            loader.load(ahead.outcome)
    assert loaded.args[0].facts.sha256 == ahead.outcome.facts.sha256


def test_reading_ahead_tells_nobody_of_what_it_cannot_read(loader, qtbot, film_file):
    gone, there = stored(1, film_file("a.png")), stored(2, film_file("b.png"))
    gone.outcome.path.unlink()
    heard = []
    for signal in (loader.loaded, loader.failed):
        signal.connect(lambda *args: heard.append(args))
    loader.read_ahead([gone, there])
    qtbot.waitUntil(lambda: loader._cache.bytes > 0, timeout=30_000)
    loader._work.failed.emit(RuntimeError("no child"))
    qtbot.wait(60)
    assert heard == []


def test_a_request_gets_its_turn_between_films_read_ahead(film_file):
    cases = [stored(number, film_file(f"{number}.png")).outcome for number in range(3)]
    ahead = _read_ahead(cases, read_film, cache := FilmCache())
    next(ahead)
    assert len(cache._films) == 1


def test_the_neighbours_of_the_film_on_view_are_read_ahead(rooms, room, qtbot, three):
    qtbot.waitUntil(lambda: len(room.loader._cache._films) == 3, timeout=30_000)
