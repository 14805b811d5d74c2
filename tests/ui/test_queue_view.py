import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from pneumo_desktop.core.cases import Priority
from pneumo_desktop.ui.queue_columns import COLUMNS
from pneumo_desktop.ui.queue_view import QueuePanel
from tests.ui import make


@pytest.fixture
def queue(qtbot):
    opener = QAction("Open films…")
    opener.setToolTip("Answer films")
    queue = QueuePanel((opener,))
    queue.opener = opener
    qtbot.addWidget(queue)
    queue.resize(600, 400)
    queue.show()
    qtbot.waitExposed(queue)
    return queue


def many(count, start=0, band=Priority.LOW):
    return [
        make.stored(start + n, make.case(band, 10.0, name=f"{start + n}.png")) for n in range(count)
    ]


def words(queue):
    return " ".join(
        label.text() for label in queue.findChildren(type(queue._counts)) if label.isVisible()
    )


def test_an_empty_list_says_what_to_do_next(queue, qtbot):
    assert "Drop chest X-rays" in words(queue)
    button = queue._no_films.findChild(type(queue._no_films.children()[-1]))
    with qtbot.waitSignal(queue.opener.triggered):
        button.click()


def test_a_filter_that_hides_all_can_be_cleared_there(queue, qtbot):
    queue.show_cases(many(3))
    qtbot.keyClicks(queue.search, "nothing like it")
    assert "No film matches" in words(queue)
    queue._no_match.children()[-1].click()
    assert len(queue.cases()) == 3
    assert queue.search.text() == ""


def test_the_counts_tell_films_unread_and_apart(queue):
    queue.show_cases([*many(2), make.stored(9, make.rejected()), make.stored(10, make.case(None))])
    assert "2 films · 2 unread · 2 files apart: 1 not a chest film, 1 unreadable" in words(queue)


def test_a_narrowed_list_tells_how_many_it_shows(queue, qtbot):
    queue.show_cases(many(3))
    qtbot.keyClicks(queue.search, "1.png")
    assert "1 shown" in words(queue)


def test_the_reader_moves_and_is_heard(queue, qtbot):
    queue.show_cases(many(3))
    queue.select(0)
    with qtbot.waitSignal(queue.chosen) as chosen:
        qtbot.keyClick(queue.table, Qt.Key.Key_Down)
    assert chosen.args == [1]
    with qtbot.waitSignal(queue.chosen) as chosen:
        row = queue.table.visualRect(queue.table.model().index(2, 0)).center()
        qtbot.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert chosen.args == [2]


def test_showing_and_selecting_emit_nothing(queue, qtbot):
    with qtbot.assertNotEmitted(queue.chosen, wait=50):
        queue.show_cases(many(3))
        queue.select(2)
    assert queue.current.id == 2


def test_new_rows_move_neither_selection_nor_scroll(queue, qtbot):
    queue.show_cases(many(200))
    queue.select(100)
    place = queue.table.visualRect(queue.table.currentIndex()).top()
    for start in range(1000, 1500, 100):
        queue.show_cases(many(100, start, Priority.HIGH))
    assert queue.current.id == 100
    assert queue.table.visualRect(queue.table.currentIndex()).top() == place


def test_at_the_head_of_the_list_the_sickest_come_into_sight(queue):
    queue.show_cases(many(100))
    queue.show_cases(many(5, 1000, Priority.HIGH))
    assert queue.table.verticalScrollBar().value() == 0
    assert queue.cases()[0].id == 1000


def test_the_next_unread_is_the_first_not_yet_on_view_and_then_the_one_below(queue):
    cases = many(4)
    cases[2] = make.stored(2, make.case(Priority.LOW, 10.0), "Normal")
    queue.show_cases(cases)
    queue.select(1)
    assert queue.next_unread() == 0
    queue.select(0)
    assert queue.next_unread() == 3
    queue.select(3)
    assert queue.next_unread() == 0  # all were on view: on with the next, from the top again
    queue.select(0)
    assert queue.next_unread() == 1


def test_no_unread_film_is_left(queue):
    queue.show_cases([make.stored(1, make.case(), "Normal")])
    assert queue.next_unread() is None


def test_a_click_on_a_header_sorts(queue, qtbot):
    queue.show_cases(many(3))
    header = queue.table.horizontalHeader()
    at = header.rect().topLeft()
    at.setX(header.sectionViewportPosition(4) + 10)
    at.setY(header.height() // 2)
    for wanted in (["0.png", "1.png", "2.png"], ["2.png", "1.png", "0.png"]):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert [case.outcome.path.name for case in queue.cases()] == wanted


def test_a_called_film_stays_until_its_reader_moves_on(queue, qtbot):
    queue.show_cases(many(3))
    queue._status.setCurrentText("Unread")
    queue.select(0)
    queue.show_cases([make.stored(0, make.case(Priority.LOW, 10.0), "Normal")])
    assert [case.id for case in queue.cases()] == [0, 1, 2]
    qtbot.keyClick(queue.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: [case.id for case in queue.cases()] == [1, 2])
    assert queue.current.id == 1


def test_step_stops_at_the_ends(queue):
    queue.show_cases(many(2))
    queue.select(1)
    queue.step(1)
    assert queue.current.id == 1
    queue.step(-1)
    assert queue.current.id == 0


def test_the_layout_survives(queue, qtbot):
    queue.table.setColumnWidth(4, 333)
    queue.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    other = QueuePanel(())
    qtbot.addWidget(other)
    other.restore_layout(queue.layout_state())
    assert other.table.columnWidth(4) == 333
    assert other.table.horizontalHeader().sortIndicatorSection() == 2


def test_no_cell_of_a_usual_word_is_cut(room, rooms, film_file):
    rooms.answer(room, film_file("a.png", 0.95))
    table = room.queue.table
    for number, column in enumerate(COLUMNS):
        if column.title != "Patient or file":  # names have no usual length
            assert table.sizeHintForColumn(number) <= table.columnWidth(number), column.title


def test_a_blind_reader_sees_no_answer_and_films_as_they_came_until_the_call(queue):
    queue.show_cases(
        [
            make.stored(1, make.case(Priority.LOW, 10.0)),
            make.stored(2, make.case(Priority.HIGH, 90.0)),
            make.stored(3, make.case(Priority.HIGH, 80.0), "Normal"),
        ]
    )
    queue.select(2)
    queue.set_blind(on=True)
    shown = queue.table.model()
    assert [case.id for case in queue.cases()] == [1, 2, 3]
    assert [shown.index(1, column).data() for column in range(4)] == [None] * 4
    assert shown.index(1, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert shown.index(2, 2).data() == "Pneumonia"
    assert queue.current.id == 2
    queue.set_blind(on=False)
    assert [case.id for case in queue.cases()] == [2, 3, 1]


def test_a_private_list_names_nobody(queue):
    queue.show_cases([make.stored(7, make.case(patient=make.JANE))])
    queue.set_private(on=True)
    cell = queue.table.model().index(0, 4)
    assert cell.data() == cell.data(Qt.ItemDataRole.ToolTipRole) == "Case 7"
    assert queue.table.model().index(0, 5).data(Qt.ItemDataRole.ToolTipRole) is None
