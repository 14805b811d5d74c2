"""The views of a recipe, on films whose mean grey is the answer."""

import numpy as np
import pytest
from PIL import Image

from pneumo_training.measure import Answers, answers, coverage, figures, measure_view, plain
from pneumo_training.recipe import ViewPart
from pneumo_training.robustness import robustness

PART = {"name": "view", "films": "../view", "role": "looked at"}


@pytest.fixture
def view(tmp_path):
    """Return a function that writes a film of a mean grey into the view's folder."""
    (tmp_path / "data").mkdir()

    def write(name, grey, folder="view"):
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((20, 20), round(255 * grey), np.uint8)).save(path)

    write.data = tmp_path / "data"
    return write


def measured(model, view, kind):
    return list(measure_view(model, view.data, ViewPart(kind=kind, **PART), lambda: None))


def test_normals_have_a_specificity_and_no_more(classifier, view):
    for number in range(10):
        view(f"{number}.png", 0.9 if number < 3 else 0.1)
    (result,) = measured(classifier, view, "normals")
    assert result.n == 10
    assert result.role == "looked at"
    assert result.figures["specificity"].value == pytest.approx(0.7)
    assert not {"auroc", "sensitivity", "accuracy"} & set(result.figures)
    assert plain(result.figures)["answered at 0.70"] == 1.0


def test_every_threshold_tells_how_many_films_are_answered_and_how_many_of_those_rightly():
    p, truth = np.array([0.05, 0.40, 0.60, 0.95]), np.array([False, True, True, True])
    points = coverage(Answers(p, np.zeros(4), truth), {"balanced": 0.5, "sensitive": 0.3})
    assert [point.threshold for point in points["balanced"]] == [n / 100 for n in range(50, 100)]
    at = {point.threshold: (point.answered, point.right) for point in points["balanced"]}
    assert (at[0.50], at[0.60], at[0.61]) == ((1.0, 0.75), (1.0, 0.75), (0.5, 1.0))
    assert at[0.99] == (0.0, None)
    # called Pneumonia from 0.3 on, the film of 0.40 is right but only 40 % sure
    at = {point.threshold: (point.answered, point.right) for point in points["sensitive"]}
    assert at[0.50] == (0.75, 1.0)


def test_the_point_of_seventy_percent_is_the_figure_of_the_card():
    rng = np.random.default_rng(3)
    found = Answers(rng.random(200), np.ones(200), rng.random(200) < 0.5)
    measured = figures(found, 0.5, 0.5)
    (point,) = (p for p in coverage(found, {"balanced": 0.5})["balanced"] if p.threshold == 0.7)
    assert point.answered == pytest.approx(measured["answered at 0.70"].value)
    assert point.right == pytest.approx(measured["right of the answered"].value)


def test_without_films_no_threshold_was_measured():
    nothing = np.array([])
    assert coverage(Answers(nothing, nothing, nothing.astype(bool)), {"balanced": 0.5}) == {}


def test_nih_films_are_measured_by_the_radiologists_class(classifier, view):
    rows = ["file,patient_id,age,sex,view,nih_labels,rsna_class"]
    for number in range(12):
        ill = number % 2 == 0
        name = f"{number:08}_000.png"
        view(name, 0.8 if ill else 0.2)
        seen = "Lung Opacity" if ill else "Normal"
        rows.append(f"{name},{number},40,F,{'AP' if number < 6 else 'PA'},No Finding,{seen}")
    view("other.png", 0.9)
    rows.append("other.png,99,40,F,PA,Mass,No Lung Opacity / Not Normal")
    rows.append("weak.png,98,40,F,PA,Pneumonia,")
    (view.data.parent / "view" / "labels.csv").write_text("\n".join(rows), encoding="utf-8")
    both, ap, pa, other = measured(classifier, view, "nih")
    assert (both.n, ap.n, pa.n, other.n) == (12, 6, 6, 1)
    assert both.figures["auroc"].value == 1.0
    assert ap.films == "view, AP"
    assert other.figures["specificity"].value == 0.0


def test_twins_are_compared_film_by_film(classifier, view):
    for number in range(5):
        view(f"NORMAL/{number}.png", 0.30)
        view(f"NORMAL/{number}.png", 0.34, folder="data")
    view("NORMAL/alone.png", 0.1)
    (result,) = measured(classifier, view, "twins")
    assert result.n == 5
    assert result.figures["same side"].value == 1.0
    assert result.figures["median difference"].value == pytest.approx(0.04, abs=0.005)


def test_a_view_without_its_films_is_left_out(classifier, view):
    assert measured(classifier, view, "normals") == []
    view("NORMAL/only-here.png", 0.5)
    assert measured(classifier, view, "twins") == []


def test_unreadable_films_are_left_out(classifier, tmp_path):
    (tmp_path / "no film.png").write_text("no film", encoding="utf-8")
    found = answers(classifier, [(tmp_path / "no film.png", True)], lambda: None)
    assert len(found.truth) == 0


def test_figures_without_films_to_count_are_left_out():
    unsure = Answers(np.array([0.5, 0.6]), np.ones(2), np.array([True, False]))
    assert "right of the answered" not in figures(unsure, 0.5, 0.5)


def test_a_change_of_tone_moves_an_answer_that_hangs_on_the_mean(classifier):
    images = np.tile(np.arange(0, 240, 12, dtype=np.uint8)[:, None, None], (1, 40, 40))
    found = {result.films: result for result in robustness(classifier, images, lambda: None)}
    assert found["changed: tone"].figures["median difference"].value > 0.01
    assert found["changed: recompressed"].figures["median difference"].value < 0.01
    assert all(result.n == 20 for result in found.values())
