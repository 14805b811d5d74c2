import threading
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.abreast import AHEAD, Sandboxes, in_order
from pneumo_desktop.core.cases import Case, FilmError, Policy, ReasonCode, Rejected
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.golden import demo_films
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import screen
from tests.core import decoders

PATIENCE = 60.0


@pytest.fixture
def sandboxes():
    """Two children that behave as the name of a film asks for."""
    with Sandboxes(2, partial(Sandbox, decoders.behave, PATIENCE)) as started:
        yield started


def test_items_come_in_order_though_later_ones_are_done_first():
    second_done = threading.Event()

    def do(number):
        if number == 0:
            assert second_done.wait(PATIENCE)
        second_done.set()
        return number

    assert list(in_order(do, range(9), 2)) == list(range(9))


class Slow:
    """Work whose first item waits until as many follow as may; the others until they are let go."""

    def __init__(self):
        self.asked, self.begun = [], []
        self.go_on = threading.Event()

    def items(self):
        for number in range(1000):
            self.asked.append(number)
            yield number

    def do(self, number):
        self.begun.append(number)
        if number:
            assert self.go_on.wait(PATIENCE)
            return number
        until = time.monotonic() + PATIENCE
        while len(self.asked) <= AHEAD and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.3)  # for one more to be asked for by mistake
        return number


def test_a_slow_item_holds_up_those_behind_it():
    slow = Slow()
    answers = in_order(slow.do, slow.items(), 2)
    assert next(answers) == 0
    assert slow.asked == list(range(AHEAD + 1))
    slow.go_on.set()
    assert list(answers) == list(range(1, 1000))


def test_what_was_not_begun_is_never_begun_once_nobody_asks():
    slow = Slow()
    answers = in_order(slow.do, slow.items(), 2)
    next(answers)
    answers.close()
    slow.go_on.set()
    for thread in threading.enumerate():
        if thread.name.startswith("lane"):
            thread.join(PATIENCE)
    assert len(slow.begun) <= 3  # the first, and one in each lane


def test_an_error_comes_in_its_place_and_ends_the_rest():
    def do(number):
        if number == 3:
            raise ValueError("three")
        return number

    seen = []
    answers = in_order(do, range(100), 2)
    with pytest.raises(ValueError, match="three"):
        seen.extend(answers)
    assert seen == [0, 1, 2]
    assert list(answers) == []


def test_one_lane_begins_nothing_before_it_is_asked_for():
    begun = []
    answers = in_order(begun.append, range(10), 1)
    next(answers)
    assert begun == [0]


def test_as_many_are_at_work_at_once_as_there_are_lanes():
    both = threading.Barrier(2)
    assert list(in_order(lambda _: both.wait(PATIENCE) >= 0, range(8), 2)) == [True] * 8


def test_one_thread_needs_one_child(sandboxes):
    for name in "abc":
        sandboxes(Path(name))
    assert [sandbox._process is not None for sandbox in sandboxes._all] == [True, False]


def test_a_crash_costs_one_film_of_those_abreast(sandboxes, classifier):
    names = ["a", "segfault", "b", "leave", "c", "d", "abort", "e"]
    outcomes = list(screen(map(Path, names), sandboxes, classifier, Policy(), 2))
    assert [o.path.name for o in outcomes] == names
    lost = [o.path.name for o in outcomes if isinstance(o, Rejected)]
    assert lost == ["segfault", "leave", "abort"]
    assert {o.reason.code for o in outcomes if isinstance(o, Rejected)} == {ReasonCode.CRASHED}


def test_interrupt_ends_what_is_read_at_once_and_for_good(sandboxes):
    sandboxes(Path("a"))
    threading.Timer(0.3, sandboxes.interrupt).start()
    started = time.monotonic()
    for _ in range(2):
        with pytest.raises(FilmError):
            sandboxes(Path("hang"))
    assert time.monotonic() - started < PATIENCE / 2


def test_closing_ends_the_films_of_other_threads_and_of_those_that_come_late(sandboxes):
    failed = []

    def read():
        try:
            sandboxes(Path("hang"))
        except FilmError as error:
            failed.append(error.reason.code)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    while not all(sandbox._process is not None for sandbox in sandboxes._all):
        time.sleep(0.01)  # two threads have a child each
    started = time.monotonic()
    sandboxes.close()
    read()
    for thread in threads:
        thread.join(PATIENCE)
    assert failed == [ReasonCode.CRASHED] * 3
    assert time.monotonic() - started < PATIENCE / 2


def test_answers_abreast_are_those_of_one_by_one():
    package = find_package(DEFAULT_MODEL)
    films = demo_films() * 3
    alone = list(screen(films, read_film, LiteRtClassifier(package), Policy()))
    with Sandboxes(3) as read:
        abreast = list(screen(films, read, LiteRtClassifier(package, 1), Policy(), 3))
    for one, other in zip(alone, abreast, strict=True):
        assert type(one) is type(other)
        assert one.path == other.path
        if isinstance(one, Case):
            assert one.answer == other.answer
            said, again = one.prediction, other.prediction
            assert said.pneumonia_probability == again.pneumonia_probability
            assert said.chest_probability == again.chest_probability
            assert np.array_equal(said.evidence, again.evidence)
