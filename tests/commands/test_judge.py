"""`judge`: what the pages Judgement and Adopt do, without a screen."""

import pytest

from pneumo_desktop.core.card import OWN
from pneumo_desktop.core.judgement.viewings import viewings
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.settings import Settings, load_settings, save_settings
from tests.ui.training.judged_model import NAME, make_judged

REASON = "It learnt from films of our own machine."


@pytest.fixture
def package(home, card, film_file):
    return make_judged(home, card, film_file)


def looks(home):
    return viewings(home / "training" / NAME / "judgement").count


def test_the_calibration_films_are_told_and_the_test_stays_locked(run, package, home):
    (line,) = run("judge", NAME, "--point", "0.4", "--json").lines
    assert (line["films"], line["n"], line["patients"]) == ("calibration films", 8, 4)
    assert line["confusion"]["false_positive"] == 1
    assert line["sensitivity"]["value"] == 1.0
    assert looks(home) == 0


def test_the_locked_test_is_counted_and_the_model_in_use_compared(run, package, home):
    ran = run("judge", NAME, "--locked", "--json")
    _, test, against = ran.lines
    assert (test["films"], test["accuracy"]["value"]) == ("locked test", 0.75)
    assert (against["against"], against["verdict"]) == ("efficientnet-lite0", "cannot tell")
    assert (against["n"], against["left_out"], against["gone"]) == (8, 0, 0)
    assert "The locked test has been seen once." in ran.err
    assert looks(home) == 1
    assert "cannot tell" in run("judge", NAME, "--locked").out
    assert looks(home) == 2


def test_a_model_in_use_with_none_before_is_compared_with_none(run, package, home):
    save_settings(home, Settings(model=NAME))
    ran = run("judge", NAME, "--locked", "--json")
    assert len(ran.lines) == 2
    assert "none was before it" in ran.err


def test_a_model_is_used_with_a_reason_and_its_own_point(run, package, home):
    refused = run("judge", NAME, "--use")
    assert refused.status == 2
    assert "Write why" in refused.err
    ran = run("judge", NAME, "--locked", "--use", "--point", "0.4", "--reason", REASON)
    assert ran.status == 0
    assert "models back" in ran.err
    card = load_package(package).card
    assert card.operating_points[OWN].threshold == 0.4
    assert card.training["adoption"]["reason"] == REASON
    settings = load_settings(home)
    assert (settings.model, settings.operating_point) == (NAME, OWN)
    run("models", "back")
    assert load_settings(home).model == "efficientnet-lite0"


@pytest.mark.parametrize("point", ["0", "1", "half"])
def test_a_point_that_is_none_is_wrong_usage(run, package, point):
    assert run("judge", NAME, "--point", point).status == 2


def test_a_model_without_answers_is_told(run, package, home):
    (home / "training" / NAME / "judgement" / "test.csv").unlink()
    ran = run("judge", NAME)
    assert ran.status == 3
    assert "train it again here" in ran.err
