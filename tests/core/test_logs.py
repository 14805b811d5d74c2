"""Logs and crash reports say what happened and nothing of a patient."""

import logging
import re
from pathlib import Path

import pytest

from pneumo_desktop import cli
from pneumo_desktop.core import logs
from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.logs import keeping_log, log_failure, stack_of


def failing(patient):
    try:
        return int(patient)
    except ValueError as error:
        raise OSError(2, f"no file of {patient}", f"/films/{patient}.dcm") from error


def caught(patient="Doe^Jane"):
    with pytest.raises(OSError, match="Doe") as raised:
        failing(patient)
    return raised.value


def texts(home):
    return {path.name: path.read_text() for path in (home / "logs").iterdir()}


@pytest.fixture
def kept(home):
    home.mkdir()
    return home


def test_a_bug_becomes_a_report_with_places_and_without_words(kept, capsys):
    with keeping_log(kept, "window"):
        log_failure("a slot failed", caught())
    written = texts(kept)
    (report,) = [text for name, text in written.items() if name.startswith("crash-")]
    assert re.search(r"FileNotFoundError 2\n.*test_logs\.py:\d+ in failing", report, re.DOTALL)
    assert "ValueError" in report
    assert "a slot failed" in report
    assert "Pneumo Desktop" in report
    said = "".join(written.values()) + capsys.readouterr().err
    assert "Doe" not in said
    assert "/films" not in said
    assert str(Path(__file__).parent) not in said


def test_an_expected_failure_is_logged_without_a_report(kept, capsys):
    with keeping_log(kept, "window"):
        log_failure("a worker failed", CardError("Doe^Jane: no card"))
    assert list(texts(kept)) == ["window.log"]
    assert "WARNING pneumo_desktop a worker failed\nCardError" in texts(kept)["window.log"]
    assert "Doe" not in capsys.readouterr().err


def test_what_libraries_say_is_withheld_but_for_who_said_it(kept, capsys):
    with keeping_log(kept, "commands"):
        logging.getLogger("pydicom").error("Invalid value %s", "Doe^Jane")
        logging.getLogger("imaging").error("Invalid value %s", "Doe^Jane")
    said = capsys.readouterr().err
    assert "imaging (its words are withheld)" in said
    assert "Doe" not in said + "".join(texts(kept).values())


def test_logs_rotate_and_old_reports_give_way(kept, monkeypatch):
    monkeypatch.setattr(logs, "_MOST_BYTES", 2_000)
    monkeypatch.setattr(logs, "_MOST_REPORTS", 3)
    with keeping_log(kept, "window"):
        for number in range(20):
            logging.getLogger("pneumo_desktop.x").info("line %d %s", number, "x" * 500)
            log_failure("again", caught())
    written = texts(kept)
    assert sum(name.startswith("crash-") for name in written) == 3
    assert {n for n in written if n.startswith("window")} == {
        "window.log", "window.log.1", "window.log.2", "window.log.3",
    }  # fmt: skip
    assert all((kept / "logs" / name).stat().st_mode & 0o077 == 0 for name in written)


def test_an_error_that_causes_itself_has_an_end():
    error = ValueError("x")
    error.__cause__ = other = KeyError("y")
    other.__cause__ = error
    assert stack_of(error) == "ValueError\nKeyError"


def test_logging_ends_with_the_command(kept):
    before = list(logging.getLogger().handlers), list(logging.getLogger("pneumo_desktop").handlers)
    assert cli.run(["queue", "list"]) == 0
    after = list(logging.getLogger().handlers), list(logging.getLogger("pneumo_desktop").handlers)
    assert after == before
