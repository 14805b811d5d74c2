"""A model package: a folder with `card.json` and the files it names, checked before use."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.card import CardError, ModelCard, read_card
from pneumo_desktop.core.cases import ModelIdentity
from pneumo_desktop.core.paths import data_dir, resource

DEFAULT_MODEL = "efficientnet-lite0"
NETWORK = "model.tflite"
TRAINABLE = "model.keras"  # answers no film; the installed reading program comes without it
BEING_MADE, REPLACED = ".part", ".old"  # ends of the names of folders beside a package
PLOTS = "plots"  # the folder of pictures beside the card; no file of it is needed to answer


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """A model whose files were found to be those its card names."""

    folder: Path
    card: ModelCard

    @property
    def network(self) -> Path:
        """The network that LiteRT runs."""
        return self.folder / NETWORK

    @property
    def identity(self) -> ModelIdentity:
        """Name, version and hash, as every answer carries them."""
        return ModelIdentity(self.card.name, self.card.version, self.card.files[NETWORK])

    @property
    def plots(self) -> list[Path]:
        """The plots that lie beside the card, which names none of them."""
        return sorted((self.folder / PLOTS).glob("*.png"))


def load_package(folder: Path) -> ModelPackage:
    """Read a package and check every file's hash.

    Raises:
        CardError: The card is unusable, or a file is altered or, unless only training needs it,
            missing.
    """
    card = read_card(folder / "card.json")
    if NETWORK not in card.files:
        raise CardError(f"{folder}: the card names no {NETWORK}; export the model again.")
    for name, sha256 in card.files.items():
        if Path(name).name != name:
            raise CardError(f"{folder}: the card names a file outside its folder: {name}")
        if name != TRAINABLE or (folder / name).exists():
            _check(folder / name, sha256)
    return ModelPackage(folder, card)


def _check(file: Path, sha256: str) -> None:
    if not file.is_file():
        raise CardError(f"{file}: named by the model's card but missing; install the model again.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise CardError(
            f"{file}: not the file its card names (altered or damaged); install it again."
        )


def find_package(name: str) -> ModelPackage:
    """Load the model `name`: one of `model_folders`, or a folder's path.

    Raises:
        CardError: There is none of that name, or it does not verify.
    """
    return load_package(_folder_of(name))


def find_card(name: str) -> ModelCard:
    """Read the card of the model `name` without looking at its other files.

    Raises:
        CardError: There is none of that name, or its card is unusable.
    """
    return read_card(_folder_of(name) / "card.json")


def _folder_of(name: str) -> Path:
    for folder in model_folders():
        if folder.name == name:
            return folder
    if (Path(name) / "card.json").is_file():
        return Path(name)
    known = ", ".join(folder.name for folder in model_folders()) or "none"
    raise CardError(f"There is no model named {name!r}. Installed models: {known}.")


def installed_name(package: ModelPackage) -> str:
    """Return the name by which `find_package` finds this package again, else its path."""
    place = package.folder.resolve()
    for folder in model_folders():
        if folder.name == place.name:  # the first of a name is the one that is found
            return folder.name if folder.resolve() == place else str(place)
    return str(place)


def model_folders() -> Iterator[Path]:
    """Yield the folders of all models: the shipped ones, then those the user added.

    What a training is writing, or has just replaced, is none.
    """
    for root in (_shipped(), data_dir() / "models"):
        if root and root.is_dir():
            folders = sorted(card.parent for card in root.glob("*/card.json"))
            yield from (folder for folder in folders if folder.suffix not in {BEING_MADE, REPLACED})


def _shipped() -> Path | None:
    try:
        return resource("models")
    except FileNotFoundError:
        return None
