"""The key that hides who was filmed hides it on the training pages too, and shows it again."""

import shutil

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from tests.ui.hands import drop, press
from tests.ui.training.judged_model import make_judged

PATIENCE = 60_000
NAMES = "Meier"


@pytest.fixture
def films(labelled):
    """Films with a name in each path: copies, one in both classes, a broken one, patients."""
    folder = labelled.rename(labelled.with_name("Meier clinic"))
    for number, film in enumerate(sorted(folder.rglob("*.png"))):
        film.rename(film.with_name(f"Meier{number}.png"))
    normal, ill = folder / "NORMAL", folder / "PNEUMONIA"
    shutil.copy(normal / "Meier0.png", normal / "Meier0b.png")
    shutil.copy(normal / "Meier1.png", ill / "Meier1b.png")
    (normal / "Meier99.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    return folder


def told(widget):
    """Return all that can be read or heard of a widget and what is in it."""
    said = []
    for each in [widget, *widget.findChildren(QWidget)]:
        if each.isVisibleTo(widget):
            said += [each.toolTip(), each.accessibleName(), each.windowTitle()]
            said += [each.text()] if hasattr(each, "text") and callable(each.text) else []
            said += in_model(each.model()) if callable(getattr(each, "model", None)) else []
            menu = each.menu() if callable(getattr(each, "menu", None)) else None
            said += [action.text() for action in menu.actions()] if menu else []
    return "\n".join(map(str, said))


def in_model(model):
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
    table = isinstance(model, QAbstractTableModel)
    columns = model.columnCount(QModelIndex()) if table else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            yield from (model.index(row, column).data(role) or "" for role in roles)


def test_no_page_on_films_names_a_film_a_patient_or_a_folder(training, films, qtbot):
    page = training.training.step
    drop(page, films)
    state = training.course
    qtbot.waitUntil(lambda: state.state.assessed is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Meier" in told(page.findings), timeout=PATIENCE)  # shown a turn later
    for tab in (1, 0):
        page.tabs.setCurrentIndex(tab)
        assert "Meier0" in told(page.tabs.currentWidget())
        press(qtbot, training, Qt.Key.Key_H)
        assert NAMES not in told(training.training)
        assert "labels must be wrong" in told(page.findings)
        press(qtbot, training, Qt.Key.Key_H)
    assert "Meier clinic" in told(page.source)
    assert "Meier99.png" in told(page)


def test_films_that_come_while_names_are_hidden_come_without(training, films, qtbot):
    press(qtbot, training, Qt.Key.Key_H)
    drop(training.training.step, films)
    qtbot.waitUntil(lambda: training.course.state.assessed is not None, timeout=PATIENCE)
    assert training.training.step.findings.cards
    assert NAMES not in told(training.training)


def test_trouble_that_names_a_file_is_told_without(training, tmp_path, qtbot):
    press(qtbot, training, Qt.Key.Key_H)
    drop(training.training.step, tmp_path / "Meier.csv")
    qtbot.waitUntil(lambda: bool(training.course.state.trouble), timeout=PATIENCE)
    assert NAMES not in told(training.training)
    press(qtbot, training, Qt.Key.Key_H)
    assert "Meier.csv" in told(training.training)


def test_a_film_shown_large_is_not_named(training, films, qtbot):
    large = training.school.large
    with qtbot.waitSignal(large.shown, timeout=PATIENCE):
        large.show_path(films / "NORMAL" / "Meier0.png")
    assert "Meier0" in told(large)
    training.actions["private"].trigger()  # its window has the keys at present
    assert NAMES not in told(large)
    with qtbot.waitSignal(large.shown, timeout=PATIENCE):
        large.show_path(films / "NORMAL" / "Meier2.png")
    assert NAMES not in told(large)
    large.close()


def test_the_worst_mistakes_are_not_named(home, card, film_file, rooms, qtbot):
    make_judged(home, card, film_file)
    room = rooms.open()
    room.window.tabs.setCurrentWidget(room.training)
    mistakes = room.training.step.mistakes
    qtbot.waitUntil(lambda: mistakes.films.count() > 0, timeout=PATIENCE)
    assert ".png" in told(mistakes)
    press(qtbot, room, Qt.Key.Key_H)
    assert ".png" not in told(mistakes)
    qtbot.waitUntil(lambda: not mistakes.missing, timeout=PATIENCE)
    assert ".png" not in told(mistakes)
    assert "Labelled Normal" in told(mistakes)
