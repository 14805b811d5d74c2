"""What a reader does to cases without the window: flag, archive, erase, take back."""

import io

import pytest


@pytest.fixture
def queue(run, film_file):
    run("screen", film_file("low.png", 0.1), film_file("high.png", 0.95), "--save")
    return run


def test_a_call_keeps_initials_and_flag(queue):
    words = ("--call", "normal", "--initials", "JD", "--flag", "--json")
    (read,) = queue("queue", "read", 1, *words).lines
    assert (read["initials"], read["flagged"], read["answer_seen"]) == ("JD", True, True)
    assert "read: Normal, flagged" in queue("queue", "list").out


def test_a_call_and_a_flag_are_taken_back(queue):
    queue("queue", "read", 1, "--call", "normal", "--flag")
    (flagless,) = queue("queue", "flag", 1, "--off", "--json").lines
    assert flagless["flagged"] is False
    assert "low.png): unread" in queue("queue", "unread", 1).out


def test_archived_cases_are_listed_apart_and_come_back(queue):
    assert "in the archive" in queue("queue", "archive", 1, 2).out
    assert "empty" in queue("queue", "list").out
    assert len(queue("queue", "list", "--archived", "--json").lines) == 2
    queue("queue", "archive", 1, 2, "--off")
    assert len(queue("queue", "list", "--json").lines) == 2
    assert "No case is in the archive" in queue("queue", "list", "--archived").out


def test_erasing_asks_and_does_nothing_without_a_yes(queue, monkeypatch):
    ran = queue("queue", "erase", 1)
    assert (ran.status, "Add --yes" in ran.err) == (2, True)
    terminal = io.StringIO("no\n")
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", terminal)
    ran = queue("queue", "erase", 1, 2)
    assert (ran.status, "2 cases will be taken off" in ran.err) == (2, True)
    assert len(queue("queue", "list", "--json").lines) == 2


def test_a_yes_erases_and_the_log_says_who(queue, monkeypatch):
    terminal = io.StringIO("yes\n")
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", terminal)
    assert queue("queue", "erase", 1, "--initials", "JD").out == "1 case erased.\n"
    assert queue("queue", "erase", 2, "--yes", "--json").lines == [{"id": 2, "erased": True}]
    log = queue("queue", "audit", "--json").lines[2:]
    assert [(e["act"], e["case"], e["initials"]) for e in log] == [
        ("erased", 1, "JD"), ("erased", 2, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("words", [("flag",), ("archive",), ("erase", "--yes"), ("unread",)])
def test_a_case_that_is_not_there_is_wrong_usage(queue, words):
    ran = queue("queue", words[0], 99, *words[1:])
    assert ran.status == 2
    assert "no case 99" in ran.err


def test_cases_of_a_model_that_is_not_installed_stay_as_they_were(queue, added_package, home):
    (home / "settings.json").write_text('{"model": "mine", "threshold": 0.96}')
    stay = queue("queue", "relabel")
    assert "2 left as they were" in stay.out


def test_the_card_of_the_model_that_answered_is_found(queue, card, home, monkeypatch):
    monkeypatch.setattr("pneumo_desktop.core.model_cards.read_card", lambda _: card)
    queue("queue", "read", 2, "--call", "pneumonia")
    ran = queue("queue", "relabel", "--threshold", "0.96", "--json")
    assert ran.lines == [{"relabelled": 1, "changed": 1, "left": 0}]
    labels = {line["id"]: line["label"] for line in queue("queue", "list", "--json").lines}
    assert labels == {1: "Invalid", 2: "Pneumonia"}
    assert "1 unread case labelled at 50 %" in queue("queue", "relabel", "--threshold", "0.5").out
