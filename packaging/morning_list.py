"""Make the page "A morning's list": `python packaging/morning_list.py` drives the window for it.

The window is the real one, offscreen, with the shipped model and synthetic films of invented
patients. Keys are pressed as a reader presses them. The pictures made before are replaced.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from morning_films import write_films
from morning_hands import SIZE, Morning
from morning_steps import STEPS
from walked_page import Page

from pneumo_desktop.core.settings import Settings
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.application import make_application
from pneumo_desktop.ui.demo import no_training
from pneumo_desktop.ui.models import installed

PAGE = Page(
    "a-mornings-list",
    "A morning's list",
    "One morning with Pneumo Desktop, in pictures. All films are synthetic and all patients are "
    "invented. What they are answered is no evidence of how well the model reads.",
    "> **A second reader, not a diagnosis, and no medical device.** The clinician decides. "
    "The model looks for one pattern, pneumonia; other findings are not assessed.",
    STEPS,
    "morning-list",
)


def main() -> None:
    """Drive the window through the morning, and write the page with its pictures."""
    application = make_application()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        films, home = Path(folder) / "films", Path(folder) / "home"
        home.mkdir(mode=0o700)
        write_films(films)
        place = Place(home, installed(Settings()), "", no_training)
        workplace = Workplace(application, place)
        workplace.window.resize(*SIZE)
        workplace.window.show()
        PAGE.make(Morning(workplace, films))
        workplace.window.close()


if __name__ == "__main__":
    main()
