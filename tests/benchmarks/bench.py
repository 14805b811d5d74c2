"""How does this program compare with the reference pipeline, and with the floor? `make bench`.

Ratios only: all run on this machine, in this run, taking turns, so that whatever slows the machine
slows all. Absolute figures are printed to be read, never to be asserted.
"""

# ruff: noqa: T201 - a script that measures programs

import argparse
import json
import os
import platform
import subprocess
import tempfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package
from tests.benchmarks import folders, growth, pipelines
from tests.benchmarks.rows import FLOOR, OURS, PREDICT, Row, table

ROOT = Path(__file__).resolve().parents[2]
MOST_FILMS = 24
FOLDER_FILMS = {"224 JPEG": 240, "native JPEG": 80, "DICOM JPEG 2000": 40}


def answers(films: list[Path], python: Path, models: tuple[Path, Path], turns: int) -> list[Row]:
    """Measure one film at a time."""
    times, memory = pipelines.cold(pipelines.commands(films[0], python, models), 2 * turns)
    warm = pipelines.warm(films, python, models, turns)
    folder = [pipelines.peak_of_folder(films[0]) for _ in range(turns)]
    return [
        Row("first answer from cold", "ms", times, (PREDICT, 6)),
        Row("warm answer", "ms", warm, (PREDICT, 12)),
        Row("peak memory of one answer", "MB", memory, (PREDICT, 4)),
        Row("peak memory of a folder", "MB", {OURS: folder, PREDICT: memory[PREDICT][:turns]}),
    ]


def whole_folders(chosen: Path | None, python: Path, model: Path, turns: int) -> list[Row]:
    """Measure folders of three kinds of films; the reference cannot read DICOM."""
    found = []
    native = folders.radiographs(chosen, "kermany_native", FOLDER_FILMS["native JPEG"])
    small = folders.radiographs(None, "kermany", FOLDER_FILMS["224 JPEG"])
    with tempfile.TemporaryDirectory() as folder:
        dicom = folders.as_jpeg2000(native[: FOLDER_FILMS["DICOM JPEG 2000"]], Path(folder))
        for kind, films in zip(FOLDER_FILMS, (small, native, dicom), strict=True):
            values = folders.measured(films, turns)
            if kind != "DICOM JPEG 2000":
                values[PREDICT] = _keras_rates(films[:MOST_FILMS], python, model, turns)
            found.append(Row(f"folder of {len(films)} {kind}", "films/s", values, (FLOOR, 0.85)))
    return found


def _keras_rates(films: list[Path], python: Path, model: Path, turns: int) -> list[float]:
    with pipelines.keras_server(python, model) as server:
        pipelines.ask(server, f"predict {films[0]}")
        return [
            len(films) / sum(float(pipelines.ask(server, f"predict {film}")) for film in films)
            for _ in range(turns)
        ]


def facts(films: list[Path], turns: int) -> dict[str, object]:
    """Return what the figures depend on."""
    return {
        "films": len(films),
        "from": Path(os.path.commonpath(films)).name,
        "turns": turns,
        "model": DEFAULT_MODEL,
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "system": platform.system(),
        "python": platform.python_version(),
        "litert": version("ai-edge-litert"),
    }


def main() -> None:
    """Measure, print the table and keep it in build/bench.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=Path, required=True, help="its virtual environment")
    parser.add_argument("--films", type=Path)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--no-growth", action="store_true")
    arguments = parser.parse_args()
    python = ROOT / arguments.reference / "bin" / "python"
    vgg = ROOT / arguments.reference / "vgg16.keras"
    if not vgg.exists():
        subprocess.run([python, pipelines.SCRIPT, "make", vgg], check=True)
    films = folders.radiographs(arguments.films, "kermany_native", MOST_FILMS)
    known = facts(films, arguments.turns)
    models = (vgg, find_package(DEFAULT_MODEL).folder / "model.keras")
    rows = answers(films, python, models, arguments.turns)
    rows += whole_folders(arguments.films, python, vgg, arguments.turns)
    print(table(rows))
    print(f"{known['processors']} processors, load {known['load']} at first; {len(films)} films "
          f"one by one, {arguments.turns} turns; the weights of VGG16 are random.")  # fmt: skip
    file = ROOT / "build" / "bench.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({**known, "rows": [asdict(r) for r in rows]}, indent=2) + "\n")
    if not arguments.no_growth:
        small = folders.radiographs(None, "kermany", FOLDER_FILMS["224 JPEG"])
        print("\n".join([*growth.over_films(small), *growth.over_cases()]))


if __name__ == "__main__":
    main()
