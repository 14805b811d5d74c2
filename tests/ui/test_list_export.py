"""The list as it is shown, in a file."""

import csv

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from pneumo_desktop.core.store_query import Sort

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def export(room, qtbot, modifier=CONTROL):
    with qtbot.waitSignal(room.export.finished, timeout=20_000) as finished:
        qtbot.keyClick(room.window, Qt.Key.Key_E, modifier)
    return finished.args[0]


def test_the_list_is_exported_as_it_is_shown_with_names_or_without(
    rooms, room, film_file, tmp_path, qtbot, monkeypatch
):
    films = [film_file("low.png", 0.05), film_file("high.png", 1.0), film_file("some.png", 0.9)]
    rooms.answer(room, *films)
    room.desk.show(room.queue.cases()[0])
    room.queue.filter.label.setCurrentIndex(room.queue.filter.label.findText("Pneumonia"))
    room.queue.table.header.sort_by([(Sort.TITLE, True)])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list"), ""))
    assert export(room, qtbot) == 2
    file = tmp_path / "list.csv"
    rows = list(csv.DictReader(file.read_text().splitlines()))
    assert [row["path"].rsplit("/", 1)[-1] for row in rows] == ["some.png", "high.png"]
    assert "2 films exported." in room.window.message
    assert export(room, qtbot, CONTROL | SHIFT) == 2
    assert "high.png" not in file.read_text()
    last = list(room.desk._store.audit_log())[-1].deed
    assert (last.act, last.detail["form"]) == ("exported", "CSV without names")


def test_a_list_that_cannot_be_written_is_told(
    rooms, room, film_file, tmp_path, qtbot, monkeypatch, at_the_box
):
    rooms.answer(room, film_file("a.png"))
    (tmp_path / "list.csv").mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list"), ""))
    said = []
    at_the_box(lambda box: (said.append(box.text()), box.accept()))
    with qtbot.waitSignal(room.export.failed, timeout=20_000):
        qtbot.keyClick(room.window, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: said == ["The list could not be exported."], timeout=20_000)


def test_a_reader_who_thinks_better_of_it_gets_no_file(room, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    qtbot.keyClick(room.window, Qt.Key.Key_E, CONTROL)
    assert not room.export.busy
    assert list(tmp_path.glob("*.csv")) == []
