"""The Films page, as somebody uses it who knows films and not Python."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.labelled.finding import Kind
from pneumo_desktop.core.labelled.patients import NameWay
from pneumo_desktop.core.labelled.plan import load_plan
from pneumo_desktop.ui import dialogs
from tests.ui.hands import drop, press, words

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 60_000


@pytest.fixture
def odd(labelled):
    """The labelled films with a copy, a film in both classes and a broken file among them."""
    normal, ill = labelled / "NORMAL", labelled / "PNEUMONIA"
    shutil.copy(normal / "p00_NORMAL.png", normal / "p00_copy.png")
    shutil.copy(normal / "p01_NORMAL.png", ill / "p01_wrong.png")
    (normal / "p99_broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    return labelled


@pytest.fixture
def looked(training, qtbot):
    """Return a function that drops a folder on the page and waits until it was looked at."""

    def look(folder):
        drop(training.training.step, folder)
        wait_assessed(qtbot, training)
        return training.training.step

    return look


def wait_assessed(qtbot, room):
    def worked_out():
        state = room.course.state
        done = state.films and state.assessed and not state.assessing
        return bool(state.trouble or done)

    qtbot.waitUntil(worked_out, timeout=PATIENCE)
    QApplication.processEvents()  # lays new cards out, where a hand would find them


def card(page, kind):
    return next(card for card in page.findings.cards if card.finding.kind is kind)


def test_an_empty_page_says_where_films_may_come_from(training):
    said = words(training.training.step)
    assert "Drop a folder here" in said
    assert "or take the cases that were read in this program" in said


def test_a_dropped_folder_is_looked_at(looked, labelled, training):
    page = looked(labelled)
    assert "12 NORMAL · 12 PNEUMONIA · 24 patients" in words(page)
    assert page.wall.grid.films.rowCount() == 24
    assert not training.intake.busy  # they are to learn from, not to read


def test_a_folder_without_classes_is_told(looked, tmp_path, training):
    (tmp_path / "empty").mkdir()
    page = looked(tmp_path / "empty")
    assert "has no folder NORMAL and no folder PNEUMONIA" in words(page)
    assert not training.training.next.isEnabled()


def test_a_list_is_chosen_by_its_dialog(training, qtbot, labelled, tmp_path, monkeypatch):
    file = tmp_path / "films.csv"
    rows = [f"{film},{film.parent.name},{film.stem[:3]}" for film in labelled.rglob("*.png")]
    file.write_text("\n".join(["path,label,patient", *rows]))
    monkeypatch.setattr(dialogs, "ask_file", lambda *_: file)
    qtbot.mouseClick(training.training.step.source.list, LEFT)
    wait_assessed(qtbot, training)
    assert "12 NORMAL · 12 PNEUMONIA · 12 patients" in words(training.training.step)
    assert card(training.training.step, Kind.PATIENT_IN_BOTH)


def test_looking_can_be_cancelled_and_begun_again(training, qtbot, labelled):
    page = training.training.step
    drop(page, labelled)
    assert "The films are being looked at." in words(training.training)
    qtbot.mouseClick(page.looking.cancel, LEFT)
    assert "These films have not been looked at." in words(page)
    assert not training.training.next.isEnabled()
    qtbot.mouseClick(page.looking.again, LEFT)
    wait_assessed(qtbot, training)
    assert "12 NORMAL · 12 PNEUMONIA" in words(page)


def test_closing_the_window_ends_the_looking(training, qtbot, labelled):
    drop(training.training.step, labelled)
    training.window.close()
    assert not training.school.survey.busy


def test_each_finding_has_its_choices_and_nothing_is_mended_in_silence(looked, odd):
    page = looked(odd)
    assert {card.finding.kind for card in page.findings.cards} >= {
        Kind.UNREADABLE, Kind.BOTH_CLASSES, Kind.DUPLICATE,
    }  # fmt: skip
    assert "1 unreadable · 3 left out" in words(page)
    both = card(page, Kind.BOTH_CLASSES)
    assert both.choices["leave-out"].isChecked()


def test_a_choice_is_made_with_the_mouse_and_remembered(looked, odd, qtbot, training, home, rooms):
    page = looked(odd)
    qtbot.mouseClick(card(page, Kind.DUPLICATE).choices["keep"], LEFT)
    wait_assessed(qtbot, training)
    assert "2 left out" in words(page)
    rooms.close(training)
    assert load_plan(home).choices == {"duplicate": "keep"}


def test_a_click_on_the_words_of_a_choice_makes_it(looked, odd, qtbot, training):
    both = card(looked(odd), Kind.BOTH_CLASSES)
    label = next(child for child in both.children() if getattr(child, "text", str)() == "Keep all")
    qtbot.mouseClick(label, LEFT)
    assert training.course.state.plan.choices == {"same-film-both-classes": "keep"}
    wait_assessed(qtbot, training)
    assert both.choices["keep"].isChecked()


def test_a_choice_is_made_with_the_keys(looked, odd, qtbot, training):
    both = card(looked(odd), Kind.BOTH_CLASSES)
    training.window.activateWindow()
    qtbot.waitUntil(training.window.isActiveWindow, timeout=PATIENCE)
    both.choices["leave-out"].setFocus()
    qtbot.keyClick(both.choices["leave-out"], Qt.Key.Key_Down)
    assert training.course.state.plan.choices == {"same-film-both-classes": "ill"}


def test_the_films_of_a_finding_are_shown_beside(looked, odd, qtbot):
    page = looked(odd)
    qtbot.mouseClick(card(page, Kind.BOTH_CLASSES).films, LEFT)
    model = page.wall.grid.films
    names = {model.index(row).data() for row in range(model.rowCount())}
    assert names == {"p01_NORMAL.png", "p01_wrong.png"}
    qtbot.mouseClick(card(page, Kind.UNREADABLE).films, LEFT)
    assert model.rowCount() == 1
    said = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "p99_broken.png" in said
    assert "damaged" in said


def test_what_is_left_out_can_be_looked_at(looked, odd, qtbot):
    page = looked(odd)
    page.wall.which.setFocus()
    qtbot.keyClicks(page.wall.which, "Left")
    assert page.wall.which.currentText() == "Left out (3)"
    assert page.wall.grid.films.rowCount() == 3
    assert not page.wall.grid.grab().isNull()


def test_another_source_begins_with_no_choice_made(looked, odd, qtbot, training, tmp_path):
    page = looked(odd)
    qtbot.mouseClick(card(page, Kind.DUPLICATE).choices["keep"], LEFT)
    shutil.copytree(odd, tmp_path / "others")
    looked(tmp_path / "others")
    assert training.course.state.plan.choices == {}


def test_the_last_sources_are_offered_again(looked, labelled, tmp_path, qtbot, training):
    shutil.copytree(labelled, tmp_path / "others")
    page = looked(labelled)
    looked(tmp_path / "others")
    offered = [action.text() for action in page.source.recent.menu().actions()]
    assert offered == [f"&1 {tmp_path / 'others'}", f"&2 {labelled}"]
    page.source.recent.menu().actions()[1].trigger()
    wait_assessed(qtbot, training)
    assert training.course.state.plan.source.path == str(labelled)


def test_what_tells_the_patients_apart_is_seen_at_once(looked, labelled, qtbot, training):
    page = looked(labelled)
    page.tabs.setCurrentIndex(1)
    panel = page.patients
    panel.way.setFocus()
    qtbot.keyClick(panel.way, Qt.Key.Key_Down)
    assert training.course.state.plan.patients.name.way is NameWay.BEFORE
    assert "Type the letters before which" in words(panel)
    assert not training.training.next.isEnabled()
    qtbot.keyClicks(panel.text, "_")
    told = "24 films of 12 patients; at most 2 of one."
    qtbot.waitUntil(lambda: told in words(panel), timeout=PATIENCE)
    assert panel.examples.item(0, 0).text() == "p00_NORMAL.png"
    assert panel.examples.item(0, 1).text() == "p00"
    wait_assessed(qtbot, training)
    assert card(page, Kind.PATIENT_IN_BOTH)


def test_a_pattern_that_would_never_end_holds_up_nobody_and_is_said(
    looked, labelled, qtbot, training
):
    for number, film in enumerate(sorted(labelled.rglob("*.png"))):
        film.rename(film.with_name(f"{'a' * 150}{number:02}!.png"))
    page = looked(labelled)
    page.tabs.setCurrentIndex(1)
    panel = page.patients
    panel.way.setCurrentIndex(panel.way.findData(NameWay.PATTERN))
    panel.way.activated.emit(panel.way.currentIndex())
    qtbot.keyClicks(panel.text, r"(\w|\w\w)+$")
    assert panel.text.text() == r"(\w|\w\w)+$"
    said = "This pattern takes too long to be compared with the names."
    qtbot.waitUntil(lambda: said in words(panel), timeout=PATIENCE)
    assert not training.training.next.isEnabled()
    panel.text.selectAll()
    qtbot.keyClicks(panel.text, r"(\w)!")
    told = "24 films of 10 patients; at most 3 of one."
    qtbot.waitUntil(lambda: told in words(panel), timeout=PATIENCE)
    assert said not in words(panel)


def test_films_called_before_their_answer_was_seen_are_learnt_from(
    rooms, training, film_file, qtbot
):
    room = training
    room.window.tabs.setCurrentIndex(0)
    rooms.answer(room, *(film_file(f"case{number}.png", number / 4) for number in range(3)))
    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_2):
        press(qtbot, room, key)
    room.window.tabs.setCurrentIndex(1)
    page = room.training.step
    qtbot.mouseClick(page.source.cases, LEFT)
    wait_assessed(qtbot, room)
    assert "2 called after the answer was seen · 1 not read" in words(page)
    assert room.course.state.films.known == ()
    page.source.after_seeing.click()
    wait_assessed(qtbot, room)
    assert len(room.course.state.films.known) == 2
    assert page.source.after_seeing.isChecked()


def test_enter_shows_a_film_large(looked, odd, qtbot, training):
    page, large = looked(odd), training.school.large
    grid = page.wall.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.films.index(2))
    with qtbot.waitSignal(large.shown, timeout=PATIENCE):
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert large.isVisible()
    assert large.view.film.facts.path.name == grid.films.index(2).data()
    with qtbot.waitSignal(large.shown, timeout=PATIENCE):
        page.film_wanted.emit(odd / "NORMAL" / "p99_broken.png")
    assert large.view.film is None


def test_films_of_an_earlier_day_are_looked_at_when_training_is(looked, labelled, rooms, training):
    looked(labelled)
    rooms.close(training)
    again = rooms.open()
    assert again.course.state.looking is None
    again.window.tabs.setCurrentIndex(1)
    assert again.course.state.looking is not None
