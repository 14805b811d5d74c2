"""What the decoding child may say to the program: plain data, checked on arrival.

A hostile file may take the child over, and unpickling lets the sender run code in the receiver
(Python's documentation of `pickle`). So an answer is a header in JSON, which the types of
`cases` spell out field by field, and then the arrays it names as raw bytes, in pieces. Anything
else is a `RubbishError`: an unknown field, a number that is none, an array of another type or
size, a text no screen should show.
"""

import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, time
from enum import Enum, StrEnum
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

import numpy as np

from pneumo_desktop.core.cases import Film, FilmFacts, Reason
from pneumo_desktop.core.greyscale import LookupTable, Window

MOST_HEADER_BYTES = 1 << 22
MOST_ARRAY_BYTES = 1 << 29  # 100 million pixels of four bytes, and their tables
MOST_TEXT = 1000
PIECE_BYTES = 1 << 19  # one message of two megabytes takes three times as long as five of these
_MOST_NUMBER = 1 << 53
_ARRAY, _TAG = "array", "is"

Arrays: TypeAlias = list[np.ndarray[Any, Any]]
Pipe: TypeAlias = "Connection[Any, Any]"


class RubbishError(Exception):
    """What came through the pipe is no answer."""


class Trouble(StrEnum):
    """How the decoding child failed without dying of it."""

    MEMORY = "memory"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Failure:
    """The child could not say what is wrong with the file; `where` is for the log."""

    trouble: Trouble
    where: str


Answer = Film | Reason | Failure


def send(pipe: Pipe, answer: Answer) -> None:
    """Send an answer.

    Raises:
        TypeError, ValueError: It is not made of plain data; nothing has been sent.
        OSError: The other end is closed.
    """
    arrays: Arrays = []
    plain = _plain(answer, arrays)
    shapes = [{"dtype": array.dtype.str, "shape": array.shape} for array in arrays]
    pipe.send_bytes(json.dumps({"answer": plain, "arrays": shapes}, allow_nan=False).encode())
    for array in arrays:
        view = array.reshape(-1).view(np.uint8).data
        for at in range(0, len(view), PIECE_BYTES):
            pipe.send_bytes(view[at : at + PIECE_BYTES])


def receive(pipe: Pipe) -> Answer:
    """Receive an answer; its arrays are read-only.

    Raises:
        RubbishError: The child sent something else; it is not to be trusted any more.
        EOFError, OSError: The other end closed in between, or sent too long a message.
    """
    try:
        header = json.loads(pipe.recv_bytes(MOST_HEADER_BYTES))
        plain, shapes = header["answer"], [_shape(spec) for spec in header["arrays"]]
        if sum(dtype.itemsize * math.prod(shape) for dtype, shape in shapes) > MOST_ARRAY_BYTES:
            raise RubbishError("the arrays are larger than any film")
        arrays = [_received(pipe, dtype, shape) for dtype, shape in shapes]
        answer: Answer = _built(Answer, plain, arrays)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise RubbishError(str(error)) from error
    if isinstance(answer, Reason):
        return replace(answer, text=_on_one_line(answer.text))
    if isinstance(answer, Failure):
        return replace(answer, where=_on_one_line(answer.where))
    return answer


def _on_one_line(text: str) -> str:
    """Return `text` without what could command a terminal or break a table."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _shape(spec: Mapping[str, Any]) -> tuple[np.dtype[Any], tuple[int, ...]]:
    dtype, shape = np.dtype(str(spec["dtype"])), tuple(spec["shape"])
    plain = dtype.kind in "uif" and dtype.isnative
    if not plain or not all(type(side) is int and side > 0 for side in shape):
        raise RubbishError("an array of no known kind")
    return dtype, shape


def _received(
    pipe: Pipe, dtype: np.dtype[Any], shape: tuple[int, ...]
) -> np.ndarray[Any, np.dtype[Any]]:
    array = np.empty(shape, dtype)
    view = array.reshape(-1).view(np.uint8).data
    at = 0
    while at < len(view):
        piece = pipe.recv_bytes(min(PIECE_BYTES, len(view) - at))
        if not piece:
            raise RubbishError("an empty piece of an array")
        view[at : at + len(piece)] = piece
        at += len(piece)
    if dtype.kind == "f" and not np.isfinite(array).all():
        raise RubbishError("an array with values that are no numbers")
    array.flags.writeable = False
    return array


def _plain(value: Any, arrays: Arrays) -> Any:
    """Return `value` as JSON knows it; arrays are moved to `arrays` and referred to."""
    if isinstance(value, np.ndarray):
        arrays.append(np.ascontiguousarray(value, value.dtype.newbyteorder("=")))
        return {_ARRAY: len(arrays) - 1}
    if is_dataclass(value):
        named = {field.name: _plain(getattr(value, field.name), arrays) for field in fields(value)}
        return {_TAG: type(value).__name__, **named}
    if isinstance(value, tuple):
        return [_plain(item, arrays) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Path):
        return os.fspath(value)
    if isinstance(value, str):  # what no encoding knows would break whoever stores or prints it
        return value[:MOST_TEXT].encode("utf-8", "replace").decode()
    return value


def _built(kind: Any, plain: Any, arrays: Arrays) -> Any:
    """Return `plain` as a value of `kind`, or raise that it is none."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind), plain, arrays)
    if origin is np.ndarray:
        return _array(kind, plain, arrays)
    if origin is tuple:
        return _tuple(get_args(kind), plain, arrays)
    if is_dataclass(kind):
        return _dataclass(kind, plain, arrays)
    return _scalar(kind, plain)


def _one_of(kinds: tuple[Any, ...], plain: Any, arrays: Arrays) -> Any:
    for kind in kinds:
        try:
            return _built(kind, plain, arrays)
        except RubbishError:
            continue
    raise RubbishError("a value of none of the kinds it may be")


def _array(kind: Any, plain: Any, arrays: Arrays) -> Any:
    (scalar,) = get_args(get_args(kind)[1])
    index = plain.get(_ARRAY) if isinstance(plain, dict) else None
    if type(index) is not int or not 0 <= index < len(arrays):
        raise RubbishError("no array")
    if arrays[index].dtype != np.dtype(scalar):
        raise RubbishError("an array of another type")
    return arrays[index]


def _tuple(kinds: tuple[Any, ...], plain: Any, arrays: Arrays) -> Any:
    if not isinstance(plain, list):
        raise RubbishError("no row of values")
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(plain)
    if len(kinds) != len(plain):
        raise RubbishError("a row of another length")
    return tuple(_built(kind, item, arrays) for kind, item in zip(kinds, plain, strict=True))


def _dataclass(kind: Any, plain: Any, arrays: Arrays) -> Any:
    hints = _hints(kind)
    if not isinstance(plain, dict) or plain.get(_TAG) != kind.__name__:
        raise RubbishError(f"no {kind.__name__}")
    if plain.keys() != {_TAG, *hints}:
        raise RubbishError(f"other fields than a {kind.__name__} has")
    value = kind(**{name: _built(hint, plain[name], arrays) for name, hint in hints.items()})
    if kind in _SOUND and not _SOUND[kind](value):
        raise RubbishError(f"a {kind.__name__} that no file can hold")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _scalar(kind: Any, plain: Any) -> Any:
    if kind in _FITS:
        if not _FITS[kind](plain):
            raise RubbishError(f"no {kind.__name__}")
        return plain if kind is NoneType else kind(plain)
    text = _scalar(str, plain)
    try:
        return kind.fromisoformat(text) if kind in (date, time) else kind(text)
    except ValueError as error:
        raise RubbishError(str(error)) from error


def _is_text(plain: Any) -> bool:
    if type(plain) is not str or len(plain) > MOST_TEXT:
        return False
    return plain == plain.encode("utf-8", "replace").decode()


def _is_number(plain: Any) -> bool:
    return type(plain) in (int, float) and math.isfinite(plain) and abs(plain) < 1e300


_FITS: dict[Any, Callable[[Any], bool]] = {
    NoneType: lambda plain: plain is None,
    bool: lambda plain: type(plain) is bool,
    int: lambda plain: type(plain) is int and abs(plain) < _MOST_NUMBER,
    float: _is_number,
    str: _is_text,
    Path: lambda plain: type(plain) is str,
}

# What the types allow but no later step is made for.
_SOUND: dict[Any, Callable[[Any], bool]] = {
    Film: lambda film: (
        film.pixels.ndim == 2 and (film.facts.height, film.facts.width) == film.pixels.shape
    ),
    FilmFacts: lambda facts: 1 <= facts.bits <= 64,
    Window: lambda window: window.width > 0,
    LookupTable: lambda table: table.grey.ndim == 1,
}
