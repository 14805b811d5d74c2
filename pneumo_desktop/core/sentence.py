"""Sentences for people: English templates that the window can find again and translate.

The core says English, on the command line, in the database and in exceptions. Its templates are
marked here, so that Qt's tools find them and `recognise` knows them again in what was said.

`pyside6-lupdate` reads sources as text: it finds `QT_TRANSLATE_NOOP("Context", "...")` by this very
name, with literals alone; with a number at its end it asks for plural forms.
"""


class Sentence(str):
    """A template: `{name}` is the place of a value, `%n` that of the count (`%Ln`: 1,234).

    `context` is what a translator sees it in, `one` the English for a count of one.
    """

    __slots__ = ("context", "one")
    context: str
    one: str

    def counted(self, count: int, /, **values: object) -> str:
        """Return it with the count and the values in their places."""
        words = self.one if self.one and count == 1 else self
        return words.replace("%Ln", f"{count:,}").replace("%n", str(count)).format(**values)


def QT_TRANSLATE_NOOP(  # noqa: N802 - the name lupdate looks for
    context: str, text: str, one: str = "", _counts: int = 0
) -> Sentence:
    """Mark a template; of one that counts `one` is the singular, and any number follows it."""
    sentence = Sentence(text)
    sentence.context, sentence.one = context, one
    return sentence
