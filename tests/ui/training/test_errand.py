import sys

import pytest

from pneumo_desktop.core.trainer_location import TrainerLocation, TrainerMissingError
from pneumo_desktop.core.training_job import PreviewJob
from pneumo_desktop.ui.training.errand import Errand

JOB = PreviewJob(("/films/a.png",), "/out", "efficientnet_lite0")
SAY = "import sys, json, time\nsay = lambda **word: print(json.dumps(word), flush=True)\n"


@pytest.fixture
def errand(qapp, tmp_path):
    """Return a function that makes an errand of a program."""
    made = []

    def make(program):
        script = tmp_path / f"program-{len(made)}.py"
        script.write_text(SAY + program)
        errand = Errand("preview", lambda task: TrainerLocation(sys.executable, (str(script),), ""))
        made.append(errand)
        return errand

    yield make
    for each in made:
        each.shutdown()


def test_the_result_is_the_last_word(errand, qtbot, tmp_path):
    asked = errand("say(stage='data', text='Half')\nsay(stage='done', figures={'seconds': 2.0})")
    heard = []
    asked.told.connect(heard.append)
    with qtbot.waitSignal(asked.done, timeout=60_000) as done:
        asked.start(JOB, tmp_path / "job.json")
    assert done.args[0].figures == {"seconds": 2.0}
    assert heard == ["Half"]
    assert not asked.running


def test_why_there_is_no_result_is_told(errand, qtbot, tmp_path):
    asked = errand("say(stage='failed', text='No film can be read.'); sys.exit(1)")
    with qtbot.waitSignal(asked.failed, timeout=60_000) as failed:
        asked.start(JOB, tmp_path / "job.json")
    assert failed.args == ["No film can be read."]


def test_a_missing_training_program_is_told(qtbot, tmp_path):
    def missing(_task):
        raise TrainerMissingError("Training needs TensorFlow.")

    asked = Errand("probe", missing)
    with qtbot.waitSignal(asked.failed) as failed:
        asked.start(JOB, tmp_path / "job.json")
    assert failed.args == ["Training needs TensorFlow."]


def test_asking_again_ends_the_errand_before(errand, qtbot, tmp_path):
    asked = errand(
        "again = 'again' in sys.argv[1]\nsay(stage='data', text='Off')\n"
        "time.sleep(0 if again else 600)\nsay(stage='done', text='Second')"
    )
    with qtbot.waitSignal(asked.told, timeout=60_000):
        asked.start(JOB, tmp_path / "job.json")
    done = qtbot.waitSignal(asked.done, timeout=60_000)
    with qtbot.assertNotEmitted(asked.failed), done:
        asked.start(JOB, tmp_path / "again.json")
    assert done.args[0].text == "Second"
