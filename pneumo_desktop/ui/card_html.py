"""A model card's sections as the rich text that Qt lays out; plain strings, without Qt."""

from collections.abc import Iterable
from html import escape

from pneumo_desktop.core.card_figures import Table
from pneumo_desktop.core.card_words import Section
from pneumo_desktop.ui.theme import Colours

_STYLE = """
h1 {{ font-size: x-large; }}
h2 {{ font-size: large; margin-top: 18px; }}
p {{ margin-top: 2px; margin-bottom: 4px; }}
.quiet {{ color: {quiet}; }}
.caption {{ color: {quiet}; margin-top: 12px; }}
.problem {{ color: {high}; font-weight: bold; }}
th {{ color: {quiet}; text-align: left; font-weight: normal; vertical-align: bottom; }}
td {{ vertical-align: top; }}
"""
WIDE_FROM = 6  # columns
_TABLE = '<table width="99%" cellspacing="0" cellpadding="4">'


def style(colours: Colours) -> str:
    """Return the style sheet of the rich text in a scheme's colours."""
    return _STYLE.format(quiet=colours.quiet, high=colours.high)


def rich_text(sections: Iterable[Section], colours: Colours, problem: str = "") -> str:
    """Return sections as rich text; `problem` stands above them."""
    warning = f'<p class="problem">{escape(problem)}</p>' if problem else ""
    parts = (_section(number, section, colours) for number, section in enumerate(sections))
    return warning + "".join(parts)


def _section(number: int, section: Section, colours: Colours) -> str:
    level = "h2" if number else "h1"
    lines = "".join(f"<p>{escape(line)}</p>" for line in section.lines)
    tables = "".join(_table(table, colours) for table in section.tables)
    return f"<{level}>{escape(section.title)}</{level}>{lines}{tables}"


def _table(table: Table, colours: Colours) -> str:
    wide = len(table.heading) > WIDE_FROM
    heading = table.heading[1:] if wide else table.heading
    width = f' width="{100 // len(heading)}%"' if wide else ""
    head = "".join(f"<th{width}>{escape(name)}</th>" for name in heading)
    shades = (colours.raised, colours.panel)
    rows = "".join(
        _row(row, shades[number % 2], wide=wide) for number, row in enumerate(table.rows)
    )
    return f'<p class="caption">{escape(table.caption)}</p>{_TABLE}<tr>{head}</tr>{rows}</table>'


def _row(row: tuple[str, ...], shade: str, *, wide: bool) -> str:
    """Return a row; in a wide table its name stands above it, where it has room."""
    name, cells = _cell(row[0]), "".join(map(_cell, row[1:]))
    if not wide:
        return f'<tr bgcolor="{shade}">{name}{cells}</tr>'
    above = name.replace("<td>", f'<td colspan="{len(row) - 1}">')
    return f'<tr bgcolor="{shade}">{above}</tr><tr bgcolor="{shade}">{cells}</tr>'


def _cell(words: str) -> str:
    """Return a cell; an interval stands below its figure."""
    figure, bracket, interval = words.partition(" (")
    if not (bracket and words.endswith(")") and words[:1].isdigit()):
        return f"<td>{escape(words)}</td>"
    low_to_high = escape(interval.removesuffix(")")).replace(" ", "&nbsp;")
    return f'<td>{escape(figure)}<br><span class="quiet"><small>{low_to_high}</small></span></td>'
