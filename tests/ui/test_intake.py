import threading
import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QTimer

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.cases import Policy, Rejected
from pneumo_desktop.ui.intake import Intake


class Watched:
    """A classifier that notes who asked it, and can be made to wait."""

    def __init__(self, inner):
        self.card, self.identity = inner.card, inner.identity
        self._inner = inner
        self.threads = set()
        self.go_on = threading.Event()
        self.go_on.set()

    def predict(self, film):
        self.threads.add(threading.current_thread().name)
        self.go_on.wait(10)
        return self._inner.predict(film)


@pytest.fixture
def watched(classifier):
    return Watched(classifier)


@pytest.fixture
def intake(qapp, watched):
    intake = Intake(lambda _: watched, Policy())
    intake.seen = []
    intake.answered.connect(intake.seen.extend)
    yield intake
    watched.go_on.set()
    intake.shutdown()


def test_the_network_never_runs_on_the_gui_thread(intake, watched, qtbot, film_file):
    with qtbot.waitSignal(intake.finished, timeout=20_000):
        intake.add([film_file("a.png")])
    assert watched.threads
    assert threading.main_thread().name not in watched.threads


def test_folders_are_searched_and_missing_files_answered_too(intake, qtbot, film_file, tmp_path):
    film_file("x/2.png", folder=tmp_path)
    film_file("x/y/1.png", folder=tmp_path)
    with qtbot.waitSignal(intake.finished, timeout=20_000) as finished:
        intake.add([tmp_path / "x", tmp_path / "gone.png"])
    names = [outcome.path.name for outcome in intake.seen]
    assert names == ["2.png", "1.png", "gone.png"]
    assert isinstance(intake.seen[-1], Rejected)
    assert finished.args[0].startswith("3 files answered")


def test_what_is_added_while_films_are_answered_comes_after(intake, watched, qtbot, film_file):
    watched.go_on.clear()
    totals = []
    intake.advanced.connect(lambda advance: totals.append(advance.total))
    intake.add([film_file("a.png")])
    qtbot.waitUntil(lambda: bool(watched.threads), timeout=20_000)
    with qtbot.waitSignal(intake.finished, timeout=20_000):
        intake.add([film_file("b.png"), film_file("c.png")])
        qtbot.waitUntil(lambda: max(totals) == 3)
        watched.go_on.set()
    assert [outcome.path.name for outcome in intake.seen] == ["a.png", "b.png", "c.png"]


def test_cancel_forgets_what_is_to_come_and_later_films_are_answered(
    intake, watched, qtbot, film_file
):
    watched.go_on.clear()
    intake.add([film_file(f"{number}.png") for number in range(20)])
    qtbot.waitUntil(lambda: bool(watched.threads), timeout=20_000)
    with qtbot.waitSignal(intake.finished) as finished:
        intake.cancel()
    assert finished.args[0].startswith("Cancelled")
    watched.go_on.set()
    with qtbot.waitSignal(intake.finished, timeout=20_000):
        intake.add([film_file("later.png")])
    assert [outcome.path.name for outcome in intake.seen] == ["later.png"]
    assert not isinstance(intake.seen[0], Rejected)


def test_an_empty_folder_is_told(intake, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(intake.finished) as finished:
        intake.add([tmp_path / "empty"])
    assert finished.args[0].startswith("No film found")


def test_a_model_that_cannot_be_loaded_is_told(qapp, qtbot, film_file):
    def load(_):
        raise CardError("damaged")

    intake = Intake(load, Policy())
    with qtbot.waitSignal(intake.failed, timeout=10_000) as failed:
        intake.add([film_file("a.png")])
    intake.shutdown()
    assert isinstance(failed.args[0], CardError)


def test_another_model_answers_what_comes_later(intake, qtbot, film_file, classifier):
    other = Watched(classifier)
    intake.use(lambda _: other, Policy(threshold=0.95))
    with qtbot.waitSignal(intake.finished, timeout=20_000):
        intake.add([film_file("a.png", 0.9)])
    assert other.threads
    assert intake.seen[0].answer.policy.threshold == 0.95


def test_ten_thousand_files_are_answered_while_the_event_loop_keeps_beating(
    intake, qtbot, tmp_path
):
    """No pause between two beats of the event loop may be felt; missing files answer at once."""
    beats = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    timer.start()
    with qtbot.waitSignal(intake.finished, timeout=60_000):
        intake.add([tmp_path / f"{number}.png" for number in range(10_000)])
    timer.stop()
    pauses = sorted(later - earlier for earlier, later in pairwise(beats))
    assert len(intake.seen) == 10_000
    assert pauses[int(0.99 * len(pauses))] < 0.25


def test_shutdown_with_work_pending_leaves_nothing_running(qapp, watched, qtbot, film_file):
    intake = Intake(lambda _: watched, Policy())
    intake.add([film_file(f"{number}.png") for number in range(50)])
    qtbot.waitUntil(lambda: bool(watched.threads), timeout=20_000)
    started = time.monotonic()
    intake.shutdown()
    assert time.monotonic() - started < 5
    names = {thread.name.split("_")[0] for thread in threading.enumerate()}
    assert not names & {"search", "screening"}


def test_a_search_that_fails_is_told(intake, qtbot, monkeypatch):
    def broken(_):
        yield from ()
        raise OSError("the share is gone")

    monkeypatch.setattr("pneumo_desktop.ui.intake.search", broken)
    with qtbot.waitSignal(intake.failed, timeout=10_000) as failed:
        intake.add([])
    assert str(failed.args[0]) == "the share is gone"
