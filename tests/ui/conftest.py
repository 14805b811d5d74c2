"""A whole workplace for a test: real database, real children, the network alone a stub."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.model_package import NETWORK
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.store import CaseStore
from pneumo_desktop.core.trainer_location import TrainerMissingError
from pneumo_desktop.ui.app import Place, Workplace
from pneumo_desktop.ui.models import Models
from pneumo_desktop.ui.queue_view import QueuePanel
from tests.ui.hands import press
from tests.ui.opposites import Contrary, write_study_film
from tests.ui.translators import Marked


def no_trainer(_task):
    raise TrainerMissingError("Training needs TensorFlow, which is not installed.")


@pytest.fixture(scope="session")
def qapp_cls():
    return QApplication


@pytest.fixture
def store(tmp_path):
    """An empty database."""
    with CaseStore(tmp_path / "cases.sqlite3") as opened:
        yield opened


@pytest.fixture
def queue(qtbot, store):
    opener = QAction("Open films…")
    opener.setToolTip("Answer films")
    queue = QueuePanel(store.worklist, (opener,))
    queue.opener = opener
    qtbot.addWidget(queue)
    queue.resize(600, 400)
    queue.show()
    qtbot.waitExposed(queue)
    return queue


@pytest.fixture
def keep(store, queue):
    """Return a function that keeps outcomes, lists them and returns their numbers."""

    def keep(*outcomes):
        numbers = [store.record(outcome).id for outcome in outcomes]
        queue.refresh()
        return numbers

    return keep


@pytest.fixture
def models(card, classifier):
    assert NETWORK in card.files
    return Models(card, lambda _: classifier, Settings())


@dataclass
class Rooms:
    """Opens workplaces and closes them again."""

    application: QApplication
    home: object
    models: Models
    qtbot: object
    opened: list = field(default_factory=list)

    def open(self, locate=no_trainer, banner=""):
        self.home.mkdir(exist_ok=True)
        workplace = Workplace(self.application, Place(self.home, self.models, banner, locate))
        workplace.window.resize(1280, 720)
        workplace.window.show()
        self.qtbot.waitExposed(workplace.window)
        self.opened.append(workplace)
        return workplace

    def close(self, workplace):
        self.opened.remove(workplace)
        workplace.window.close()
        workplace.window.deleteLater()
        workplace.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def answer(self, workplace, *paths):
        """Drop `paths` and wait for their answers."""
        with self.qtbot.waitSignal(workplace.intake.finished, timeout=20_000):
            workplace.window.dropped.emit(list(paths))
        self.qtbot.waitUntil(lambda: not workplace.loader.loading, timeout=20_000)
        return workplace.queue.cases()


@pytest.fixture
def rooms(qapp, home, models, qtbot):
    rooms = Rooms(qapp, home, models, qtbot)
    yield rooms
    for workplace in list(rooms.opened):
        rooms.close(workplace)


@pytest.fixture
def room(rooms):
    return rooms.open()


@pytest.fixture
def three(rooms, room, film_file):
    """A window with a film that is High, one to Check and one Low; the last is on view."""
    rooms.answer(room, film_file("low.png", 0.1))
    return rooms.answer(room, film_file("check.png", 0.6), film_file("high.png", 1.0))


@pytest.fixture
def at_the_box(qapp):
    """Return a function that lets a test do something at the next modal box, however late."""
    timer = QTimer(interval=20)

    def wait_for_it(do):
        def look():
            box = QApplication.activeModalWidget()
            if box is not None:
                timer.stop()
                do(box)

        timer.timeout.connect(look)
        timer.start()

    yield wait_for_it
    timer.stop()


@pytest.fixture
def marked(qapp):
    """A translation that puts every text between signs."""
    translator = Marked()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


BLIND_FILMS = ("a.png", "study-pa.dcm", "study-ap.dcm", "study-ap2.dcm", "bb.png", "ccc.png")
_GREYS = (0.1, 0.05, 0.9, 0.6, 0.95, 0.6)
_NO_CHEST = {"study-ap.dcm", "bb.png"}  # to the contrary model


@pytest.fixture
def pair(qapp, card, classifier, tmp_path, qtbot, film_file):
    """Two windows that read blind, by opposite models, with the same films and one study."""
    films = []
    for name, grey in zip(BLIND_FILMS, _GREYS, strict=True):
        view = "PA" if "pa" in name else "AP"
        path = tmp_path / name
        dicom = path.suffix == ".dcm"
        films.append(write_study_film(path, grey, view) if dicom else film_file(name, grey))
    opened = []
    for name, model in (("plain", classifier), ("contrary", Contrary(card, _NO_CHEST))):
        models = Models(card, lambda _, model=model: model, Settings())
        rooms = Rooms(qapp, tmp_path / name, models, qtbot)
        room = rooms.open()
        press(qtbot, room, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        rooms.answer(room, *films)
        room.actions["attention"].setChecked(True)
        opened.append((rooms, room))
    plain, contrary = (room for _, room in opened)
    larger = plain.film.view.height() - contrary.film.view.height()  # the platform's, not ours
    contrary.window.resize(1280, 720 + larger)
    qtbot.waitUntil(lambda: plain.film.view.size() == contrary.film.view.size(), timeout=30_000)
    yield [plain, contrary]
    for rooms, _ in opened:
        for room in list(rooms.opened):
            rooms.close(room)
