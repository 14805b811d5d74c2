"""Make the page "A morning's list": `python packaging/morning_list.py` drives the window for it.

The window is the real one, offscreen, with the shipped model and synthetic films of invented
patients. Keys are pressed as a reader presses them. The pictures made before are replaced.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from morning_films import write_films
from morning_hands import SIZE, Morning
from morning_steps import STEPS

from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.application import make_application
from pneumo_desktop.ui.demo import no_training
from pneumo_desktop.ui.models import installed

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, PICTURES = DOCS / "a-mornings-list.md", DOCS / "a-mornings-list"
WHAT_IT_IS = (
    "One morning with Pneumo Desktop, in pictures. All films are synthetic and all patients are "
    "invented. What they are answered is no evidence of how well the model reads."
)
WHAT_IT_IS_NOT = (
    "> **A second reader, not a diagnosis, and no medical device.** The clinician decides. "
    "The model looks for one pattern, pneumonia; other findings are not assessed."
)


def page() -> str:
    """Return the page as Markdown."""
    parts = ["# A morning's list", WHAT_IT_IS, WHAT_IT_IS_NOT]
    for number, step in enumerate(STEPS, 1):
        parts += [
            f"## {number}. {step.heading}",
            step.words,
            f"![{step.heading}]({PICTURES.name}/{step.picture}.png)",
        ]
    parts.append("Made by `make morning-list`, which drives the window and takes the pictures.")
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Drive the window through the morning, and write the page with its pictures."""
    for old in PICTURES.glob("*.png"):
        old.unlink()
    PICTURES.mkdir(exist_ok=True)
    application = make_application()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        films, home = Path(folder) / "films", Path(folder) / "home"
        home.mkdir(mode=0o700)
        write_films(films)
        place = Place(home, installed(Settings()), "", no_training)
        workplace = Workplace(application, place)
        workplace.window.resize(*SIZE)
        workplace.window.show()
        morning = Morning(workplace, films)
        for step in STEPS:
            workplace.appearance.choose("dark" if step.dark else "light")
            step.do(morning)
            morning.photograph(PICTURES / f"{step.picture}.png")
            sys.stdout.write(f"{step.picture}\n")
        workplace.window.close()
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
