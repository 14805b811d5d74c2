"""Nobody's chest stands on both sides of a split, and the check would notice."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.labelled.patients import near_duplicates, thumbnail
from pneumo_desktop.core.labelled.split import (
    PARTS,
    check_split,
    indices,
    manifest,
    read_manifest,
)
from pneumo_training import split
from pneumo_training.failure import TrainingError
from pneumo_training.films import FilmSet, read_labelled
from pneumo_training.recipe import DataPart
from pneumo_training.split import split_films

PART = DataPart(size=48, validation=0.2, calibration=0.2, test=0.2, seed=3)


@pytest.fixture(scope="module")
def films(data):
    return read_labelled(data, 48, lambda done, of: None, [])


def leaks(rows):
    """Return the patients in two parts; whose film it is, is told by how the fixture names it."""
    parts = {}
    for row in rows:
        patient = row.file.split("-")[1] if row.file.startswith("IM") else row.file.split("_")[0]
        parts.setdefault(patient, set()).add(row.split)
    assert len(parts) == 24
    return [patient for patient, places in parts.items() if len(places) > 1]


def test_no_patient_stands_in_two_parts(films):
    rows = split_films(films, PART)
    check_split(rows, films.patients, films.sha256)
    assert leaks(rows) == []
    assert sorted(np.concatenate([indices(rows, part) for part in PARTS])) == list(range(48))


def test_without_grouping_the_split_leaks_and_the_check_says_so(films, monkeypatch):
    """A copy broken on purpose: every film counts as a patient of its own."""
    monkeypatch.setattr(split, "groups_of", lambda names, _: [str(i) for i in range(len(names))])
    rows = split_films(films, PART)
    assert leaks(rows)
    with pytest.raises(TrainingError, match="The split leaks: im-00"):
        check_split(rows, films.patients, films.sha256)


def test_without_looking_at_the_bytes_a_copy_leaks_and_the_check_says_so(films, monkeypatch):
    """The other half broken: one film under many names, each name a patient of its own."""
    monkeypatch.setattr(split, "same_bytes", lambda _: [])
    monkeypatch.setattr(split, "near_duplicates", lambda _: [])
    hashes = (films.sha256[0],) * 24 + films.sha256[24:]
    copied = replace(films, sha256=hashes)
    rows = split_films(copied, PART)
    check_split(rows, copied.patients)
    with pytest.raises(TrainingError, match="The split leaks"):
        check_split(rows, copied.patients, copied.sha256)


def test_the_check_fails_on_a_split_broken_on_purpose(films):
    rows = list(split_films(films, PART))
    place = next(i for i, row in enumerate(rows) if row.split == "train")
    rows[place] = replace(rows[place], split="test")
    with pytest.raises(TrainingError, match="The split leaks"):
        check_split(tuple(rows))


def test_the_check_fails_where_a_part_lacks_a_class(films):
    rows = split_films(films, PART)
    one_sided = tuple(r for r in rows if not (r.split == "validation" and r.truth == "NORMAL"))
    with pytest.raises(TrainingError, match="validation part has no film of NORMAL"):
        check_split(one_sided)


def test_the_same_seed_divides_alike_and_another_does_not(films):
    rows = split_films(films, PART)
    assert rows == split_films(films, PART)
    assert rows != split_films(films, DataPart(48, 0.2, 0.2, 0.2, seed=4))


def test_a_near_copy_stays_with_its_original(films):
    rng = np.random.default_rng(1)
    noisy = np.clip(films.images[:1] + rng.normal(0, 2, films.images[:1].shape), 0, 255)
    images = np.concatenate([films.images, noisy.astype(np.uint8)])
    assert near_duplicates([thumbnail(image) for image in images]) == [(0, 48)]
    more = FilmSet(
        (*films.paths, Path("copy.png")),
        images,
        np.append(films.truth, films.truth[0]),
        (*films.sha256, "0" * 64),
        (*films.patients, "copy"),
    )
    rows = split_films(more, PART)
    assert rows[0].patient == rows[48].patient
    assert rows[0].split == rows[48].split


def test_the_same_bytes_under_two_names_stay_together(films):
    hashes = (*films.sha256[:-1], films.sha256[0])
    rows = split_films(replace(films, sha256=hashes), PART)
    assert rows[0].split == rows[-1].split


def test_too_few_patients_are_counted(films):
    few = slice(0, 34)
    less = FilmSet(
        films.paths[few],
        films.images[few],
        films.truth[few],
        films.sha256[few],
        films.patients[few],
    )
    with pytest.raises(TrainingError, match="only 5 patients in PNEUMONIA"):
        split_films(less, PART)


def test_a_manifest_is_read_as_it_was_written(films, tmp_path):
    rows = split_films(films, PART)
    (tmp_path / "split.csv").write_text(manifest(rows), encoding="utf-8")
    assert read_manifest(tmp_path / "split.csv") == rows


@pytest.mark.parametrize("missing", [["NORMAL"], ["NORMAL", "PNEUMONIA"]])
def test_a_missing_class_folder_is_named(tmp_path, missing):
    for name in {"NORMAL", "PNEUMONIA"} - set(missing):
        (tmp_path / name).mkdir()
    with pytest.raises(TrainingError, match="has no folder NORMAL"):
        read_labelled(tmp_path, 48, lambda done, of: None, [])


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(TrainingError, match="nowhere does not exist"):
        read_labelled(tmp_path / "nowhere", 48, lambda done, of: None, [])


def test_an_empty_class_is_named_and_an_unreadable_film_left_out(tmp_path, data):
    (tmp_path / "normal").mkdir()
    (tmp_path / "pneumonia").mkdir()
    (tmp_path / "normal" / "notes.txt").write_text("no film", encoding="utf-8")
    skipped = []
    with pytest.raises(TrainingError, match=r"No film of NORMAL in .* can be read"):
        read_labelled(tmp_path, 48, lambda done, of: None, skipped)
    assert skipped[0].startswith("notes.txt: This is no JPEG")
