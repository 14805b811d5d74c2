"""Make the page "A model of one's own": `python packaging/training_walk.py` drives the window.

The window is the real one with the shipped model, and the training program learns from synthetic
films. With `--films DIR` the same hands go the same way with films of DIR, and nothing is written
but what is printed: whether the way leads from a folder to a model in use and back.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from morning_hands import SIZE
from training_films import write_films
from training_steps import STEPS, Pace, Walk, gone_back
from walked_page import Page

from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.application import make_application
from pneumo_desktop.ui.models import installed

PATIENTS = 40  # of each class
PAGE = Page(
    "a-model-of-ones-own",
    "A model of one's own",
    "From a folder of labelled films to a model in use, without writing a line. All films are "
    "synthetic, few and alike: the figures in the pictures say nothing of any model.",
    "> **A second reader, not a diagnosis, and no medical device.** A model of one's own is "
    "measured on one's own films alone. The clinician decides.",
    STEPS,
    "training-walk",
)


def main() -> None:
    """Go the way, and back; write the page with its pictures where the films are synthetic."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--films", type=Path, help="a folder with NORMAL and PNEUMONIA")
    parser.add_argument("--recipe", type=int, default=0, help="its place in the list, from 0")
    parser.add_argument("--epochs", type=int, default=2)
    chosen = parser.parse_args()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        films, home = chosen.films, Path(folder) / "home"
        home.mkdir(mode=0o700)
        if films is None:
            films = Path(folder) / "films"
            write_films(films, PATIENTS, flawed=True)
        workplace = Workplace(make_application(), Place(home, installed(Settings())))
        workplace.window.resize(*SIZE)
        workplace.window.show()
        walk = Walk(workplace, films.resolve(), Pace(chosen.recipe, chosen.epochs))
        (PAGE.walk if chosen.films else PAGE.make)(walk)
        gone_back(walk)
        sys.stdout.write("and back to the model before\n")
        workplace.window.close()


if __name__ == "__main__":
    main()
