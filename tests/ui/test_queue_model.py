import time

import pytest
from PySide6.QtCore import QModelIndex, Qt

from pneumo_desktop.core.cases import Label, Priority, ReasonCode
from pneumo_desktop.ui.queue_columns import COLUMNS
from pneumo_desktop.ui.queue_model import QueueFilter, QueueModel, Wanted
from pneumo_desktop.ui.theme import DARK
from pneumo_desktop.ui.wording import NORMAL_NEVER_ALONE
from tests.ui import make

MIXED = (
    make.stored(1, make.case(Priority.LOW, 12.0)),
    make.stored(2, make.rejected()),
    make.stored(3, make.case(Priority.HIGH, 80.0)),
    make.stored(4, make.case(None)),
    make.stored(5, make.case(Priority.CHECK, 45.0)),
    make.stored(6, make.case(Priority.MEDIUM, 60.0)),
    make.stored(7, make.case(Priority.HIGH, 95.0)),
    make.stored(8, make.case(Priority.LOW, 12.0)),
)


@pytest.fixture
def model(qapp):
    return QueueModel()


@pytest.fixture
def shown(model):
    shown = QueueFilter(model)
    shown.sort(0)
    return shown


def numbers(shown):
    return [shown.stored(shown.index(row, 0)).id for row in range(shown.rowCount())]


def text(model, row, title):
    column = [column.title for column in COLUMNS].index(title)
    return model.index(row, column).data()


def test_the_order_is_that_of_the_core(model, shown):
    model.add(MIXED)
    assert numbers(shown) == [7, 3, 6, 5, 1, 8, 2, 4]


def test_cases_that_come_one_by_one_find_their_place(model, shown):
    for case in MIXED:
        model.add([case])
    assert numbers(shown) == [7, 3, 6, 5, 1, 8, 2, 4]


def test_a_case_that_comes_again_takes_its_old_row_and_its_new_place(model, shown):
    model.add(MIXED)
    model.add([make.stored(1, make.case(Priority.HIGH, 99.0))])
    assert model.rowCount() == len(MIXED)
    assert numbers(shown)[0] == 1


def test_a_case_may_come_twice_in_one_batch(model):
    model.add([make.stored(1, make.case()), make.stored(1, make.case(Priority.LOW, 3.0))])
    assert model.rowCount() == 1
    assert text(model, 0, "Priority") == "Low"


def test_a_row_says_in_words_what_its_colour_says(model):
    model.add([make.stored(1, make.case(patient=make.JANE, view="PA"), "Normal")])
    row = {column.title: text(model, 0, column.title) for column in COLUMNS}
    assert row.pop("Received").startswith("2026-03-01")
    assert row == {
        "Priority": "High",
        "Severity": "80",
        "Answer": "Pneumonia",
        "Conf.": "90 %",
        "Patient or file": "Jane Doe",
        "View": "PA",
        "Status": "read",
        "Your call": "Normal",
    }
    assert not model.index(0, 0).data(Qt.ItemDataRole.DecorationRole).isNull()


def test_what_stands_apart_has_no_numbers(model):
    model.add([make.stored(1, make.rejected()), make.stored(2, make.case(None))])
    for row in (0, 1):
        assert text(model, row, "Priority") == "Apart"
        assert text(model, row, "Answer") == "Invalid"
        assert text(model, row, "Severity") == text(model, row, "Conf.") == ""


def test_apart_and_unread_are_counted_as_cases_change(model):
    model.add(MIXED)
    assert model.apart == {ReasonCode.UNREADABLE: 1, ReasonCode.NOT_A_CHEST_FILM: 1}
    assert model.unread == 6
    model.add([make.stored(3, make.case(), "Pneumonia")])
    assert model.unread == 5
    model.remove(2)
    assert model.apart[ReasonCode.UNREADABLE] == 0


def test_rows_keep_their_numbers_after_one_is_removed(model, shown):
    model.add(MIXED)
    model.remove(1)
    model.add([make.stored(8, make.case(Priority.HIGH, 99.0))])
    assert numbers(shown) == [8, 7, 3, 6, 5, 2, 4]


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (Wanted(), [1, 2, 3]),
        (Wanted(label=Label.PNEUMONIA), [1, 3]),
        (Wanted(status="read"), [3]),
        (Wanted(status="unread"), [1, 2]),
        (Wanted(text="doe jane"), [1]),
        (Wanted(text="4711"), [1]),
        (Wanted(text="B.png"), [2]),
        (Wanted(text="jane b.png"), []),
        (Wanted(Label.PNEUMONIA, "unread", "doe"), [1]),
    ],
)
def test_the_list_is_narrowed_by_label_status_and_text(model, shown, wanted, left):
    model.add(
        [
            make.stored(1, make.case(name="a.png", patient=make.JANE)),
            make.stored(2, make.case(Priority.LOW, 5.0, name="b.png")),
            make.stored(3, make.case(name="c.png"), "Normal"),
        ]
    )
    shown.set_wanted(wanted)
    assert sorted(numbers(shown)) == left


def test_the_case_on_view_stays_in_a_narrowed_list(model, shown):
    model.add(MIXED)
    shown.pin(1)
    shown.set_wanted(Wanted(label=Label.PNEUMONIA))
    assert 1 in numbers(shown)
    shown.pin(None)
    assert 1 not in numbers(shown)


def test_numbers_sort_as_numbers(model, shown):
    for number, severity in enumerate((9.0, 80.0, 100.0)):
        model.add([make.stored(number, make.case(severity=severity))])
    shown.sort(1)
    assert numbers(shown) == [2, 1, 0]


def test_read_cases_are_quiet_and_unread_ones_named_in_bold(model):
    model.add([make.stored(1, make.case()), make.stored(2, make.case(), "Normal")])
    title = 4
    assert model.index(0, title).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(0, title).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(1, title).data(Qt.ItemDataRole.FontRole) is None
    model.set_colours(DARK)
    quiet = model.index(1, title).data(Qt.ItemDataRole.ForegroundRole)
    assert quiet.name() == DARK.quiet


def test_a_case_that_is_not_listed_has_no_row(shown):
    assert not shown.index_of(99).isValid()


def test_headers_explain_themselves(model):
    sideways, upright = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    tip = model.headerData(1, sideways, Qt.ItemDataRole.ToolTipRole)
    assert "not clinical severity" in tip
    assert model.headerData(0, upright) is None
    assert model.headerData(0, sideways, Qt.ItemDataRole.SizeHintRole) is None


def test_cells_have_no_children(model):
    model.add(MIXED)
    cell = model.index(0, 0)
    assert model.rowCount(cell) == model.columnCount(cell) == 0
    assert model.columnCount(QModelIndex()) == len(COLUMNS)


def test_ten_thousand_rows_are_not_quadratic(qapp):
    def seconds(count):
        model = QueueModel()
        shown = QueueFilter(model)
        shown.sort(0)
        cases = [
            make.stored(n, make.case(severity=float(n * 7919 % 1000) / 10)) for n in range(count)
        ]
        started = time.perf_counter()
        for start in range(0, count, 100):
            model.add(cases[start : start + 100])
        assert shown.rowCount() == count
        return time.perf_counter() - started

    small, large = seconds(2_500), seconds(10_000)
    assert large < 10 * small  # four times the rows; quadratic would be sixteen times as long


def test_no_answer_stands_without_its_sentence(model):
    model.add([make.stored(1, make.case(Priority.LOW, 3.0)), make.stored(2, make.rejected())])
    cell = model.index(0, 2)
    assert cell.data() == "Normal"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == NORMAL_NEVER_ALONE
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == f"Normal. {NORMAL_NEVER_ALONE}"
    assert model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "The file is damaged."
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) is None
