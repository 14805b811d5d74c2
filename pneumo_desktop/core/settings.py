"""What the user chose, kept in one JSON file that is always written whole."""

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from pneumo_desktop.core.aside import copy_aside
from pneumo_desktop.core.cases import Policy
from pneumo_desktop.core.model_package import DEFAULT_MODEL
from pneumo_desktop.core.ordering import DEFAULT_ORDERING, MOST_AGEING, Ordering
from pneumo_desktop.core.store import FILE as STORE_FILE
from pneumo_desktop.core.store import CaseStore, StoreError

FILE = "settings.json"


PointName = Literal["default", "balanced", "sensitive", "specific", "own"]
Threshold = Annotated[float, Meta(ge=0.5, le=0.99)]
START_THRESHOLD = 0.70  # for a model that nobody has chosen one for


class Former(Struct, frozen=True):
    """The model used before, with what was chosen for it."""

    model: str
    operating_point: PointName
    threshold: Threshold


class Settings(Struct, frozen=True):
    """The user's choices; a field unknown to this version is ignored."""

    version: int = 1
    model: str = DEFAULT_MODEL
    operating_point: PointName = "default"
    threshold: Threshold = START_THRESHOLD
    ageing: Annotated[float, Meta(ge=0.0, le=MOST_AGEING)] = (
        DEFAULT_ORDERING.ageing
    )  # points an hour
    initials: Annotated[str, Meta(max_length=8)] = ""  # who reads, for the audit log
    shortcuts: dict[str, tuple[str, ...]] = {}  # keys by action, where they are the reader's own
    trainer_python: str = ""  # the Python to train with, where it is not to be looked for
    watch_folder: str = ""  # whose films are answered as they arrive; none where empty
    former: Former | None = None  # the model to go back to
    blind_since: datetime | None = None  # from when on answers wait for the reader's call (UTC)

    @property
    def policy(self) -> Policy:
        """What screening needs of it."""
        return Policy(self.operating_point, self.threshold)

    @property
    def ordering(self) -> Ordering:
        """In which order films wait."""
        return Ordering(self.ageing)


def load_settings(folder: Path) -> Settings:
    """Return the settings kept in `folder`; the defaults where there are none or none readable."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Settings)
    except (OSError, msgspec.DecodeError):
        return Settings()


def mend_settings(folder: Path) -> str:
    """Put settings that cannot be read aside under a date, keep those that can, and say so.

    Returns nothing where all is well, or where the folder may not be written.
    """
    file = folder / FILE
    try:
        data = file.read_bytes()
        msgspec.json.decode(data, type=Settings)
    except OSError:
        return ""
    except msgspec.DecodeError:
        kept = _readable(data)
    else:
        return ""
    try:
        aside = copy_aside(file)
        write_whole(file, msgspec.json.format(msgspec.json.encode(msgspec.convert(kept, Settings))))
    except OSError:
        return ""
    names = ", ".join(sorted(kept)) or "none"
    return (
        f"The settings were damaged. Kept: {names}; the others are as shipped. "
        f"The damaged file lies in {aside.parent} as {aside.name}."
    )


def _readable(data: bytes) -> dict[str, object]:
    """Return the settings that make sense each by itself."""
    try:
        found = msgspec.json.decode(data, type=dict[str, object])
    except msgspec.DecodeError:
        return {}
    return {name: value for name, value in found.items() if _makes_sense(name, value)}


def _makes_sense(name: str, value: object) -> bool:
    try:
        msgspec.convert({name: value}, Settings)
    except msgspec.ValidationError:
        return False
    return name in Settings.__struct_fields__


def save_settings(folder: Path, settings: Settings) -> None:
    """Keep `settings` in `folder`, replacing the old ones in one step; the audit log says so.

    Raises:
        StoreError: The audit log, a part of the case database, cannot be opened, or the file
            cannot be written; nothing changed.
    """
    old = msgspec.structs.asdict(load_settings(folder))
    with CaseStore(folder / STORE_FILE, old["initials"]) as store:
        try:
            write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(settings)))
        except OSError as error:
            raise StoreError(
                f"{folder / FILE}: the settings cannot be written ({error.strerror or error}). "
                "They stay as they were. Check that the disk has room and the folder is writable."
            ) from error
        for name, value in msgspec.structs.asdict(settings).items():
            if value != old[name] and name != "former":  # follows from the model
                store.log_changed(name, _named(name, old[name]), _named(name, value))


def _named(name: str, value: object) -> object:
    """Return a setting as the audit log may hold it: of a model's path its name alone.

    The log names no patient, and a watched folder may be called after one.
    """
    if name == "watch_folder":
        return "a folder" if value else ""
    if isinstance(value, Former):
        return _named(name, value.model)
    if isinstance(value, datetime):
        return value.isoformat()
    return Path(value).name if isinstance(value, str) else value


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` so that `path` holds either the old content or all of the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
