"""A film with light and dark exchanged: named, and corrected on request."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from pneumo_desktop.core.cases import Prediction, ReasonCode
from tests.ui.hands import press, words


@pytest.fixture
def classifier(classifier):
    """Knows a chest film by its dark upper edge."""

    class Knowing(type(classifier)):
        def predict(self, film):
            dark = bool(film.pixels[0].mean() < 128) != film.inverted
            return Prediction(0.9, float(dark), np.full((7, 7), 0.5, np.float32))

    return Knowing(classifier.card)


@pytest.fixture
def films(tmp_path):
    """An inverted film and an upright one."""
    upright = np.full((40, 32), 140, np.uint8)
    upright[:4] = 10
    paths = tmp_path / "inverted.png", tmp_path / "upright.png"
    for path, pixels in zip(paths, (255 - upright, upright), strict=True):
        Image.fromarray(pixels).save(path)
    return paths


@pytest.fixture
def shown(rooms, room, films, qtbot):
    """The inverted film on view."""
    rooms.answer(room, *films)
    cases = {stored.outcome.path.name: stored for stored in room.queue.cases()}
    room.found, room.upright = cases["inverted.png"], cases["upright.png"]
    show(room, qtbot, room.found)
    return room


def show(room, qtbot, stored):
    with qtbot.waitSignal(room.loader.loaded, timeout=20_000):
        room.desk.show(stored)


def test_the_panel_says_what_was_found_and_what_the_answer_refers_to(shown):
    assert shown.found.outcome.answer.reason.code is ReasonCode.INVERTED_POLARITY
    said = words(shown.panel)
    assert "Light and dark seem exchanged" in said
    assert "Probability, severity and attention are those of the corrected film." in said
    assert "pneumonia probability 90 % of the corrected film" in said


def test_the_button_corrects_the_film_on_view(shown, qtbot):
    view = shown.film.view
    assert view._look_words().endswith("inverted in the file")
    assert shown.panel.polarity.isVisible()
    assert "(P)" in shown.panel.polarity.toolTip()
    qtbot.mouseClick(shown.panel.polarity, Qt.MouseButton.LeftButton)
    assert view.inverted
    assert view._look_words().endswith("polarity corrected")
    shown.panel.polarity.click()
    assert view.inverted  # it corrects, it does not turn round


def test_the_pixels_on_view_are_those_of_the_corrected_film(shown, qtbot, films):
    view = shown.film.view
    before = view.grab().toImage()
    press(qtbot, shown, Qt.Key.Key_P)
    after = view.grab().toImage()
    middle = view.rect().center()
    assert before.pixelColor(middle).lightness() == pytest.approx(115, abs=2)
    assert after.pixelColor(middle).lightness() == pytest.approx(140, abs=2)


def test_it_stays_corrected_when_the_reader_comes_back(shown, qtbot):
    press(qtbot, shown, Qt.Key.Key_P)
    show(shown, qtbot, shown.upright)
    assert not shown.film.view.inverted
    show(shown, qtbot, shown.found)
    assert shown.film.view.inverted


@pytest.mark.parametrize("key", [Qt.Key.Key_I, Qt.Key.Key_R])
def test_the_reader_may_turn_it_back_for_good(shown, qtbot, key):
    press(qtbot, shown, Qt.Key.Key_P)
    press(qtbot, shown, key)
    assert not shown.film.view.inverted
    show(shown, qtbot, shown.upright)
    show(shown, qtbot, shown.found)
    assert not shown.film.view.inverted


def test_an_upright_film_is_offered_no_correction_and_keeps_its_polarity(shown, qtbot):
    show(shown, qtbot, shown.upright)
    assert not shown.panel.polarity.isVisible()
    press(qtbot, shown, Qt.Key.Key_P)
    assert not shown.film.view.inverted
    assert "not found exchanged" in shown.window.message
    press(qtbot, shown, Qt.Key.Key_I)
    assert shown.film.view._look_words().endswith("inverted")


def test_nothing_happens_before_the_film_is_there(shown, qtbot):
    shown.desk.show(shown.found)
    shown.actions["correct-polarity"].trigger()
    assert not shown.film.view.inverted
    qtbot.waitUntil(lambda: shown.film.view.film is not None, timeout=20_000)
    assert not shown.film.view.inverted
