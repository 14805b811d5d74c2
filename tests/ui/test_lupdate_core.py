"""What the core says is found by Qt's tools, and shown in the reader's language.

The core never sees Qt: its sentences are English on the command line and in the database, and are
known again where the window shows them.
"""

import pytest
from PySide6.QtCore import Qt, QTranslator

from pneumo_desktop.core.card_words import card_sections
from pneumo_desktop.core.cases import Case, Rejected
from pneumo_desktop.core.recognise import sentences
from pneumo_desktop.ui.card_translation import translated_sections
from pneumo_desktop.ui.help_pages import reasons_page
from pneumo_desktop.ui.translation import translated
from tests.ui.hands import press
from tests.ui.translators import PROGRAM, lupdate, plain, said, unmarked

UNSURE = (
    "The model is 60 % sure, less than the 70 % asked for. It gives no answer; read the film "
    "yourself."
)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return lupdate(PROGRAM / "core", tmp_path_factory.mktemp("ts") / "core.ts")


def test_every_sentence_of_the_core_is_found_in_its_context(found):
    contexts, counts = found
    for sentence in sentences():
        assert sentence in contexts[sentence.context]
        assert (sentence in counts) == ("%n" in sentence or "%Ln" in sentence)
    known = set(sentences())
    assert {text for texts in contexts.values() for text in texts} - known == set()


def test_without_a_translation_the_core_is_shown_as_it_speaks(qapp):
    copied = "There is 1 file that is a copy of another, byte by byte (a.png and b.png). Copies"
    for text in (UNSURE, f"{copied} count a film more than once.", "Nothing of the core's.", ""):
        assert translated(text) == text


class InGerman(QTranslator):
    """Some sentences of the core, with forms for one and for many, and places in another order."""

    TEXTS = (
        ("The model is {sure:d} %", "Verlangt sind {asked:g} %, das Modell ist {sure:d} % sicher."),
        ("Files that cannot be read", "%n Datei: {name}, {reason}|%n Dateien: {name}, {reason}"),
        ("The locked test has been seen", "Einmal gesehen.|%n-mal gesehen."),
        ("The file is empty", "Die Datei ist leer."),
    )

    def translate(self, _context, source, _disambiguation=None, n=-1):
        forms = next((text for begin, text in self.TEXTS if source.startswith(begin)), "").split(
            "|"
        )
        return forms[0 if n in (-1, 1) else -1] or None

    def isEmpty(self):  # noqa: N802 - Qt's name
        return False


@pytest.fixture
def german(qapp):
    translator = InGerman()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_values_come_to_their_places_and_counts_choose_their_form(german):
    assert translated(UNSURE) == "Verlangt sind 70 %, das Modell ist 60 % sicher."
    broken = "Files that cannot be read: {}. The first is a.png: The file is empty. Export the film"
    assert translated(broken.format(1) + " again.") == "1 Datei: a.png, Die Datei ist leer."
    assert translated(broken.format(3) + " again.") == "3 Dateien: a.png, Die Datei ist leer."
    assert translated("The locked test has been seen once.") == "Einmal gesehen."
    assert translated("The locked test has been seen 4 times.") == "4-mal gesehen."


def test_why_a_film_has_no_answer_is_shown_translated(marked, rooms, film_file, tmp_path, qtbot):
    room = rooms.open()
    (tmp_path / "empty.png").touch()
    rooms.answer(room, film_file("doubtful.png", 0.6), tmp_path / "empty.png")
    assert check_reason(room) is Case
    press(qtbot, room, Qt.Key.Key_Down)
    assert check_reason(room) is Rejected
    assert unmarked(room.film.view._sentence) == ""


def check_reason(room):
    """Look at why the film on view has no answer; return what it is."""
    outcome = room.desk.current.outcome
    reason = outcome.answer.reason if isinstance(outcome, Case) else outcome.reason
    assert reason.text in (UNSURE, "The file is empty. Export the film again.")
    shown = room.panel._meaning.text()
    assert (shown, unmarked(shown)) == (translated(reason.text), "")
    assert {text for text in plain(said(room.panel)) if not text.endswith(".png")} == set()
    return type(outcome)


def test_the_card_of_a_model_is_shown_translated(marked, card):
    own = {card.title, "• Frontal films only.", "sensitive", "specific"}
    for section in translated_sections(card_sections(card)):
        cells = {cell for table in section.tables for row in table.rows for cell in row}
        heads = {text for table in section.tables for text in (table.caption, *table.heading)}
        texts = {section.title, *section.lines, *heads, *cells} - own
        assert {t for t in plain(texts) if t != card.calibration.chosen_on} == set()


def test_the_reasons_in_the_help_are_shown_translated(marked):
    (section,) = reasons_page()
    for _, meaning, to_do in section.tables[0].rows:
        assert plain((meaning, to_do)) == set()
