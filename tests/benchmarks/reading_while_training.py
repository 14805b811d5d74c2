"""Do frames take longer while a network is trained? The ratio, from turns with and without it.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.reading_while_training [--turns 6]

A training of the default recipe on made-up films runs as the window starts it. Turn by turn it is
stopped (SIGSTOP) and let go on (SIGCONT), and the film window of a 3000 x 3000 film is dragged in
both: whatever else the machine does meanwhile weighs on either side alike.
"""

import argparse
import json
import os
import signal
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt

from pneumo_desktop.core.trainer_location import locate_trainer
from pneumo_desktop.core.training_job import Progress, TrainingJob
from pneumo_desktop.ui.application import make_application
from pneumo_desktop.ui.image_view import ImageView
from pneumo_desktop.ui.training.trainer import Trainer
from tests.benchmarks.film_bench import VIEW, big_film, drag_times, wait

FILMS = 60  # of each class
DRAGS = 400  # frames a turn
EPOCHS = 500  # more than the measurement lasts
LOADED = 300.0  # seconds until the first step


def write_films(folder: Path) -> None:
    """Write films of two classes, no two alike, each of another patient."""
    rng = np.random.default_rng(0)
    for label, name in (("NORMAL", "IM-{:04}-0001.png"), ("PNEUMONIA", "person{}_virus_1.png")):
        (folder / label).mkdir(parents=True)
        for number in range(FILMS):
            shapes = Image.fromarray(rng.integers(0, 255, (6, 6), np.uint8))
            shapes.resize((224, 224), Image.Resampling.BICUBIC).save(
                folder / label / name.format(number)
            )


def start(folder: Path, steps: list[int]) -> Trainer:
    """Return a trainer that has taken its first steps; it goes on adding its `steps`."""
    trainer = Trainer()

    def heard(progress: Progress) -> None:
        if progress.stage == "failed":
            raise SystemExit(progress.text)
        steps.extend([progress.step] if progress.step else [])

    trainer.progressed.connect(heard)
    out = folder / "models" / "bench"
    job = TrainingJob(str(folder / "films"), str(out), "efficientnet_lite0", "bench", EPOCHS)
    trainer.start(locate_trainer(), job, folder / "job.json")
    wait(lambda: len(steps) > 2, LOADED)
    return trainer


def measure(trainer: Trainer, turns: int) -> dict[str, Any]:
    """Return the frames' times without and with training, and their ratio."""
    view = ImageView()
    view.resize(*VIEW)
    view.show()
    wait(lambda: view.windowHandle().isExposed())
    view.show_film(big_film())
    times: dict[str, list[float]] = {"without": [], "with": []}
    for turn in range(2 * turns):
        kind, said = (("without", signal.SIGSTOP), ("with", signal.SIGCONT))[turn % 2]
        os.kill(trainer.process_id, said)
        drag_times(view, Qt.MouseButton.RightButton, 10)  # settle
        times[kind] += [wall for wall, _ in drag_times(view, Qt.MouseButton.RightButton, DRAGS)]
    view.close()
    return {kind: _spread(found) for kind, found in times.items()} | {
        "ratio": {
            name: round(_spread(times["with"])[name] / _spread(times["without"])[name], 2)
            for name in ("median_ms", "p95_ms")
        },
        "frames": len(times["with"]),
        "processors": os.cpu_count(),
        "load_average": os.getloadavg()[0],
    }


def _spread(times: list[float]) -> dict[str, float]:
    return {
        "median_ms": round(statistics.median(times), 2),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=6)
    turns = parser.parse_args().turns
    application = make_application()
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        write_films(Path(name) / "films")
        steps: list[int] = []
        trainer = start(Path(name), steps)
        before = len(steps)
        try:
            found = measure(trainer, turns)
            wait(lambda: len(steps) > before)  # what was told meanwhile is heard now
            found["training_steps"] = len(steps) - before
        finally:
            os.kill(trainer.process_id, signal.SIGCONT)
            trainer.stop()
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    application.quit()


if __name__ == "__main__":
    main()
