"""Make the page "A model of one's own": `python packaging/training_walk.py` drives the window.

The window is the real one with the shipped model, and the training program learns from synthetic
films. With `--films DIR` the same hands go the same way with films of DIR, and nothing is written
but what is printed: whether the way leads from a folder to a model in use and back.
"""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from training_films import write_films
from training_steps import STEPS, Pace, Walk, gone_back

from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.application import make_application
from pneumo_desktop.ui.models import installed

SIZE = (1280, 720)
PATIENTS = 40  # of each class
DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, PICTURES = DOCS / "a-model-of-ones-own.md", DOCS / "a-model-of-ones-own"
WHAT_IT_IS = (
    "From a folder of labelled films to a model in use, without writing a line. All films are "
    "synthetic, few and alike: the figures in the pictures say nothing of any model."
)
WHAT_IT_IS_NOT = (
    "> **A second reader, not a diagnosis, and no medical device.** A model of one's own is "
    "measured on one's own films alone. The clinician decides."
)


def page() -> str:
    """Return the page as Markdown."""
    parts = ["# A model of one's own", WHAT_IT_IS, WHAT_IT_IS_NOT]
    for number, step in enumerate(STEPS, 1):
        parts += [
            f"## {number}. {step.heading}",
            step.words,
            f"![{step.heading}]({PICTURES.name}/{step.picture}.png)",
        ]
    parts.append("Made by `make training-walk`, which drives the window and takes the pictures.")
    return "\n\n".join(parts) + "\n"


def go(films: Path, home: Path, pace: Pace, *, photograph: bool) -> None:
    """Go all the way with the films of a folder; raise where it does not lead on."""
    home.mkdir(mode=0o700)
    workplace = Workplace(make_application(), Place(home, installed(Settings())))
    workplace.window.resize(*SIZE)
    workplace.window.show()
    walk = Walk(workplace, films)
    walk.pace = pace
    began = time.monotonic()
    for step in STEPS:
        workplace.appearance.choose("dark" if step.dark else "light")
        step.do(walk)
        if photograph:
            walk.photograph(PICTURES / f"{step.picture}.png")
        sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {step.picture}\n")
        sys.stdout.flush()
    gone_back(walk)
    sys.stdout.write("and back to the model before\n")
    workplace.window.close()


def main() -> None:
    """Go the way; write the page with its pictures where the films are synthetic."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--films", type=Path, help="a folder with NORMAL and PNEUMONIA")
    parser.add_argument("--recipe", type=int, default=0, help="its place in the list, from 0")
    parser.add_argument("--epochs", type=int, default=2)
    chosen = parser.parse_args()
    pace = Pace(chosen.recipe, chosen.epochs)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        if chosen.films:
            go(chosen.films.resolve(), home, pace, photograph=False)
            return
        for old in PICTURES.glob("*.png"):
            old.unlink()
        PICTURES.mkdir(exist_ok=True)
        films = Path(folder) / "films"
        write_films(films, PATIENTS, flawed=True)
        go(films, home, pace, photograph=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
