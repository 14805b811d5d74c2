"""What `tr` alone does not do: words of tables, counts in English, and sentences of the core.

`pyside6-lupdate` reads sources as text: it finds `tr("...")`, `translate("Context", "...")` and
`QT_TRANSLATE_NOOP("Context", "...")` by these very names, with literals alone.
"""

from PySide6.QtCore import QCoreApplication

from pneumo_desktop.core.recognise import fill, recognise

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


def translated(text: str) -> str:
    """Return what the core said, English, in the reader's language; any other text as it is.

    What stands in its places is translated likewise, where it is the core's own.
    """
    found = recognise(text)
    if found is None:
        return text
    sentence = found.sentence
    words = translate(sentence.context, sentence, sentence.one)
    if words == sentence:
        words = found.english
    elif found.count is not None:
        words = translate(sentence.context, sentence, sentence.one, PLURAL, found.count)
    return fill(words, {name: translated(value) for name, value in found.values})
