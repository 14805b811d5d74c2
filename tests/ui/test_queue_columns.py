"""Columns and sorting, by mouse and from the menu, and from one start to the next."""

import pytest
from PySide6.QtCore import QByteArray, Qt

from pneumo_desktop.core.cases import Priority
from pneumo_desktop.core.store_query import Sort
from pneumo_desktop.ui.queue_columns import BY_SORT, COLUMNS, TITLE
from pneumo_desktop.ui.queue_view import QueuePanel
from tests.ui.make import many


def names(queue):
    return [case.outcome.path.name for case in queue.cases()]


def click_header(qtbot, queue, sort, modifier=Qt.KeyboardModifier.NoModifier):
    header = queue.table.header
    at = header.rect().topLeft()
    at.setX(header.sectionViewportPosition(BY_SORT[sort]) + 10)
    at.setY(header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, at)


def test_a_click_on_a_header_sorts_and_a_second_one_the_other_way(queue, keep, qtbot):
    keep(*many(3))
    for wanted, arrow in ((["0.png", "1.png", "2.png"], "▲"), (["2.png", "1.png", "0.png"], "▼")):
        click_header(qtbot, queue, Sort.TITLE)
        assert names(queue) == wanted
        title = queue.table.model().headerData(TITLE, Qt.Orientation.Horizontal)
        assert title == f"Patient or file {arrow}"


def test_shift_sorts_by_one_column_after_another(queue, keep, qtbot):
    keep(*many(2), *many(2, 10, Priority.HIGH))
    shift = Qt.KeyboardModifier.ShiftModifier
    click_header(qtbot, queue, Sort.LABEL)
    click_header(qtbot, queue, Sort.TITLE, shift)
    assert names(queue) == ["0.png", "1.png", "10.png", "11.png"]
    click_header(qtbot, queue, Sort.TITLE, shift)
    assert names(queue) == ["1.png", "0.png", "11.png", "10.png"]
    titles = [queue.table.model().headerData(n, Qt.Orientation.Horizontal) for n in (2, 4, 5)]
    assert titles == ["Answer 1▲", "Patient or file 2▼", "Age"]


def test_columns_and_sorting_are_chosen_from_a_menu_too(queue, keep):
    keep(*many(2))
    menu = queue.table.header.make_menu(queue)
    by, then = (action.menu() for action in menu.actions()[:2])
    action(by, "Patient or file").trigger()
    action(by, "Patient or file").trigger()
    assert names(queue) == ["1.png", "0.png"]
    action(then, "Age").trigger()
    assert [name for name, _ in queue.table.header.sorting] == [Sort.TITLE, Sort.AGE]
    action(menu, "Sex").trigger()
    assert queue.table.isColumnHidden(BY_SORT[Sort.SEX])
    action(queue.table.header.make_menu(queue), "Columns as at first").trigger()
    assert not queue.table.isColumnHidden(BY_SORT[Sort.SEX])


def action(menu, text):
    return next(action for action in menu.actions() if action.text() == text)


def test_the_layout_survives(queue, keep, qtbot, store):
    keep(*many(1))
    header = queue.table.header
    click_header(qtbot, queue, Sort.TITLE)
    click_header(qtbot, queue, Sort.SEVERITY, Qt.KeyboardModifier.ShiftModifier)
    header.resizeSection(TITLE, 333)
    header.moveSection(header.visualIndex(TITLE), 0)
    header.hideSection(BY_SORT[Sort.SEX])
    other = QueuePanel(store.worklist, ())
    qtbot.addWidget(other)
    other.restore_layout(queue.layout_state())
    assert queue.table.isColumnHidden(BY_SORT[Sort.SEX])
    assert other.table.columnWidth(TITLE) == 333
    assert other.table.header.logicalIndex(0) == TITLE
    assert other.table.isColumnHidden(BY_SORT[Sort.SEX])
    assert other.table.header.sorting == ((Sort.TITLE, False), (Sort.SEVERITY, False))


@pytest.mark.parametrize("state", [b"", b"garbage", b'{"columns": [{"name": "unknown"}]}'])
def test_a_layout_that_cannot_be_read_changes_nothing(queue, state):
    before = queue.layout_state()
    queue.restore_layout(QByteArray(state))
    assert queue.layout_state() == before


def test_no_cell_of_a_usual_word_is_cut(room, rooms, film_file):
    rooms.answer(room, film_file("a.png", 0.95))
    table = room.queue.table
    for number, column in enumerate(COLUMNS):
        if number != TITLE:  # names have no usual length
            assert table.sizeHintForColumn(number) <= table.columnWidth(number), column.title


def columns_in_sight(queue):
    """Return name, left and right of each column, from left to right, as far as it is seen."""
    header, room = queue.table.header, queue.table.viewport().width()
    order = [header.logicalIndex(place) for place in range(header.count())]
    lefts = [(COLUMNS[n].sort, header.sectionViewportPosition(n), n) for n in order]
    return [(sort, left, left + header.sectionSize(n)) for sort, left, n in lefts if left < room]


@pytest.mark.parametrize("width", [480, 520, 560, 600, 660, 760, 900])
def test_no_column_is_cut_and_the_patient_is_whole(queue, keep, width):
    keep(*many(3))
    queue.resize(width, 400)
    room = queue.table.viewport().width()
    seen = columns_in_sight(queue)
    assert [sort for sort, *_ in seen][:4] == [Sort.URGENCY, Sort.TITLE, Sort.SEVERITY, Sort.LABEL]
    assert all(right <= room for _, _, right in seen)
    sample = queue.fontMetrics().horizontalAdvance(COLUMNS[TITLE].sample)
    assert seen[1][2] - seen[1][1] >= sample


def test_no_column_is_cut_when_a_scroll_bar_comes_or_goes(queue, keep, qtbot):
    def whole():
        room = queue.table.viewport().width()
        return all(right <= room for *_, right in columns_in_sight(queue))

    bar = queue.table.verticalScrollBar()
    queue.resize(520, 400)
    keep(*many(60))
    qtbot.waitUntil(lambda: bar.isVisible() and whole(), timeout=30_000)
    queue.search.setText("59.png")
    qtbot.waitUntil(lambda: not bar.isVisible() and whole(), timeout=30_000)
    queue.filter.show_all()
    qtbot.waitUntil(lambda: bar.isVisible() and whole(), timeout=30_000)


def test_a_width_that_its_reader_set_stays(queue, keep, qtbot, store):
    keep(*many(3))
    header = queue.table.header
    edge = header.sectionViewportPosition(TITLE) + header.sectionSize(TITLE) - 1
    at = header.rect().center()
    at.setX(edge)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    at.setX(edge - 60)
    qtbot.mouseMove(header.viewport(), at)
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    chosen = header.sectionSize(TITLE)
    queue.resize(700, 400)
    assert header.sectionSize(TITLE) == chosen
    state = queue.layout_state()
    header.set_widths()
    assert header.sectionSize(TITLE) != chosen
    queue.restore_layout(state)
    assert header.sectionSize(TITLE) == chosen


def test_titles_stand_over_their_texts(queue, keep):
    keep(*many(1))
    model, role = queue.table.model(), Qt.ItemDataRole.TextAlignmentRole
    for column in range(len(COLUMNS)):
        cell = model.index(0, column).data(role)
        assert model.headerData(column, Qt.Orientation.Horizontal, role) == cell
