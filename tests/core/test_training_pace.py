import pytest

from pneumo_desktop.core.training_job import Progress
from pneumo_desktop.core.training_pace import Estimate, Pace, estimate


def step(epoch, number, fraction):
    return Progress("training", "", fraction, epoch, 2, number, 10)


def test_every_epoch_costs_the_same_where_nothing_is_kept():
    figures = {"seconds_epoch": 60.0, "seconds_rest": 80.0, "seconds_read": 10.0}
    figures["memory_bytes"] = 2e9
    found = estimate(figures, 7)
    assert found == Estimate(420.0, 90.0, 2e9)
    assert found.seconds == 510.0


def test_later_epochs_cost_less_where_features_are_kept():
    assert estimate({"seconds_first_epoch": 600.0, "seconds_epoch": 5.0}, 10).learning == 645.0
    assert estimate({"seconds_first_epoch": 600.0, "seconds_epoch": 5.0}, 1).learning == 600.0


def test_a_probe_without_a_time_estimates_nothing():
    assert estimate({"memory_bytes": 1e9}, 3) is None


def test_the_time_left_follows_the_pace():
    pace = Pace()
    assert pace.seconds_left is None
    pace.add(100.0, step(1, 1, 0.1))
    pace.add(101.0, step(1, 2, 0.11))
    assert pace.seconds_left is None  # too short to tell
    pace.add(110.0, step(1, 5, 0.3))
    assert pace.seconds_left == pytest.approx(35.0)
    assert pace.films_a_second(32) == pytest.approx(32 * 4 / 10)


def test_only_the_last_minutes_tell_the_pace():
    pace = Pace()
    for second in range(0, 400, 10):
        pace.add(float(second), step(1, 1 + second // 100, 0.0001 * second))
    for second in range(400, 600, 10):
        pace.add(float(second), Progress("evaluating", "", 0.04 + 0.002 * (second - 400)))
    assert pace.seconds_left == pytest.approx((1 - 0.42) / 0.002)
    assert pace.films_a_second(32) is None  # no steps lately


def test_a_pause_is_no_slowness():
    pace = Pace()
    pace.add(0.0, step(1, 1, 0.1))
    pace.rest()
    pace.add(1000.0, step(1, 2, 0.2))
    pace.add(1010.0, step(1, 3, 0.3))
    assert pace.seconds_left == pytest.approx(70.0)
    assert pace.films_a_second(10) == pytest.approx(1.0)


def test_the_next_epochs_steps_count_on():
    pace = Pace()
    pace.add(0.0, step(1, 9, 0.45))
    pace.add(10.0, step(2, 1, 0.55))
    pace.add(10.0, Progress("training", "no fraction"))
    assert pace.films_a_second(5) == pytest.approx(1.0)
