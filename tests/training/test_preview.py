"""Pictures of what a recipe makes of films, by the real program."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.preprocess import model_input
from pneumo_desktop.core.training_job import PreviewJob, decode_progress
from pneumo_training.control import Control
from pneumo_training.failure import Cancelled, TrainingError
from pneumo_training.preview import run

ROOT = Path(__file__).parents[2]


def pictures(folder):
    return {p.name: np.asarray(Image.open(p)) for p in sorted(folder.iterdir())}


def test_the_program_draws_films_without_tensorflow(data, recipe, tmp_path, home):
    films = [str(p) for p in sorted((data / "NORMAL").iterdir())[:3]]
    job = PreviewJob(
        (*films[:2], str(tmp_path / "gone.png"), films[2]), str(tmp_path / "p"), recipe()
    )
    (tmp_path / "job.json").write_bytes(msgspec.json.encode(job))
    code = (
        "import sys; sys.modules['tensorflow'] = None; sys.path[:0] = sys.argv.pop(1).split('|')\n"
        "import runpy; runpy.run_module('pneumo_training', run_name='__main__', alter_sys=True)"
    )
    words = [f"{ROOT}|{ROOT / 'training'}", "preview", str(tmp_path / "job.json")]
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        check=False,
        stdin=subprocess.PIPE,
    )
    assert done.returncode == 0, done.stderr
    said = [decode_progress(line) for line in done.stdout.splitlines()]
    assert said[-1].stage == "done"
    assert "gone.png" in said[-1].text
    found = pictures(tmp_path / "p")
    assert list(found) == [f"film-{k}-{draw}.png" for k in (0, 1, 3) for draw in range(4)]
    plain = np.rint(model_input(read_film(Path(films[2])), 48, 48)[..., 0]).astype(np.uint8)
    assert np.array_equal(found["film-3-0.png"], plain)
    assert not np.array_equal(found["film-3-1.png"], found["film-3-2.png"])


def test_without_augmentation_every_draw_is_the_film_itself(data, recipe, tmp_path):
    film = str(next((data / "NORMAL").iterdir()))
    folder = run(
        PreviewJob((film,), str(tmp_path / "p"), recipe(), augment=False), lambda _: None, Control()
    )
    first, *draws = pictures(folder).values()
    assert len(draws) == 3
    assert all(np.array_equal(first, draw) for draw in draws)


def test_films_that_cannot_be_read_are_named(recipe, tmp_path):
    (tmp_path / "broken.png").write_bytes(b"no picture")
    job = PreviewJob((str(tmp_path / "broken.png"),), str(tmp_path / "p"), recipe())
    with pytest.raises(TrainingError, match=r"None of the films can be read \(broken\.png"):
        run(job, lambda _: None, Control())


def test_a_folder_that_cannot_be_written_is_named(data, recipe, tmp_path):
    (tmp_path / "p").write_text("a file")
    job = PreviewJob((str(next((data / "NORMAL").iterdir())),), str(tmp_path / "p"), recipe())
    with pytest.raises(TrainingError, match="cannot be written"):
        run(job, lambda _: None, Control())


def test_a_preview_can_be_cancelled(data, recipe, tmp_path):
    control = Control()
    control.take("cancel")
    job = PreviewJob((str(next((data / "NORMAL").iterdir())),), str(tmp_path / "p"), recipe())
    with pytest.raises(Cancelled):
        run(job, lambda _: None, control)


def test_a_job_file_of_another_version_is_read_strictly(tmp_path):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps({"films": [], "unknown": 1}), type=PreviewJob)
