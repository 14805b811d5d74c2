import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from pneumo_desktop.core.cases import Film
from pneumo_desktop.core.greyscale import LookupTable, Window, full_window
from pneumo_desktop.ui.image_view import ImageView, Tool
from pneumo_desktop.ui.theme import FILM_BACKGROUND
from tests.ui import make
from tests.ui.hands import drag, wheel

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def film():
    pixels = np.tile(np.linspace(0, 4095, 32).astype(np.uint16), (40, 1))
    return Film(make.facts(), pixels, full_window(12))


@pytest.fixture
def view(qtbot, film):
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(320, 400)
    view.show()
    qtbot.waitExposed(view)
    view.show_film(film)
    return view


def grey_at(view, x, y):
    return view.grab().toImage().pixelColor(x, y).red()


def test_a_film_is_shown_whole(view):
    assert view.place.scale == pytest.approx(10.0)
    assert grey_at(view, 60, 200) < grey_at(view, 260, 200)


def test_a_fitted_film_stays_fitted_when_the_window_grows(view):
    view.resize(640, 800)
    assert view.place.scale == pytest.approx(20.0)


def test_one_to_one_shows_a_pixel_on_a_pixel(view):
    view.actual_size()
    assert view.place.scale == 1.0
    view.resize(500, 500)
    assert view.place.scale == 1.0


def test_the_wheel_zooms_at_the_cursor(view):
    before = view.place
    wheel(view, QPoint(80, 100), 2)
    after = view.place
    assert after.scale == pytest.approx(before.scale * 1.25**2)
    assert (80 - after.left) / after.scale == pytest.approx((80 - before.left) / before.scale)


def test_keys_zoom_at_the_middle(view):
    view.zoom(1)
    assert view.place.left == pytest.approx(160 - 160 * 1.25)


def test_a_drag_pans(view, qtbot):
    before = view.place
    drag(qtbot, view, LEFT, QPoint(100, 100), QPoint(130, 90))
    assert view.place == before.moved(30, -10)


def test_arrow_keys_with_shift_pan_and_others_are_left_alone(view, qtbot):
    before = view.place
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.place == before.moved(-32, 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Q):
        qtbot.keyClick(view, key)
    assert view.place == before.moved(-32, 0)


def test_the_right_button_sets_the_window(view, qtbot):
    before = view.picture.look.voi
    drag(qtbot, view, RIGHT, QPoint(100, 100), QPoint(200, 150))
    assert view.picture.look.voi.width > before.width
    assert view.picture.look.voi.center > before.center
    assert view.place.scale == pytest.approx(10.0)


def test_the_left_button_sets_the_window_with_the_tool(view, qtbot):
    view.set_tool(Tool.WINDOW)
    before = view.picture.look.voi
    drag(qtbot, view, LEFT, QPoint(100, 100), QPoint(50, 100))
    assert view.picture.look.voi.width < before.width
    view.set_tool(Tool.PAN)
    after = view.picture.look.voi
    drag(qtbot, view, LEFT, QPoint(100, 100), QPoint(50, 100))
    assert view.picture.look.voi == after


def test_a_narrow_window_brings_out_what_a_wide_one_hides(view):
    wide = abs(grey_at(view, 150, 200) - grey_at(view, 170, 200))
    view.change(lambda picture: picture.set_window(Window(2048.0, 400.0)))
    narrow = abs(grey_at(view, 150, 200) - grey_at(view, 170, 200))
    assert narrow > 2 * wide


def test_a_window_never_narrows_to_nothing(view, qtbot):
    for _ in range(5):
        drag(qtbot, view, RIGHT, QPoint(300, 100), QPoint(10, 100))
    assert view.picture.look.voi.width == 1.0


def test_a_film_with_a_table_can_be_windowed(view, qtbot, film):
    table = LookupTable(0, np.linspace(0, 1, 4096, dtype=np.float32))
    view.show_film(Film(film.facts, film.pixels, table))
    view.grab()
    drag(qtbot, view, RIGHT, QPoint(100, 100), QPoint(110, 100))
    assert isinstance(view.picture.look.voi, Window)


def test_invert_and_reset(view):
    before = grey_at(view, 260, 200)
    view.invert()
    assert view.inverted
    assert grey_at(view, 260, 200) == pytest.approx(255 - before, abs=1)
    view.zoom(3)
    view.reset()
    assert not view.inverted
    assert view.place.scale == pytest.approx(10.0)
    assert grey_at(view, 260, 200) == before


def test_a_double_click_goes_between_all_and_own_pixels(view, qtbot):
    qtbot.mouseDClick(view, LEFT, pos=QPoint(100, 100))
    assert view.place.scale == pytest.approx(1.0)
    qtbot.mouseDClick(view, LEFT, pos=QPoint(100, 100))
    assert view.place.scale == pytest.approx(10.0)


def test_attention_is_laid_over_as_strongly_as_asked(view):
    map_ = QImage(7, 7, QImage.Format.Format_RGBA8888)
    map_.fill(QColor(255, 255, 0))
    plain = view.grab().toImage().pixelColor(160, 200)
    view.set_attention(map_)
    view.set_attention_opacity(1.0)
    assert view.grab().toImage().pixelColor(160, 200).blue() == 0
    view.set_attention_opacity(0.0)
    assert view.grab().toImage().pixelColor(160, 200) == plain


def test_words_take_the_place_of_a_film(view):
    view.set_corners("Jane Doe", "CR PA")
    view.show_message("No picture", "The file is gone.")
    assert view.film is None
    assert view.grab().toImage().pixelColor(20, 20).name() == FILM_BACKGROUND


def test_without_a_film_the_tools_do_no_harm(view, qtbot):
    view.show_message("No film")
    view.fit()
    view.actual_size()
    view.reset()
    drag(qtbot, view, RIGHT, QPoint(10, 10), QPoint(60, 60))
    view.setFocus()
    assert view.picture is None
    assert not view.grab().isNull()


def test_a_move_without_a_button_does_nothing(view, qtbot):
    before = view.place
    qtbot.mouseMove(view, QPoint(50, 50))
    assert view.place == before


def test_a_shrunken_film_is_averaged(view, film):
    stripes = np.zeros((400, 320), np.uint8)
    stripes[:, ::2] = 255
    facts = make.facts()
    from dataclasses import replace

    view.show_film(Film(replace(facts, width=320, height=400), stripes, full_window(8)))
    view.zoom(-4)
    assert grey_at(view, 160, 200) == pytest.approx(128, abs=24)
