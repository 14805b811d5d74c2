import multiprocessing
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.sandbox import READY, DecoderUnavailableError, Sandbox, serve


def behave(path: Path):
    match path.name:
        case "crash":
            os.abort()
        case "hang":
            time.sleep(60)
        case "refuse":
            raise FilmError(ReasonCode.UNSUPPORTED, "Not this one.")
        case "bug":
            raise RuntimeError("ours")
        case "greedy":
            raise MemoryError
        case "modules":
            return "PySide6" in sys.modules
    return path.name.upper()


def code_of(sandbox, name):
    with pytest.raises(FilmError) as caught:
        sandbox(Path(name))
    return caught.value.reason.code


def test_a_crash_costs_one_film():
    with Sandbox(behave) as sandbox:
        assert sandbox(Path("a")) == "A"
        assert code_of(sandbox, "crash") is ReasonCode.CRASHED
        assert sandbox(Path("b")) == "B"


def test_a_hang_costs_one_film():
    with Sandbox(behave, timeout=3.0) as sandbox:
        assert sandbox(Path("a")) == "A"
        assert code_of(sandbox, "hang") is ReasonCode.TIMEOUT
        assert sandbox(Path("b")) == "B"


def test_a_film_too_large_for_the_memory_costs_one_film():
    with Sandbox(behave) as sandbox:
        assert code_of(sandbox, "greedy") is ReasonCode.TOO_LARGE
        assert sandbox(Path("b")) == "B"


def test_a_child_that_cannot_start_is_not_the_films_fault(monkeypatch):
    with Sandbox(behave) as sandbox:
        monkeypatch.setattr(sys, "executable", "/bin/false")
        multiprocessing.set_executable("/bin/false")
        try:
            with pytest.raises(DecoderUnavailableError, match="cannot be started"):
                sandbox(Path("a"))
        finally:
            monkeypatch.undo()
            multiprocessing.set_executable(sys.executable)


def test_starting_is_not_counted_as_decoding():
    with Sandbox(behave, timeout=0.2) as sandbox:  # a start alone takes longer
        assert sandbox(Path("a")) == "A"


def test_reasons_and_bugs_travel():
    with Sandbox(behave) as sandbox:
        assert code_of(sandbox, "refuse") is ReasonCode.UNSUPPORTED
        with pytest.raises(RuntimeError, match="ours"):
            sandbox(Path("bug"))


def test_the_child_has_no_qt():
    with Sandbox(behave) as sandbox:
        assert sandbox(Path("modules")) is False


def test_interrupt_ends_a_pending_film():
    with Sandbox(behave) as sandbox:
        sandbox(Path("a"))
        threading.Timer(0.2, sandbox.interrupt).start()
        assert code_of(sandbox, "hang") is ReasonCode.CRASHED
        assert sandbox(Path("b")) == "B"


def test_interrupt_while_the_child_starts_kills_that_child():
    with Sandbox(behave) as sandbox:
        stop = threading.Event()

        def keep_interrupting():
            while not stop.is_set():
                sandbox.interrupt()

        thread = threading.Thread(target=keep_interrupting)
        thread.start()
        assert code_of(sandbox, "a") is ReasonCode.CRASHED
        stop.set()
        thread.join()
        assert sandbox(Path("b")) == "B"


def test_a_film_arrives_whole(film_file):
    path = film_file("film.png")
    with Sandbox() as sandbox:
        sandbox.warm_up()
        film = sandbox(path)
    assert film.facts == read_film(path).facts
    assert (film.pixels == read_film(path).pixels).all()


def test_serve_answers_until_the_pipe_closes():
    ours, theirs = multiprocessing.Pipe()
    for name in ("a", "refuse"):
        ours.send(Path(name))
    server = threading.Thread(target=serve, args=(behave, theirs))
    server.start()
    assert [ours.recv(), ours.recv()] == [READY, "A"]
    assert isinstance(ours.recv(), FilmError)
    ours.close()
    server.join(5)
    assert not server.is_alive()
    theirs.close()
