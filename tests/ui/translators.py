"""What a translator's tool finds in the sources, and translations that show what passes by them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit

PROGRAM = Path(__file__).parents[2] / "pneumo_desktop"
OPEN, SHUT = "⟦", "⟧"
_MARKED = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")


class Marked(QTranslator):
    """Turns every text into itself between signs."""

    def translate(self, _context, source, _disambiguation=None, _n=-1):
        return f"{OPEN}{source}{SHUT}" if source else None

    def isEmpty(self):  # noqa: N802 - Qt's name
        return False


def lupdate(folder, file):
    """Return what lupdate finds below a folder: the texts by context, and those with a count."""
    beside = Path(sys.executable).with_name("pyside6-lupdate")
    program = str(beside) if beside.exists() else shutil.which("pyside6-lupdate")
    if program is None:
        pytest.skip("pyside6-lupdate is not installed beside Python")
    files = [str(path) for path in sorted(folder.rglob("*.py"))]
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


def letters(text):
    return sum(map(str.isalpha, text)) > 1


def plain(texts):
    return {text for text in texts if letters(text) and OPEN not in text}


def unmarked(text):
    """Return what of a text stands outside all signs."""
    while (inner := _MARKED.sub("", text)) != text:
        text = inner
    return text.strip()


def said(part):
    for widget in part.findChildren(QLabel) + part.findChildren(QAbstractButton):
        yield widget.text()
    for box in part.findChildren(QComboBox):
        yield from (box.itemText(n) for n in range(box.count()))
    for line in part.findChildren(QLineEdit):
        yield line.placeholderText()
