"""A model as one file, to hand to another clinic: a ZIP of its package with a list of hashes.

Everything in it is named in `archive.json` with its SHA-256. How one is taken in, `model_import`
says.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import msgspec
from msgspec import Meta

from pneumo_desktop.core.card import CardError, Frozen, ModelCard, Sha256, encode_card
from pneumo_desktop.core.model_contents import CARD, MAX_FILES, most_bytes
from pneumo_desktop.core.model_package import TRAINABLE, ModelPackage

SUFFIX = ".pneumo-model"
LIST, FORMAT, SCHEMA = "archive.json", "pneumo-desktop-model", 1
_EPOCH = (1980, 1, 1, 0, 0, 0)  # so that one model always gives the same bytes


class ModelArchiveError(CardError):
    """A model's file cannot be written or taken in; the text says why and what to do."""


class Contents(Frozen, frozen=True):
    """`archive.json`: what the archive is, and the SHA-256 of each of its other files."""

    format: str
    schema: int
    name: str
    version: str
    files: Annotated[dict[str, Sha256], Meta(max_length=MAX_FILES)]


@dataclass(frozen=True, slots=True)
class Step:
    """How far it has come: what is being done, and its place among all steps, from 1."""

    text: str
    number: int
    total: int


def file_name(card: ModelCard) -> str:
    """Return what to call a model's file."""
    return re.sub(r"[^a-zA-Z0-9_.-]+", "-", f"{card.name}-{card.version}") + SUFFIX


def export_model(package: ModelPackage, file: Path) -> Iterator[Step]:
    """Write a model to one file, whole or not at all; stop asking to cancel.

    The names of films that could not be read when it was trained stay here.

    Raises:
        ModelArchiveError: It cannot be written, or the package was altered meanwhile.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                with ZipFile(stream, "w", ZIP_STORED) as packed:
                    yield from _pack(package, packed)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or error
        raise ModelArchiveError(f"{file}: the model cannot be written there ({why}).") from error


def _pack(package: ModelPackage, packed: ZipFile) -> Iterator[Step]:
    files = [package.folder / name for name in sorted(package.card.files)]
    files = [file for file in files if file.name != TRAINABLE or file.is_file()]
    files += [plot for plot in package.plots if most_bytes(_place(package, plot))]
    hashes = {CARD: _add(packed, CARD, encode_card(_without_names(package.card)))}
    total = len(files) + 1
    for number, file in enumerate(files, 1):
        place = _place(package, file)
        yield Step(f"Packing {place}", number, total)
        hashes[place] = _add(packed, place, file.read_bytes())
        _refuse_altered(package, place, hashes[place])
    yield Step("Writing the list of hashes", total, total)
    _add(packed, LIST, _listed(package.card, hashes))


def _without_names(card: ModelCard) -> ModelCard:
    left_out = card.training.get("left_out")
    if not isinstance(left_out, list):
        return card
    training = card.training | {"left_out": ["a file"] * len(left_out)}
    return msgspec.structs.replace(card, training=training)


def _place(package: ModelPackage, file: Path) -> str:
    return file.relative_to(package.folder).as_posix()


def _add(packed: ZipFile, name: str, data: bytes) -> str:
    packed.writestr(ZipInfo(name, _EPOCH), data)
    return hashlib.sha256(data).hexdigest()


def _refuse_altered(package: ModelPackage, name: str, sha256: str) -> None:
    if package.card.files.get(name, sha256) != sha256:
        text = f"{package.folder / name}: altered while it was packed; install the model again."
        raise ModelArchiveError(text)


def _listed(card: ModelCard, hashes: dict[str, str]) -> bytes:
    contents = Contents(FORMAT, SCHEMA, card.name, card.version, hashes)
    return msgspec.json.format(msgspec.json.encode(contents)) + b"\n"
