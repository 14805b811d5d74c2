import subprocess
import sys

import pytest

from pneumo_desktop import __main__, __version__, cli
from pneumo_desktop.commands import window


class Window:
    """Stands where the Qt layer would be."""

    def __init__(self):
        self.asked = []

    def open_window(self, paths):
        self.asked.append(("open", list(paths)))
        return 0

    def run_demo(self, screenshot, *, as_json):
        self.asked.append(("demo", screenshot))
        return 0


@pytest.fixture
def qt(monkeypatch):
    stand_in = Window()
    monkeypatch.setattr(window, "_load_window", lambda: stand_in)
    return stand_in


def test_without_a_command_the_window_opens(qt, tmp_path):
    assert cli.run([]) == 0
    assert cli.run([str(tmp_path)]) == 0
    assert cli.run(["open", str(tmp_path)]) == 0
    assert [kind for kind, _ in qt.asked] == ["open"] * 3
    assert [len(paths) for _, paths in qt.asked] == [0, 1, 1]


def test_a_slip_in_a_command_or_a_path_is_wrong_usage_and_opens_nothing(qt, run):
    for words in (["scren"], ["open", "gone.png"]):
        ran = run(*words)
        assert ran.status == 2
        assert f"{words[-1]}: no such file, folder or command" in ran.err
    assert qt.asked == []


def test_the_demo_takes_a_screenshot(qt, tmp_path):
    cli.run(["demo", "--screenshot", str(tmp_path / "a.png")])
    assert qt.asked == [("demo", tmp_path / "a.png")]


def test_the_version_is_named(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["pneumo-desktop", "--version"])
    with pytest.raises(SystemExit):
        __main__.main()
    assert capsys.readouterr().out.strip() == __version__


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ("libEGL.so.1: cannot open shared object file", "apt-get install libegl1"),
        ("No module named 'PySide6'", "pip install pneumo-desktop"),
    ],
)
def test_what_the_window_lacks_is_named_with_its_remedy(run, monkeypatch, message, advice):
    def fail(_):
        raise ImportError(message)

    monkeypatch.setattr(window, "import_module", fail)
    ran = run("open")
    assert ran.status == 3
    assert advice in ran.err


def test_a_reader_that_had_enough_of_the_output_ends_the_program_quietly(monkeypatch):
    class Deaf:
        def run(self, _):
            raise BrokenPipeError

    kept = []
    monkeypatch.setattr(cli.os, "dup2", lambda *_: kept.append("dup2"))
    monkeypatch.setattr(cli, "build_parser", lambda _: _Parser(Deaf().run))
    assert cli.run(["screen"]) == 130
    assert kept == ["dup2"]


class _Parser:
    def __init__(self, run):
        self._run = run

    def parse_args(self, _):
        from argparse import Namespace

        return Namespace(run=self._run, command="screen")


def test_only_the_command_asked_for_is_loaded():
    code = (
        "import sys; from pneumo_desktop import cli; cli.build_parser('models')\n"
        "print(*sorted(n for n in sys.modules if n.startswith('pneumo_desktop.commands.')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.rsplit(".", 1)[1] for name in ran.stdout.split()}
    assert "models" in loaded
    assert not loaded & {"films", "judge", "queue", "screen", "training", "window"}


@pytest.mark.parametrize("name", [command[0] for command in cli.COMMANDS])
def test_every_command_has_its_help(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.run([name, "--help"])
    assert ended.value.code == 0
    assert f"pneumo-desktop {name}" in capsys.readouterr().out
