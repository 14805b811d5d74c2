"""What the tests of the training pages share."""

import sys

import numpy as np
import pytest
from PIL import Image

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
def labelled(tmp_path):
    """A folder of made-up labelled films, twelve of each class, no two alike."""
    random = np.random.default_rng(7)
    for name in ("NORMAL", "PNEUMONIA"):
        (tmp_path / "labelled" / name).mkdir(parents=True)
        for number in range(12):
            pixels = random.integers(80, 160, (10, 8), np.uint8).repeat(6, 0).repeat(6, 1)
            file = tmp_path / "labelled" / name / f"p{number:02}_{name}.png"
            Image.fromarray(pixels).save(file)
    return tmp_path / "labelled"


@pytest.fixture
def training(rooms, tmp_path):
    """A window on its training tab, that trains with a made-up program."""
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    room = rooms.open(lambda _task: TrainerLocation(sys.executable, (str(script),), ""))
    room.window.tabs.setCurrentWidget(room.training)
    yield room
    if room in rooms.opened:
        room.trainer.stop()  # else the end of the test asks whether it may end the training


@pytest.fixture
def choose(monkeypatch):
    """Return a function that answers the next folder dialog."""
    return lambda folder: monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
