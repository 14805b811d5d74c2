"""Help, and the word that a new reader is given once."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget

from pneumo_desktop.core.cases import ReasonCode
from pneumo_desktop.core.reasons import MEANINGS
from pneumo_desktop.ui import help_pages, memory, welcome
from pneumo_desktop.ui.dialogs import show_keys
from pneumo_desktop.ui.welcome import Welcome
from tests.ui.hands import LEFT, words

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("numbers", "not clinical severity"),
        ("numbers", "Other findings (pneumothorax"),
        ("list", "Inside a priority the higher severity comes first"),
        ("list", "Every word must occur".lower()),
        ("list", "Calibrated confidence in the answer"),
        ("reasons", "inverted-polarity"),
        ("licences", "Apache License"),
        ("licences", "ImageNet"),
    ],
)
def test_the_help_says(room, topic, said):
    room.actions[topic].trigger()
    assert room.help.isVisible()
    assert not room.help.isModal()
    assert said in room.help.page.toPlainText()
    room.help.close()


def test_licences_are_told_without_the_underlines_of_their_files(room):
    room.actions["licences"].trigger()
    assert "---" not in room.help.page.toPlainText()
    assert "===" not in room.help.page.toPlainText()
    room.help.close()


def test_the_sheet_of_keys_cuts_nothing(room):
    sheet = show_keys(room.window, room.actions)
    table = sheet.findChild(QTableWidget)
    for column in range(table.columnCount()):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
    sheet.close()


def test_another_topic_is_a_key_away_and_follows_the_colours(room, qtbot):
    room.actions["numbers"].trigger()
    room.help.activateWindow()
    qtbot.waitUntil(room.help.isActiveWindow, timeout=30_000)
    QTest.keyClick(room.help.topics, Qt.Key.Key_Down)
    assert "Studies" in room.help.page.toPlainText()
    QTest.keyClick(room.help.topics, Qt.Key.Key_Down)
    assert "low-confidence" in room.help.page.toPlainText()
    room.actions["dark"].trigger()
    assert "low-confidence" in room.help.page.toPlainText()
    room.actions["system"].trigger()
    room.help.close()


def test_every_reason_is_explained_as_in_the_readme():
    assert list(MEANINGS) == list(ReasonCode)
    told = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \|$", (ROOT / "README.md").read_text(),
                      flags=re.MULTILINE)  # fmt: skip
    plain = {code: (meaning, do) for code, meaning, do in told if code in set(ReasonCode)}
    for code, (meaning, do) in MEANINGS.items():
        in_readme = [part.replace("`", "").replace(" (see below)", "") for part in plain[code]]
        assert in_readme == [meaning, do]


def test_missing_licences_are_told(monkeypatch):
    def missing(_):
        raise FileNotFoundError

    monkeypatch.setattr(help_pages, "resource", missing)
    assert "missing" in help_pages.licences_page()[0].lines[1]


def test_an_installed_program_lists_what_it_was_built_with(room, monkeypatch, tmp_path):
    folder = tmp_path / "licences" / "components"
    folder.mkdir(parents=True)
    index = "component\tversion\tlicence\tfile\nnumpy\t2.4\tBSD-3-Clause AND MIT\tnumpy.txt\n"
    (folder / "index.tsv").write_text(index)
    monkeypatch.setattr(help_pages, "resource", lambda _: tmp_path / "licences")
    room.actions["licences"].trigger()
    shown = room.help.page.toPlainText()
    assert "BSD-3-Clause AND MIT" in shown
    assert str(folder) in shown
    room.help.close()


@pytest.fixture
def started(monkeypatch):
    programs = []
    monkeypatch.setattr(
        welcome.QProcess, "startDetached", lambda program, words: programs.append(words)
    )
    return programs


def test_the_welcome_ends_in_the_demo(room, started):
    room.actions["welcome"].trigger()
    shown = room.window.findChild(Welcome)
    assert not shown.isModal()
    assert "not a diagnosis" in words(shown)
    QTest.mouseClick(shown.demo, LEFT)
    assert started[0][-1] == "demo"
    assert not shown.isVisible()


def test_the_welcome_can_be_skipped(room, started):
    room.actions["welcome"].trigger()
    shown = room.window.findChild(Welcome)
    QTest.mouseClick(shown.skip, LEFT)
    assert started == []
    assert not shown.isVisible()


def test_nobody_is_welcomed_twice(home):
    home.mkdir()
    assert memory.greet_once(home)
    assert not memory.greet_once(home)
