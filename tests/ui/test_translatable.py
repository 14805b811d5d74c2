"""What a widget is told to show can be translated: no literal but through `tr`."""

import ast
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "pneumo_desktop" / "ui"
SHOWING = {
    "setText", "setWindowTitle", "setToolTip", "setStatusTip", "setPlaceholderText", "setSuffix",
    "setAccessibleName", "setInformativeText", "addTab", "addAction", "addMenu", "addButton",
    "addItem", "addItems", "addRow", "setTitle", "setHorizontalHeaderLabels", "show_message",
    "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QMenu", "QAction",
    "QPlainTextEdit", "QTableWidgetItem", "getOpenFileNames", "getSaveFileName",
}  # fmt: skip
ALLOWED = {" %", "Pneumo Desktop", "<b>", "worklist.csv", "CSV (*.csv)"}  # names and signs


def shown_literals(source):
    """Yield line and text of each literal with letters that is shown as it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in SHOWING:
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                yield from literals(argument)


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def literals(node):
    if isinstance(node, ast.Call):
        return  # `tr`, or another function
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if sum(map(str.isalpha, node.value)) > 1 and node.value not in ALLOWED:
            yield node.lineno, node.value
        return
    for child in ast.iter_child_nodes(node):
        yield from literals(child)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('label.setText("Saved.")', ["Saved."]),
        ('label.setText(f"{count} films")', [" films"]),
        ('QPushButton("Close" if x else "Stop", self)', ["Close", "Stop"]),
        ('box.setHorizontalHeaderLabels(["What", self.tr("Keys")])', ["What"]),
        ('label.setText(self.tr("Saved."))', []),
        ('label.setText(f"{words(case)}: {count}")', []),
        ('box.setSuffix(" %")', []),
    ],
)
def test_a_literal_that_is_shown_is_found(line, found):
    assert [text for _, text in shown_literals(line)] == found


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: file.name)
def test_nothing_is_shown_that_cannot_be_translated(file):
    found = [f"{file.name}:{line} {text!r}" for line, text in
             shown_literals(file.read_text(encoding="utf-8"))]  # fmt: skip
    assert found == []
