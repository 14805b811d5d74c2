"""What the tests of the training pages share."""

import sys

import pytest

from pneumo_desktop.core.trainer_location import TrainerLocation
from pneumo_desktop.ui import dialogs

PROGRAM = """
import json, sys
job = json.load(open(sys.argv[-1]))
print(json.dumps({'stage': 'training', 'text': 'Epoch 1 of 2'}), flush=True)
word = json.loads(sys.stdin.readline())['command']
if word == 'finish':
    print(json.dumps({'stage': 'done', 'text': 'Ready.', 'package': job['out']}))
"""


@pytest.fixture
def labelled(tmp_path, film_file):
    """A folder of made-up labelled films, twelve patients of each class."""
    folder = tmp_path / "labelled"
    for name, grey in (("NORMAL", 0.2), ("PNEUMONIA", 0.7)):
        for number in range(12):
            film_file(f"{name}/p{number:02}_{name}.png", grey + number / 50, folder=folder)
    return folder


@pytest.fixture
def training(rooms, tmp_path):
    """A window on its training tab, that trains with a made-up program."""
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    room = rooms.open(lambda: TrainerLocation(sys.executable, (str(script),), ""))
    room.window.tabs.setCurrentWidget(room.training)
    yield room
    if room in rooms.opened:
        room.trainer.stop()  # else the end of the test asks whether it may end the training


@pytest.fixture
def choose(monkeypatch):
    """Return a function that answers the next folder dialog."""
    return lambda folder: monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
