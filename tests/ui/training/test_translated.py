"""On the training pages, what the core says is shown in the reader's language."""

import shutil

import pytest

from pneumo_desktop.core.judgement.paired import Verdict
from pneumo_desktop.core.labelled.finding import Kind
from tests.ui.hands import drop
from tests.ui.training.judged_model import make_judged
from tests.ui.translators import OPEN, said, unmarked

WAIT = 60_000


@pytest.fixture
def odd(labelled):
    """Films with a copy, a film in both classes and two files among them that are no films."""
    normal, ill = labelled / "NORMAL", labelled / "PNEUMONIA"
    shutil.copy(normal / "p00_NORMAL.png", normal / "p00_copy.png")
    shutil.copy(normal / "p01_NORMAL.png", ill / "p01_wrong.png")
    for number in range(2):
        (normal / f"p9{number}_empty.png").touch()
    return labelled


def test_findings_and_their_choices_are_shown_translated(marked, training, odd, qtbot):
    drop(training.training.step, odd)
    state = training.course
    qtbot.waitUntil(lambda: bool(state.state.assessed and not state.state.assessing), timeout=WAIT)
    findings = state.state.assessed.findings
    assert {Kind.UNREADABLE, Kind.BOTH_CLASSES, Kind.DUPLICATE} <= {f.kind for f in findings}
    assert not any(OPEN in finding.text for finding in findings)
    cards = training.training.step.findings.cards
    assert len(cards) == len(findings)
    for card in cards:
        assert {unmarked(text) for text in said(card)} - {"", "→"} == set()
        for button in card.choices.values():
            assert unmarked(button.accessibleName()) == unmarked(button.toolTip()) == ""


@pytest.fixture
def judged(home, card, film_file):
    return make_judged(home, card, film_file)


def test_a_verdict_is_shown_translated(marked, judged, training, qtbot):
    page, state = training.training.step, training.course
    qtbot.waitUntil(lambda: state.state.judging.answers is not None, timeout=WAIT)
    values = (value.text() for name, value in page.figures.values.items() if name != "ece")
    assert {unmarked(value) for value in values} == {""}
    page.test.click()
    assert unmarked(page.locked.seen.text()) == ""
    page.locked.show_test.click()
    qtbot.waitUntil(lambda: state.state.judging.comparing is None, timeout=WAIT)
    assert page.locked.verdict.text().startswith(OPEN)
    assert state.state.judging.against.comparison.verdict is Verdict.CANNOT_TELL
    for label in (page.locked.seen, page.locked.verdict, page.locked.reasons):
        assert unmarked(label.text()) == ""


def test_why_films_cannot_be_looked_at_is_shown_translated(marked, training, tmp_path, qtbot):
    (tmp_path / "films.csv").write_text("path,label\nnone.png,NORMAL\n")
    drop(training.training.step, tmp_path / "films.csv")
    qtbot.waitUntil(lambda: bool(training.course.state.trouble), timeout=WAIT)
    assert unmarked(training.course.state.trouble) == ""
