"""The two ways in: the reader's own window and the demo."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from pneumo_desktop.core import golden
from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.store import FILE, CaseStore, StoreError
from pneumo_desktop.ui import application, models, second_start, start
from pneumo_desktop.ui.self_tester import SelfTester


@pytest.fixture
def crashed():
    """Whether the last window ended badly."""
    return False


@pytest.fixture
def screen(monkeypatch, crashed):
    monkeypatch.setattr(start, "has_screen", lambda: True)
    monkeypatch.setattr(application, "has_screen", lambda: True)
    monkeypatch.setattr(start, "let_interrupt_end", lambda: None)
    monkeypatch.setattr(start.Unexpected, "listen", lambda _: None)
    monkeypatch.setattr(start, "watching_native", lambda _: nullcontext(crashed))


@pytest.fixture
def stubbed(monkeypatch, models):
    monkeypatch.setattr(start, "chosen", lambda _: models)
    monkeypatch.setattr(start, "installed", lambda _: models)


@pytest.fixture
def demo_films(monkeypatch, tmp_path, film_file):
    for name, probability in (("ill.png", 0.95), ("well.png", 0.05)):
        film_file(f"demo/{name}", probability, folder=tmp_path)
    (tmp_path / "demo" / "README.md").write_text("Made up.")
    monkeypatch.setattr(golden, "resource", lambda name: tmp_path / name)


@pytest.fixture
def when_answered(monkeypatch):
    """Return a function that lets a test do something with the window once all is answered."""

    def do_then(do):
        class Watched(start.Workplace):
            def __init__(self, *parts):
                super().__init__(*parts)
                self.intake.finished.connect(self.act, Qt.ConnectionType.QueuedConnection)

            def act(self):
                do(self.window)
                self.window.close()

        monkeypatch.setattr(start, "Workplace", Watched)

    return do_then


def test_importing_the_package_loads_no_qt():
    code = "import sys, pneumo_desktop.ui; print(any('PySide6' in name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_window_opens_on_films_named_on_the_command_line(
    qapp, screen, stubbed, home, film_file, when_answered
):
    when_answered(lambda _: None)
    assert start.open_window([film_file("a.png")]) == 0
    with CaseStore(home / FILE) as store:
        assert len(store.all()) == 1


def test_without_a_screen_there_is_a_sentence(qapp, monkeypatch, capsys):
    monkeypatch.setattr(start, "has_screen", lambda: False)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert start.open_window([]) == 2
    assert "no screen" in capsys.readouterr().err


@pytest.fixture
def told(at_the_box):
    """The texts of the box that came up; it is accepted at once."""
    seen = []

    def accept(box):
        seen.append(box.text())
        box.accept()

    at_the_box(accept)
    return seen


def test_a_database_of_a_newer_program_is_told_in_a_box(qapp, screen, stubbed, home, told):
    home.mkdir()
    with closing(sqlite3.connect(home / FILE)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError):
        start.open_window([])
    assert "database version 99" in told[0]


def test_a_damaged_database_is_repaired_and_the_window_says_so(
    qapp, screen, stubbed, home, film_file, when_answered
):
    home.mkdir()
    (home / FILE).write_bytes(b"not a database, but long enough to look like one" * 40)
    said = []
    when_answered(lambda window: said.append(window.message))
    assert start.open_window([film_file("a.png")]) == 0
    assert said[0].startswith("The case list was damaged. 0 cases")
    assert len(list(home.glob("cases-damaged-*.sqlite3"))) == 1


def test_a_missing_model_is_told_in_a_box(qapp, screen, home, monkeypatch, told):
    def chosen(_):
        raise CardError("There is no model named 'x'.")

    monkeypatch.setattr(start, "chosen", chosen)
    with pytest.raises(CardError):
        start.open_window([])
    assert told == ["There is no model named 'x'."]


def test_the_demo_without_a_screen_prints_the_queue_and_saves_a_picture(
    qapp, stubbed, demo_films, home, tmp_path, capsys
):
    picture = tmp_path / "pictures" / "demo.png"
    assert start.run_demo(picture) == 0
    said = capsys.readouterr().out
    assert said.index("ill.png") < said.index("well.png")
    assert str(picture) in said
    assert QImage(str(picture)).width() >= 1280
    start.run_demo(picture, as_json=True)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["label"] for line in lines] == ["Pneumonia", "Normal"]
    assert not (home / FILE).exists()


def test_the_demo_finds_a_place_for_its_picture(
    qapp, stubbed, demo_films, home, capsys, monkeypatch
):
    monkeypatch.setattr(start, "has_screen", lambda: False)
    assert start.run_demo(None) == 0
    assert (home / "pneumo-demo.png").is_file()


@pytest.mark.parametrize("place", ["file/demo.png", "folder", "demo.words"])
def test_the_demo_says_which_picture_it_could_not_write(
    qapp, stubbed, demo_films, tmp_path, capsys, place
):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    assert start.run_demo(tmp_path / place) == 2
    said = capsys.readouterr()
    assert f"could not be written to {tmp_path / place}: " in said.err
    assert "Name a .png file" in said.err
    assert "Screenshot:" not in said.out


def test_the_demo_with_a_screen_stands_under_its_banner(
    qapp, screen, stubbed, demo_films, home, when_answered
):
    banners = []
    when_answered(lambda window: banners.extend(w.text() for w in window.findChildren(QLabel)))
    assert start.run_demo(None) == 0
    assert "Demo: synthetic films, not patients" in banners
    assert not (home / FILE).exists()


@pytest.mark.parametrize(
    ("environment", "there"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "w"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_screen_is_told_by_the_environment(monkeypatch, environment, there):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert application.has_screen() is there
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert application.has_screen()


def test_the_card_of_another_installed_model_is_found(card, home, models):
    from pneumo_desktop.core.cases import ModelIdentity
    from tests.ui.training.test_wizard import make_package

    make_package(home / "models" / "other", card)
    (home / "models" / "broken").mkdir()
    (home / "models" / "broken" / "card.json").write_text("{")
    import hashlib

    sha256 = hashlib.sha256(b"network").hexdigest()
    assert models.card_of(ModelIdentity("other", "1.0", sha256)).name == "other"
    assert models.card_of(ModelIdentity("gone", "1.0", "0" * 64)) is None
    assert models.card_of(ModelIdentity("stub", "1.0", card.files["model.tflite"])) is card


def test_the_readers_choice_of_model_is_taken_up(card, home):
    from pneumo_desktop.core.settings import Settings, save_settings
    from tests.ui.training.test_wizard import make_package

    make_package(home / "models" / "other", card)
    save_settings(home, Settings(model="other"))
    assert models.chosen(home).card.name == "other"
    assert models.is_taken("other")
    assert not models.is_taken("free")


@pytest.mark.parametrize("crashed", [True])
def test_a_window_that_follows_a_crash_says_so(qapp, screen, stubbed, home, told, crashed):
    QTimer.singleShot(500, lambda: [w.close() for w in qapp.topLevelWidgets()])
    assert start.open_window([]) == 0
    assert told == ["The program ended unexpectedly the last time."]


def test_the_readers_own_window_tests_itself_and_the_demo_does_not(
    qapp, screen, stubbed, demo_films, home, monkeypatch
):
    asked = []

    def note(tester):
        asked.append(tester)

    monkeypatch.setattr(SelfTester, "test_soon", note)
    for run in (lambda: start.open_window([]), lambda: start.run_demo(None)):
        QTimer.singleShot(500, lambda: [w.close() for w in qapp.topLevelWidgets()])
        assert run() == 0
    assert len(asked) == 1


def test_a_second_start_hands_its_films_to_the_window_that_is_open(
    qapp, screen, stubbed, home, film_file, tmp_path, monkeypatch
):
    film = film_file("second.png")
    code = (
        "import sys; from pathlib import Path; from pneumo_desktop.ui import start;"
        "sys.exit(start.open_window([Path(sys.argv[1])]))"
    )
    second = []

    class First(start.Workplace):
        def __init__(self, *parts):
            super().__init__(*parts)
            QTimer.singleShot(0, self.start_again)
            self.intake.finished.connect(self.window.close, Qt.ConnectionType.QueuedConnection)

        def start_again(self):
            self.window.showMinimized()
            second.append(subprocess.Popen([sys.executable, "-c", code, str(film)]))

    monkeypatch.setattr(start, "Workplace", First)
    assert start.open_window([]) == 0
    assert second[0].wait(timeout=20) == 0
    with CaseStore(home / FILE) as store:
        assert [stored.outcome.path for stored in store.all()] == [film]


def test_where_no_door_can_be_opened_the_window_opens_all_the_same(
    qapp, screen, stubbed, home, film_file, when_answered, monkeypatch
):
    def refuse(*_):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(second_start, "Door", refuse)
    when_answered(lambda _: None)
    assert start.open_window([film_file("a.png")]) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Qt's plugin for X11 is Linux's")
def test_a_system_library_that_the_window_lacks_is_named(tmp_path):
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    whole = (plugins / "platforms" / "libqxcb.so").read_bytes()
    plugin = tmp_path / "libqxcb.so"
    plugin.write_bytes(whole.replace(b"libQt6XcbQpa.so.6\0", b"libQt6XcbGone.so.\0"))
    with pytest.raises(ImportError, match=r"^libQt6XcbGone\.so\.: "):
        application.load_plugin(plugin)
