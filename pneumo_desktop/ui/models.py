"""The model in use, and the cards of the models that answered earlier cases."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pneumo_desktop.core.card import CardError, ModelCard, read_card
from pneumo_desktop.core.cases import ModelIdentity
from pneumo_desktop.core.classifier import Classifier, LiteRtClassifier
from pneumo_desktop.core.model_cards import ModelCards
from pneumo_desktop.core.model_package import (
    ModelPackage,
    find_card,
    find_package,
    load_package,
    model_folders,
)
from pneumo_desktop.core.model_use import fitting, going_back, using
from pneumo_desktop.core.settings import Settings, load_settings, save_settings

LoadClassifier = Callable[[int], Classifier]  # for how many cores to a film


def lazily(package: ModelPackage) -> LoadClassifier:
    """Return a function that loads the network when it is first called for, and then keeps it.

    The worker calls it, so that neither the start of the window nor the GUI thread waits.
    """
    return cache(partial(LiteRtClassifier, package))


@dataclass(frozen=True, slots=True)
class Installed:
    """A model that can be chosen; `card` is None where it cannot be read, and `problem` says why.

    `folder` is None for a model in use whose folder is not there any more.
    """

    folder: Path | None
    card: ModelCard | None
    in_use: bool
    problem: str = ""


class Models:
    """The model in use; it can be exchanged, and a case's own model can be looked up."""

    def __init__(self, card: ModelCard, load: LoadClassifier, settings: Settings) -> None:
        self.card, self.load, self.settings = card, load, settings
        self._cards = ModelCards([card])

    def change(self, settings: Settings, home: Path) -> None:
        """Keep other settings in `home`; the model in use stays.

        Raises:
            StoreError: The audit log cannot be written; nothing is changed.
        """
        save_settings(home, settings)
        self.settings = settings

    def use(self, folder: Path, home: Path) -> None:
        """Answer with the model in `folder` from now on, and keep the choice in `home`.

        Its own operating point holds, and no threshold of the model before.

        Raises:
            CardError: The package cannot be used; the one in use stays.
            StoreError: The audit log cannot be written; the one in use stays.
        """
        package = load_package(folder)
        self._take(package, using(self.settings, package), home)

    def go_back(self, home: Path) -> None:
        """Answer with the former model again, at the points chosen for it.

        Raises:
            CardError: There is none, or it cannot be used any more; the one in use stays.
            StoreError: The audit log cannot be written; the one in use stays.
        """
        if self.settings.former is None:
            raise CardError("No model was used before this one.")
        package = find_package(self.settings.former.model)
        self._take(package, fitting(going_back(self.settings), package.card), home)

    def _take(self, package: ModelPackage, settings: Settings, home: Path) -> None:
        self.change(settings, home)
        self.card, self.load = package.card, lazily(package)
        self._cards.add(package.card)

    @property
    def former(self) -> str:
        """The title of the model used before; empty where there is none, or it is gone."""
        if self.settings.former is None:
            return ""
        try:
            return find_card(self.settings.former.model).title
        except CardError:
            return ""

    def installed(self) -> list[Installed]:
        """Return every model that can be chosen; the one in use is always among them.

        Only cards are read; whether the networks are those the cards name is seen on use.
        """
        folders = list(model_folders())
        elsewhere = Path(self.settings.model)
        if elsewhere.is_absolute() and elsewhere not in folders:
            folders.append(elsewhere)
        found = [self._look_at(folder) for folder in folders]
        if any(model.in_use for model in found):
            return found
        return [Installed(None, self.card, in_use=True), *found]

    def _look_at(self, folder: Path) -> Installed:
        try:
            card = read_card(folder / "card.json")
        except CardError as error:
            return Installed(folder, None, in_use=False, problem=str(error))
        named = self.settings.model in (folder.name, str(folder))
        return Installed(folder, card, in_use=named and card.files == self.card.files)

    def card_of(self, identity: ModelIdentity) -> ModelCard | None:
        """Return the card of the model that answered; None where it is not installed any more."""
        return self._cards.of(identity)


def installed(settings: Settings) -> Models:
    """Return the models with the one that `settings` name in use.

    Raises:
        CardError: There is none of that name, or it is damaged.
    """
    package = find_package(settings.model)
    return Models(package.card, lazily(package), fitting(settings, package.card))


def chosen(home: Path) -> Models:
    """Return the models with the reader's choice, kept in `home`, in use.

    Raises:
        CardError: There is none of that name, or it is damaged.
    """
    return installed(load_settings(home))


def is_taken(name: str) -> bool:
    """Return whether an installed model has this name."""
    return any(folder.name == name for folder in model_folders())
