from dataclasses import replace

import pytest

from pneumo_desktop.core.decode import read_film
from pneumo_desktop.ui.film_loader import CHANGED, GONE, FilmLoader
from tests.ui import make


@pytest.fixture
def loader(qapp):
    loader = FilmLoader()
    yield loader
    loader.shutdown()


def case_of(path):
    return replace(make.case(), facts=read_film(path).facts)


def test_the_film_comes_at_its_full_depth(loader, qtbot, film_file):
    case = case_of(film_file("a.png"))
    with qtbot.waitSignal(loader.loaded, timeout=20_000) as loaded:
        loader.load(case)
    assert loaded.args[0].facts == case.facts
    assert loaded.args[0].pixels.shape == (40, 32)


def test_a_newer_request_silences_the_older(loader, qtbot, film_file):
    cases = [case_of(film_file(f"{number}.png")) for number in range(5)]
    seen = []
    loader.loaded.connect(lambda film: seen.append(film.facts.path.name))
    for case in cases:
        loader.load(case)
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    qtbot.wait(100)
    assert seen == ["4.png"]


def test_a_missing_film_is_told_in_a_sentence(loader, qtbot, film_file):
    case = case_of(film_file("a.png"))
    case.path.unlink()
    with qtbot.waitSignal(loader.failed, timeout=20_000) as failed:
        loader.load(case)
    assert failed.args == [GONE]


def test_another_film_under_the_same_name_is_not_shown(loader, qtbot, film_file):
    case = case_of(film_file("a.png", 0.9))
    film_file("a.png", 0.1)
    with qtbot.waitSignal(loader.failed, timeout=20_000) as failed:
        loader.load(case)
    assert failed.args == [CHANGED]


def test_what_was_forgotten_does_not_come(loader, qtbot, film_file):
    with qtbot.assertNotEmitted(loader.loaded, wait=300):
        loader.load(case_of(film_file("a.png")))
        loader.forget()


def test_a_slow_film_is_told(loader, qtbot, film_file):
    with qtbot.waitSignals([loader.slow, loader.loaded], timeout=20_000):
        loader._slow.setInterval(0)
        loader.load(case_of(film_file("a.png")))


def test_it_is_known_whether_a_film_is_still_to_come(loader, qtbot, film_file):
    case = case_of(film_file("a.png"))
    assert not loader.loading
    with qtbot.waitSignal(loader.loaded, timeout=20_000):
        loader.load(case)
        assert loader.loading
    assert not loader.loading
    loader.load(case)
    loader.forget()
    assert not loader.loading


def test_a_failure_to_read_ends_the_loading_with_words(loader, qtbot, monkeypatch):
    def broken(*_):
        yield from ()
        raise RuntimeError("no child can be started")

    monkeypatch.setattr("pneumo_desktop.ui.film_loader._read", broken)
    with qtbot.waitSignal(loader.failed, timeout=10_000) as failed:
        loader.load(make.case())
    assert failed.args == ["RuntimeError: no child can be started"]
    assert not loader.loading
