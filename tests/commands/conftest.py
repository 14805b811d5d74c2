"""Commands run in this process, the network stubbed; children and databases are real."""

import json

import pytest

from pneumo_desktop import cli
from pneumo_desktop.commands import evaluate, screen


@pytest.fixture
def run(monkeypatch, capsys, classifier):
    """Return a function that runs a command and returns its status, JSON lines and texts."""
    for module in (screen, evaluate):
        monkeypatch.setattr(module, "LiteRtClassifier", lambda *_: classifier)
        monkeypatch.setattr(module, "chosen_package", lambda _: None)

    def run_command(*words):
        try:
            status = cli.run([str(word) for word in words])
        except SystemExit as ended:  # argparse
            status = ended.code
        said = capsys.readouterr()
        lines = [json.loads(line) for line in said.out.splitlines() if line.startswith("{")]
        return Ran(status, lines, said.out, said.err)

    return run_command


class Ran:
    def __init__(self, status, lines, out, err):
        self.status, self.lines, self.out, self.err = status, lines, out, err
