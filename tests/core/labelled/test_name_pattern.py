"""Whatever pattern somebody types, matching it with names ends, and says what to do."""

import re
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pneumo_desktop.core.labelled import name_pattern
from pneumo_desktop.core.labelled.lot import tell_patients
from pneumo_desktop.core.labelled.name_pattern import (
    MOST_COPIES,
    MOST_LETTERS,
    NamePattern,
    SlowPatternError,
    pattern_problem,
)
from pneumo_desktop.core.labelled.patients import NameRule, NameWay, PatientRule

NAME = "a" * 200 + "!"
PIECES = ["a", "b", "(a|aa)", "(", ")", "(?:", "+", "*", "?", "{9}", "{2,}", "{,99}", "|", ".", "^",
          "$", r"\w", r"\1", "[ab]", "[^_", "]", "(?=", "(?<=", "(?i)", "{e<=2}", r"\L<x>",
          "(?R)"]  # fmt: skip


@pytest.fixture
def patience(monkeypatch):
    """Less of it: a slow pattern is as slow after a moment."""
    monkeypatch.setattr(name_pattern, "PATIENCE", 0.05)


@pytest.mark.parametrize("text", ["(a|aa)+$", "(?:a?){90}a{90}b", "((.)|(..)|(...))*$(?<=b)"])
def test_a_pattern_that_never_ends_is_given_up(text, patience):
    assert pattern_problem(text) == ""
    with pytest.raises(SlowPatternError, match="Make it simpler, with no repeat inside a repeat"):
        NamePattern(text).told(NAME)


def test_patience_is_for_all_names_together(patience):
    rule = PatientRule("name", NameRule(NameWay.PATTERN, "^(a+)"))
    with pytest.raises(SlowPatternError):
        rule.patients((Path(f"aa{n}"), "", "") for n in range(1_000_000))


def test_other_threads_run_while_a_pattern_is_tried():
    told, running = [], threading.Event()

    def count():
        running.set()
        while not told:
            counted.append(1)

    counted = []
    other = threading.Thread(target=count)
    other.start()
    running.wait()
    before = len(counted)
    with pytest.raises(SlowPatternError):
        NamePattern("(a|aa)+$").told(NAME)
    counts = len(counted) - before
    told.append(True)
    other.join()
    assert counts > 1000  # one that holds the interpreter lets it count a few times at most


def test_films_of_a_rule_that_is_too_slow_are_of_a_patient_each_and_it_is_said(known, patience):
    films = [known(f"{'a' * 150}{n}!.png", n, ill=False) for n in range(3)]
    slow = tell_patients(films, PatientRule(name=NameRule(NameWay.PATTERN, r"(\w|\w\w)+$")))
    assert "This pattern takes too long" in slow.problem
    assert slow.patients == tuple(film.listed.path.stem for film in films)
    quick = tell_patients(films, PatientRule(name=NameRule(NameWay.PATTERN, r"^(\w)")))
    assert (quick.patients, quick.problem) == (("a",) * 3, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("((a{255}){255}){255}", "larger than names are long"),  # would take gigabytes
        ("a{" + "9" * 100 + "}", "larger than names are long"),
        ("a" * (MOST_LETTERS + 1), "longer than 200 letters"),
        ("(" * 190, "no regular expression"),
    ],
)
def test_a_pattern_that_is_too_large_is_refused_before_it_is_made(text, said):
    assert said in pattern_problem(text)


def test_counts_that_names_have_are_well():
    assert pattern_problem(rf"^(\d{{8}})-\d{{4}}_[a-z]{{1,{MOST_COPIES * 9}}}") == ""


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text("ab!_", max_size=60))
def test_any_pattern_is_refused_in_words_or_ends(text, name):
    if pattern_problem(text):
        return
    pattern = NamePattern(text)
    pattern._left = 0.05
    try:
        told = pattern.told(name)
    except SlowPatternError:
        return
    assert told in name


@pytest.mark.parametrize("text", [r"^([A-Z]+\d+)", r"(\w+?)_", r"patient[-_ ]?(\d+)", r"Mü\w+"])
def test_patterns_mean_what_python_says(text):
    name = "Müller_1 patient-07 AB12"
    found = re.search(text, name)
    assert NamePattern(text).told(name) == ("" if found is None else (found.groups() or found)[0])
