import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core import handover, sandbox_child
from pneumo_desktop.core.cases import Film, FilmError, Reason, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.sandbox import DecoderUnavailableError, Sandbox
from tests.core import decoders

NO_LIMIT = pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces RLIMIT_AS")


@pytest.fixture
def sandbox():
    with Sandbox(decoders.behave) as started:
        yield started


def code_of(sandbox, name):
    with pytest.raises(FilmError) as caught:
        sandbox(Path(name))
    return caught.value.reason.code


def assert_right(film, path):
    expected = decoders.film(path)
    assert film.facts == expected.facts
    assert np.array_equal(film.pixels, expected.pixels)


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("abort", ReasonCode.CRASHED),
        ("segfault", ReasonCode.CRASHED),
        ("leave", ReasonCode.CRASHED),
        ("fail", ReasonCode.CRASHED),
        ("fail_without_end", ReasonCode.CRASHED),
        ("speak_rubbish", ReasonCode.CRASHED),
        ("speak_pickle", ReasonCode.CRASHED),
        pytest.param("allocate", ReasonCode.TOO_LARGE, marks=NO_LIMIT),
        ("refuse", ReasonCode.UNSUPPORTED),
    ],
)
def test_a_fault_costs_one_film_and_the_next_is_unchanged(sandbox, deed, code):
    assert_right(sandbox(Path("a")), Path("a"))
    assert code_of(sandbox, deed) is code
    assert_right(sandbox(Path("b")), Path("b"))
    assert code_of(sandbox, deed) is code  # also of a child that has read no film yet
    assert_right(sandbox(Path("b")), Path("b"))


@pytest.mark.parametrize("deed", ["hang", "spin", "speak_half"])
def test_a_hang_costs_one_film(deed):
    with Sandbox(decoders.behave, timeout=2.0) as sandbox:
        assert_right(sandbox(Path("a")), Path("a"))
        assert code_of(sandbox, deed) is ReasonCode.TIMEOUT
        assert_right(sandbox(Path("b")), Path("b"))


def test_what_a_decoder_prints_reaches_no_one(sandbox, capfd):
    assert_right(sandbox(Path("print_garbage")), Path("print_garbage"))
    assert_right(sandbox(Path("b")), Path("b"))
    assert tuple(capfd.readouterr()) == ("", "")


@pytest.mark.parametrize(
    "deed", ["crash_soon", "speak_unasked", pytest.param("fill_memory", marks=NO_LIMIT)]
)
def test_a_film_pays_for_no_fault_of_the_one_before(sandbox, deed):
    assert_right(sandbox(Path(deed)), Path(deed))
    for _ in range(8):
        time.sleep(0.05)
        assert_right(sandbox(Path("need_memory")), Path("need_memory"))


def test_a_bug_is_logged_by_its_place_not_its_words(sandbox, caplog):
    with caplog.at_level(logging.ERROR):
        assert code_of(sandbox, "fail") is ReasonCode.CRASHED
    assert "RuntimeError in decoders.py, line" in caplog.text
    assert "Jane" not in caplog.text


def test_a_reason_travels(sandbox):
    with pytest.raises(FilmError) as caught:
        sandbox(Path("refuse"))
    assert caught.value.reason == Reason(ReasonCode.UNSUPPORTED, "Not this one.")


def test_a_child_that_cannot_start_is_not_the_films_fault(sandbox, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    multiprocessing.set_executable("/bin/false")
    try:
        with pytest.raises(DecoderUnavailableError, match="cannot be started"):
            sandbox(Path("a"))
    finally:
        monkeypatch.undo()
        multiprocessing.set_executable(sys.executable)


def test_starting_is_not_counted_as_decoding():
    with Sandbox(decoders.behave, timeout=0.2) as sandbox:  # a start alone takes longer
        assert_right(sandbox(Path("a")), Path("a"))


def test_the_child_has_no_qt():
    with Sandbox(decoders.modules) as sandbox:
        assert sandbox(Path("a")).facts.format == "no Qt"


def test_interrupt_ends_a_pending_film(sandbox):
    sandbox(Path("a"))
    threading.Timer(0.2, sandbox.interrupt).start()
    assert code_of(sandbox, "hang") is ReasonCode.CRASHED
    assert_right(sandbox(Path("b")), Path("b"))


def test_interrupt_while_the_child_starts_kills_that_child(sandbox):
    stop = threading.Event()

    def keep_interrupting():
        while not stop.is_set():
            sandbox.interrupt()

    thread = threading.Thread(target=keep_interrupting)
    thread.start()
    assert code_of(sandbox, "a") is ReasonCode.CRASHED
    stop.set()
    thread.join()
    assert_right(sandbox(Path("b")), Path("b"))


def test_a_film_arrives_whole(film_file):
    path = film_file("film.png")
    with Sandbox() as sandbox:
        sandbox.warm_up()
        film = sandbox(path)
    assert film.facts == read_film(path).facts
    assert (film.pixels == read_film(path).pixels).all()


def test_serve_answers_until_the_pipe_closes():
    ours, theirs = multiprocessing.Pipe()
    for name in ("a", "refuse", "fail"):
        ours.send(Path(name))
    server = threading.Thread(target=sandbox_child.serve, args=(decoders.behave, theirs))
    server.start()
    assert ours.recv_bytes() == sandbox_child.READY
    answers = [handover.receive(ours) for _ in range(3)]
    assert [type(answer) for answer in answers] == [Film, Reason, handover.Failure]
    ours.close()
    server.join(60)
    assert not server.is_alive()
    theirs.close()


PARENT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from pneumo_desktop.core.sandbox import Sandbox
from tests.core import decoders
if __name__ == "__main__":
    with Sandbox(decoders.behave) as sandbox:
        sandbox(Path("a"))
        print(sandbox._process.pid, flush=True)
        sandbox(Path("hang"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="looks for the child as POSIX does")
def test_a_hanging_child_does_not_outlive_a_killed_parent(tmp_path):
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    words = [sys.executable, str(program), str(Path(__file__).parents[2])]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        time.sleep(1.0)  # now it hangs
        parent.send_signal(signal.SIGKILL)
    for _ in range(200):
        if not _is_running(child):
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the child is still there")


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
