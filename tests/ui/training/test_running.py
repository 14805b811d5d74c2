"""Errands and trainings as a reader asks for them; a program stands in for the trainer."""

import json
import sys

import pytest
from PySide6.QtCore import Qt

from pneumo_desktop.core.trainer_location import TrainerLocation, TrainerMissingError
from pneumo_desktop.ui import dialogs
from tests.ui.hands import words
from tests.ui.training.test_wizard import RECIPE, RUN, lead_to

LEFT = Qt.MouseButton.LeftButton
PROGRAM = """
import json, pathlib, sys, time
task, file = sys.argv[1], sys.argv[2]
job = json.load(open(file))
say = lambda **word: print(json.dumps(word), flush=True)
if task == 'preview':
    from PIL import Image
    pathlib.Path(job['out']).mkdir(parents=True, exist_ok=True)
    for film in range(len(job['films'])):
        for draw in range(job['draws'] + 1):
            Image.new('L', (64, 64), 30 * draw).save(f"{job['out']}/film-{film}-{draw}.png")
    say(stage='done', text='The pictures are ready.')
elif task == 'probe':
    say(stage='data', text='Taking some steps')
    say(stage='done', text='On the CPU.', figures={'seconds_epoch': 120.0})
elif not job['may_download'] and not job['weights']:
    place = {'source': 'weights.example.org', 'size': 59000000, 'hash': 'SHA-256 64b5'}
    say(stage='failed', text='The weights are not here.',
        needs={'what': 'ImageNet weights', 'places': [place]})
else:
    say(stage='done', text=job['weights'] or 'fetched', package=job['out'])
"""


@pytest.fixture
def room(rooms, tmp_path, choose, labelled):
    """A window whose labelled films are chosen, with a stand-in for the training program."""
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    room = rooms.open(lambda task: TrainerLocation(sys.executable, (str(script), task), ""))
    room.window.tabs.setCurrentWidget(room.training)
    choose(labelled)
    room.training.step.source.folder.click()
    return room


def test_a_probe_tells_how_long_it_takes_until_the_recipe_is_another(room, qtbot):
    page = lead_to(qtbot, room, RECIPE)
    qtbot.mouseClick(page.probe.measure, LEFT)
    qtbot.waitUntil(lambda: "14 min to learn" in words(page), timeout=60_000)
    assert "On the CPU." in words(page)
    page.form.recipe.setFocus()
    qtbot.keyClick(page.form.recipe, Qt.Key.Key_Down)
    assert "14 min" not in words(page)


def test_changed_films_are_of_both_classes(room, qtbot, home):
    page = lead_to(qtbot, room, RECIPE)
    qtbot.mouseClick(page.changed.draw, LEFT)
    qtbot.waitUntil(lambda: "On the left as they are" in words(page), timeout=60_000)
    job = json.loads((home / "training" / "preview" / "job.json").read_text())
    assert {name.rpartition("_")[2] for name in job["films"]} == {"NORMAL.png", "PNEUMONIA.png"}
    assert len(list((home / "training" / "preview").glob("film-*.png"))) == 15


def test_what_is_missing_for_an_errand_is_told(rooms, qtbot, choose, labelled):
    def locate(_task):
        raise TrainerMissingError("Training needs TensorFlow.")

    room = rooms.open(locate)
    room.window.tabs.setCurrentWidget(room.training)
    room.course.show(plan=room.course.state.plan)
    room.training.list.setFocus()
    for _ in range(RECIPE):
        qtbot.keyClick(room.training.list, Qt.Key.Key_Down)
    page = room.training.step
    for button in (page.probe.measure, page.changed.draw):
        qtbot.mouseClick(button, LEFT)
    assert words(page).count("Choose the films first, on the page Films.") == 2


def begin(room, qtbot):
    page = lead_to(qtbot, room, RUN)
    with qtbot.waitSignal(room.trainer.ended, timeout=60_000):
        qtbot.mouseClick(page.start, LEFT)
    return page


def test_weights_are_fetched_only_when_the_reader_says_so(room, qtbot):
    page = begin(room, qtbot)
    assert "• weights.example.org, 59 MB, SHA-256 64b5" in words(page)
    with qtbot.waitSignal(room.trainer.ended, timeout=60_000) as ended:
        qtbot.mouseClick(page.question.fetch, LEFT)
    assert ended.args == [""]
    assert room.course.state.run.history[-1].text == "fetched"


def test_weights_may_come_from_a_file(room, qtbot, monkeypatch, tmp_path):
    page = begin(room, qtbot)
    monkeypatch.setattr(dialogs, "ask_file", lambda *_: tmp_path / "vgg16.h5")
    with qtbot.waitSignal(room.trainer.ended, timeout=60_000):
        qtbot.mouseClick(page.question.choose, LEFT)
    assert room.course.state.run.history[-1].text == str(tmp_path / "vgg16.h5")


def leave_checkpoint(home, name):
    folder = home / "models" / f"{name}.training"
    folder.mkdir(parents=True)
    (folder / "checkpoint.npz").write_bytes(b"epochs")
    return folder


def test_an_interrupted_training_is_found_by_its_name_and_can_be_discarded(
    room, qtbot, home, monkeypatch
):
    folder = leave_checkpoint(home, "my-model")
    page = lead_to(qtbot, room, RUN)
    assert page.start.text() == "Go on with the training"
    monkeypatch.setattr(dialogs, "may_discard_training", lambda _: False)
    qtbot.mouseClick(page.discard, LEFT)
    assert folder.exists()
    monkeypatch.setattr(dialogs, "may_discard_training", lambda _: True)
    qtbot.mouseClick(page.discard, LEFT)
    assert not folder.exists()
    assert page.start.text() == "Start training"


def test_the_next_start_tells_of_an_interrupted_training(rooms, room, qtbot, home):
    lead_to(qtbot, room, RUN)
    rooms.close(room)
    leave_checkpoint(home, "my-model")
    again = rooms.open()
    assert "A training was interrupted" in again.window.message
    assert again.course.state.unfinished


def test_a_full_disk_is_told_before_a_training_begins(room, qtbot, monkeypatch):
    page = lead_to(qtbot, room, RUN)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pneumo_desktop.ui.training.jobs.write_films", full)
    qtbot.mouseClick(page.start, LEFT)
    assert "free some room" in room.window.message
    assert not room.trainer.running


@pytest.mark.parametrize(("press", "may"), [("Discard", True), ("Keep", False)])
def test_the_question_before_discarding(qtbot, at_the_box, press, may):
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    at_the_box(
        lambda box: next(b for b in box.buttons() if b.text().replace("&", "") == press).click()
    )
    assert dialogs.may_discard_training(parent) is may
