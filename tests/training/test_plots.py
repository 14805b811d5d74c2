"""What is drawn: the numbers of the artists, against counts made by hand."""

import numpy as np
import pytest
from PIL import Image

from pneumo_desktop.core.judgement.curves import bins, called, risk_coverage, roc
from pneumo_desktop.core.metrics import bootstrap_auroc, ece
from pneumo_desktop.core.model_package import PLOTS, load_package
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training import plots
from pneumo_training.control import Control
from pneumo_training.measure import Answers, figures
from pneumo_training.train import run

SUBJECT = plots.Subject(
    "Stub, version 1.0", "Locked test", {"sensitive": 0.2, "balanced": 0.5, "specific": 0.8}
)


def answers(probability, truth):
    p = np.array(probability, dtype=np.float64)
    return Answers(p, np.ones(len(p)), np.array(truth, dtype=np.bool_))


@pytest.fixture
def ten():
    """Five normal films of which one is called ill, five ill of which two are missed."""
    return answers(
        [0.05, 0.1, 0.3, 0.45, 0.9, 0.15, 0.4, 0.75, 0.85, 0.95], [False] * 5 + [True] * 5
    )


@pytest.fixture
def many():
    rng = np.random.default_rng(4)
    truth = rng.random(300) < 0.6
    return answers(1 / (1 + np.exp(-np.where(truth, 2.0, -1.5) - rng.normal(0, 2, 300))), truth)


def lines(axes):
    """The labelled lines of a plot: their points by their words."""
    drawn = [artist for artist in axes.lines if not artist.get_label().startswith("_")]
    return {artist.get_label(): np.column_stack(artist.get_data()) for artist in drawn}


def words(figure):
    texts = [text for axes in figure.axes for text in axes.texts]
    titles = [axes.title for axes in figure.axes]
    return "\n".join(text.get_text() for text in [figure._suptitle, *titles, *texts])


def test_the_confusion_matrix_shows_counts_and_shares_of_each_row(ten):
    figure = plots.draw_confusion(ten, SUBJECT)
    (image,) = figure.axes[0].images
    assert np.asarray(image.get_array()).tolist() == [[0.8, 0.2], [0.4, 0.6]]
    cells = {text.get_position(): text.get_text() for text in figure.axes[0].texts}
    assert cells == {
        (0, 0): "4\n80.0 %", (1, 0): "1\n20.0 %",
        (0, 1): "2\n40.0 %", (1, 1): "3\n60.0 %",
    }  # fmt: skip


def test_every_title_names_the_films_their_number_and_the_model(ten):
    for draw in plots._drawable(ten).values():
        said = words(draw(ten, SUBJECT))
        assert "Locked test: n = 10 (5 normal, 5 pneumonia)" in said
        assert "Stub, version 1.0" in said


def test_the_roc_encloses_the_auroc_that_it_names(many):
    x, y = roc(many.probability, many.truth)
    area = bootstrap_auroc(many.probability, many.truth)
    assert np.trapezoid(y, x) == pytest.approx(area.value)
    drawn = lines(plots.draw_roc(many, SUBJECT).axes[0])
    (label,) = [words for words in drawn if words.startswith("AUROC")]
    assert label == (f"AUROC {area.value:.3f} (95 % interval {area.low:.3f} to {area.high:.3f})")
    assert drawn[label].tolist() == np.column_stack([x, y]).tolist()


def test_the_operating_points_lie_on_the_roc_where_their_thresholds_are(ten):
    drawn = lines(plots.draw_roc(ten, SUBJECT).axes[0])
    at = {name.split(",")[0]: points[0].tolist() for name, points in drawn.items()}
    assert at["sensitive"] == [0.6, 0.8]
    assert at["balanced"] == [0.2, 0.6]
    assert at["specific"] == [0.2, 0.4]
    curve = drawn[next(name for name in drawn if name.startswith("AUROC"))].tolist()
    assert all(at[name] in curve for name in SUBJECT.thresholds)
    assert "balanced, from 0.50: sensitivity 0.600, specificity 0.800" in drawn


def test_films_of_one_probability_are_one_step_of_the_roc():
    tied = answers([0.4, 0.4, 0.4, 0.9], [False, True, True, True])
    assert np.column_stack(roc(tied.probability, tied.truth)).tolist() == pytest.approx(
        np.array([[0, 0], [0, 1 / 3], [1, 1]])
    )


def test_the_bins_are_those_of_the_calibration_error(many):
    confidence, right = called(many.probability, many.truth, 0.5)
    each = bins(confidence, right)
    assert each.films.sum() == 300
    gap = np.nansum(np.abs(each.confidence - each.right) * each.films) / 300
    assert gap == pytest.approx(ece(many.probability, many.truth))


def test_reliability_shows_each_bin_and_its_films(ten):
    points, counts = plots.draw_reliability(ten, SUBJECT).axes
    drawn = points.containers[0].lines[0].get_xydata()
    assert drawn[:, 0] == pytest.approx([0.575, 0.7, 0.75, 0.85, 0.9, 0.95])
    assert drawn[:, 1] == pytest.approx([0.5, 1.0, 1.0, 0.5, 0.5, 1.0])
    told = [text.get_text() for text in points.get_legend().get_texts()]
    assert told[-1].endswith("calibration error (ECE) 0.230")
    assert [bar.get_height() for bar in counts.patches] == [0] * 8 + [2, 0, 1, 1, 2, 2, 2]


def test_the_curve_of_errors_ends_at_the_error_of_all_films(many):
    confidence, right = called(many.probability, many.truth, 0.5)
    share, wrong = risk_coverage(confidence, right)
    assert share[-1] == 1.0
    assert wrong[-1] == pytest.approx(np.mean(~right))
    assert np.all(np.diff(share) > 0)


def test_the_seventy_percent_rule_is_marked_where_the_card_measures_it(many):
    measured = figures(many, chest_minimum=0.5, threshold=0.5)
    drawn = lines(plots.draw_risk_coverage(many, SUBJECT).axes[0])
    (rule,) = [points for words, points in drawn.items() if words.startswith("from 70 %")]
    assert rule[0].tolist() == pytest.approx(
        [measured["answered at 0.70"].value, 1.0 - measured["right of the answered"].value]
    )
    curve = drawn["the surest films first"].tolist()
    assert rule[0].tolist() in [pytest.approx(point) for point in curve]


def test_films_of_one_confidence_are_answered_together():
    share, wrong = risk_coverage(
        np.array([0.9, 0.6, 0.6, 0.6]), np.array([True, True, False, True])
    )
    assert share.tolist() == [0.25, 1.0]
    assert wrong.tolist() == [0.0, 0.25]


def test_a_rule_that_answers_no_film_is_not_marked():
    unsure = answers([0.5, 0.6], [False, True])
    drawn = lines(plots.draw_risk_coverage(unsure, SUBJECT).axes[0])
    assert list(drawn) == ["the surest films first"]


def test_a_package_with_its_plots_is_accepted(added_package, ten):
    ticks = []
    names = plots.write_plots(added_package / PLOTS, ten, SUBJECT, lambda: ticks.append(1))
    assert names == ["confusion-matrix.png", "reliability.png", "risk-coverage.png", "roc.png"]
    assert len(ticks) == 4
    for name in names:
        with Image.open(added_package / PLOTS / name) as picture:
            assert min(picture.size) > 700
    package = load_package(added_package)
    assert [path.name for path in package.plots] == names
    assert package.card.files.keys() == {"model.tflite"}


def test_films_of_one_class_have_no_roc_and_no_films_have_no_plots(tmp_path):
    one = answers([0.2, 0.7], [False, False])
    assert plots.write_plots(tmp_path / "one", one, SUBJECT, lambda: None) == [
        "confusion-matrix.png", "reliability.png", "risk-coverage.png",
    ]  # fmt: skip
    assert plots.write_plots(tmp_path / "none", answers([], []), SUBJECT, lambda: None) == []
    assert not (tmp_path / "none").exists()


def test_a_plot_leaves_no_trace_in_pyplot(ten):
    plots.draw_confusion(ten, SUBJECT)
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []


def test_a_card_gives_the_plots_their_words_and_points(added_package, card, ten, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        plots, "write_plots", lambda folder, _found, subject, _tick: drawn.append((folder, subject))
    )
    plots.plot_locked(added_package, ten, card, lambda: None)
    assert drawn == [
        (
            added_package / "plots",
            plots.Subject("Stub, version 1.0", "Films kept apart", SUBJECT.thresholds),
        )
    ]


def test_training_ends_in_a_package_with_its_plots(data, recipe, tmp_path):
    said = []
    job = TrainingJob(str(data), str(tmp_path / "mine"), recipe(epochs=1), "mine")
    package = run(job, said.append, Control())
    assert len(list((package / PLOTS).glob("*.png"))) == 4
    assert "Drawing the plots" in [progress.text for progress in said]
    assert load_package(package).card.name == "mine"
