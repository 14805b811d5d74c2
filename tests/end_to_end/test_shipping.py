"""What is shipped: pinned packages without addresses, demo films nobody owns, whole resources."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image

from pneumo_desktop.core.decode import read_film

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
DEMO = ROOT / "resources" / "demo"
FILMS = sorted(path for path in DEMO.iterdir() if path.suffix in {".jpg", ".png", ".dcm"})
RADIOGRAPHS = [path for path in FILMS if path.name.startswith("synthetic-")]


def pinned(lock):
    """The packages of a lock file: name to version and hashes; a marker may allow a second one."""
    text = re.sub(r"\\\n\s*", " ", lock.read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split("==")[0], line.split("==")[1].split()[0], line) for line in lines]


def names(lock):
    return {name for name, _, _ in pinned(ROOT / "requirements" / lock)}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_by_hash_and_no_address_is_named(lock):
    assert pinned(lock)
    for name, version, line in pinned(lock):
        assert re.fullmatch(r"[\w.+!]+", version), name
        assert "--hash=sha256:" in line, name
    assert not re.search(
        r"https?:|file:|--index|--find-links|--extra-index|/home/|@ ", lock.read_text()
    )


def test_reading_needs_no_tensorflow_and_no_tools():
    assert not names("run.txt") & {"tensorflow", "keras", "pytest", "ruff", "pyinstaller"}
    assert {"ai-edge-litert", "pyside6-essentials", "pydicom", "pylibjpeg-openjpeg"} <= names(
        "run.txt"
    )
    assert "tensorflow" in names("train.txt")


def test_the_locks_agree_so_that_one_environment_can_hold_them_all():
    versions = {(name, version) for name, version, _ in pinned(ROOT / "requirements" / "dev.txt")}
    for lock in ("run.txt", "train.txt"):
        assert {(n, v) for n, v, _ in pinned(ROOT / "requirements" / lock)} <= versions


def test_the_qt_that_aborts_is_not_pinned():
    packages = {(name, version) for name, version, _ in pinned(ROOT / "requirements" / "run.txt")}
    assert ("pyside6-essentials", "6.12.0") not in packages


def test_nine_radiographs_and_one_other_picture_are_shipped():
    assert len(RADIOGRAPHS) == 9
    assert [path.name for path in FILMS if path not in RADIOGRAPHS] == ["no-chest-film.jpg"]
    text = (DEMO / "README.md").read_text()
    assert all(path.name in text for path in FILMS)
    assert "never evidence" in text.lower()


@pytest.mark.parametrize("path", RADIOGRAPHS, ids=lambda path: path.name)
def test_a_demo_film_is_readable_and_marked_in_its_corner(path):
    film = read_film(path)
    rows, columns = film.pixels.shape
    corner = film.pixels[-rows // 12 :, : columns // 5]
    assert min(rows, columns) >= 600
    assert corner.max() >= 0.97 * film.pixels.max()  # the letters
    assert corner.min() <= film.pixels.min() + 0.05 * np.ptp(film.pixels)  # their dark rim


def test_the_demo_dicom_is_whole_and_its_patient_invented():
    (path,) = DEMO.glob("*.dcm")
    dataset = pydicom.dcmread(path)
    assert str(dataset.PatientName) == "Demo^Synthetic"
    assert (dataset.Modality, dataset.ViewPosition) == ("CR", "AP")
    assert dataset.PhotometricInterpretation == "MONOCHROME2"
    uids = (dataset.SOPInstanceUID, dataset.StudyInstanceUID, dataset.SeriesInstanceUID)
    assert all(uid.is_valid and uid.startswith("2.25.") for uid in uids)
    assert len(set(uids)) == 3
    assert dataset.file_meta.MediaStorageSOPInstanceUID == dataset.SOPInstanceUID
    assert read_film(path).facts.patient.age_years == pytest.approx(4)


def test_the_picture_that_is_no_radiograph_is_in_colour():
    with Image.open(DEMO / "no-chest-film.jpg") as picture:
        assert np.ptp(np.asarray(picture, dtype=int), axis=2).mean() > 20


def test_no_shipped_film_is_a_file_of_the_real_ones(real_films):
    listed = (real_films / "manifest.csv").read_text()
    known = set(re.findall(r"\b[0-9a-f]{64}\b", listed))
    assert len(known) > 1000
    shipped = {hashlib.sha256(path.read_bytes()).hexdigest() for path in FILMS}
    assert not shipped & known


def test_the_bundles_recipe_names_models_demo_icons_and_licences():
    spec = (ROOT / "packaging" / "pneumo_desktop.spec").read_text()
    (named,) = re.findall(r"contents\.resources\(RESOURCES, \((.+)\)\)", spec)
    assert named == '"models", "demo", "icons", "licences"'


def test_an_interpreter_too_old_is_told_what_to_install(tmp_path):
    script = (
        "import runpy, shutil, sys\n"
        "sys.version_info = (3, 9, 0, 'final', 0)\n"
        "shutil.which = lambda name: None\n"
        f"sys.argv = ['bootstrap.py', 'run', {str(tmp_path)!r}]\n"
        "runpy.run_path('packaging/bootstrap.py', run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "sudo apt-get install python3" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_way_to_the_network_is_a_sentence_with_the_command(tmp_path):
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_RETRIES": "0",
    }
    done = subprocess.run(
        [sys.executable, "packaging/bootstrap.py", "run", str(tmp_path / "environment")],
        cwd=ROOT,
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "make run" in done.stderr
    assert "check the connection" in done.stderr
