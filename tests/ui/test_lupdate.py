"""What a reader sees can be found and translated by Qt's own tools.

`pyside6-lupdate` reads the sources as a translator's tool does. Then a translation that turns every
text into ⟦text⟧ is installed: whatever the window shows without these signs went past translation.
"""

import pytest

from pneumo_desktop.ui.actions import MENUS, SPECS
from pneumo_desktop.ui.help_pages import numbers_page
from pneumo_desktop.ui.help_worklist import worklist_page
from pneumo_desktop.ui.intake import NOTHING_FOUND
from pneumo_desktop.ui.queue_columns import COLUMNS
from pneumo_desktop.ui.queue_filter import STATUSES
from pneumo_desktop.ui.wording import NORMAL_NEVER_ALONE, PNEUMONIA_MEANS, SEPARATOR
from tests.ui.translators import PROGRAM, lupdate, plain, said


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Return the texts that lupdate finds in the window, by context, and those with a count."""
    return lupdate(PROGRAM / "ui", tmp_path_factory.mktemp("ts") / "all.ts")


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


def test_menus_actions_columns_and_filters_go_through_the_translation(marked, rooms):
    room = rooms.open()
    actions = room.actions.values()
    assert plain(action.text() for action in actions) == set()
    assert plain(action.statusTip() for action in actions) == set()
    assert plain(action.text() for action in room.window.menuBar().actions()) == set()
    assert plain(text for column in COLUMNS for text in (column.title, column.tip)) == set()
    for part in (room.queue, room.panel, room.reading):
        assert plain(said(part)) == set()


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
