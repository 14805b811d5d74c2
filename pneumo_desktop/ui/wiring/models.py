"""Models: choosing one, going back, and handing them over as files."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.model_archive import file_name
from pneumo_desktop.core.model_package import NETWORK, ModelPackage, load_package
from pneumo_desktop.ui import dialogs
from pneumo_desktop.ui.translation import counted

if TYPE_CHECKING:
    from pneumo_desktop.ui.app import Workplace


def connect_models(workplace: "Workplace") -> None:
    """Connect the models' cards, the choice among them, and their files."""
    actions, choice, desk = workplace.actions, workplace.choice, workplace.desk
    files, dialog = workplace.model_files, workplace.choice.dialog
    actions["models"].triggered.connect(choice.show_used)
    actions["model-card"].triggered.connect(lambda: choice.show_of(desk.current))
    choice.told.connect(partial(_offer_again, workplace))
    dialog.add_wanted.connect(partial(_add, workplace))
    dialog.save_wanted.connect(partial(save_model, workplace))
    dialog.stop_wanted.connect(files.cancel)
    files.told.connect(dialog.show_doing)
    files.failed.connect(partial(_tell_problem, workplace))
    files.added.connect(partial(_show_added, workplace))
    files.saved.connect(partial(_tell_saved, workplace))


def _offer_again(workplace: "Workplace", text: str) -> None:
    """Offer to answer the unread films by the model now in use; read ones keep their answers."""
    unread = len(workplace.desk.unread_paths())
    again = counted(workplace.tr("Answer %n unread again", "", unread), unread)
    action = (again, workplace.actions["again"].trigger) if unread else None
    workplace.window.show_message(text, action)


def _add(workplace: "Workplace") -> None:
    file = dialogs.ask_model(workplace.window, workplace.tr("Add a model from a file"))
    if file:
        workplace.model_files.add(file)


def save_model(workplace: "Workplace", folder: Path) -> None:
    """Ask where a model is to be written as one file, and write it."""
    try:
        name = file_name(load_package(folder).card)
    except CardError as error:
        _tell_problem(workplace, str(error))
        return
    file = dialogs.ask_model_place(workplace.window, workplace.tr("Save the model"), name)
    if file:
        workplace.model_files.save(folder, file)


def _show_added(workplace: "Workplace", package: ModelPackage) -> None:
    workplace.choice.show_network(package.card.files[NETWORK])
    words = workplace.tr("%s was added. It answers films once you choose to use it.")
    workplace.window.show_message(words % package.card.title)


def _tell_saved(workplace: "Workplace", file: Path) -> None:
    workplace.window.show_message(workplace.tr("The model was written to %s.") % file)


def _tell_problem(workplace: "Workplace", why: str) -> None:
    """Say in the list of models where it is open, and in the message bar, what went wrong."""
    workplace.choice.dialog.show_failure(why)
    workplace.window.show_message(workplace.tr("This did not work with the model."), details=why)
