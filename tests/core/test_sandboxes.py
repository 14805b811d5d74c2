"""Several decoding children at once: each film has one, and a crash costs one film."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.sandboxes import Sandboxes
from tests.core import decoders


def test_many_threads_get_their_own_films():
    with Sandboxes(2, decoders.behave) as read, ThreadPoolExecutor(4) as pool:
        paths = [Path(f"film {n}") for n in range(12)]
        films = list(pool.map(read, paths))
    assert [film.facts.path for film in films] == paths


def test_a_crash_costs_one_film_and_the_others_are_read():
    with Sandboxes(2, decoders.behave) as read:
        for _ in range(2):
            with pytest.raises(FilmError) as caught:
                read(Path("abort"))
            assert caught.value.reason.code is ReasonCode.CRASHED
            assert read(Path("a")).facts.path == Path("a")


def test_pending_films_fail_at_once_when_interrupted():
    with Sandboxes(1, decoders.behave, timeout=600.0) as read:
        read(Path("a"))
        ended = []

        def hang():
            with pytest.raises(FilmError):
                read(Path("hang"))
            ended.append(True)

        thread = threading.Thread(target=hang)
        thread.start()
        while thread.is_alive():  # until the film is pending there is nothing to interrupt
            read.interrupt()
            thread.join(0.05)
        assert ended
        assert read(Path("b")).facts.path == Path("b")
