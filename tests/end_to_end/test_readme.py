"""The README's script answers films as the program does, without any of the program."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "resources" / "demo"
MODEL = ROOT / "resources" / "models" / "efficientnet-lite0"
FILMS = (
    "synthetic-pneumonia-1.jpg",
    "synthetic-normal-1.jpg",
    "synthetic-unclear-1.jpg",
    "no-chest-film.jpg",
)
ALONE = (  # the program, and all it needs beyond the three libraries, is not there
    "import runpy, sys\n"
    "for name in ('pneumo_desktop', 'pneumo_training', 'PySide6', 'pydicom', 'msgspec'):\n"
    "    sys.modules[name] = None\n"
    "sys.argv = sys.argv[1:]\n"
    "runpy.run_path(sys.argv[0], run_name='__main__')\n"
)


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """The code block of the section, as a file."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition("### Answer a film with model.tflite alone")[2]
    (block,) = re.findall(r"```python\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    path = tmp_path_factory.mktemp("readme") / "answer.py"
    path.write_text(block, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def screened():
    """What `screen --json` says of the films, by their names."""
    command = [sys.executable, "-m", "pneumo_desktop", "screen", "--json", "--model", MODEL]
    done = subprocess.run(
        [*command, *(DEMO / name for name in FILMS)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    answers = map(json.loads, done.stdout.splitlines())
    return {Path(answer["path"]).name: answer for answer in answers}


@pytest.mark.parametrize("film", FILMS)
def test_the_script_of_the_readme_answers_as_screen_does(script, screened, film):
    done = subprocess.run(
        [sys.executable, "-c", ALONE, script, MODEL, DEMO / film],
        capture_output=True, text=True, check=True, cwd=script.parent,
    )  # fmt: skip
    said, wanted = json.loads(done.stdout), screened[film]
    assert (said["label"], said["raw_label"]) == (wanted["label"], wanted["raw_label"])
    for figure in ("confidence", "pneumonia_probability", "chest_probability"):
        assert said[figure] == pytest.approx(wanted[figure], abs=1e-3)


def test_the_script_imports_nothing_of_the_program(script):
    imported = re.findall(r"^(?:import|from) (\w+)", script.read_text(), re.MULTILINE)
    assert set(imported) == {"json", "math", "sys", "pathlib", "numpy", "ai_edge_litert", "PIL"}
