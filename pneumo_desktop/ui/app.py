"""The composition root: what there is; what hears whom stands in `wiring`, part by part."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.store import FILE, CaseStore
from pneumo_desktop.core.trainer_location import TrainerLocation, locate_trainer
from pneumo_desktop.core.training_job import Task
from pneumo_desktop.ui import dialogs, memory
from pneumo_desktop.ui.appearance import Appearance
from pneumo_desktop.ui.blind import Blind
from pneumo_desktop.ui.case_panel import CasePanel
from pneumo_desktop.ui.comparison import Comparison
from pneumo_desktop.ui.desk import Desk
from pneumo_desktop.ui.film_loader import FilmLoader
from pneumo_desktop.ui.film_panel import FilmPanel
from pneumo_desktop.ui.film_stage import FilmStage
from pneumo_desktop.ui.held_key import HeldKey
from pneumo_desktop.ui.help import Help
from pneumo_desktop.ui.intake import Intake
from pneumo_desktop.ui.leading import Leading
from pneumo_desktop.ui.list_export import ListExport
from pneumo_desktop.ui.main_window import MainWindow
from pneumo_desktop.ui.model_choice import ModelChoice
from pneumo_desktop.ui.model_files import ModelFiles
from pneumo_desktop.ui.models import Models, is_taken
from pneumo_desktop.ui.preferences import Preferences
from pneumo_desktop.ui.presence import Presence
from pneumo_desktop.ui.queue_view import QueuePanel
from pneumo_desktop.ui.reader_calls import ReaderCalls
from pneumo_desktop.ui.reading_panel import ReadingPanel
from pneumo_desktop.ui.recent import RecentFolders
from pneumo_desktop.ui.relabeller import Relabeller
from pneumo_desktop.ui.self_tester import SelfTester
from pneumo_desktop.ui.shortcuts import Shortcuts
from pneumo_desktop.ui.training.course import Course
from pneumo_desktop.ui.training.judge import Judge
from pneumo_desktop.ui.training.mistake_reader import MistakeReader
from pneumo_desktop.ui.training.school import School
from pneumo_desktop.ui.training.steps import make_steps
from pneumo_desktop.ui.training.trainer import Trainer
from pneumo_desktop.ui.training.wizard import Wizard
from pneumo_desktop.ui.watcher import Watcher
from pneumo_desktop.ui.wiring.arrivals import connect_arrivals
from pneumo_desktop.ui.wiring.comparison import connect_comparison
from pneumo_desktop.ui.wiring.export import connect_export
from pneumo_desktop.ui.wiring.film import connect_film
from pneumo_desktop.ui.wiring.frame import connect_frame
from pneumo_desktop.ui.wiring.intake import connect_intake
from pneumo_desktop.ui.wiring.models import connect_models
from pneumo_desktop.ui.wiring.preferences import connect_preferences
from pneumo_desktop.ui.wiring.presence import connect_presence
from pneumo_desktop.ui.wiring.privacy import connect_privacy
from pneumo_desktop.ui.wiring.reading import connect_reading
from pneumo_desktop.ui.wiring.relabelling import connect_relabelling
from pneumo_desktop.ui.wiring.training import connect_training

CONNECTIONS = (  # what hears first stands first
    connect_intake,
    connect_arrivals,
    connect_reading,
    connect_film,
    connect_comparison,
    connect_privacy,
    connect_presence,
    connect_export,
    connect_models,
    connect_training,
    connect_frame,
    connect_preferences,
    connect_relabelling,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose list it is: `home` keeps database, layout and models; `locate` finds the trainer."""

    home: Path
    models: Models
    banner: str = ""
    locate: Callable[[Task], TrainerLocation] = locate_trainer


class Workplace(QObject):
    """The window and everything behind it, connected."""

    def __init__(self, application: QApplication, place: Place) -> None:
        """Build it.

        Raises:
            StoreError: The case database cannot be used.
        """
        super().__init__()
        self.place, self.models = place, place.models
        settings = place.models.settings
        self.desk = Desk(CaseStore(place.home / FILE, settings.initials, settings.ordering), self)
        self.intake = Intake(self.models.load, self.models.settings.policy, self)
        self.relabeller = Relabeller(place.home / FILE, self.models.card_of, self)
        self.watcher = Watcher(place.home, self)
        self.loader = FilmLoader(self)
        self.trainer, self.course = Trainer(self), Course(place.home, self)
        self.judge = Judge(place.home, lambda: self.models.settings, self)
        self.mistakes = MistakeReader(self)
        self.appearance = Appearance(application, self)
        self.window = MainWindow(place.banner)
        self.recent = RecentFolders(self.window)
        self.window.add_menu(self.recent, after="folder")
        self.actions = actions = self.window.actions_by_name
        self.queue = QueuePanel(self.desk.worklist, (actions["open"], actions["folder"]))
        self.presence, self.export = Presence(self), ListExport(self)
        self.film = FilmPanel(actions)
        self.held = HeldKey(actions["attention-held"], self)
        self.stage = FilmStage(self.film.view, self.loader, self.models)
        self.loader_beside = FilmLoader(self)
        self.stage_beside = FilmStage(self.film.beside, self.loader_beside, self.models)
        self.comparison, self.leading = Comparison(self), Leading(self)
        self.reading = ReadingPanel(actions)
        self.blind = Blind(self.models, place.home, self)
        self.calls = ReaderCalls(
            self.desk, self.loader, self.reading, self.blind,
            partial(dialogs.may_erase, self.window), self.queue.several,
        )  # fmt: skip
        self.panel = CasePanel(self.reading, actions["correct-polarity"], actions["model-card"])
        self.choice = ModelChoice(self.models, self.intake, place.home, self.window)
        self.model_files = ModelFiles(place.home, self)
        self.shortcuts = Shortcuts(actions.values())
        self.preferences = Preferences(self.shortcuts, place.home, self.window)
        self.help = Help(self.window)
        self.self_tester = SelfTester(place.home, lambda: self.intake.busy, self.window)
        self.school, self.training = (
            School(place.home, self.window, place.locate),
            Wizard(self.course.state, make_steps(is_taken)),
        )
        self.window.fill((self.queue, self.film, self.panel), self.training)
        for connect in CONNECTIONS:
            connect(self)
        memory.recall(place.home, self)
        self.desk.open()
        self.desk.show_number(self.queue.first())

    def shutdown(self) -> None:
        """End what works behind the window; the order matters: store last."""
        self.leading.settle()
        self.trainer.stop()
        self.course.shutdown()
        self.school.shutdown()
        self.judge.shutdown()
        self.mistakes.shutdown()
        self.model_files.shutdown()
        self.self_tester.shutdown()
        self.watcher.shutdown()
        self.relabeller.shutdown()
        self.intake.shutdown()
        self.export.shutdown()
        self.presence.shutdown()
        self.loader.shutdown()
        self.loader_beside.shutdown()
        self.desk.close()
