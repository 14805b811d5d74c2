"""Which sentence of the core a text is, and with what in its places.

Cases kept by earlier versions, the decoding child and the training program bring English alone;
so nothing but English is kept and sent, and whoever shows it in another language finds the
template again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import ModuleType

from pneumo_desktop.core import (
    adoption,
    archive,
    card_adoption,
    card_coverage,
    card_figures,
    card_networks,
    card_words,
    containers,
    decode,
    dicom_sentences,
    dicomdir,
    gates,
    open_errors,
    ordering,
    picture,
    reasons,
    sandbox,
)
from pneumo_desktop.core.judgement import judged, rival, words
from pneumo_desktop.core.labelled import (
    film_list,
    findings,
    name_pattern,
    patients,
    shortcuts,
    split,
    twins,
)
from pneumo_desktop.core.labelled.finding import Choice
from pneumo_desktop.core.sentence import Sentence

_MODULES: tuple[ModuleType, ...] = (
    adoption, archive, card_adoption, card_coverage, card_figures, card_networks, card_words,
    containers, decode, dicom_sentences, dicomdir, film_list, findings, gates, judged, name_pattern,
    open_errors, ordering, patients, picture, reasons, rival, sandbox, shortcuts, split, twins,
    words,
)  # fmt: skip
_PLACE = re.compile(r"\{(\w+)(:[^}]+)?\}|%L?n")
_NUMBER = "[-+]?[0-9][0-9.,]*(?:e[-+][0-9]+)?"
_COUNT = "_n"  # no value has this name
_SHOWN = 1000  # texts whose sentence is kept at hand: more than a window shows at once


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sentence that was said: `english` is the template with its count, `values` are by place."""

    sentence: Sentence
    english: str
    values: tuple[tuple[str, str], ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class _Form:
    """One of the two English forms of a sentence, `text`, as a pattern for what was said."""

    sentence: Sentence
    text: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=_SHOWN)
def recognise(text: str) -> Recognised | None:
    """Return which sentence `text` is; None for what the core has not said, or not as a whole."""
    for form in _forms():
        if found := form.pattern.fullmatch(text):
            return _recognised(form, found.groupdict())
    return None


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with values in its places; a place without a value stays."""
    return _PLACE.sub(lambda place: values.get(place[1] or "", place[0]), text)


def sentences() -> Iterator[Sentence]:
    """Yield every sentence of the core that may be said to a person."""
    for module in _MODULES:
        for value in vars(module).values():
            yield from _within(value)


def _within(value: object) -> Iterator[Sentence]:
    if isinstance(value, Sentence):
        yield value
    elif isinstance(value, dict):
        yield from _within(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from _within(part)
    elif isinstance(value, Choice):
        yield from _within(value.text)


@cache
def _forms() -> tuple[_Form, ...]:
    """Return the forms of all sentences, those of many own words first: they say the most."""
    texts = {(sentence, text) for sentence in sentences() for text in (sentence, sentence.one)}
    forms = (_Form(sentence, text, _pattern(text)) for sentence, text in texts if text)
    return tuple(sorted(forms, key=lambda form: (-_own(form.text), form.text)))


def _own(text: str) -> int:
    return len(_PLACE.sub("", text))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile("".join(_parts(text)), re.DOTALL)


def _parts(text: str) -> Iterable[str]:
    named: set[str] = set()
    begin = 0
    for place in _PLACE.finditer(text):
        yield re.escape(text[begin : place.start()])
        yield _value(place, named)
        begin = place.end()
    yield re.escape(text[begin:])


def _value(place: re.Match[str], named: set[str]) -> str:
    """Return the pattern of a place: what is formatted is a number; one name, one value."""
    name, anything = place[1] or _COUNT, place[1] and not place[2]
    if name in named:
        return f"(?P={name})"
    named.add(name)
    return f"(?P<{name}>{'.*?' if anything else _NUMBER})"


def _recognised(form: _Form, values: dict[str, str]) -> Recognised:
    said = values.pop(_COUNT, None)
    count = None if said is None else int(said.replace(",", ""))
    if said is None and form.text == form.sentence.one:
        count = 1
    english = form.text if said is None else re.sub("%L?n", said, form.text)
    return Recognised(form.sentence, english, tuple(values.items()), count)
