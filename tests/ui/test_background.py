import threading
import time

import pytest

from pneumo_desktop.ui.background import BATCH, Background


@pytest.fixture
def background(qapp):
    background = Background("test")
    yield background
    background.shutdown()


def collect(background):
    seen = []
    background.items.connect(seen.extend)
    return seen


def test_items_arrive_in_order_on_the_gui_thread(background, qtbot):
    threads = set()
    background.items.connect(lambda _: threads.add(threading.current_thread()))
    seen = collect(background)
    with qtbot.waitSignal(background.idle):
        background.run(iter(range(3 * BATCH)))
    assert seen == list(range(3 * BATCH))
    assert threads == {threading.main_thread()}


def test_batches_are_small_enough_for_the_gui_thread(background, qtbot):
    sizes = []
    background.items.connect(lambda batch: sizes.append(len(batch)))
    with qtbot.waitSignal(background.idle):
        background.run(iter(range(1000)))
    assert sum(sizes) == 1000
    assert max(sizes) <= BATCH


def test_jobs_run_one_after_the_other_and_none_is_lost(background, qtbot):
    seen = collect(background)
    with qtbot.waitSignal(background.idle):
        for start in (0, 10, 20):
            background.run(iter(range(start, start + 10)))
    assert seen == list(range(30))
    assert not background.busy


def test_a_cancelled_job_is_silent_and_the_next_one_runs(background, qtbot):
    seen = collect(background)

    def slow():
        for number in range(1000):
            time.sleep(0.005)
            yield number

    background.run(slow())
    qtbot.waitUntil(lambda: len(seen) > 2)
    background.cancel()
    seen.clear()
    with qtbot.waitSignal(background.idle):
        background.run(iter("ab"))
    assert seen == ["a", "b"]


def test_a_failure_is_delivered_after_the_items_before_it(background, qtbot):
    seen = collect(background)

    def broken():
        yield 1
        raise RuntimeError("boom")

    with qtbot.waitSignals([background.items, background.failed, background.idle], order="strict"):
        background.run(broken())
    assert seen == [1]


def test_shutdown_waits_and_stays_silent(qapp, qtbot):
    background = Background("going")
    seen = collect(background)
    background.run(iter(range(10**9)))
    time.sleep(0.05)
    background.shutdown()
    qtbot.wait(50)
    assert seen == []
    assert not [t for t in threading.enumerate() if t.name.startswith("going")]
