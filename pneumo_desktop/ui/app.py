"""The composition root: what there is and what hears whom. Read it from top to bottom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.core.self_test import Result
from pneumo_desktop.core.store import FILE, CaseStore, StoreError
from pneumo_desktop.core.trainer_location import (
    TrainerLocation,
    TrainerMissingError,
    locate_trainer,
)
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_desktop.ui import dialogs, memory
from pneumo_desktop.ui.actions import CALL_KEYS
from pneumo_desktop.ui.appearance import CHOICES, Appearance
from pneumo_desktop.ui.case_panel import CasePanel
from pneumo_desktop.ui.desk import Desk
from pneumo_desktop.ui.film_loader import FilmLoader
from pneumo_desktop.ui.film_panel import FilmPanel
from pneumo_desktop.ui.film_stage import FilmStage
from pneumo_desktop.ui.image_view import Tool
from pneumo_desktop.ui.intake import Intake
from pneumo_desktop.ui.labelled_folder import look_into
from pneumo_desktop.ui.main_window import MainWindow
from pneumo_desktop.ui.model_choice import ModelChoice
from pneumo_desktop.ui.models import Models, is_taken
from pneumo_desktop.ui.queue_view import QueuePanel
from pneumo_desktop.ui.reader_calls import ReaderCalls
from pneumo_desktop.ui.reading_panel import ReadingPanel
from pneumo_desktop.ui.self_tester import SelfTester
from pneumo_desktop.ui.trainer import Trainer
from pneumo_desktop.ui.training_page import TrainingPage


@dataclass(frozen=True, slots=True)
class Place:
    """Whose list it is: `home` keeps database, layout and models; `locate` finds the trainer."""

    home: Path
    models: Models
    banner: str = ""
    locate: Callable[[], TrainerLocation] = locate_trainer


class Workplace(QObject):
    """The window and everything behind it, connected."""

    def __init__(self, application: QApplication, place: Place) -> None:
        """Build it.

        Raises:
            StoreError: The case database cannot be used.
        """
        super().__init__()
        self.place, self.models = place, place.models
        self.desk = Desk(CaseStore(place.home / FILE, place.models.settings.initials), self)
        self.intake = Intake(self.models.load, self.models.settings.policy, self)
        self.loader = FilmLoader(self)
        self.trainer = Trainer(self)
        self.appearance = Appearance(application, self)
        self.window = MainWindow(place.banner)
        self.actions = actions = self.window.actions_by_name
        self.queue = QueuePanel((actions["open"], actions["folder"]))
        tools = ("fit", "actual-size", "window", "invert", "reset")
        self.film = FilmPanel(tuple(actions[name] for name in tools), actions["attention"])
        self.stage = FilmStage(self.film, self.loader, self.models)
        self.reading = ReadingPanel(CALL_KEYS, actions["undo"], actions["next-unread"])
        self.calls = ReaderCalls(self.desk, self.loader, self.reading)
        self.panel = CasePanel(self.reading, actions["correct-polarity"], actions["model-card"])
        self.choice = ModelChoice(self.models, self.intake, place.home, self.window)
        self.self_tester = SelfTester(place.home, lambda: self.intake.busy, self.window)
        self.training = TrainingPage(place.home / "models", is_taken)
        self.window.fill((self.queue, self.film, self.panel), self.training)
        self._connect_intake()
        self._connect_reading()
        self._connect_film()
        self._connect_models()
        self._connect_training()
        self._connect_frame()
        memory.recall(place.home, self.window, self.queue, self.appearance)
        self.desk.open()

    def _connect_intake(self) -> None:
        self.window.dropped.connect(self.intake.add)
        self.actions["open"].triggered.connect(lambda: self._add(dialogs.ask_films(self.window)))
        self.actions["folder"].triggered.connect(self._add_folder)
        self.actions["again"].triggered.connect(lambda: self._add(self.desk.unread_paths()))
        self.actions["cancel"].triggered.connect(self.intake.cancel)
        self.intake.answered.connect(self.desk.record)
        self.intake.advanced.connect(self.window.show_advance)
        self.intake.finished.connect(self.window.show_idle)
        self.intake.failed.connect(self._stop_answering)

    def _connect_reading(self) -> None:
        desk, queue = self.desk, self.queue
        desk.listed.connect(queue.show_cases)
        desk.dropped.connect(queue.drop)
        desk.shown.connect(self._show)
        desk.updated.connect(self._update)
        desk.told.connect(self.window.show_message)
        desk.troubled.connect(self.window.show_trouble)
        queue.chosen.connect(desk.show_number)
        self.reading.called.connect(self.calls.call)
        for call in CALL_KEYS:
            self.actions[call].triggered.connect(lambda _=False, call=call: self.calls.call(call))
        self.actions["agree"].triggered.connect(self.calls.agree)
        self.calls.told.connect(self.window.show_message)
        self.actions["undo"].triggered.connect(desk.undo)
        self.actions["next-unread"].triggered.connect(self._show_next_unread)
        self.actions["next"].triggered.connect(lambda: queue.step(1))
        self.actions["previous"].triggered.connect(lambda: queue.step(-1))
        self.actions["search"].triggered.connect(queue.search.setFocus)
        self.actions["worklist"].triggered.connect(queue.table.setFocus)
        self.reading.note.returnPressed.connect(queue.table.setFocus)
        self.actions["note"].triggered.connect(self.reading.note.setFocus)

    def _connect_film(self) -> None:
        view, actions = self.film.view, self.actions
        self.loader.loaded.connect(self.stage.show_film)
        self.loader.failed.connect(self.stage.show_problem)
        self.loader.slow.connect(self.stage.show_waiting)
        actions["fit"].triggered.connect(view.fit)
        actions["actual-size"].triggered.connect(view.actual_size)
        actions["zoom-in"].triggered.connect(lambda: view.zoom(1))
        actions["zoom-out"].triggered.connect(lambda: view.zoom(-1))
        actions["window"].toggled.connect(lambda on: view.set_tool(Tool.WINDOW if on else Tool.PAN))
        actions["invert"].triggered.connect(view.invert)
        actions["correct-polarity"].triggered.connect(self.stage.correct_polarity)
        actions["reset"].triggered.connect(view.reset)
        actions["attention"].toggled.connect(self.stage.show_attention)
        view.set_attention_opacity(self.film.opacity)
        self.film.opacity_chosen.connect(view.set_attention_opacity)

    def _connect_models(self) -> None:
        self.actions["models"].triggered.connect(self.choice.show_used)
        self.actions["model-card"].triggered.connect(lambda: self.choice.show_of(self.desk.current))
        self.choice.told.connect(self.window.show_message)
        self.stage.told.connect(self.window.show_message)

    def _connect_training(self) -> None:
        form, run = self.training.form, self.training.run
        form.folder_wanted.connect(self._choose_labelled)
        form.start_wanted.connect(self._train)
        run.commanded.connect(self.trainer.command)
        run.use_wanted.connect(self._use_trained)
        self.trainer.progressed.connect(run.show_progress)
        self.trainer.logged.connect(run.log)
        self.trainer.ended.connect(self.training.show_ended)
        try:
            self.place.locate()
        except TrainerMissingError as error:
            form.show_missing(str(error))

    def _connect_frame(self) -> None:
        dialogs_painted = (self.choice.dialog, self.self_tester.dialog)
        for widget in (self.window, self.queue, self.panel, self.training, *dialogs_painted):
            self.appearance.changed.connect(widget.set_colours)
        for choice in CHOICES:
            self.actions[choice].triggered.connect(
                lambda _=False, choice=choice: self.appearance.choose(choice)
            )
        self.appearance.changed.connect(self._tick_appearance)
        self.actions["keys"].triggered.connect(lambda: dialogs.show_keys(self.window))
        self.actions["self-test"].triggered.connect(self.self_tester.dialog.open)
        self.self_tester.found_broken.connect(self._tell_broken)
        self.actions["about"].triggered.connect(
            lambda: dialogs.show_about(self.window, self.models.card)
        )
        self.actions["quit"].triggered.connect(self.window.close)
        self.window.closing.connect(self._close)

    def _add(self, paths: Sequence[Path]) -> None:
        if paths:
            self.intake.add(paths)

    def _add_folder(self) -> None:
        folder = dialogs.ask_folder(self.window, self.tr("Open a folder of films"))
        self._add([folder] if folder else [])

    def _stop_answering(self, error: Exception) -> None:
        self.intake.cancel()
        known = isinstance(error, CardError | StoreError)
        text = str(error) if known else f"{type(error).__name__}: {error}"
        dialogs.tell(self.window, self.tr("The films cannot be answered."), text)

    def _show(self, stored: StoredCase | None) -> None:
        if stored:
            self.queue.select(stored.id)
        self.stage.show_case(stored)
        self._show_answer(stored)

    def _update(self, stored: StoredCase) -> None:
        self.stage.update_case(stored)
        self._show_answer(stored)

    def _show_answer(self, stored: StoredCase | None) -> None:
        card = self.models.card_of(stored.outcome.model) if stored else None
        self.panel.show_case(stored, card)

    def _show_next_unread(self) -> None:
        number = self.queue.next_unread()
        if number is None:
            self.window.show_message(self.tr("No unread film is left in this list."))
        else:
            self.desk.show_number(number)

    def _choose_labelled(self) -> None:
        folder = dialogs.ask_folder(self.window, self.tr("Choose labelled films"))
        if folder:
            self.training.form.show_folder(look_into(folder))

    def _train(self, job: TrainingJob) -> None:
        self.training.show_started()
        job_file = self.place.home / "training" / f"{job.name}.json"
        self.trainer.start(self.place.locate(), job, job_file)

    def _use_trained(self, folder: Path) -> None:
        problem = self.choice.use(folder)
        if problem:
            dialogs.tell(self.window, self.tr("This model cannot be used."), problem)
        else:
            self.training.run.show_used(self.models.card.title)

    def _tell_broken(self, results: Sequence[Result]) -> None:
        lines = "\n".join(f"{result.check}: {result.problem}" for result in results)
        after = self.tr("Help, Self-test (Shift+F1) shows all checks.")
        headline = self.tr("The self-test found something wrong with this installation.")
        dialogs.tell(self.window, headline, f"{lines}\n\n{after}")

    def _tick_appearance(self) -> None:
        for choice in CHOICES:
            self.actions[choice].setChecked(choice == self.appearance.choice)

    def _close(self, event: QCloseEvent) -> None:
        if self.trainer.running and not dialogs.may_stop_training(self.window):
            event.ignore()
            return
        memory.remember(self.place.home, self.window, self.queue, self.appearance)
        self.window.hide()
        self.shutdown()

    def shutdown(self) -> None:
        """End what works behind the window; the order matters: store last."""
        self.trainer.shutdown()
        self.self_tester.shutdown()
        self.intake.shutdown()
        self.loader.shutdown()
        self.desk.close()
