"""Films whose files were moved: seen in the list, located from the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from pneumo_desktop.ui.queue_columns import TITLE

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def titles(room):
    model = room.queue.table.model()
    return sorted(model.index(row, TITLE).data() for row in range(model.rowCount()))


def test_moved_films_are_shown_as_missing_and_located_with_one_key(
    rooms, room, film_file, tmp_path, qtbot, monkeypatch
):
    rooms.answer(room, film_file("a.png", 0.9), film_file("b.png", 0.8))
    new = tmp_path / "moved"
    new.mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / name).rename(new / name)
    room.queue.table.model().tick()
    qtbot.waitUntil(
        lambda: titles(room) == ["File missing: a.png", "File missing: b.png"], timeout=20_000
    )
    tip = room.queue.table.model().index(0, TITLE).data(Qt.ItemDataRole.ToolTipRole)
    assert "Locate the missing file" in tip
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    with qtbot.waitSignal(room.presence.finished, timeout=20_000) as finished:
        qtbot.keyClick(room.window, Qt.Key.Key_L, CONTROL | SHIFT)
    assert finished.args == [0, 1]  # the folder that it left holds it no more
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(new / "a.png"), ""))
    room.desk.show(next(c for c in room.queue.cases() if c.outcome.path.name == "a.png"))
    with qtbot.waitSignal(room.presence.finished, timeout=20_000) as finished:
        qtbot.keyClick(room.window, Qt.Key.Key_L, CONTROL)
    assert finished.args == [2, 2]
    assert {case.outcome.path.parent for case in room.queue.cases()} == {new}
    qtbot.waitUntil(lambda: titles(room) == ["a.png", "b.png"], timeout=20_000)
    qtbot.waitUntil(lambda: room.film.view.film is not None, timeout=20_000)
    assert "2 moved films located." in room.window.message
    acts = [entry.deed.act for entry in room.desk._store.audit_log()]
    assert acts.count("file located again") == 2


def test_a_film_that_is_where_it_was_is_not_asked_for(rooms, room, film_file, qtbot):
    qtbot.keyClick(room.window, Qt.Key.Key_L, CONTROL)
    assert "Choose a film" in room.window.message
    rooms.answer(room, film_file("a.png"))
    qtbot.keyClick(room.window, Qt.Key.Key_L, CONTROL)
    assert "where it was" in room.window.message


def test_looking_for_moved_films_can_be_cancelled(room, tmp_path, qtbot):
    from pneumo_desktop.core.relocation import Kept

    film = Kept(1, tmp_path / "gone.png", "ab")
    room.presence.locate(film, tmp_path, [film] * 1000)
    assert room.presence.locating
    with qtbot.waitSignal(room.presence.finished):
        room.actions["cancel"].trigger()
    assert not room.presence.locating


def test_a_list_read_again_and_again_piles_no_requests_up(room, tmp_path, qtbot):
    looked = []
    room.presence.checked.connect(looked.extend)
    films = [(number, tmp_path / f"{number}.png") for number in range(300)]
    for _ in range(20):
        room.presence.check(films)
    qtbot.waitUntil(lambda: len(looked) >= 300, timeout=30_000)
    qtbot.wait(100)
    assert sorted(looked) == [(number, True) for number in range(300)]
    room.presence.check(films[:1])
    qtbot.waitUntil(lambda: len(looked) == 301, timeout=30_000)
