import csv

import pytest

COLUMNS = (
    "path,truth,outcome,raw_label,label,pneumonia_probability,chest_probability,severity,reason"
)


@pytest.fixture
def labelled(film_file, tmp_path):
    for name, probability in {
        "NORMAL/a.png": 0.1, "NORMAL/b.png": 0.8, "PNEUMONIA/c.png": 0.9, "PNEUMONIA/d.png": 0.6,
    }.items():  # fmt: skip
        film_file(f"films/{name}", probability)
    return tmp_path / "films"


def test_one_object_with_the_contracts_keys(run, labelled):
    ran = run("evaluate", labelled, "--json")
    assert ran.status == 0
    (figures,) = ran.lines
    assert set(figures) == {
        "n", "n_rejected", "auroc", "accuracy", "sensitivity", "specificity", "ece", "brier",
        "coverage", "selective_accuracy", "confusion", "operating_points",
    }  # fmt: skip
    for name in ("auroc", "accuracy", "sensitivity", "specificity", "coverage"):
        assert set(figures[name]) == {"value", "low", "high"}
    assert figures["accuracy"]["value"] == 0.75


def test_a_rejected_film_is_counted_and_tells(run, labelled):
    (labelled / "NORMAL" / "broken.png").write_text("no film")
    ran = run("evaluate", labelled, "--json")
    assert ran.status == 1
    assert (ran.lines[0]["n"], ran.lines[0]["n_rejected"]) == (4, 1)


def test_predictions_are_a_line_for_each_film(run, labelled, tmp_path):
    (labelled / "NORMAL" / "broken.png").write_text("no film")
    run("evaluate", labelled, "--predictions", tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text()
    assert text.splitlines()[0] == COLUMNS
    rows = {row["path"].rsplit("/", 1)[1]: row for row in csv.DictReader(text.splitlines())}
    assert len(rows) == 5
    assert rows["a.png"]["truth"] == "Normal"
    assert rows["d.png"]["reason"] == "low-confidence"
    assert rows["broken.png"]["pneumonia_probability"] == ""


def test_one_class_alone_has_no_auroc_and_no_error(run, film_file, tmp_path):
    film_file("films/NORMAL/a.png", 0.1)
    (figures,) = run("evaluate", tmp_path / "films", "--json").lines
    assert figures["auroc"]["value"] is None
    assert figures["sensitivity"]["value"] is None


def test_figures_as_text_with_what_they_mean(run, labelled):
    text = run("evaluate", labelled).out
    assert "0.7500" in text
    assert "ece: calibration error" in text


def test_a_folder_that_is_not_there_is_told(run, tmp_path):
    ran = run("evaluate", tmp_path / "gone")
    assert ran.status == 2
    assert f"There is no folder {tmp_path / 'gone'}" in ran.err


def test_a_folder_without_classes_is_wrong_usage(run, tmp_path):
    ran = run("evaluate", tmp_path)
    assert ran.status == 2
    assert "NORMAL and PNEUMONIA" in ran.err


def test_predictions_that_cannot_be_kept_are_told_before_any_film_is_read(run, labelled, tmp_path):
    for file in (tmp_path, tmp_path / "nowhere" / "out.csv"):
        ran = run("evaluate", labelled, "--predictions", file)
        assert ran.status == 2
        assert "cannot be written" in ran.err
