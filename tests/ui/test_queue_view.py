import time
from datetime import UTC, datetime

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from pneumo_desktop.core.cases import Call, Priority, Reading
from pneumo_desktop.core.store_query import Status
from pneumo_desktop.ui.queue_columns import COLUMNS, TITLE
from tests.ui import make
from tests.ui.hands import words
from tests.ui.make import many


def names(queue):
    return [case.outcome.path.name for case in queue.cases()]


def read(store, number):
    store.mark_read(number, Reading(Call.NORMAL, datetime.now(UTC)))


def test_an_empty_list_says_what_to_do_next(queue, qtbot):
    assert "Drop chest X-rays" in words(queue)
    button = queue._no_films.findChild(type(queue._no_films.children()[-1]))
    with qtbot.waitSignal(queue.opener.triggered):
        button.click()


def test_a_filter_that_hides_all_can_be_cleared_there(queue, keep, qtbot):
    keep(*many(3))
    qtbot.keyClicks(queue.search, "nothing like it")
    assert "No film matches" in words(queue)
    queue._no_match.children()[-1].click()
    assert len(queue.cases()) == 3
    assert queue.search.text() == ""


def test_the_counts_tell_films_unread_and_apart_and_lead_to_what_stands_apart(queue, keep, qtbot):
    keep(*many(2), make.rejected(), make.case(None))
    assert "2 films · 2 unread · 2 files apart: 1 not of a chest, 1 unreadable" in words(queue)
    button = queue.counts.findChild(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sorted(names(queue)) == ["broken.png", "film.png"]
    assert "2 shown" in words(queue)


def test_a_narrowed_list_tells_how_many_it_shows(queue, keep, qtbot):
    keep(*many(3))
    qtbot.keyClicks(queue.search, "1.png")
    assert "1 shown" in words(queue)


def test_the_reader_moves_and_is_heard(queue, keep, qtbot):
    first, second, third = keep(*many(3))
    queue.select(first)
    with qtbot.waitSignal(queue.chosen) as chosen:
        qtbot.keyClick(queue.table, Qt.Key.Key_Down)
    assert chosen.args == [second]
    with qtbot.waitSignal(queue.chosen) as chosen:
        row = queue.table.visualRect(queue.table.model().index(2, 0)).center()
        qtbot.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert chosen.args == [third]


def test_showing_and_selecting_emit_nothing(queue, keep, qtbot):
    with qtbot.assertNotEmitted(queue.chosen, wait=50):
        numbers = keep(*many(3))
        queue.select(numbers[2])
    assert queue.current.id == numbers[2]


def test_new_rows_move_neither_selection_nor_scroll(queue, keep):
    numbers = keep(*many(120))
    queue.select(numbers[60])
    place = queue.table.visualRect(queue.table.currentIndex()).top()
    for start in range(1000, 1100, 50):
        keep(*many(50, start, Priority.HIGH))
    assert queue.current.id == numbers[60]
    assert queue.table.visualRect(queue.table.currentIndex()).top() == place


def test_rows_that_go_move_neither_selection_nor_scroll(queue, keep, store):
    numbers = keep(*many(120))
    queue.select(numbers[60])
    place = queue.table.visualRect(queue.table.currentIndex()).top()
    store.erase(numbers[:30])
    queue.refresh()
    assert queue.current.id == numbers[60]
    assert queue.table.visualRect(queue.table.currentIndex()).top() == place


def test_at_the_head_of_the_list_the_sickest_come_into_sight(queue, keep):
    first = keep(*many(60))[0]
    queue.select(first)
    sickest = keep(*many(5, 1000, Priority.HIGH))[0]
    assert queue.table.verticalScrollBar().value() == 0
    assert queue.cases()[0].id == sickest
    assert queue.current.id == first


def test_a_stream_of_answers_leaves_the_database_alone_for_a_while(queue, store, qtbot):
    queue._took = 0.05  # as if the last look had taken long
    queue._looked = time.monotonic()
    store.record(make.case())
    queue.refresh_soon()
    assert queue.table.model().rowCount() == 0
    qtbot.waitUntil(lambda: queue.table.model().rowCount() == 1, timeout=5_000)


def test_the_next_unread_is_the_first_not_yet_on_view_and_then_the_one_below(queue, keep, store):
    numbers = keep(*many(4))
    read(store, numbers[2])
    queue.refresh()
    queue.select(numbers[1])
    assert queue.next_unread() == numbers[0]
    queue.select(numbers[0])
    assert queue.next_unread() == numbers[3]
    queue.select(numbers[3])
    assert queue.next_unread() == numbers[0]  # all were on view: the next, from the top again
    queue.select(numbers[0])
    assert queue.next_unread() == numbers[1]


def test_no_unread_film_is_left(queue, keep, store):
    (number,) = keep(make.case())
    read(store, number)
    queue.refresh()
    assert queue.next_unread() is None
    assert queue.first() == number


def test_a_called_film_stays_until_its_reader_moves_on(queue, keep, store, qtbot):
    numbers = keep(*many(3))
    queue.chosen.connect(queue.select)
    queue.filter.status.setCurrentIndex(queue.filter.status.findData(Status.UNREAD))
    queue.select(numbers[0])
    read(store, numbers[0])
    queue.refresh()
    assert [case.id for case in queue.cases()] == numbers
    qtbot.keyClick(queue.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: [case.id for case in queue.cases()] == numbers[1:])
    assert queue.current.id == numbers[1]


def test_a_key_right_after_a_call_is_not_lost_to_the_list_that_is_yet_to_be_read(
    queue, keep, store, qtbot
):
    numbers = keep(*many(3))
    queue.chosen.connect(queue.select)
    queue.select(numbers[0])
    read(store, numbers[0])
    queue._took = 0.05  # as if the last look had taken long, so that the next one waits
    queue._looked = time.monotonic()
    queue.refresh_soon()
    qtbot.keyClick(queue.table, Qt.Key.Key_Down)
    assert queue.current.id == numbers[1]
    queue._looked, queue._took = time.monotonic(), 0.05
    queue.refresh_soon()
    queue.step(1)
    assert queue.current.id == numbers[2]


def test_step_stops_at_the_ends(queue, keep):
    first, second = keep(*many(2))
    queue.select(second)
    queue.step(1)
    assert queue.current.id == second
    queue.step(-1)
    assert queue.current.id == first


def test_a_blind_reader_sees_no_answer_and_films_as_they_came_until_the_call(queue, keep, store):
    numbers = keep(
        make.case(Priority.LOW, 10.0, name="a"), make.case(name="b"), make.case(name="c")
    )
    read(store, numbers[2])
    queue.select(numbers[1])
    queue.set_blind(on=True)
    shown = queue.table.model()
    assert [case.id for case in queue.cases()] == numbers
    told = [n for n, column in enumerate(COLUMNS) if column.answer]
    assert [shown.index(1, column).data() for column in told] == [None] * len(told)
    for role in (
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    ):
        assert [shown.index(1, column).data(role) for column in told] == [None] * len(told)
    assert shown.index(2, 2).data() == "Pneumonia"
    assert queue.current.id == numbers[1]
    assert not queue.filter.label.isEnabled()
    queue.set_blind(on=False)
    assert [case.id for case in queue.cases()] == [*numbers[1:], numbers[0]]


def test_a_private_list_names_nobody(queue, keep):
    (number,) = keep(make.case(patient=make.JANE))
    queue.set_private(on=True)
    cell = queue.table.model().index(0, TITLE)
    assert cell.data() == cell.data(Qt.ItemDataRole.ToolTipRole) == f"Case {number}"
    tips = [
        queue.table.model().index(0, n).data(Qt.ItemDataRole.ToolTipRole) or ""
        for n in range(len(COLUMNS))
    ]
    assert "/films" not in "".join(tips)


def test_films_of_one_study_are_opened_together_and_stepped_through(queue, keep, store, qtbot):
    lead, second = keep(
        make.case(name="a", view="PA", study="1"),
        make.case(Priority.LOW, 5.0, name="b", view="AP", study="1"),
    )
    (other,) = keep(make.case(Priority.MEDIUM, 50.0, name="c"))
    queue.chosen.connect(queue.select)
    queue.select(lead)
    assert queue.table.model().index(0, TITLE).data() == "a (+1)"
    assert "This study:" in words(queue)
    assert [button.text() for button in queue.study.findChildren(QToolButton)] == ["1 PA", "2 AP"]
    with qtbot.waitSignal(queue.chosen) as chosen:
        qtbot.mouseClick(queue.study.findChildren(QToolButton)[1], Qt.MouseButton.LeftButton)
    assert chosen.args == [second]
    assert queue.current.id == lead  # the row is the study's
    read(store, second)
    assert queue.next_unread() == lead
    queue.select(lead)
    assert queue.next_unread() == other
    queue.select(other)
    assert "This study:" not in words(queue)


def test_the_days_are_chosen(queue, keep, store, qtbot, at_the_box):
    old, new = keep(*many(2))
    store._rows("UPDATE cases SET received = '2024-05-01T12:00:00+00:00' WHERE id = ?", (old,))
    days = queue.filter.days
    choose(qtbot, days, "Today")
    assert [case.id for case in queue.cases()] == [new]

    def may(box):
        box.first.setDate(QDate(2024, 5, 2))
        box.last.setDate(QDate(2024, 4, 30))
        box.accept()

    at_the_box(may)
    choose(qtbot, days, "Choose days…")
    assert [case.id for case in queue.cases()] == [old]
    at_the_box(lambda box: box.reject())
    choose(qtbot, days, "Choose days…")
    assert [case.id for case in queue.cases()] == [old]
    choose(qtbot, days, "Any day")
    assert len(queue.cases()) == 2


def choose(qtbot, box, text):
    """Choose from a combo box with the keyboard, as a click on an item does."""
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_the_list_can_be_narrowed_to_one_priority(queue, keep):
    keep(*many(2), *many(1, 10, Priority.HIGH))
    queue.filter.band.setCurrentIndex(queue.filter.band.findText("1 High"))
    assert names(queue) == ["10.png"]
