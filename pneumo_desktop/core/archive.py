"""Films inside a ZIP, read where they lie: nothing is ever unpacked to the disk.

A film in a ZIP has a path below the archive's own, `archive.zip/study/film.dcm`, that no other
program can open. What a name of the archive says is never used as a path of the file system.

Listing happens in the program itself: it is Python reading a table of bounded size, and of each
file's contents only the first few kilobytes are inflated. The rest is read in the decoding child.
"""

import io
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NoReturn
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipExtFile, ZipFile, ZipInfo

from pneumo_desktop.core.cases import FilmError, Reason, ReasonCode
from pneumo_desktop.core.open_errors import cannot_open
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.signature import HEAD, Kind, kind_of

MAX_MEMBERS = 10_000
MAX_DIRECTORY = 4 << 20  # bytes of the table of contents
MAX_RATIO = 200  # a radiograph shrinks to a half or a quarter, its black border to nothing
RATIO_MATTERS = 64 << 20  # bytes; below, even a bomb does no harm
MAX_NAME = 1_000  # characters
_PEEK = 4096  # compressed bytes that hold the first HEAD ones of any honest file
_LOCAL = struct.Struct("<4s22xHH")  # local file header: signature, lengths of name and extra field
_ENCRYPTED = 0x2041  # flags: encryption, strong encryption, masked headers
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, struct.error, zlib.error)

_NOT_THERE = QT_TRANSLATE_NOOP(
    "Reasons", "The ZIP is not there any more. Check its path, or add it."
)
_NOT_OPENED = QT_TRANSLATE_NOOP("Reasons", "The ZIP cannot be opened ({why}). {to_do}")
_DAMAGED = QT_TRANSLATE_NOOP(
    "Reasons", "The ZIP is damaged, incomplete or one part of several. Copy or export it again."
)
_TOO_MANY = QT_TRANSLATE_NOOP(
    "Reasons", "The ZIP holds more than {most} files. Unpack it and add the folders you need."
)
_OVERLAPPING = QT_TRANSLATE_NOOP(
    "Reasons", "The files in the ZIP overlap: it is damaged or made to do harm. It was not opened."
)
_OUTSIDE = QT_TRANSLATE_NOOP(
    "Reasons",
    "The ZIP wants this file put outside its own folder: it is made to do harm. It was not "
    "opened. Ask for the film from somewhere else.",
)
_ENCRYPTED_FILM = QT_TRANSLATE_NOOP(
    "Reasons", "The film is encrypted. Unpack the ZIP with its password and add the film itself."
)
_OTHER_COMPRESSION = QT_TRANSLATE_NOOP(
    "Reasons", "The ZIP is compressed in a way this program cannot read. Unpack it, add the films."
)
_LINK = QT_TRANSLATE_NOOP("Reasons", "This is a link to another file. Add the film itself.")
_INFLATING = QT_TRANSLATE_NOOP(
    "Reasons",
    "The film unpacks to far more than a radiograph can. The ZIP may be made to do harm. Export "
    "the film again.",
)
_NOT_INSIDE = QT_TRANSLATE_NOOP(
    "Reasons", "The film is not in the ZIP any more, or never was. Add the ZIP again."
)
_EMPTY = QT_TRANSLATE_NOOP("Reasons", "The file in the ZIP is empty. Export the film again.")
_NESTED = QT_TRANSLATE_NOOP(
    "Reasons", "This is a ZIP inside a ZIP. Unpack the outer one and add the inner one."
)
_TOO_LARGE = QT_TRANSLATE_NOOP("Reasons", "The film is larger than 1 GB. Export the film alone.")
_DAMAGED_FILM = QT_TRANSLATE_NOOP(
    "Reasons", "The film in the ZIP is damaged. Copy or export the ZIP again."
)

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP: its place below the archive, and why it is not to be read."""

    parts: Parts
    info: ZipInfo
    flaw: Reason | None


def members(archive: Path) -> tuple[Member, ...]:
    """Return the files in an archive in the order of their names, hidden ones left out.

    Two files of one name stay two: the second is called "name (2)".

    Raises:
        FilmError: The archive is damaged, too large, or made to do harm.
    """
    try:
        found = archive.stat()
        return _members(archive, found.st_size, found.st_mtime_ns)
    except FileNotFoundError:
        _refuse(ReasonCode.MISSING, _NOT_THERE)
    except OSError as error:
        raise FilmError(ReasonCode.UNREADABLE, cannot_open(_NOT_OPENED, error)) from error


@lru_cache(maxsize=1)  # the films of one archive come one after the other
def _members(archive: Path, _size: int, _changed: int) -> tuple[Member, ...]:
    try:
        with _Wary(archive) as file, ZipFile(file) as opened:
            infos, end = opened.infolist(), opened.start_dir
    except (BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise FilmError(ReasonCode.UNREADABLE, _DAMAGED) from error
    if len(infos) > MAX_MEMBERS:
        _refuse_many()
    _refuse_overlaps(infos, end)
    return tuple(sorted(_placed(infos), key=lambda member: member.parts))


class _Wary(io.FileIO):
    """A file that hands over no table of contents larger than `MAX_DIRECTORY`."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            _refuse_many()
        return super().read(-1 if size is None else size) or b""


def _refuse_many() -> NoReturn:
    _refuse(ReasonCode.TOO_LARGE, _TOO_MANY.format(most=f"{MAX_MEMBERS:,}"))


def _refuse(code: ReasonCode, text: str) -> NoReturn:
    raise FilmError(code, text)


def _refuse_overlaps(infos: list[ZipInfo], end: int) -> None:
    """Refuse files that share bytes, the mark of a ZIP made to fill memory and disk."""
    spans = sorted(
        (i.header_offset, i.header_offset + _LOCAL.size + i.compress_size) for i in infos
    )
    starts = [*(start for start, _ in spans), end]
    if starts[0] < 0 or any(
        stop > start for (_, stop), start in zip(spans, starts[1:], strict=True)
    ):
        _refuse(ReasonCode.UNREADABLE, _OVERLAPPING)


def _placed(infos: list[ZipInfo]) -> Iterator[Member]:
    used: set[Parts] = set()
    copies: dict[Parts, int] = {}
    for info in infos:
        name = info.filename.replace("\\", "/")
        parts = safe_parts(name)
        if name.endswith("/") or (parts and any(part.startswith(".") for part in parts)):
            continue  # folders, and what is hidden in folders too
        flaw = _flaw(info) if parts else Reason(ReasonCode.UNREADABLE, _OUTSIDE)
        wanted = place = parts or unsafe_parts(name)
        while place in used:
            copies[wanted] = copies.get(wanted, 1) + 1
            last = PurePosixPath(wanted[-1])
            place = (*wanted[:-1], f"{last.stem} ({copies[wanted]}){last.suffix}")
        used.add(place)
        yield Member(place, info, flaw)


def safe_parts(name: str) -> Parts:
    """Return the steps of a relative name, empty where it may lead elsewhere on any system."""
    steps = tuple(step for step in name.split("/") if step not in ("", "."))
    outside = name.startswith("/") or ".." in steps or any(step[1:2] == ":" for step in steps)
    return () if outside or len(name) > MAX_NAME else steps


def unsafe_parts(name: str) -> Parts:
    """Return a harmless spelling of a name that may lead elsewhere."""
    return (f"unsafe name {quote(name, safe='')[:200]}",)


def _flaw(info: ZipInfo) -> Reason | None:
    if info.flag_bits & _ENCRYPTED:
        return Reason(ReasonCode.UNSUPPORTED, _ENCRYPTED_FILM)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return Reason(ReasonCode.UNSUPPORTED, _OTHER_COMPRESSION)
    if stat.S_ISLNK(info.external_attr >> 16):
        return Reason(ReasonCode.UNREADABLE, _LINK)
    if info.file_size > RATIO_MATTERS and info.file_size > MAX_RATIO * info.compress_size:
        return Reason(ReasonCode.TOO_LARGE, _INFLATING)
    return None


def head(archive: Path, member: Member) -> bytes:
    """Return the first bytes of a file in an archive, empty where they cannot be read."""
    try:
        with archive.open("rb") as file:
            _go_to(file, member.info)
            data = file.read(min(_PEEK, member.info.compress_size))
            if member.info.compress_type == ZIP_STORED:
                return data[:HEAD]
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, HEAD)
    except _BROKEN:
        return b""


def read(archive: Path, parts: Parts, max_bytes: int) -> bytes:
    """Return the contents of a file in an archive.

    Raises:
        FilmError: It is not there, not to be read, or larger than `max_bytes`.
    """
    member = next((found for found in members(archive) if found.parts == parts), None)
    if member is None:
        _refuse(ReasonCode.MISSING, _NOT_INSIDE)
    data = contents(archive, member, max_bytes)
    if not data:
        _refuse(ReasonCode.UNREADABLE, _EMPTY)
    if kind_of(data[:HEAD]) is Kind.ZIP:
        _refuse(ReasonCode.UNSUPPORTED, _NESTED)
    return data


def contents(archive: Path, member: Member, max_bytes: int) -> bytes:
    """Return the bytes of a file in an archive, whatever they are.

    Raises:
        FilmError: It is not to be read, damaged, or larger than `max_bytes`.
    """
    if member.flaw:
        raise FilmError(member.flaw.code, member.flaw.text)
    if member.info.file_size > max_bytes:
        _refuse(ReasonCode.TOO_LARGE, _TOO_LARGE)
    return _inflate(archive, member.info)


def _inflate(archive: Path, info: ZipInfo) -> bytes:
    """Return the whole contents, never more than the table of contents says plus one byte."""
    try:
        with archive.open("rb") as file:
            _go_to(file, info)
            return ZipExtFile(file, "r", info).read(info.file_size + 1)
    except _BROKEN as error:
        raise FilmError(ReasonCode.UNREADABLE, _DAMAGED_FILM) from error


def _go_to(file: BinaryIO, info: ZipInfo) -> None:
    """Place `file` at the contents, behind the local file header (APPNOTE 4.3.7)."""
    file.seek(info.header_offset)
    signature, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
    if signature != b"PK\x03\x04":
        raise BadZipFile
    file.seek(name + extra, io.SEEK_CUR)
