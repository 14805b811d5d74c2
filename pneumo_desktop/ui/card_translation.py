"""A model card's sections in the reader's language; what the card itself says stays as it is."""

from collections.abc import Iterable
from dataclasses import replace

from pneumo_desktop.core.card_figures import Table
from pneumo_desktop.core.card_words import Section
from pneumo_desktop.ui.translation import translated


def translated_sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return the sections with the program's own words translated."""
    return tuple(
        Section(
            translated(section.title),
            tuple(map(translated, section.lines)),
            tuple(map(_table, section.tables)),
        )
        for section in sections
    )


def _table(table: Table) -> Table:
    return replace(
        table,
        caption=translated(table.caption),
        heading=tuple(map(translated, table.heading)),
        rows=tuple(tuple(map(translated, row)) for row in table.rows),
    )
