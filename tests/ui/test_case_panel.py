from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from pneumo_desktop.core.cases import Call, Patient, Priority
from pneumo_desktop.ui.case_panel import CasePanel
from pneumo_desktop.ui.reading_actions import READING_SPECS
from pneumo_desktop.ui.reading_panel import ReadingPanel
from pneumo_desktop.ui.theme import DARK
from tests.ui import make


@pytest.fixture
def panel(qtbot):
    actions = {spec.name: QAction(spec.text) for spec in READING_SPECS}
    reading = ReadingPanel(actions)
    polarity = QAction("Show with &polarity corrected", shortcut="P")
    panel = CasePanel(reading, polarity, QAction("About this &model…", shortcut="M"))
    panel.kept = actions
    qtbot.addWidget(panel)
    panel.resize(320, 700)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def words(panel):
    labels = panel.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.text()]


def test_without_a_film_it_says_what_to_do(panel):
    assert words(panel) == ["No film chosen", "Open films, or choose one in the worklist."]
    assert not panel.reading.isVisible()


def test_an_answer_stands_with_its_caveats(panel, card):
    outcome = make.case(Priority.LOW, 12.0, 0.995, patient=make.JANE, view="PA")
    panel.show_case(make.stored(1, outcome), card)
    said = words(panel)
    assert "Jane Doe" in said
    assert "ID 4711 · 4 y · F\nPA · PNG 32 x 40, 8 bit" in said
    assert "Normal" in said
    assert "over 99 % confidence (calibrated)" in said
    assert any(text.startswith("No pneumonia pattern found. Other findings") for text in said)
    assert "Low · severity 12 of 100" in said
    assert "Priority: the model's suspicion and extent, not clinical severity" in said
    (model,) = [text for text in said if text.startswith("Stub, version 1.0")]
    assert "Children aged 1 to 5" in model
    assert "Probabilities hold where 50 % of films show pneumonia." in model


def test_a_long_file_name_widens_nothing_and_is_whole_in_its_tip(panel, card):
    panel.show_case(make.stored(1, make.case()), card)
    before = panel.minimumWidth()
    name = f"{'1.2.840.113619.' * 8}left-upper-lobe.dcm"
    panel.show_case(make.stored(1, make.case(name=name)), card)
    assert panel.minimumWidth() == before
    (title,) = [label for label in panel.findChildren(QLabel) if label.toolTip().endswith(name)]
    start, _, end = title.text().partition("…")
    assert start
    assert end
    assert name.startswith(start)
    assert name.endswith(end)


def test_an_age_outside_the_population_is_told_beside_the_confidence(panel, card):
    outcome = make.case(patient=Patient(age_years=60.0))
    panel.show_case(make.stored(1, outcome), card)
    assert any("outside the population" in text for text in words(panel))


def test_what_is_no_chest_film_has_a_reason_and_no_severity(panel, card):
    panel.show_case(make.stored(1, make.case(None)), card)
    said = words(panel)
    assert "Invalid" in said
    assert "Not a chest X-ray." in said
    assert "No severity and no priority" in said
    assert not any("confidence" in text for text in said)
    assert not panel._gauge.isVisible()


def test_a_file_that_is_no_film_says_why(panel):
    panel.show_case(make.stored(1, make.rejected("x.dcm")), None)
    assert words(panel) == ["x.dcm", "Invalid", "The file is damaged."]


def test_a_model_that_is_gone_is_told(panel):
    panel.show_case(make.stored(1, make.case()), None)
    assert any(text.endswith("(not installed any more)") for text in words(panel))


def test_a_files_own_words_are_never_markup(panel, card):
    outcome = make.case(patient=Patient(name="<b>Jane</b>"))
    panel.show_case(make.stored(1, outcome), card)
    assert "<b>Jane</b>" in words(panel)


def test_a_read_case_shows_call_note_and_agreement(panel, card):
    panel.show_case(make.stored(1, make.case(), "Pneumonia"), card)
    assert any("same as the model" in text for text in words(panel))
    assert panel.reading.note.text() == "seen"
    checked = [call for call, button in panel.reading._buttons.items() if button.isChecked()]
    assert checked == [Call.PNEUMONIA]


def test_a_note_being_typed_on_a_read_case_outlives_its_being_shown_again(panel, qtbot, card):
    read, other = (make.stored(number, make.case(), "Pneumonia") for number in (1, 2))
    panel.show_case(read, card)
    qtbot.keyClicks(panel.reading.note, " and more ")
    for stored in (read, other, read):
        panel.show_case(stored, card)
    assert panel.reading.note.text() == "seen and more "


def test_a_note_kept_since_takes_the_place_of_the_one_typed(panel, qtbot, card):
    panel.show_case(make.stored(1, make.case(), "Pneumonia"), card)
    qtbot.keyClicks(panel.reading.note, " and more")
    read = make.stored(1, make.case(), "Pneumonia")
    kept = replace(read, reading=replace(read.reading, note="another's"))
    panel.show_case(kept, card)
    assert panel.reading.note.text() == "another's"


def test_a_press_emits_and_shows_nothing_by_itself(panel, qtbot, card):
    panel.show_case(make.stored(1, make.case()), card)
    button = panel.reading._buttons[Call.OTHER]
    with qtbot.waitSignal(panel.reading.called) as called:
        button.click()
    assert called.args == [Call.OTHER]
    assert not button.isChecked()


def test_showing_emits_nothing(panel, qtbot, card):
    with qtbot.assertNotEmitted(panel.reading.called):
        panel.show_case(make.stored(1, make.case(), "Normal"), card)


def test_the_buttons_do_what_the_actions_do(panel, qtbot, card):
    actions = panel.kept
    panel.show_case(make.stored(1, make.case(), "Normal"), card)
    with qtbot.waitSignals([actions["unread"].triggered, actions["next-unread"].triggered]):
        panel.reading._unread.click()
        panel.reading._others["next-unread"].click()


def test_the_band_takes_on_the_colours_of_the_scheme(panel, card):
    panel.show_case(make.stored(1, make.case()), card)
    panel.set_colours(DARK)
    assert DARK.high in panel._severity.styleSheet()
