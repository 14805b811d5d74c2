import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pneumo_desktop.ui.training.changed_films import ChangedFilms


@pytest.fixture
def changed(qtbot):
    widget = ChangedFilms()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def pictures(tmp_path):
    for film in range(2):
        for draw in range(3):
            pixels = np.full((224, 224), 40 * (film + draw + 1), np.uint8)
            Image.fromarray(pixels).save(tmp_path / f"film-{film}-{draw}.png")
    (tmp_path / "film-9-9.png.part").touch()
    return tmp_path


def labels(widget):
    return [label for label in widget.findChildren(QLabel) if not label.pixmap().isNull()]


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_pictures_are_asked_for_with_a_button(changed, qtbot):
    assert "what the network will be shown" in words(changed)
    with qtbot.waitSignal(changed.wanted):
        qtbot.mouseClick(changed.draw, Qt.MouseButton.LeftButton)


def test_a_row_a_film_with_the_untouched_one_first(changed, pictures):
    changed.show_busy()
    assert not changed.draw.isEnabled()
    changed.show_folder(pictures)
    assert [label.toolTip() for label in labels(changed)] == [
        "Film 1, untouched", "Film 1, change 1", "Film 1, change 2",
        "Film 2, untouched", "Film 2, change 1", "Film 2, change 2",
    ]  # fmt: skip
    assert all(label.pixmap().height() == 112 for label in labels(changed))
    assert changed.draw.text() == "Change them again"
    assert changed.draw.isEnabled()


def test_an_empty_folder_and_a_failure_are_told(changed, tmp_path):
    changed.show_folder(tmp_path)
    assert "made no pictures" in words(changed)
    changed.show_none("None of the films can be read.")
    assert "None of the films can be read." in words(changed)


def test_something_else_named_like_a_picture_shows_nothing(changed, tmp_path):
    (tmp_path / "film-0-0.png").write_bytes(b"no picture")
    changed.show_folder(tmp_path)
    assert labels(changed) == []


def test_other_pictures_take_the_place_of_those_before(changed, pictures, qtbot):
    changed.show_folder(pictures)
    for path in pictures.glob("film-1-*.png"):
        path.unlink()
    changed.show_folder(pictures)
    qtbot.waitUntil(lambda: len(labels(changed)) == 3, timeout=30_000)
