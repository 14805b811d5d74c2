import pytest

from pneumo_desktop.core.cases import Label, Policy
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.evaluation import LabelledOutcome, evaluate
from pneumo_desktop.core.screening import screen_one


@pytest.fixture
def films(film_file, classifier, tmp_path):
    truth = {0.05: "Normal", 0.4: "Normal", 0.8: "Normal", 0.6: "Pneumonia", 0.95: "Pneumonia"}
    labelled = [
        LabelledOutcome(
            screen_one(film_file(f"{p}.png", p), read_film, classifier, Policy()), Label(label)
        )
        for p, label in truth.items()
    ]
    gone = screen_one(tmp_path / "gone.png", read_film, classifier, Policy())
    return [*labelled, LabelledOutcome(gone, Label.NORMAL)]


def test_figures_over_every_decoded_film(films, card):
    figures = evaluate(films, card)
    assert (figures["n"], figures["n_rejected"]) == (5, 1)
    assert figures["accuracy"]["value"] == pytest.approx(0.8)
    assert figures["sensitivity"]["value"] == 1.0
    assert figures["specificity"]["value"] == pytest.approx(2 / 3)
    assert figures["auroc"]["value"] == pytest.approx(5 / 6)
    assert figures["confusion"] == {
        "true_positive": 2, "false_positive": 1, "true_negative": 2, "false_negative": 0,
    }  # fmt: skip


def test_coverage_knows_the_threshold(films, card):
    figures = evaluate(films, card)
    assert figures["coverage"]["value"] == pytest.approx(3 / 5)  # 0.4 and 0.6 are doubtful
    assert figures["selective_accuracy"]["value"] == pytest.approx(2 / 3)


def test_every_operating_point_is_measured(films, card):
    points = evaluate(films, card)["operating_points"]
    assert set(points) == {"balanced", "sensitive", "specific"}
    assert points["specific"]["threshold"] == 0.8
    assert points["sensitive"]["specificity"]["value"] == pytest.approx(1 / 3)


def test_no_film_gives_no_number_and_no_error(card):
    figures = evaluate([], card)
    assert figures["n"] == 0
