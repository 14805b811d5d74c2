"""Blind first holds on the command line too: what waits for a call is neither told nor ranked."""

import csv
from datetime import UTC, datetime

import pytest

from pneumo_desktop.core.settings import Settings, load_settings, save_settings

ANSWER = ("label", "raw_label", "confidence", "severity", "priority", "reason",
          "pneumonia_probability", "chest_probability")  # fmt: skip


@pytest.fixture
def queue(run, home, film_file, tmp_path):
    """A command runner; two films that came after reading blind was switched on, one before."""
    run("screen", film_file("early.png", 0.1), "--save")
    save_settings(home, Settings(blind_since=datetime.now(UTC)))
    run("screen", film_file("low.png", 0.2), film_file("high.png", 0.95), "--save")
    return run


def listed(run, *words):
    return run("queue", "list", "--json", *words).lines


def test_the_list_stands_as_it_came_without_answers(queue):
    lines = listed(queue)
    assert [line["id"] for line in lines] == [1, 2, 3]
    assert {line[name] for line in lines for name in ANSWER} == {None}
    text = queue("queue", "list").out
    assert text.count("hidden") == 3
    assert "Blind first is on" in text
    assert "95 %" not in text


def test_show_and_export_leave_the_answer_out_until_the_call(queue, tmp_path):
    assert "Pneumonia" not in queue("queue", "show", 3).out
    queue("queue", "export", tmp_path / "list.csv")
    rows = list(csv.DictReader((tmp_path / "list.csv").read_text().splitlines()))
    assert [(row["id"], row["label"]) for row in rows] == [("1", ""), ("2", ""), ("3", "")]
    (read,) = queue("queue", "read", 3, "--call", "normal", "--json").lines
    assert (read["label"], read["answer_seen"]) == ("Pneumonia", False)
    assert [line["label"] for line in listed(queue)] == [None, None, "Pneumonia"]


def test_answers_asked_for_are_shown_and_count_as_seen(queue):
    assert [line["label"] for line in listed(queue, "--answers")] == [
        "Pneumonia", "Normal", "Normal",
    ]  # fmt: skip
    (read,) = queue("queue", "read", 3, "--call", "normal", "--json").lines
    assert read["answer_seen"] is True


def test_a_film_that_came_before_counts_as_seen(queue):
    (read,) = queue("queue", "read", 1, "--call", "normal", "--json").lines
    assert read["answer_seen"] is True


def test_without_it_nothing_is_hidden_and_every_answer_counts_as_seen(queue, home):
    save_settings(home, Settings())
    assert load_settings(home).blind_since is None
    assert [line["id"] for line in listed(queue)] == [3, 2, 1]
    assert "Pneumonia" in queue("queue", "show", 3).out
    (read,) = queue("queue", "read", 3, "--call", "normal", "--json").lines
    assert read["answer_seen"] is True
