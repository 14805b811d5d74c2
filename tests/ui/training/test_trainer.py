import json
import sys

import pytest

from pneumo_desktop.core.trainer_location import TrainerLocation
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_desktop.ui.training.trainer import CRASHED, SILENT, STOPPED, Trainer

JOB = TrainingJob("/data", "/out", "efficientnet_lite0", "mine", 2)
SAY = "import sys, json, time\nsay = lambda **word: print(json.dumps(word), flush=True)\n"
OBEY = "for line in sys.stdin: say(stage='training', text=json.loads(line)['command'])\n"


@pytest.fixture
def start(qapp, tmp_path):
    trainers = []

    def start(program, heartbeat_ms=60_000):
        script = tmp_path / "program.py"
        script.write_text(SAY + program)
        trainer = Trainer(heartbeat_ms=heartbeat_ms)
        trainer.seen, trainer.printed = [], []
        trainer.progressed.connect(trainer.seen.append)
        trainer.logged.connect(trainer.printed.append)
        trainers.append(trainer)
        location = TrainerLocation(sys.executable, (str(script),), "")
        trainer.start(location, JOB, tmp_path / "training" / "job.json")
        return trainer

    yield start
    for trainer in trainers:
        trainer.stop()


def test_the_job_arrives_and_progress_comes_back(start, qtbot, tmp_path):
    trainer = start(
        "job = json.load(open(sys.argv[1]))\n"
        "print('a library prints'); print('and complains', file=sys.stderr)\n"
        "say(stage='training', text=job['name'], fraction=0.5)\n"
        "say(stage='done', package=job['out'], figures={'auroc': 0.9})\n"
    )
    with qtbot.waitSignal(trainer.ended, timeout=60_000) as ended:
        pass
    assert ended.args == [""]
    assert [progress.stage for progress in trainer.seen] == ["training", "done"]
    assert trainer.seen[0].text == "mine"
    assert trainer.seen[1].figures == {"auroc": 0.9}
    assert "a library prints" in "".join(trainer.printed)
    assert "and complains" in "".join(trainer.printed)
    assert json.loads((tmp_path / "training" / "job.json").read_text())["epochs"] == 2


@pytest.mark.parametrize("command", ["pause", "resume", "finish"])
def test_commands_reach_the_program(start, qtbot, command):
    trainer = start(OBEY)
    trainer.command(command)
    qtbot.waitUntil(lambda: bool(trainer.seen), timeout=60_000)
    assert trainer.seen[0].text == command


def test_a_cancelled_run_is_told_as_such(start, qtbot):
    trainer = start("sys.stdin.readline(); sys.exit(1)")
    with qtbot.waitSignal(trainer.ended, timeout=60_000) as ended:
        trainer.command("cancel")
    assert ended.args == [STOPPED]
    assert not trainer.running


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("sys.exit(3)", "exit code 3"),
        ("import os; os.abort()", CRASHED),
        ("pass", "ended without a model"),
        ("say(stage='failed', text='Too few films.'); sys.exit(1)", "Too few films."),
    ],
    ids=["exit code", "crash", "silence", "said why"],
)
def test_a_failure_has_words(start, qtbot, program, words):
    trainer = start(program)
    with qtbot.waitSignal(trainer.ended, timeout=60_000) as ended:
        pass
    assert words in ended.args[0]


def test_a_program_that_cannot_be_started_is_told(qapp, qtbot, tmp_path):
    trainer = Trainer()
    with qtbot.waitSignal(trainer.ended) as ended:
        trainer.start(TrainerLocation("/no/such/python", (), ""), JOB, tmp_path / "job.json")
    assert ended.args[0].startswith("The training program could not be started")


def test_a_program_that_falls_silent_is_ended(start, qtbot):
    trainer = start("time.sleep(60)", heartbeat_ms=300)
    with qtbot.waitSignal(trainer.ended, timeout=60_000) as ended:
        pass
    assert ended.args == [SILENT]


def test_anything_printed_is_a_heartbeat(start, qtbot):
    trainer = start(
        "for n in range(8): print('.', flush=True); time.sleep(0.2)\nsay(stage='done')",
        heartbeat_ms=1000,
    )
    with qtbot.waitSignal(trainer.ended, timeout=60_000) as ended:
        pass
    assert ended.args == [""]


def test_a_paused_program_may_be_silent(start, qtbot):
    trainer = start("sys.stdin.readline(); time.sleep(1)\nsay(stage='done')", heartbeat_ms=400)
    trainer.command("pause")
    with qtbot.waitSignal(trainer.ended, timeout=60_000) as ended:
        pass
    assert ended.args == [""]


def test_stopping_ends_a_program_that_does_not_listen_and_says_nothing(start, qtbot):
    trainer = start("say(stage='data')\ntime.sleep(60)")
    qtbot.waitUntil(lambda: bool(trainer.seen), timeout=60_000)
    assert trainer.process_id
    with qtbot.assertNotEmitted(trainer.ended):
        trainer.stop()
    assert not trainer.running
    assert trainer.process_id == 0


def test_a_stopped_trainer_can_be_used_again(start, qtbot, tmp_path):
    trainer = start("say(stage='data')\ntime.sleep(60 if len(sys.argv) == 2 else 0)")
    qtbot.waitUntil(lambda: bool(trainer.seen), timeout=60_000)
    trainer.stop()
    location = TrainerLocation(sys.executable, ("-c", SAY + "say(stage='done')"), "")
    with qtbot.waitSignal(trainer.ended, timeout=60_000) as ended:
        trainer.start(location, JOB, tmp_path / "again.json")
    assert ended.args == [""]


def test_commands_without_a_program_do_nothing(qapp):
    trainer = Trainer()
    trainer.command("cancel")
    trainer.stop()
    assert not trainer.running
