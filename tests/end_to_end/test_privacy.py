"""No network, and no patient's name outside the case database, however the program is used."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pydicom
import pytest

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "resources" / "demo"
DRIVER = Path(__file__).with_name("window_driver.py")
NAMES = ("Zebedee", "Quixote", "998877")
FAILING_COMMAND = (
    "import os, sys\n"
    "from pneumo_desktop import cli\n"
    "from pneumo_desktop.core import gates\n"
    "from pneumo_desktop.core import screening\n"
    "def fail(film, *_): raise ValueError(str(film.facts))\n"
    "screening.predict_both_ways = fail\n"
    "sys.exit(cli.run(sys.argv[1:]))"
)
NO_NETWORK = """
import os, sys
DENIED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
          "socket.gethostbyaddr", "socket.sendto", "socket.sendmsg", "urllib.Request")
def hook(event, arguments):
    if event == "socket.__new__":
        import socket
        local = arguments[1] == getattr(socket, "AF_UNIX", -2)
    elif event in ("socket.connect", "socket.bind"):
        import socket
        local = arguments[0].family == getattr(socket, "AF_UNIX", -2)
    else:
        local = event not in DENIED
    if not local:
        with open(os.environ["NETWORK_SEEN"], "a") as seen:
            seen.write(f"{event} {arguments}\\n")
        raise PermissionError("no network in this test")
sys.addaudithook(hook)
with open(os.environ["NETWORK_SEEN"] + ".watched", "a") as watched:
    watched.write(f"{os.getpid()}\\n")
"""


def start(*words, **environment):
    return subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        timeout=180,
    )


def command(*words, **environment):
    return start("-m", "pneumo_desktop", *words, **environment)


@pytest.fixture
def films(tmp_path):
    """A film of a patient of a rare name, in file name and header, and a damaged one."""
    film = pydicom.dcmread(DEMO / "synthetic-pneumonia-4.dcm")
    film.PatientName, film.PatientID = "Quixote^Zebedee", "QX-998877"
    film.AccessionNumber = film.StudyDescription = "Zebedee"
    folder = tmp_path / "Quixote"
    folder.mkdir()
    film.save_as(folder / "Quixote-Zebedee.dcm")
    (folder / "Zebedee-broken.dcm").write_bytes((folder / "Quixote-Zebedee.dcm").read_bytes()[:900])
    return sorted(folder.iterdir())


def where_named(folder):
    """The files below a folder, but the database, that hold a name in any usual encoding."""
    found = []
    for path in folder.rglob("*"):
        if path.is_dir() or path.name.startswith("cases.sqlite3"):
            continue
        data = path.read_bytes().lower()
        spellings = [n.lower().encode(e) for n in NAMES for e in ("utf-8", "utf-16-le")]
        found += [path.name for spelling in spellings if spelling in data]
        found += [path.name for name in NAMES if name.lower() in path.name.lower()]
    return found


def reports(home):
    return [p.read_text(encoding="utf-8") for p in sorted((home / "logs").glob("crash-*.txt"))]


def test_no_patients_name_is_in_logs_settings_or_crash_reports(home, films):
    folder = films[0].parent
    assert command("screen", folder, "--save").returncode == 1
    assert command("queue", "read", 1, "--call", "normal", "--note", "Zebedee").returncode == 0
    assert "Quixote" in command("queue", "show", 1).stdout
    failed = start("-c", FAILING_COMMAND, "screen", folder)
    assert failed.returncode == 3
    used = start(DRIVER, folder, DRIVE="fail", QUOTED="Quixote^Zebedee QX-998877")
    assert used.returncode == 0, used.stderr
    saw = json.loads(used.stdout)
    assert saw["answered"] == 2
    assert sum("A report without patient data" in text for text in saw["boxes"]) >= 2
    assert len(reports(home)) == 4
    assert all("ValueError" in report for report in reports(home))
    logged = (home / "logs" / "window.log").read_text() + (home / "logs/commands.log").read_text()
    assert re.search(r"film [0-9a-f]{12}: case", logged)
    assert where_named(home) == []
    assert not any(name in failed.stderr + used.stderr for name in NAMES)
    database = b"".join(path.read_bytes() for path in home.glob("cases.sqlite3*"))
    assert b"Quixote" in database  # the search finds it where it has to be
    logged = command("queue", "audit", "--json").stdout
    assert logged.count("\n") > 5
    assert not any(name in logged for name in NAMES)


def test_a_crash_outside_python_leaves_a_report_and_the_next_window_says_so(home, films):
    died = start(DRIVER, films[0], DRIVE="die")
    assert died.returncode not in (0, 1, 2, 3)
    assert not any(name in died.stderr for name in NAMES)
    again = start(DRIVER, films[0])
    assert again.returncode == 0, again.stderr
    saw = json.loads(again.stdout)
    assert "ended unexpectedly the last time" in saw["boxes"][0]
    (report,) = reports(home)
    assert "window_driver.py" in report
    assert where_named(home) == []


@pytest.fixture
def watched(tmp_path):
    """An environment in which every Python process refuses and notes any use of a network."""
    folder, seen = tmp_path / "hook", tmp_path / "seen"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(NO_NETWORK)
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": path, "NETWORK_SEEN": str(seen)}


def test_the_watch_over_the_network_sees_what_it_is_for(watched):
    for attempt in (
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import socket; socket.socket()",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    ):
        assert start("-c", attempt, **watched).returncode == 1
    assert len(Path(watched["NETWORK_SEEN"]).read_text().splitlines()) >= 3


def test_normal_use_opens_no_network_connection(watched):
    films = sorted(p for p in DEMO.iterdir() if p.suffix in {".jpg", ".png", ".dcm"})[:4]
    for words in (
        ("screen", *films, "--save", "--json"),
        ("queue", "list"),
        ("queue", "read", 1, "--call", "normal"),
        ("queue", "export"),
        ("models", "verify"),
        ("models", "use", "efficientnet-lite0"),
        ("self-test",),
    ):
        done = command(*words, **watched)
        assert done.returncode == 0, done.stderr
    used = start(DRIVER, *films, **watched)
    assert used.returncode == 0, used.stderr
    assert json.loads(used.stdout)["answered"] == len(films)
    seen = Path(watched["NETWORK_SEEN"])
    assert not seen.exists(), seen.read_text()
    processes = set(Path(f"{seen}.watched").read_text().splitlines())
    assert len(processes) > 10  # the decoding children too


def test_nothing_of_qts_network_is_used():
    sources = {path: path.read_text("utf-8") for path in (ROOT / "pneumo_desktop").rglob("*.py")}
    assert any("QtWidgets" in text for text in sources.values())
    assert [path for path, text in sources.items() if "QtNetwork" in text] == []


@pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")
def test_the_system_sees_no_socket_of_the_internet(tmp_path):
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    film, trace = DEMO / "synthetic-normal-1.jpg", tmp_path / "trace"
    words = [strace, "-f", "-qq", "-e", "trace=socket,connect,bind", "-o", str(trace)]
    probe = subprocess.run([*words, "true"], capture_output=True, text=True, check=False)
    if probe.returncode:
        pytest.skip(f"strace may not trace here: {probe.stderr.strip()}")
    done = subprocess.run(
        [*words, sys.executable, str(DRIVER), str(film)],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=300,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    calls = [line for line in trace.read_text().splitlines() if re.search(r"AF_(?!UNIX)", line)]
    assert calls == []
