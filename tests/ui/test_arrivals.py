"""Films that come by other ways than menus: watched folder, clipboard, recent folders."""

import os
import sqlite3

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from pneumo_desktop.core.cases import Label
from pneumo_desktop.core.settings import load_settings
from pneumo_desktop.core.watch import LEDGER
from pneumo_desktop.ui import dialogs, watcher
from tests.ui.hands import drop

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(watcher, "REST_MS", 20)


@pytest.fixture
def incoming(tmp_path, monkeypatch):
    """A folder that the reader chooses to watch."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
    return folder


def names(room):
    return sorted(stored.outcome.path.name for stored in room.queue.cases())


def quiet(room, qtbot, *wanted):
    """Wait until these films are answered, and some looks longer."""
    qtbot.waitUntil(lambda: names(room) == sorted(wanted), timeout=60_000)
    qtbot.waitUntil(lambda: not room.intake.busy, timeout=60_000)
    qtbot.wait(150)
    assert names(room) == sorted(wanted)


def test_films_in_a_watched_folder_are_answered_as_they_arrive(room, qtbot, incoming, film_file):
    film_file("first.png", folder=incoming)
    room.actions["watch"].trigger()
    assert room.actions["watch"].isChecked()
    assert room.window.strip.watched.isVisible()
    assert room.window.strip.watched.text() == "Watching incoming"
    quiet(room, qtbot, "first.png")
    film_file("second.png", folder=incoming)
    quiet(room, qtbot, "first.png", "second.png")


def test_a_half_written_film_is_answered_once_it_is_whole(room, qtbot, incoming, film_file):
    whole = film_file("film.png").read_bytes()
    room.actions["watch"].trigger()
    with (incoming / "film.png").open("wb") as copy:
        for step in range(8):
            copy.write(whole[step * len(whole) // 8 : (step + 1) * len(whole) // 8])
            copy.flush()
            qtbot.wait(15)
    quiet(room, qtbot, "film.png")
    assert room.queue.cases()[0].outcome.answer.label is not Label.INVALID


def test_after_a_restart_only_films_that_came_meanwhile_are_answered(
    rooms, room, qtbot, incoming, film_file, home
):
    film_file("before.png", folder=incoming)
    room.actions["watch"].trigger()
    quiet(room, qtbot, "before.png")
    rooms.close(room)
    film_file("meanwhile.png", 0.2, folder=incoming)
    again = rooms.open()
    answered = []
    again.intake.answered.connect(answered.extend)
    rooms.models.settings = load_settings(home)
    quiet(again, qtbot, "before.png", "meanwhile.png")
    assert [outcome.path.name for outcome in answered] == ["meanwhile.png"]


def test_what_was_cancelled_is_answered_after_a_restart(
    rooms, room, qtbot, incoming, film_file, monkeypatch
):
    film_file("a.png", folder=incoming)
    monkeypatch.setattr(room.desk, "record", lambda _: None)
    room.intake.answered.disconnect()
    room.watcher.found.connect(lambda _: room.actions["cancel"].trigger())
    room.actions["watch"].trigger()
    with qtbot.waitSignal(room.intake.cancelled, timeout=60_000):
        pass
    assert names(room) == []
    rooms.close(room)
    quiet(rooms.open(), qtbot, "a.png")


def test_watching_ends_where_the_reader_ends_it(room, qtbot, incoming, film_file, home):
    room.actions["watch"].trigger()
    room.actions["watch"].trigger()
    assert not room.actions["watch"].isChecked()
    assert not room.window.strip.watched.isVisible()
    assert load_settings(home).watch_folder == ""
    film_file("a.png", folder=incoming)
    qtbot.wait(150)
    assert names(room) == []


def test_a_choice_that_is_left_changes_nothing(room, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: None)
    room.actions["watch"].trigger()
    assert not room.actions["watch"].isChecked()


def test_a_folder_that_goes_away_is_told_once_and_watched_when_it_is_back(
    room, qtbot, incoming, film_file
):
    room.actions["watch"].trigger()
    incoming.rename(incoming.with_name("away"))
    qtbot.waitUntil(lambda: "cannot be looked at" in room.window.message, timeout=60_000)
    room.window.tabs.messages.dismiss()
    qtbot.wait(100)
    assert "cannot be looked at" not in room.window.message
    incoming.with_name("away").rename(incoming)
    film_file("a.png", folder=incoming)
    quiet(room, qtbot, "a.png")


def test_a_ledger_that_is_none_is_told(room, home, incoming):
    (home / LEDGER).write_bytes(b"no database, but long enough to look like one" * 40)
    room.actions["watch"].trigger()
    assert "cannot be looked at" in room.window.message
    assert not room.actions["watch"].isChecked()


def test_a_ledger_that_cannot_be_written_is_told(room, qtbot, home, incoming, film_file):
    room.actions["watch"].trigger()
    other = sqlite3.connect(home / LEDGER)
    other.execute("DROP TABLE answered")
    other.close()
    film_file("a.png", folder=incoming)
    qtbot.waitUntil(lambda: "cannot be" in room.window.message, timeout=60_000)


def copy_to_clipboard(urls=(), image=None):
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in urls])
    if image:
        content.setImageData(image)
    QGuiApplication.clipboard().setMimeData(content)


def test_copied_files_are_pasted(room, qtbot, film_file):
    copy_to_clipboard([film_file("a.png"), film_file("bb.png", 0.2)])
    with qtbot.waitSignal(room.intake.finished, timeout=60_000):
        qtbot.keyClick(room.window, Qt.Key.Key_V, CONTROL)
    assert names(room) == ["a.png", "bb.png"]


def test_a_pasted_picture_becomes_a_file_of_its_owner(rooms, room, qtbot, film_file, home):
    copy_to_clipboard(image=QImage(str(film_file("a.png"))))
    with qtbot.waitSignal(room.intake.finished, timeout=60_000):
        qtbot.keyClick(room.window, Qt.Key.Key_V, CONTROL)
    (stored,) = room.queue.cases()
    assert stored.outcome.path.parent == home / "pasted"
    assert stored.outcome.path.stat().st_mode & (0o077 if os.name == "posix" else 0) == 0


def test_a_picture_that_cannot_be_kept_is_told(room, qtbot, film_file, home):
    (home / "pasted").touch()
    copy_to_clipboard(image=QImage(str(film_file("a.png"))))
    qtbot.keyClick(room.window, Qt.Key.Key_V, CONTROL)
    assert room.window.message == "The picture on the clipboard cannot be kept."


def test_a_clipboard_without_a_film_is_told(room, qtbot):
    QGuiApplication.clipboard().setText("no film")
    qtbot.keyClick(room.window, Qt.Key.Key_V, CONTROL)
    assert room.window.message.startswith("There is no film on the clipboard.")


def test_words_are_pasted_into_a_field_that_has_the_keys(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png"))
    QGuiApplication.clipboard().setText("left base")
    room.reading.note.setFocus()
    qtbot.keyClick(room.reading.note, Qt.Key.Key_V, CONTROL)
    assert room.reading.note.text() == "left base"


def opened(room):
    return [action for action in room.recent.actions() if action.toolTip().startswith(os.sep)]


@pytest.mark.skipif(os.name != "posix", reason="paths begin otherwise")
def test_folders_are_opened_again_from_the_menu(rooms, room, qtbot, film_file, tmp_path):
    for name in ("one", "two", "one"):
        film_file(f"{name}/{name}.png", folder=tmp_path)
        with qtbot.waitSignal(room.intake.finished, timeout=60_000):
            drop(room.window, tmp_path / name)
    assert [action.text() for action in opened(room)] == ["&1 one", "&2 two"]
    rooms.close(room)
    again = rooms.open()
    film_file("two/later.png", 0.3, folder=tmp_path)
    with qtbot.waitSignal(again.intake.finished, timeout=60_000):
        opened(again)[1].trigger()
    assert "later.png" in names(again)
    assert again.recent in [a.menu() for a in again.window.menuBar().actions()[0].menu().actions()]
    again.recent.actions()[-1].trigger()
    assert again.recent.folders == ()
    assert not again.recent.actions()[0].isEnabled()
