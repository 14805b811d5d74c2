"""What a reader does with a film's window, turn and rulers, by keys, drags and menus."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.cases import Film, NamedVoi
from pneumo_desktop.core.greyscale import LookupTable, Window
from pneumo_desktop.ui.film_actions import FILM_SPECS, FRAME_SPECS
from pneumo_desktop.ui.film_words import look_words
from pneumo_desktop.ui.window_dialog import WindowDialog
from tests.ui import make
from tests.ui.hands import drag, press

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(rooms, room, qtbot, tmp_path):
    """A window with a film that grows lighter from left to right, 120 x 100 pixels of 16 bits."""
    pixels = np.tile(np.linspace(1000, 30000, 120).astype(np.uint16), (100, 1))
    Image.fromarray(pixels).save(tmp_path / "ramp.png")
    rooms.answer(room, tmp_path / "ramp.png")
    qtbot.waitUntil(lambda: room.film.view.film is not None, timeout=20_000)
    return room


def look(room):
    return room.film.view.picture.look


def said(room):
    return look_words(look(room), exchanged=False).replace("\n", "  ")


def test_windows_have_keys_and_the_corner_names_them(shown, qtbot):
    widths = {}
    for key, name in ((Qt.Key.Key_F2, "auto"), (Qt.Key.Key_F4, "full"), (Qt.Key.Key_F5, "lung"),
                      (Qt.Key.Key_F6, "retrocardiac")):  # fmt: skip
        press(qtbot, shown, key)
        assert said(shown).startswith(f"{name}  W ")
        widths[name] = look(shown).voi.width
    assert widths["full"] > widths["auto"] > widths["retrocardiac"]
    press(qtbot, shown, Qt.Key.Key_F3)
    assert said(shown) == "full range  W 65536  L 32768"
    assert "names no window of its own" in shown.window.message


def test_a_drag_takes_the_name_off_the_window(shown, qtbot):
    press(qtbot, shown, Qt.Key.Key_F2)
    press(qtbot, shown, Qt.Key.Key_W)
    drag(qtbot, shown.film.view, LEFT, QPoint(100, 100), QPoint(150, 100))
    assert said(shown).startswith("W ")


def test_a_drag_crosses_the_values_that_matter_whatever_the_depth(shown, qtbot):
    view = shown.film.view
    pixels = np.tile(np.linspace(0, 40, 200), (200, 1))
    for kind, factor in ((np.uint8, 1), (np.uint16, 1000)):
        deep = (pixels * factor).astype(kind)
        deep[0, 0] = np.iinfo(kind).max  # one stray pixel must not set the pace
        facts = replace(make.facts(), width=200, height=200)
        view.show_film(Film(facts, deep, Window(20.0 * factor, 40.0 * factor)))
        drag(qtbot, view, Qt.MouseButton.RightButton, QPoint(100, 100), QPoint(200, 100))
        assert look(shown).voi.width == pytest.approx(48 * factor, rel=0.05)


def test_the_files_own_windows_come_in_turn(shown, qtbot):
    view = shown.film.view
    offered = (NamedVoi(Window(20.0, 40.0), "LUNG"), NamedVoi(Window(90.0, 99.0)))
    pixels = np.arange(100, dtype=np.uint8).reshape(10, 10)
    view.show_film(Film(make.facts(), pixels, offered[0].voi, offered=offered))
    assert said(shown) == "LUNG  W 40  L 20"
    press(qtbot, shown, Qt.Key.Key_F3)
    assert said(shown) == "file's own 2 of 2  W 99  L 90"
    press(qtbot, shown, Qt.Key.Key_F3)
    assert said(shown) == "LUNG  W 40  L 20"
    press(qtbot, shown, Qt.Key.Key_F3)
    press(qtbot, shown, Qt.Key.Key_F2)
    press(qtbot, shown, Qt.Key.Key_F3)
    assert said(shown) == "LUNG  W 40  L 20"


def dialog():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, WindowDialog))


def test_width_and_level_can_be_typed(shown, qtbot):
    press(qtbot, shown, Qt.Key.Key_W, SHIFT)
    box = dialog()
    qtbot.keyClicks(box.width_box, "500")
    box.level_box.selectAll()
    qtbot.keyClicks(box.level_box, "2000")
    assert (look(shown).voi.width, look(shown).voi.center) == (500, 2000)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (look(shown).voi.width, look(shown).voi.center) == (500, 2000)


def test_escape_brings_the_window_before_back_even_a_table(shown, qtbot):
    table = LookupTable(0, np.linspace(0, 1, 256, dtype=np.float32))
    shown.film.view.show_film(Film(make.facts(), np.eye(9, dtype=np.uint8), table))
    press(qtbot, shown, Qt.Key.Key_W, SHIFT)
    box = dialog()
    qtbot.keyClicks(box.width_box, "50")
    assert look(shown).voi.width == 50
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert look(shown).voi is table


def greys(view):
    """Return the greys near the four edges of the film as shown: left, top, right, bottom."""
    image, place, (width, height) = view.grab().toImage(), view.place, view.picture.size
    spots = ((0.05, 0.4), (0.4, 0.05), (0.95, 0.4), (0.4, 0.95))
    return [
        image.pixelColor(
            int(place.left + x * width * place.scale), int(place.top + y * height * place.scale)
        ).red()
        for x, y in spots
    ]


def test_keys_turn_and_mirror_the_film(shown, qtbot):
    view = shown.film.view
    press(qtbot, shown, Qt.Key.Key_F4)
    left, _, right, _ = greys(view)
    assert left < 100 < right
    press(qtbot, shown, Qt.Key.Key_Period)
    _, top, _, bottom = greys(view)
    assert top < 100 < bottom
    assert view._zoom_words().startswith("turned 90°")
    press(qtbot, shown, Qt.Key.Key_V)
    _, top, _, bottom = greys(view)
    assert bottom < 100 < top
    assert "mirrored" in view._zoom_words()
    press(qtbot, shown, Qt.Key.Key_V)
    press(qtbot, shown, Qt.Key.Key_Comma)
    press(qtbot, shown, Qt.Key.Key_X)
    left, _, right, _ = greys(view)
    assert right < 100 < left
    press(qtbot, shown, Qt.Key.Key_R)
    assert greys(view)[0] < 40


def test_a_turned_film_keeps_the_point_in_the_middle(shown, qtbot):
    view = shown.film.view
    view.zoom(6, QPoint(40, 60))
    middle = view.rect().center().toPointF()
    before = view.stored(middle)
    for key in (Qt.Key.Key_Period, Qt.Key.Key_X):
        press(qtbot, shown, key)
        assert view.stored(middle) == pytest.approx(before, abs=0.5)


def test_a_frame_dragged_open_fills_the_view_once(shown, qtbot):
    view = shown.film.view
    press(qtbot, shown, Qt.Key.Key_G)
    start, end = QPoint(100, 150), QPoint(180, 200)
    ends = [view.stored(point.toPointF()) for point in (start, end)]
    drag(qtbot, view, LEFT, start, end)
    middle = view.stored(view.rect().center().toPointF())
    assert middle == pytest.approx([(a + b) / 2 for a, b in zip(*ends, strict=True)], abs=0.5)
    assert view.place.scale > 8
    assert not shown.actions["region"].isChecked()


def test_a_click_is_no_region_and_no_ruler(shown, qtbot):
    view = shown.film.view
    before = view.place
    for key in (Qt.Key.Key_G, Qt.Key.Key_D):
        press(qtbot, shown, key)
        drag(qtbot, view, LEFT, QPoint(100, 150), QPoint(101, 150))
    assert view.place == before
    assert view.distances == ()
    assert not shown.actions["region"].isChecked()  # one tool at a time


def test_a_ruler_is_dragged_stays_on_the_film_and_can_be_removed(shown, qtbot):
    view = shown.film.view
    press(qtbot, shown, Qt.Key.Key_D)
    drag(qtbot, view, LEFT, QPoint(100, 150), QPoint(200, 150))
    (ruler,) = view.distances
    assert ruler.pixels == pytest.approx(100 / view.place.scale, rel=0.01)
    before = view.grab().toImage()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Period):
        press(qtbot, shown, key)
    assert view.distances == (ruler,)
    press(qtbot, shown, Qt.Key.Key_R)
    assert view.distances == ()
    drag(qtbot, view, LEFT, QPoint(100, 150), QPoint(200, 150))
    assert view.grab().toImage() == before
    press(qtbot, shown, Qt.Key.Key_D, SHIFT)
    assert view.distances == ()


def test_sides_are_named_only_where_the_file_names_them(shown, qtbot):
    view = shown.film.view
    assert view.picture.edges is None
    facts = replace(view.film.facts, patient_orientation=("L", "F"))
    plain = view.grab().toImage()
    view.show_film(replace(view.film, facts=facts))
    assert view.picture.edges.left == "R"
    assert view.grab().toImage() != plain
    press(qtbot, shown, Qt.Key.Key_X)
    assert view.picture.edges.left == "L"


def test_attention_is_shown_while_the_key_is_down(room, qtbot, three):
    qtbot.waitUntil(lambda: not room.loader.loading, timeout=20_000)
    view = room.film.view
    qtbot.keyPress(room.window, Qt.Key.Key_S)
    assert view._attention is not None
    qtbot.keyRelease(room.window, Qt.Key.Key_S)
    assert view._attention is None
    press(qtbot, room, Qt.Key.Key_A)
    qtbot.keyPress(room.window, Qt.Key.Key_S)
    qtbot.keyRelease(room.window, Qt.Key.Key_S)
    assert view._attention is not None  # switched on stays on


def test_attention_held_ends_also_where_the_key_comes_up_unheard(room, qtbot, three):
    qtbot.waitUntil(lambda: not room.loader.loading, timeout=20_000)
    room.actions["attention-held"].trigger()
    assert room.film.view._attention is not None
    qtbot.mouseClick(room.film.view, LEFT)
    assert room.film.view._attention is None


def test_attention_turns_with_the_film(shown, qtbot):
    view = shown.film.view
    way = view.picture.transform(view.place)
    assert way.map(0.0, 0.0) == pytest.approx((view.place.left, view.place.top))
    press(qtbot, shown, Qt.Key.Key_Period)
    right = view.place.left + view.picture.size[0] * view.place.scale
    assert view.picture.transform(view.place).map(0.0, 0.0) == pytest.approx(
        (right, view.place.top)
    )


def test_a_tall_pixel_takes_its_room(shown):
    view = shown.film.view
    facts = replace(view.film.facts, pixel_aspect_ratio=2.0)
    view.show_film(replace(view.film, facts=facts))
    assert view.picture.size == (120, 200)
    assert view.stored(view.rect().center().toPointF()) == pytest.approx((60, 50), abs=1)


def test_the_readme_names_every_key_of_the_film():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for spec in (*FILM_SPECS, *FRAME_SPECS):
        assert f"`{spec.keys[0]}`" in readme, spec.name
