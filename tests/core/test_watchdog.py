import threading
import time

import pytest

from pneumo_desktop.core.watchdog import Watchdog


@pytest.fixture
def bites():
    return []


@pytest.fixture
def start(bites):
    started = []

    def begin(seconds):
        bitten = threading.Event()
        dog = Watchdog(lambda: (bites.append(1), bitten.set()), seconds)
        started.append(dog)
        return dog, bitten

    yield begin
    for dog in started:
        dog.end()


def test_it_bites_once_when_the_time_is_up(start, bites):
    dog, bitten = start(0.05)
    dog.watch()
    assert bitten.wait(20)
    time.sleep(0.2)
    assert bites == [1]
    assert not dog.rest()


def test_it_bites_nothing_that_was_over_in_time(start, bites):
    dog, _ = start(1.0)
    for _ in range(5):
        dog.watch()
        assert dog.rest()
    time.sleep(1.3)
    assert bites == []


def test_a_watch_has_its_own_time_whatever_became_of_the_one_before(start, bites):
    dog, bitten = start(1.0)
    dog.watch()
    time.sleep(0.2)
    assert dog.rest()
    began = time.monotonic()
    dog.watch()
    assert bitten.wait(60)
    assert time.monotonic() - began >= 1.0
    bitten.clear()
    dog.watch()  # from idleness, after a bite
    assert bitten.wait(60)
    assert bites == [1, 1]


def test_its_thread_ends():
    before = set(threading.enumerate())
    dog = Watchdog(lambda: None, 60)
    (thread,) = set(threading.enumerate()) - before
    dog.watch()
    dog.end()
    thread.join(20)
    assert not thread.is_alive()
