import pytest
from PySide6.QtGui import QPalette

from pneumo_desktop.core.cases import Priority
from pneumo_desktop.ui.theme import (
    DARK,
    FILM_BACKGROUND,
    FILM_QUIET_TEXT,
    FILM_TEXT,
    LIGHT,
    TEXT_PAIRS,
    contrast,
    palette,
    priority_colour,
    style_sheet,
)


def test_contrast_is_that_of_the_standard(qapp):
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_words_can_be_read(colours, front, back):
    assert contrast(getattr(colours, front), getattr(colours, back)) >= 4.5


@pytest.mark.parametrize("front", [FILM_TEXT, FILM_QUIET_TEXT])
def test_words_on_the_film_area_can_be_read(front):
    assert contrast(front, FILM_BACKGROUND) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_name_in_the_style_sheet_is_a_colour(colours):
    assert "$" not in style_sheet(colours)


def test_disabled_words_are_quiet(qapp):
    group, role = QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText
    assert palette(DARK).color(group, role).name() == DARK.quiet


def test_every_band_has_a_colour_of_its_own():
    colours = {priority_colour(LIGHT, band) for band in (*Priority, None)}
    assert len(colours) == 5
