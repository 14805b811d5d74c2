"""What `tr` alone does not do: words of tables, and counts in English where nothing is translated.

`pyside6-lupdate` reads sources as text: it finds `tr("...")`, `translate("Context", "...")` and
`QT_TRANSLATE_NOOP("Context", "...")` by these very names, with literals alone.
"""

from PySide6.QtCore import QCoreApplication

PLURAL = ""  # before a count; lupdate takes a fourth argument for an encoding, as Qt once had


def translate(context: str, text: str, comment: str = "", _plural: str = "", n: int = -1) -> str:
    """Translate a text in a context; with a count as `translate("C", "%n ...", "", PLURAL, n)`."""
    return QCoreApplication.translate(context, text, comment or None, n)


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the name lupdate looks for
    """Mark a text of a table; whoever shows it translates it in this context."""
    return text


def counted(text: str, count: int) -> str:
    """Return a translated text with %n filled in: "(s)" is left where no language has taken it.

    Thousands are set apart.
    """
    return text.replace("(s)", "" if count == 1 else "s").replace(str(count), f"{count:,}", 1)


def filled(text: str, *values: str) -> str:
    """Return a translated text with %1, %2 and so on filled in, in any order."""
    for place, value in enumerate(values, 1):
        text = text.replace(f"%{place}", value)
    return text
