"""What a reader sees can be found and translated by Qt's own tools.

`pyside6-lupdate` reads the sources as a translator's tool does. Then a translation that turns every
text into ⟦text⟧ is installed: whatever the window shows without these signs went past translation.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit

from pneumo_desktop.ui.actions import MENUS, SPECS
from pneumo_desktop.ui.help_pages import numbers_page
from pneumo_desktop.ui.help_worklist import worklist_page
from pneumo_desktop.ui.intake import NOTHING_FOUND
from pneumo_desktop.ui.queue_columns import COLUMNS
from pneumo_desktop.ui.queue_filter import STATUSES
from pneumo_desktop.ui.wording import NORMAL_NEVER_ALONE, PNEUMONIA_MEANS, SEPARATOR

UI = Path(__file__).parents[2] / "pneumo_desktop" / "ui"
OPEN, SHUT = "⟦", "⟧"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Return the texts that lupdate finds, by context, and those with a count."""
    beside = Path(sys.executable).with_name("pyside6-lupdate")
    program = str(beside) if beside.exists() else shutil.which("pyside6-lupdate")
    if program is None:
        pytest.skip("pyside6-lupdate is not installed beside Python")
    file = tmp_path_factory.mktemp("ts") / "all.ts"
    files = [str(path) for path in sorted(UI.rglob("*.py"))]
    subprocess.run([program, *files, "-ts", str(file)], check=True, capture_output=True)
    contexts = {}
    counts = set()
    for context in ET.parse(file).iter("context"):
        for message in context.iter("message"):
            source = message.findtext("source")
            contexts.setdefault(context.findtext("name"), set()).add(source)
            if message.get("numerus") == "yes":
                counts.add(source)
    return contexts, counts


def test_words_of_tables_are_found_in_the_context_they_are_translated_in(found):
    contexts, _ = found
    wanted = {
        "Actions": {text for spec in SPECS for text in (spec.text, spec.tip)},
        "Menus": set(MENUS.values()),
        "Columns": {text for column in COLUMNS for text in (column.name, column.means)},
        "QueueFilter": set(STATUSES.values()),
        "wording": {NORMAL_NEVER_ALONE, PNEUMONIA_MEANS},
        "Intake": {NOTHING_FOUND},
    }
    for context, texts in wanted.items():
        assert texts - contexts[context] == set()


def test_every_text_with_a_count_has_plural_forms(found):
    contexts, counts = found
    with_count = {text for texts in contexts.values() for text in texts if "%n" in text}
    assert len(with_count) > 12
    assert with_count - counts == set()


class Marked(QTranslator):
    """Turns every text into itself between signs."""

    def translate(self, _context, source, _disambiguation=None, _n=-1):
        return f"{OPEN}{source}{SHUT}" if source else None

    def isEmpty(self):  # noqa: N802 - Qt's name
        return False


@pytest.fixture
def marked(qapp):
    translator = Marked()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def letters(text):
    return sum(map(str.isalpha, text)) > 1


def plain(texts):
    return {text for text in texts if letters(text) and OPEN not in text}


def test_menus_actions_columns_and_filters_go_through_the_translation(marked, rooms):
    room = rooms.open()
    actions = room.actions.values()
    assert plain(action.text() for action in actions) == set()
    assert plain(action.statusTip() for action in actions) == set()
    assert plain(action.text() for action in room.window.menuBar().actions()) == set()
    assert plain(text for column in COLUMNS for text in (column.title, column.tip)) == set()
    for part in (room.queue, room.panel, room.reading):
        assert plain(said(part)) == set()


def said(part):
    for widget in part.findChildren(QLabel) + part.findChildren(QAbstractButton):
        yield widget.text()
    for box in part.findChildren(QComboBox):
        yield from (box.itemText(n) for n in range(box.count()))
    for line in part.findChildren(QLineEdit):
        yield line.placeholderText()


def test_an_answer_goes_through_the_translation(marked, rooms, film_file):
    room = rooms.open()
    rooms.answer(room, film_file("7.png", 0.95), film_file("8.png", 0.05))
    core = ("7.png", "8.png", "PNG", "Stub", "stub")  # of the film and the model's card
    texts = {text for text in said(room.panel) if not any(name in text for name in core)}
    assert plain(texts) <= {text for text in texts if "suspicion and extent" in text}
    lines = (room.queue.counts._text.text(), room.window.strip.message)
    assert plain(part for line in lines for part in line.split(SEPARATOR)) == set()


def test_the_help_goes_through_the_translation(marked):
    for page in (numbers_page(), worklist_page()):
        titles = {section.title for section in page}
        assert plain(titles) == set()
    assert plain(line for section in numbers_page() for line in section.lines) == set()
