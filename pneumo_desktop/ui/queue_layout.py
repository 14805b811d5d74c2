"""The worklist's columns and sorting from one start to the next, kept by name."""

from typing import Any

import msgspec
from msgspec import Struct
from PySide6.QtCore import QByteArray

from pneumo_desktop.core.store_query import Sort
from pneumo_desktop.ui.queue_columns import BY_SORT, COLUMNS
from pneumo_desktop.ui.queue_header import QueueHeader


class KeptColumn(Struct, frozen=True):
    """A column as its reader left it, in the order from left to right."""

    name: Sort
    width: int
    shown: bool


class Layout(Struct, frozen=True):
    """All columns, and what the rows are sorted by."""

    columns: tuple[KeptColumn, ...] = ()
    sorting: tuple[tuple[Sort, bool], ...] = ()
    fits: bool = False  # no width is the reader's own


def keep(header: QueueHeader) -> QByteArray:
    """Return the header's columns and sorting."""
    order = [header.logicalIndex(place) for place in range(header.count())]
    columns = tuple(_kept(header, number) for number in order)
    return QByteArray(msgspec.json.encode(Layout(columns, tuple(header.sorting), header.fits)))


def _kept(header: QueueHeader, number: int) -> KeptColumn:
    hidden = header.isSectionHidden(number)
    with header.placing():
        if hidden:  # Qt tells a hidden column's width only when it is shown again
            header.showSection(number)
        width = header.sectionSize(number)
        header.setSectionHidden(number, hidden)
    return KeptColumn(COLUMNS[number].sort, width, shown=not hidden)


def restore(header: QueueHeader, state: QByteArray) -> None:
    """Take up what `keep` returned; what cannot be read is left as it is."""
    layout = _read(state.data())
    with header.placing():
        for place, column in enumerate(layout.columns):
            number = BY_SORT[column.name]
            header.moveSection(header.visualIndex(number), place)
            header.resizeSection(number, max(header.minimumSectionSize(), column.width))
            header.setSectionHidden(number, not column.shown)
    if layout.columns:
        header.fits = layout.fits
    header.fit()
    if layout.sorting:
        header.sort_by(layout.sorting)


def _read(data: Any) -> Layout:
    try:
        return msgspec.json.decode(bytes(data), type=Layout)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Layout()
