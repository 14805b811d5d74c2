import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core import store as store_module
from pneumo_desktop.core.cases import Call, Case, Policy, Reading, Rejected
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.store import AnswerChangedError, CaseStore, StoreError
from pneumo_desktop.core.store_schema import is_newer

READ = Reading(
    Call.NORMAL, datetime(2024, 5, 1, 12, 0, tzinfo=UTC), "clear", "AB", model="stub 1.0"
)


@pytest.fixture
def answered(film_file, classifier):
    def answer(name="a.png", probability=0.9, threshold=0.7):
        return screen_one(
            film_file(name, probability), read_film, classifier, Policy(threshold=threshold)
        )

    return answer


def same(a, b) -> bool:
    """Compare cases, evidence included, which plain equality of arrays does not allow."""
    if isinstance(a, Rejected):
        return a == b
    flat = [replace(c, prediction=None) for c in (a, b)]
    return flat[0] == flat[1] and np.array_equal(a.prediction.evidence, b.prediction.evidence)


def test_a_film_named_from_the_working_folder_is_found_from_any_other(store, answered, monkeypatch):
    case = answered()
    folder = case.path.parent
    monkeypatch.chdir(folder)
    near = replace(case, facts=replace(case.facts, path=Path(case.path.name)))
    number = store.record(near).id
    monkeypatch.chdir("/")
    assert store.get(number).outcome.path == folder / "a.png"


def test_a_case_survives_closing(path, answered):
    case = answered()
    with CaseStore(path) as first:
        first.record(case)
    with CaseStore(path) as second:
        (stored,) = second.all()
    assert same(stored.outcome, case)
    assert stored.reading is None


def test_a_rejection_survives_and_gives_way_when_the_film_can_be_read(
    store, tmp_path, answered, classifier
):
    rejected = screen_one(tmp_path / "a.png", read_film, classifier, Policy())
    stored = store.record(rejected)
    assert same(stored.outcome, rejected)
    store.record(answered("a.png"))
    (only,) = store.all()
    assert isinstance(only.outcome, Case)


def test_the_same_film_is_not_listed_twice(store, answered, tmp_path):
    case = answered()
    store.record(case)
    copy = replace(case, facts=replace(case.facts, path=tmp_path / "copy.png"))
    store.record(copy)
    assert [c.outcome.path for c in store.all()] == [tmp_path / "copy.png"]


def test_an_unread_case_takes_the_new_answer(store, answered):
    store.record(answered(probability=0.75))
    stored = store.record(answered(probability=0.75, threshold=0.9))
    assert stored.outcome.answer.label == "Invalid"
    assert stored.outcome.answer.policy.threshold == 0.9


def test_a_read_case_keeps_what_its_reader_saw(store, answered):
    first = answered(probability=0.75)
    store.mark_read(store.record(first).id, READ)
    later = answered(probability=0.75, threshold=0.9)
    newer = replace(later, model=replace(later.model, version="2.0"))
    stored = store.record(newer)
    assert same(stored.outcome, first)
    assert stored.reading == READ


def test_a_reading_can_be_taken_back(store, answered):
    case_id = store.record(answered()).id
    assert store.mark_read(case_id, READ).reading == READ
    assert store.mark_unread(case_id).reading is None


def test_a_call_on_an_answer_that_changed_meanwhile_is_not_kept(path, store, answered):
    seen = answered(probability=0.75)
    case_id = store.record(seen).id
    with CaseStore(path) as other:
        other.record(answered(probability=0.75, threshold=0.9))
    with pytest.raises(AnswerChangedError):
        store.mark_read(case_id, READ, seen)
    now = store.get(case_id)
    assert now.reading is None
    assert store.mark_read(case_id, READ, now.outcome).reading == READ


def test_a_damaged_page_is_told_in_words(path, answered):
    with CaseStore(path) as first:
        first.record(answered())
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError, match="Start Pneumo Desktop again"), CaseStore(path) as second:
        second.all()


def test_a_database_that_stays_busy_is_told_in_words(path, answered, monkeypatch):
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    case = answered()
    with CaseStore(path) as mine:
        blocker = sqlite3.connect(path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            mine.record(case)
        blocker.execute("ROLLBACK")
        blocker.close()
        assert mine.record(case).id


def test_an_unknown_case_is_a_key_error(store):
    with pytest.raises(KeyError):
        store.get(7)
    with pytest.raises(KeyError):
        store.mark_read(7, READ)


def test_the_sickest_come_first_and_the_unreadable_last(store, answered, tmp_path, classifier):
    store.record(screen_one(tmp_path / "gone.png", read_film, classifier, Policy()))
    for number, probability in enumerate((0.1, 0.6, 0.98, 0.8)):
        store.record(answered(f"{'x' * number}.png", probability))
    names = [c.outcome.path.name for c in store.all()]
    assert names == ["xx.png", "xxx.png", "x.png", ".png", "gone.png"]


def test_a_path_that_is_no_text_is_kept(store, answered):
    case = answered()
    odd = Path("/films/b\udc80d\n.dcm")
    stored = store.record(replace(case, facts=replace(case.facts, path=odd)))
    assert stored.outcome.path == odd


def test_two_programs_write_the_same_database_and_lose_nothing(path, answered):
    case = answered()

    def write(which: int) -> None:
        with CaseStore(path) as mine:
            for n in range(50):
                facts = replace(case.facts, sha256=f"{which}-{n}")
                mine.record(replace(case, facts=facts))

    writers = [threading.Thread(target=write, args=(which,)) for which in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with CaseStore(path) as opened:
        assert len(opened.all()) == 150
        assert opened.check() == "ok"


def test_a_program_that_opens_it_twice_is_not_taken_for_one_that_closed_it(path, store, answered):
    """POSIX takes all of a process's locks on a file away where any part of it closes the file."""
    CaseStore(path).close()
    assert not is_newer(path)
    words = (
        "import sys; from pathlib import Path; from pneumo_desktop.core.store import CaseStore\n"
    )
    words += "with CaseStore(Path(sys.argv[1])) as store: print(store.count())"

    def elsewhere():
        command = [sys.executable, "-c", words, str(path)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert elsewhere() == "0\n"  # alone, as it would believe, it would take the log away
    assert path.with_name(f"{path.name}-wal").exists()
    store.record(answered())
    assert elsewhere() == "1\n"


def test_a_new_database_that_another_program_is_just_making_is_waited_for(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    found = []

    def open_it() -> None:
        with CaseStore(path) as store:
            found.append(store.check())

    opener = threading.Thread(target=open_it)
    opener.start()
    opener.join(0.5)
    assert found == []
    other.execute("ROLLBACK")
    other.close()
    opener.join(20)
    assert found == ["ok"]


def test_a_database_from_the_future_is_refused_in_words(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer Pneumo Desktop"):
        CaseStore(path)


def test_what_is_no_database_is_refused_in_words(path):
    path.write_text("not a database, whatever its name says" * 100)
    with pytest.raises(StoreError, match="Start Pneumo Desktop again"):
        CaseStore(path)


def test_several_outcomes_are_kept_all_or_none(store, answered):
    good = answered("a.png")
    bad = replace(good, facts=replace(good.facts, sha256=None))  # no identity: refused
    with pytest.raises(StoreError):
        store.record_all([good, bad])
    assert store.all() == []
    assert list(store.audit_log()) == []
    first, again = store.record_all([good, good])
    assert first.id == again.id
