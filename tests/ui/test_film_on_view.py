"""The film on view: its pixels, its keys, its words, and what stands there without pixels."""

import shutil

from PySide6.QtCore import Qt

from pneumo_desktop.core.cases import Call, Label, Rejected
from pneumo_desktop.ui.film_loader import GONE
from tests.ui.hands import press, words


def test_no_key_calls_a_film_that_is_out_of_sight(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png"))
    room.window.tabs.setCurrentIndex(1)
    press(qtbot, room, Qt.Key.Key_2)
    assert room.queue.cases()[0].reading is None
    room.window.tabs.setCurrentIndex(0)
    press(qtbot, room, Qt.Key.Key_2)
    assert room.queue.cases()[0].reading.call is Call.PNEUMONIA


def test_the_film_before_never_stands_beside_another_answer(room, qtbot, three):
    with qtbot.waitSignal(room.loader.loaded, timeout=20_000):
        press(qtbot, room, Qt.Key.Key_K)
    press(qtbot, room, Qt.Key.Key_K)
    assert room.film.view.film is None
    qtbot.waitUntil(lambda: room.film.view.film is not None, timeout=20_000)
    assert room.film.view.film.facts.path == room.desk.current.outcome.path


def test_keys_drive_the_film(room, qtbot, three):
    view = room.film.view
    qtbot.waitUntil(lambda: view.film is not None, timeout=20_000)
    press(qtbot, room, Qt.Key.Key_Z)
    assert view.place.scale == 1.0
    press(qtbot, room, Qt.Key.Key_Plus)
    assert view.place.scale == 1.25
    press(qtbot, room, Qt.Key.Key_Minus)
    press(qtbot, room, Qt.Key.Key_I)
    assert view.inverted
    press(qtbot, room, Qt.Key.Key_R)
    assert not view.inverted
    press(qtbot, room, Qt.Key.Key_W)
    assert room.actions["window"].isChecked()
    press(qtbot, room, Qt.Key.Key_F)
    assert view.place.scale > 1.0


def test_attention_is_shown_with_its_legend(room, qtbot, three):
    press(qtbot, room, Qt.Key.Key_A)
    assert "Attention, not an outline" in words(room.film)
    room.film._slider.setValue(80)
    assert room.film.view._opacity == 0.8
    press(qtbot, room, Qt.Key.Key_A)
    assert "Attention, not an outline" not in words(room.film)


def test_the_legend_of_a_normal_film_says_how_little_the_map_means(room, qtbot, three):
    press(qtbot, room, Qt.Key.Key_A)
    assert room.desk.current.outcome.answer.label is Label.NORMAL
    assert "spoke most for pneumonia, though little" in words(room.film)
    room.desk.show(three[0])
    assert room.desk.current.outcome.answer.label is Label.PNEUMONIA
    assert "though little" not in words(room.film)


def test_attention_is_never_laid_over_what_is_no_chest_film(rooms, room, tmp_path):
    import numpy as np
    from PIL import Image

    stripes = np.zeros((40, 32), np.uint8)
    stripes[::2] = 255
    Image.fromarray(stripes).save(tmp_path / "stripes.png")
    rooms.answer(room, tmp_path / "stripes.png")
    room.actions["attention"].setChecked(True)
    assert room.desk.current.outcome.answer.severity is None
    assert room.film.view._attention is None
    assert "Attention" not in words(room.film)


def test_a_file_that_is_no_film_says_so_where_the_film_would_be(rooms, room, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear colleague")
    (stored,) = rooms.answer(room, tmp_path / "letter.txt")
    assert isinstance(stored.outcome, Rejected)
    assert room.film.view._sentence == stored.outcome.reason.text
    assert "1 file apart: 1 unreadable" in words(room.queue)


def test_a_film_that_is_gone_says_so_where_it_would_be(rooms, room, qtbot, three, tmp_path):
    (tmp_path / "check.png").unlink()
    with qtbot.waitSignal(room.loader.failed, timeout=20_000):
        press(qtbot, room, Qt.Key.Key_K)
    assert room.film.view._sentence == GONE


def test_a_new_answer_to_the_film_on_view_leaves_its_zoom(rooms, room, qtbot, film_file):
    rooms.answer(room, film_file("a.png"))
    qtbot.waitUntil(lambda: room.film.view.film is not None, timeout=20_000)
    press(qtbot, room, Qt.Key.Key_Z)
    with qtbot.waitSignal(room.intake.finished, timeout=20_000):
        room.actions["again"].trigger()
    assert room.film.view.place.scale == 1.0


def test_a_film_is_not_called_while_it_is_loading(rooms, room, qtbot, film_file):
    (stored,) = rooms.answer(room, film_file("a.png", 0.95))
    room.desk.show(stored)
    for key in (Qt.Key.Key_1, Qt.Key.Key_Y):
        room.window.show_message("")
        qtbot.keyClick(room.window, key)
        assert room.window.message == "The film is not shown yet."
        assert room.desk.current.reading is None
    room.reading._buttons[Call.OTHER].click()
    assert room.desk.current.reading is None
    press(qtbot, room, Qt.Key.Key_1)
    assert room.desk.current.reading.call is Call.NORMAL


def test_a_film_that_cannot_be_shown_can_be_called(rooms, room, qtbot, film_file):
    film = film_file("a.png")
    (stored,) = rooms.answer(room, film)
    film.unlink()
    room.desk.show(stored)
    press(qtbot, room, Qt.Key.Key_4)
    assert room.film.view.film is None
    assert room.desk.current.reading.call is Call.NOT_DIAGNOSTIC


def test_a_film_dropped_again_as_a_copy_takes_on_its_name(rooms, room, film_file, tmp_path):
    film = film_file("a.png")
    rooms.answer(room, film)
    rooms.answer(room, shutil.copy(film, tmp_path / "copy.png"))
    assert room.desk.current.outcome.path.name == "copy.png"
    assert room.film.view._corners[0] == "copy.png"


def test_a_film_that_was_gone_is_shown_from_its_copy(rooms, room, qtbot, film_file, tmp_path):
    film = film_file("a.png")
    (stored,) = rooms.answer(room, film)
    copy = film.rename(tmp_path / "copy.png")
    with qtbot.waitSignal(room.loader.failed, timeout=20_000):
        room.desk.show(stored)
    with qtbot.waitSignal(room.loader.loaded, timeout=20_000):
        rooms.answer(room, copy)
    assert room.film.view.film is not None
