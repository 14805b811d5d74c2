"""An earlier film of the patient beside the one on view."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox

from tests.core.dicom_files import film_dataset
from tests.ui.hands import drag, press, wheel, words

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
JANE = {
    "PatientID": "4711",
    "IssuerOfPatientID": "WARD",
    "PatientBirthDate": "20220101",
    "PatientName": "Doe^Jane",
    "ViewPosition": "AP",
    "WindowCenter": 2048,
    "WindowWidth": 4096,
}


@pytest.fixture
def dicom(tmp_path):
    def write(name, mean, size=(80, 64), **elements):
        pixels = np.full(size, mean, np.uint16)
        pixels[:, ::2] += 40
        path = tmp_path / name
        dataset = film_dataset(pixels, **{**JANE, **elements})
        dataset.save_as(path, enforce_file_format=True)
        return path

    return write


@pytest.fixture
def jane(rooms, room, qtbot, dicom):
    """A window with three films of one patient, the latest on view, and one of another."""
    rooms.answer(
        room,
        dicom("2024.dcm", 3900, StudyDate="20240101", size=(160, 128)),
        dicom("2025.dcm", 400, StudyDate="20250101"),
        dicom("other.dcm", 500, StudyDate="20230101", PatientID="4712"),
    )
    found = rooms.answer(room, dicom("2026.dcm", 3700, StudyDate="20260101"))
    room.by_name = {stored.outcome.path.name: stored for stored in found}
    show(room, qtbot, "2026.dcm")
    return room


def show(room, qtbot, name):
    with qtbot.waitSignal(room.loader.loaded, timeout=30_000):
        room.desk.show(room.by_name[name])


def compare(room, qtbot, key=Qt.Key.Key_C, modifier=Qt.KeyboardModifier.NoModifier):
    with qtbot.waitSignal(room.loader_beside.loaded, timeout=30_000):
        press(qtbot, room, key, modifier)


def test_the_latest_prior_stands_beside_and_the_next_key_brings_the_one_before(jane, qtbot):
    beside = jane.film.beside
    assert "2 earlier film" in words(jane.film.priors)
    assert not beside.isVisible()
    compare(jane, qtbot)
    assert beside.isVisible()
    assert beside.film.facts.path.name == "2025.dcm"
    compare(jane, qtbot, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert beside.film.facts.path.name == "2024.dcm"
    assert jane.film.view.film.facts.path.name == "2026.dcm"
    press(qtbot, jane, Qt.Key.Key_C)
    assert not beside.isVisible()


def test_both_are_named_by_date_view_severity_and_model_and_never_judged(jane, qtbot):
    compare(jane, qtbot)
    said = words(jane.film.priors)
    listed = [
        combo.itemText(number)
        for combo in jane.film.priors.findChildren(QComboBox)
        for number in range(combo.count())
    ]
    severity = jane.by_name["2026.dcm"].outcome.answer.severity
    assert f"2026-01-01 · AP · severity {severity:.0f} · stub 1.0" in said
    assert [line.split(" · ")[0] for line in listed] == ["2025-01-01", "2024-01-01"]
    assert all("severity" in line and "stub 1.0" in line for line in listed)
    everything = " ".join([said, *listed]).lower()
    assert not {"better", "worse", "improved", "progress"} & set(everything.split())


def test_a_patient_without_earlier_films_is_said_to_have_none(jane, qtbot):
    show(jane, qtbot, "other.dcm")
    assert not jane.film.priors.isVisible()
    press(qtbot, jane, Qt.Key.Key_C)
    assert "No earlier film of this patient" in jane.window.message
    assert not jane.actions["compare"].isChecked()
    assert not jane.film.beside.isVisible()


def test_moving_on_never_leaves_the_prior_of_another_patient(jane, qtbot):
    compare(jane, qtbot)
    show(jane, qtbot, "other.dcm")
    assert not jane.film.beside.isVisible()
    assert not jane.actions["compare"].isChecked()


def same_framing(one, other):
    a, b = one.framing, other.framing
    return (a.zoom, a.x, a.y) == pytest.approx((b.zoom, b.x, b.y), abs=0.02)


def test_zoom_and_pan_go_together_from_either_film(jane, qtbot):
    compare(jane, qtbot)
    view, beside = jane.film.view, jane.film.beside
    wheel(view, QPoint(80, 100), 3)
    assert same_framing(view, beside)
    drag(qtbot, beside, LEFT, QPoint(100, 100), QPoint(140, 120))
    assert same_framing(view, beside)
    press(qtbot, jane, Qt.Key.Key_F)
    assert beside.fits
    assert view.fits


def test_the_window_goes_together_and_alone_when_unlinked(jane, qtbot):
    compare(jane, qtbot)
    view, beside = jane.film.view, jane.film.beside
    own = beside.picture.look.voi
    press(qtbot, jane, Qt.Key.Key_F2)
    assert beside.picture.look.voi != own
    assert beside.picture.look.named == "auto"
    before = beside.picture.look.voi.width
    drag(qtbot, view, RIGHT, QPoint(50, 50), QPoint(90, 50))
    assert beside.picture.look.voi.width > before
    press(qtbot, jane, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    before = beside.picture.look.voi
    drag(qtbot, view, RIGHT, QPoint(50, 50), QPoint(90, 50))
    assert beside.picture.look.voi is before


def test_a_prior_comes_under_the_window_that_its_reader_chose(jane, qtbot):
    press(qtbot, jane, Qt.Key.Key_F5)
    compare(jane, qtbot)
    assert jane.film.beside.picture.look.named == "lung"
    press(qtbot, jane, Qt.Key.Key_C)
    press(qtbot, jane, Qt.Key.Key_F3)
    compare(jane, qtbot)
    assert jane.film.beside.picture.look.voi is jane.film.beside.film.voi


def test_both_lines_are_whole_in_a_small_window_and_side_by_side_in_a_large_one(jane, qtbot):
    compare(jane, qtbot)
    this, listed = jane.film.priors._this, jane.film.priors._list
    assert listed.seen == listed.currentText()
    assert listed.y() > this.geometry().bottom()
    jane.window.resize(2560, 1440)
    qtbot.waitUntil(lambda: listed.x() > this.geometry().right(), timeout=30_000)
    assert listed.seen == listed.currentText()
    listed.setItemText(0, "a very long name " * 50)
    assert listed.seen.endswith("…")


def test_keys_turn_the_film_last_touched(jane, qtbot):
    compare(jane, qtbot)
    qtbot.mouseClick(jane.film.beside, LEFT)
    press(qtbot, jane, Qt.Key.Key_Period)
    assert jane.film.beside.picture.look.turn.quarters == 1
    assert jane.film.view.picture.look.turn.quarters == 0
    press(qtbot, jane, Qt.Key.Key_C)
    press(qtbot, jane, Qt.Key.Key_Period)
    assert jane.film.view.picture.look.turn.quarters == 1


def test_one_key_hides_all_that_names_a_patient(jane, qtbot):
    compare(jane, qtbot)
    assert jane.window.windowTitle().startswith("Doe Jane")
    number = f"Case {jane.desk.current.id}"
    press(qtbot, jane, Qt.Key.Key_H)
    corners = "\n".join([*jane.film.view._corners, *jane.film.beside._corners])
    shown = "\n".join([words(jane.window), corners, jane.window.windowTitle()])
    for private in ("Doe", "4711"):
        assert private not in shown
    assert "2026-01-01" not in corners + words(jane.panel)
    assert number in corners
    assert number in words(jane.panel)
    assert "Doe" not in texts(jane.queue.table)
    show(jane, qtbot, "2025.dcm")
    assert "Doe" not in jane.window.windowTitle() + words(jane.window)
    press(qtbot, jane, Qt.Key.Key_H)
    assert "Doe Jane" in jane.film.view._corners[0]
    assert "Doe Jane" in words(jane.panel)
    assert "Doe" in texts(jane.queue.table)


def texts(table):
    model = table.model()
    return " ".join(
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def test_the_film_has_the_screen_to_itself_and_keys_still_work(jane, qtbot):
    press(qtbot, jane, Qt.Key.Key_F11)
    assert jane.window.isFullScreen()
    assert not jane.queue.isVisible()
    assert not jane.panel.isVisible()
    assert not jane.window.menuBar().isVisible()
    press(qtbot, jane, Qt.Key.Key_Z)
    assert jane.film.view.place.scale == 1.0
    press(qtbot, jane, Qt.Key.Key_F11)
    assert jane.queue.isVisible()
    assert not jane.window.isFullScreen()
