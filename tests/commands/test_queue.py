import csv
import re

import pytest

from pneumo_desktop.core.store import CaseStore


@pytest.fixture
def queue(run, film_file, tmp_path):
    films = [film_file("low.png", 0.1), film_file("high.png", 0.95), tmp_path / "gone.png"]
    run("screen", *films, "--save")
    return run


def test_an_empty_queue_says_what_to_do(run):
    ran = run("queue", "list")
    assert ran.status == 0
    assert "screen PATH --save" in ran.out


def test_the_list_is_sorted_by_severity_with_the_unreadable_last(queue):
    listed = queue("queue", "list", "--json").lines
    assert [line["path"].rsplit("/", 1)[1] for line in listed] == [
        "high.png", "low.png", "gone.png",
    ]  # fmt: skip
    assert {line["status"] for line in listed} == {"unread"}
    assert "high.png" in queue("queue", "list").out


def test_a_case_is_shown_with_its_patient(queue):
    first = queue("queue", "list", "--json").lines[0]["id"]
    (shown,) = queue("queue", "show", first, "--json").lines
    assert shown["patient"]["age_years"] is None
    text = queue("queue", "show", first).out
    assert "Pneumonia" in text
    assert not re.search(r"\d\.\d{5}", text.replace(shown["received"], ""))


def test_a_call_is_kept(queue):
    first = queue("queue", "list", "--json").lines[0]["id"]
    words = ("--call", "other-abnormality", "--note", "effusion", "--json")
    (read,) = queue("queue", "read", first, *words).lines
    assert (read["status"], read["reader_call"], read["note"]) == (
        "read", "Other abnormality", "effusion",
    )  # fmt: skip
    assert "read: Other abnormality" in queue("queue", "list").out


@pytest.mark.parametrize("action", [["show"], ["read", "--call", "normal"]])
def test_an_unknown_case_is_wrong_usage(run, action):
    ran = run("queue", action[0], "99", *action[1:])
    assert ran.status == 2
    assert "no case 99" in ran.err


def test_the_list_is_exported_as_csv(queue, tmp_path):
    assert queue("queue", "export", tmp_path / "list.csv").status == 0
    rows = list(csv.DictReader((tmp_path / "list.csv").read_text().splitlines()))
    assert [row["label"] for row in rows] == ["Pneumonia", "Normal", "Invalid"]
    assert rows[2]["reason"] == "missing"
    assert queue("queue", "export").out.splitlines()[0].startswith("id,path")
    assert len(queue("queue", "export", "--json").lines) == 3
    assert len(queue("queue", "export", tmp_path / "again.csv", "--json").lines) == 3
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "list.csv").read_bytes()


def test_a_database_that_cannot_be_opened_is_status_3_in_words(run, home):
    (home / "cases.sqlite3").mkdir(parents=True)
    ran = run("queue", "list")
    assert ran.status == 3
    assert "the case database cannot be opened" in ran.err


def test_a_note_is_never_a_spreadsheets_formula(queue, tmp_path):
    queue("queue", "read", "1", "--call", "normal", "--note", "=HYPERLINK(1)")
    assert queue("queue", "export", tmp_path / "list.csv").status == 0
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as file:
        notes = [row["note"] for row in csv.DictReader(file)]
    assert "'=HYPERLINK(1)" in notes
    assert not any(note.startswith("=") for note in notes)


def test_an_export_that_cannot_be_written_is_status_3_in_words(queue, tmp_path):
    ran = queue("queue", "export", tmp_path)
    assert ran.status == 3
    assert "cannot be used" in ran.err


def test_the_audit_log_tells_what_the_commands_did_and_by_whom(queue, tmp_path, added_package):
    number = queue("queue", "list", "--json").lines[0]["id"]
    queue("queue", "show", number)
    queue("queue", "read", number, "--call", "normal", "--initials", "JD")
    queue("queue", "export", tmp_path / "list.csv")
    queue("models", "use", "mine")
    log = queue("queue", "audit", "--json").lines
    assert [(line["act"], line["initials"], line["case"]) for line in log] == [
        ("answered", "", 1), ("answered", "", 2), ("answered", "", 3), ("opened", "", 2),
        ("read", "JD", 2), ("exported", "", None), ("changed", "", None),
    ]  # fmt: skip
    assert log[-1]["detail"] == {"what": "model", "from": "efficientnet-lite0", "to": "mine"}
    text = queue("queue", "audit").out
    assert "JD" in text
    assert "call Normal" in text
    assert "high.png" not in text


def test_an_empty_audit_log_says_so(run):
    assert "Nothing was done yet." in run("queue", "audit").out


def test_an_anonymous_export_names_nobody(queue, tmp_path):
    number = queue("queue", "list", "--json").lines[0]["id"]
    queue("queue", "read", number, "--call", "normal", "--note", "Mrs Doe", "--initials", "XQ")
    assert queue("queue", "export", "--anonymous", tmp_path / "list.csv").status == 0
    text = (tmp_path / "list.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["label"] for row in rows] == ["Pneumonia", "Normal", "Invalid"]
    assert len(rows[0]["sha256"]) == 64
    printed = queue("queue", "export", "--anonymous", "--json").out
    for named in ("high.png", "gone.png", "Mrs Doe", "XQ", str(tmp_path)):
        assert named not in text
        assert named not in printed
    assert queue("queue", "audit", "--json").lines[-1]["detail"]["form"] == "JSON without names"


def test_the_list_has_the_order_of_the_settings(queue, home):
    (home / "settings.json").write_text('{"ageing": 100.0}')
    with CaseStore(home / "cases.sqlite3") as store:
        store._rows("UPDATE cases SET priority = 'High', received = '2024-05-01' WHERE id = 1")
    listed = queue("queue", "list", "--json").lines
    assert listed[0]["path"].endswith("low.png")
