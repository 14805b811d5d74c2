"""A second start hands its films to the first; nobody else gets a word in."""

import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from queue import Queue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core import single_instance
from pneumo_desktop.core.single_instance import (
    MAGIC,
    MOST_BYTES,
    Door,
    address_of,
    hand_over,
    understood,
)

SECOND = (
    "import sys; from pathlib import Path; from pneumo_desktop.core.single_instance import *;"
    "sys.exit(not hand_over(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]]))"
)
PATIENCE_S = 60
unix = pytest.mark.skipif(os.name != "posix", reason="Windows has pipes instead of sockets")


@pytest.fixture
def heard():
    return Queue()


@pytest.fixture
def door(home, heard):
    home.mkdir(mode=0o700)
    door = Door(home, heard.put)
    yield door
    door.close()


def start_again(home, *paths):
    return subprocess.run([sys.executable, "-c", SECOND, home, *paths], check=False).returncode


def test_a_second_start_hands_its_films_over(door, home, heard, tmp_path):
    odd = tmp_path / os.fsdecode(b"odd \xff\n name.dcm")
    assert start_again(home, odd, tmp_path / "folder") == 0
    assert heard.get(timeout=PATIENCE_S) == [odd, tmp_path / "folder"]


def test_a_relative_path_is_that_of_the_second_start(door, home, heard, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert hand_over(home, [Path("a.dcm")])
    assert heard.get(timeout=PATIENCE_S) == [tmp_path / "a.dcm"]


def test_no_films_bring_the_first_to_the_front(door, home, heard):
    assert hand_over(home, [])
    assert heard.get(timeout=PATIENCE_S) == []


def test_nobody_listens_before_the_first_and_after_it(home, heard):
    home.mkdir()
    assert not hand_over(home, [])
    Door(home, heard.put).close()
    assert not hand_over(home, [])


def test_each_data_folder_has_a_window_of_its_own(door, home, tmp_path):
    (tmp_path / "other").mkdir()
    assert not hand_over(tmp_path / "other", [])


@unix
def test_what_a_crashed_window_left_behind_gives_way(home, heard):
    home.mkdir()
    left = socket.socket(socket.AF_UNIX)
    left.bind(address_of(home))
    left.close()
    assert Path(address_of(home)).exists()
    assert not hand_over(home, [])
    door = Door(home, heard.put)
    assert hand_over(home, [])
    door.close()


def test_a_huge_list_of_films_is_no_message(door, home, heard):
    assert not hand_over(home, [Path("/" + "x" * 1000)] * (MOST_BYTES // 1000 + 1))
    assert hand_over(home, [])
    assert heard.get(timeout=PATIENCE_S) == []


@pytest.mark.parametrize(
    "message",
    [b"", b"GET / HTTP/1.1\r\n\r\n", MAGIC + b"\0relative.dcm", b"x" * (MOST_BYTES + 1)],
)
def test_rubbish_is_refused_and_the_door_stays_open(door, home, heard, message):
    with multiprocessing.connection.Client(address_of(home)) as visitor:
        try:
            visitor.send_bytes(message)
            with pytest.raises((EOFError, ConnectionResetError)):
                visitor.recv_bytes()
        except BrokenPipeError:
            pass  # refused by its length alone
    assert hand_over(home, [])
    assert heard.get(timeout=PATIENCE_S) == []


@unix
def test_bytes_that_are_no_message_at_all_are_refused(door, home, heard):
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.connect(address_of(home))
        visitor.sendall(b"\xff" * 64)
        with suppress(ConnectionResetError):  # there was more than it read
            assert visitor.recv(1) == b""
    assert hand_over(home, [])


@unix
def test_a_visitor_who_says_nothing_keeps_nobody_waiting(door, home, heard):
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.connect(address_of(home))
        assert hand_over(home, [])


@pytest.fixture
def runtime(monkeypatch):
    """A runtime folder whose path is as short as a system's; that of a test may be too long."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@unix
def test_the_socket_is_in_a_folder_closed_to_others(runtime, tmp_path):
    for place in (Path("/h"), tmp_path / ("deep" * 40)):
        assert len(address_of(place)) <= 104
    assert Path(address_of(Path("/h"))).parent == Path("/h")
    assert Path(address_of(tmp_path / ("deep" * 40))).parent.stat().st_mode & 0o077 == 0


def test_a_window_that_hangs_does_not_keep_the_second_from_opening(home, monkeypatch):
    home.mkdir()
    monkeypatch.setattr(single_instance, "PATIENCE_S", 0.1)
    with multiprocessing.connection.Listener(address_of(home)):
        assert not hand_over(home, [])


@given(st.binary(max_size=200))
def test_any_bytes_are_absolute_paths_or_nothing(message):
    for given_message in (message, MAGIC + b"\0" + message):
        paths = understood(given_message)
        assert paths is None or all(path.is_absolute() for path in paths)
