"""Take in a model that came as one file: checked part by part, tried, and only then kept.

What is not in the archive's list, altered, too large, placed elsewhere or able to run code is
refused by name, and nothing of the model is kept. Whoever alters a file and its hash alike is not
found out: take models from people you know.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import msgspec

from pneumo_desktop.core import archive
from pneumo_desktop.core.archive import Member
from pneumo_desktop.core.card import CardError, ModelCard, read_card
from pneumo_desktop.core.cases import FilmError
from pneumo_desktop.core.model_archive import (
    FORMAT,
    LIST,
    SCHEMA,
    Contents,
    ModelArchiveError,
    Step,
)
from pneumo_desktop.core.model_contents import CARD, ContentsError, check_contents, most_bytes
from pneumo_desktop.core.model_package import NETWORK, ModelPackage, load_package, model_folders
from pneumo_desktop.core.model_trial import trial
from pneumo_desktop.core.settings import write_whole

_MOST_LISTED = 64 << 10  # bytes of the list itself
_INCOMING = ".incoming-"
_AGAIN = "Ask for it again where it came from."


def import_model(file: Path, home: Path) -> Iterator[Step | ModelPackage]:
    """Check a model's file and add the model to those in `home`; the last word is its package.

    Stop asking to cancel: nothing is kept before the last word.

    Raises:
        ModelArchiveError: The file is refused; its text names the part that is to blame.
    """
    with _told(file):
        found = _members(file)
        contents = _contents(file, found)
        _refuse_strangers(contents, found)
    home.mkdir(parents=True, exist_ok=True)
    for old in home.glob(_INCOMING + "*"):  # of a program that was killed
        shutil.rmtree(old, ignore_errors=True)
    part = Path(tempfile.mkdtemp(dir=home, prefix=_INCOMING))
    total = len(contents.files) + 1
    try:
        with _told(file):
            for number, (name, sha256) in enumerate(sorted(contents.files.items()), 1):
                yield Step(f"Checking {name}", number, total)
                write_whole(part / name, _checked(file, found[name], name, sha256))
            yield Step("Trying the network", total, total)
            yield _settle(part, contents, home / "models")
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Turn what is wrong inside into a sentence that begins with the file's name."""
    try:
        yield
    except ModelArchiveError:
        raise
    except ContentsError as error:
        _refuse(file, f"{error}. The model was not added. {_AGAIN}", error)
    except FilmError as error:
        text = "the file is damaged or made to do harm; the model was not added."
        _refuse(file, f"{text} {_AGAIN}", error)
    except CardError as error:
        text = f"the model in it is not whole; it was not added. {_AGAIN} ({error})"
        _refuse(file, text, error)
    except OSError as error:
        why = error.strerror or error
        _refuse(file, f"the model cannot be added ({why}). Check free space and rights.", error)


def _refuse(file: Path, text: str, error: Exception) -> NoReturn:
    raise ModelArchiveError(f"{file.name}: {text}") from error


def _members(file: Path) -> dict[str, Member]:
    if not file.is_file():
        raise ModelArchiveError(f"{file}: there is no such file.")
    return {"/".join(member.parts): member for member in archive.members(file)}


def _contents(file: Path, found: dict[str, Member]) -> Contents:
    if LIST not in found:
        raise ContentsError("this is no model of this program")
    listed = archive.contents(file, found[LIST], _MOST_LISTED)
    try:
        contents = msgspec.json.decode(listed, type=Contents)
    except msgspec.DecodeError as error:
        raise ContentsError(f"{LIST} is no list of a model's files") from error
    if contents.format != FORMAT or contents.schema != SCHEMA:
        raise ContentsError("it was written by another program or a newer version of this one")
    return contents


def _refuse_strangers(contents: Contents, found: dict[str, Member]) -> None:
    """Refuse a file that is named and not there, there and not named, or has no place here."""
    for name in sorted({CARD, NETWORK, *contents.files} - found.keys()):
        raise ContentsError(f"{name} is missing")
    for name in sorted(found.keys() - contents.files.keys() - {LIST}):
        raise ContentsError(f"{name} is not in its list")
    for name in sorted(contents.files):
        most = most_bytes(name)
        if not most:
            raise ContentsError(f"{name} is no part of a model")
        if found[name].info.file_size > most:
            raise ContentsError(f"{name} is larger than a model needs")


def _checked(file: Path, member: Member, name: str, sha256: str) -> bytes:
    try:
        data = archive.contents(file, member, most_bytes(name))
    except FilmError as error:
        raise ContentsError(f"{name} is damaged or made to do harm") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ContentsError(f"{name} is not the file that was packed: altered or damaged")
    check_contents(name, data)
    return data


def _settle(part: Path, contents: Contents, models: Path) -> ModelPackage:
    """Move a checked package to its place among the models."""
    package = load_package(part)
    named = {CARD, *package.card.files}
    for name in sorted(contents.files):
        if name not in named and "/" not in name:
            raise ContentsError(f"{name} is not named by the model's card")
    _refuse_known(package.card)
    if problem := trial(part):
        raise ContentsError(f"{NETWORK}: {problem}")
    place = _free_place(models, package.card.name)
    models.mkdir(parents=True, exist_ok=True)
    part.rename(place)
    return ModelPackage(place, package.card)


def _refuse_known(card: ModelCard) -> None:
    """Refuse a network that is here already: its cases must find one card alone."""
    for folder in model_folders():
        try:
            known = read_card(folder / CARD)
        except CardError:
            continue
        if known.files.get(NETWORK) == card.files[NETWORK]:
            raise ModelArchiveError(
                f"This network is installed already, as {folder.name}: {known.title}. "
                "Nothing was added."
            )


def _free_place(models: Path, name: str) -> Path:
    taken = {folder.name for folder in model_folders()}
    names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    return models / next(n for n in names if n not in taken and not (models / n).exists())
