"""What a row says, and how few of the rows are in memory."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt

from pneumo_desktop.core import marks
from pneumo_desktop.core.cases import Call, Priority, Reading
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.core.store_query import BY_URGENCY, Wanted
from pneumo_desktop.ui.queue_columns import ANSWER, COLUMNS, TITLE
from pneumo_desktop.ui.queue_model import PAGE, PAGES, QueueModel
from pneumo_desktop.ui.terms import waiting_words
from pneumo_desktop.ui.theme import DARK
from pneumo_desktop.ui.wording import NORMAL_NEVER_ALONE
from tests.ui import make


@pytest.fixture
def model(qapp, store):
    return QueueModel(store.worklist)


@pytest.fixture
def show(model, store):
    """Return a function that keeps outcomes, shows all and returns their numbers."""

    def show(*outcomes):
        numbers = [store.record(outcome).id for outcome in outcomes]
        model.load(Wanted(), BY_URGENCY)
        return numbers

    return show


def texts(model, row):
    return {column.title: model.index(row, number).data() for number, column in enumerate(COLUMNS)}


def test_a_row_says_in_words_and_a_number_what_its_colour_says(model, show, store):
    (number,) = show(make.case(patient=make.JANE, view="PA"))
    came = datetime.now(UTC) - timedelta(hours=2)
    store._rows("UPDATE cases SET received = ?", (came.isoformat(),))
    store.mark_read(number, Reading(Call.NORMAL, came + timedelta(minutes=75)))
    model.load(Wanted(), BY_URGENCY)
    row = texts(model, 0)
    assert row.pop("Received") == came.astimezone().strftime("%Y-%m-%d %H:%M")
    assert row == {
        "Priority": "1 High",
        "Severity": "80",
        "Answer": "Pneumonia",
        "Conf.": "90 %",
        "Patient or file": "Jane Doe",
        "Age": "4 y",
        "Sex": "F",
        "View": "PA",
        "Waiting": "1 h 15 min",
        "Status": "read",
        "Your call": "Normal",
        "Agreement": "differs",
        "Reason": "",
    }
    assert not model.index(0, 0).data(Qt.ItemDataRole.DecorationRole).isNull()


def test_what_stands_apart_has_a_reason_and_no_numbers(model, show):
    show(make.rejected(), make.case(None))
    for row, reason in enumerate(("unreadable", "not a chest film")):
        shown = texts(model, row)
        assert (shown["Priority"], shown["Answer"]) == ("Apart", "Invalid")
        assert (shown["Severity"], shown["Conf."], shown["Reason"]) == ("", "", reason)


def test_the_status_tells_flag_archive_and_a_study_read_in_part(model, show, store):
    first, second = show(
        make.case(name="a", study="1"), make.case(Priority.LOW, name="b", study="1")
    )
    assert texts(model, 0)["Status"] == "unread"
    store.mark_read(second, Reading(Call.NORMAL, datetime.now(UTC)))
    store.mark(first, marks.flagging(on=True))
    model.load(Wanted(), BY_URGENCY)
    assert texts(model, 0)["Status"] == "1 unread, flagged"
    store.mark(first, marks.archiving(on=True))
    model.load(Wanted(status="archived"), BY_URGENCY)
    assert texts(model, 0)["Status"] == "archived, flagged"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.0, "0 min"),
        (0.99, "59 min"),
        (1.1, "1 h 06 min"),
        (49.5, "2 d 1 h"),
        (-1.0, "0 min"),
        (1.25 - 1e-8, "1 h 15 min"),
    ],
)
def test_waiting_is_told_to_two_units(hours, words):
    assert waiting_words(hours) == words


def test_waiting_goes_on_while_nothing_happens(model, show, store, qtbot):
    show(make.case())
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.tick()
    assert COLUMNS[changed.args[0].column()].title == "Waiting"


def test_read_rows_are_quiet_and_unread_ones_named_in_bold(model, show, store):
    _, read = show(make.case(name="a"), make.case(Priority.LOW, name="b"))
    store.mark_read(read, Reading(Call.NORMAL, datetime.now(UTC)))
    model.load(Wanted(), BY_URGENCY)
    assert model.index(0, TITLE).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(0, TITLE).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(1, TITLE).data(Qt.ItemDataRole.FontRole) is None
    model.set_colours(DARK)
    quiet = model.index(1, TITLE).data(Qt.ItemDataRole.ForegroundRole)
    assert quiet.name() == DARK.quiet


def test_a_change_in_place_keeps_the_rows_and_another_order_makes_them_anew(
    model, show, store, qtbot
):
    (number,) = show(make.case(Priority.LOW, 5.0))
    store.mark_read(number, Reading(Call.NORMAL, datetime.now(UTC)))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.load(Wanted(), BY_URGENCY)
    assert texts(model, 0)["Status"] == "read"
    with qtbot.waitSignal(model.modelReset):
        show(make.case(name="b"))
    assert model.row_of(number) == 1
    assert model.row_of(99) is None


def test_headers_explain_themselves(model):
    sideways, upright = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert "not clinical severity" in model.headerData(1, sideways, Qt.ItemDataRole.ToolTipRole)
    assert model.headerData(0, upright) is None
    assert model.headerData(0, sideways, Qt.ItemDataRole.SizeHintRole) is None


def test_cells_have_no_children(model, show):
    show(make.case())
    cell = model.index(0, 0)
    assert model.rowCount(cell) == model.columnCount(cell) == 0
    assert model.columnCount(QModelIndex()) == len(COLUMNS)


def test_no_answer_stands_without_its_sentence(model, show):
    show(make.case(Priority.LOW, 3.0), make.rejected())
    cell = model.index(0, ANSWER)
    assert cell.data() == "Normal"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == NORMAL_NEVER_ALONE
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == f"Normal. {NORMAL_NEVER_ALONE}"
    assert model.index(1, ANSWER).data(Qt.ItemDataRole.ToolTipRole) == "The file is damaged."
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) is None


def test_of_a_long_list_only_a_few_pages_are_in_memory(model, store):
    with store._write():
        for n in range(PAGE * (PAGES + 3)):
            store._rows(
                "INSERT INTO cases (identity, path, received, outcome, label, reason_code, "
                "reason_text, model_name, model_version, model_sha256, decode_ms, predict_ms, "
                "total_ms) VALUES (?, ?, '2026-03-01T08:00:00+00:00', 'rejected', 'Invalid', "
                "'missing', 'No file.', 'm', '1', 'ab', 1.0, 1.0, 1.0)",
                (f"film {n}", f"/films/{n}.png".encode()),
            )
    model.load(Wanted(), BY_URGENCY)
    rows = range(model.rowCount())
    named = [model.index(row, TITLE).data() for row in rows]
    assert named == [f"{row}.png" for row in rows]
    assert sum(len(page) for page in model._pages.values()) <= PAGE * PAGES


def test_a_row_that_left_the_database_stays_empty_until_the_list_is_loaded(model, show, store):
    (number,) = show(make.case())
    store.erase([number])
    assert texts(model, 0) == dict.fromkeys(column.title for column in COLUMNS)


def test_a_database_that_fails_leaves_rows_empty(qapp, tmp_path):
    store = CaseStore(tmp_path / "gone.sqlite3")
    store.record(make.case())
    model = QueueModel(store.worklist)
    model.load(Wanted(), BY_URGENCY)
    store.close()
    assert model.index(0, 0).data() is None
