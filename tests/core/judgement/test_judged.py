"""Answers to films kept apart are read whole or refused in words; figures and mistakes of them."""

from datetime import UTC, datetime

import numpy as np
import pytest

from pneumo_desktop.core.judgement.curves import covered
from pneumo_desktop.core.judgement.figures import figures_at, worst
from pneumo_desktop.core.judgement.judged import (
    COLUMNS,
    JudgementError,
    answers_folder,
    read_judged,
    unseen,
)
from pneumo_desktop.core.judgement.viewings import FILE, Viewings, count_viewing, viewings
from pneumo_desktop.core.learnt import learnt_text
from pneumo_desktop.core.metrics import rates
from tests.core.judgement.make_judged import rows, write

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def judged(tmp_path):
    return read_judged(write(tmp_path / "test.csv", rows()))


def test_answers_are_read_as_they_were_written(judged):
    assert len(judged) == 60
    assert judged.patients == 30
    assert judged.paths[3].name == "film-3.png"
    assert judged.truth[:4].tolist() == [False, False, True, True]
    assert judged.of[:4].tolist() == [0, 0, 1, 1]
    assert 0.0 < judged.probability.min() < judged.probability.max() < 1.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"probability": "nan"}, "cannot be read"),
        ({"probability": "1.5"}, "cannot be read"),
        ({"chest": ""}, "cannot be read"),
        ({"truth": "perhaps"}, "cannot be read"),
    ],
)
def test_a_damaged_row_is_refused_in_words(tmp_path, change, words):
    first, *rest = rows()
    file = write(tmp_path / "test.csv", [first | change, *rest])
    with pytest.raises(JudgementError, match=f"test.csv.*{words}.*Train"):
        read_judged(file)


@pytest.mark.parametrize(
    "text", [None, "", "path,truth\na,Normal\n", "\xff\0", ",".join(COLUMNS) + "\na,Normal\n"]
)
def test_a_file_that_is_missing_cut_or_empty_is_refused(tmp_path, text):
    file = tmp_path / "test.csv"
    if text is not None:
        file.write_text(text, encoding="latin-1")
    with pytest.raises(JudgementError, match="Train"):
        read_judged(file)


def test_films_a_model_learnt_from_are_told(judged):
    kept = unseen(judged, frozenset(learnt_text(judged.sha256[:10]).split()))
    assert kept.tolist() == [False] * 10 + [True] * 50
    rest = judged.only(kept)
    assert (len(rest), rest.patients) == (50, 25)
    assert rest.paths == judged.paths[10:]


def test_answers_are_found_with_the_run_or_beside_the_model(tmp_path):
    package, run = tmp_path / "models" / "mine", tmp_path / "training" / "mine"
    with pytest.raises(JudgementError, match=r"no answers.*mine.*train it again"):
        answers_folder(package, run)
    for folder in (package.with_name("mine.training") / "judgement", run / "judgement"):
        write(folder / "test.csv", rows(2))
        write(folder / "calibration.csv", rows(2))
        assert answers_folder(package, run) == folder
    (run / "judgement" / "test.csv").unlink()  # half of them is none
    assert answers_folder(package, run) == package.with_name("mine.training") / "judgement"


def test_figures_are_those_of_the_calls(judged):
    found = figures_at(judged, 0.3)
    plain = rates(judged.probability >= 0.3, judged.truth)
    assert found.accuracy.value == plain.accuracy.value
    assert found.sensitivity.value == plain.sensitivity.value
    assert found.specificity.value == plain.specificity.value
    assert sum(found.confusion) == found.films == 60
    assert found.patients == 30
    assert found.auroc.low < found.auroc.value < found.auroc.high
    assert figures_at(judged, 0.6).confusion.true_positive <= found.confusion.true_positive


def test_figures_of_one_class_leave_the_other_out(judged):
    found = figures_at(judged.only(judged.truth), 0.5)
    assert np.isnan(found.specificity.value)
    assert np.isnan(found.auroc.value)
    assert found.sensitivity.value == found.accuracy.value


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.9])
def test_the_worst_mistakes_are_wrong_calls_the_surest_first(judged, threshold):
    found = worst(judged, threshold, 5)
    wrong = (judged.probability >= threshold) != judged.truth
    assert len(found) == min(5, wrong.sum())
    assert wrong[found].all()
    given = np.where(judged.truth, judged.probability, 1.0 - judged.probability)
    assert (np.diff(given[found]) >= 0.0).all()
    rest = np.setdiff1d(np.flatnonzero(wrong), found)
    assert not len(rest) or given[rest].min() >= given[found].max()


def test_what_a_confidence_does_is_told_for_every_whole_per_cent(judged):
    points = covered(judged.probability, judged.truth, 0.5)
    assert [point.threshold for point in points] == [cent / 100 for cent in range(50, 100)]
    assert points[0].answered == 1.0
    assert points[0].right == figures_at(judged, 0.5).accuracy.value


def test_every_look_is_on_record(tmp_path):
    assert viewings(tmp_path) == Viewings()
    assert count_viewing(tmp_path, 0.5, NOON).count == 1
    assert count_viewing(tmp_path, 0.4, NOON).count == 2
    kept = viewings(tmp_path)
    assert [look.point for look in kept.seen] == [0.5, 0.4]
    assert kept.seen[0].at == NOON


def test_a_point_chosen_after_a_look_is_not_clean(tmp_path):
    assert viewings(tmp_path).is_clean(0.4)
    seen = count_viewing(tmp_path, 0.4, NOON)
    assert seen.is_clean(0.4)
    assert not seen.is_clean(0.45)
    assert count_viewing(tmp_path, 0.45, NOON).is_clean(0.4)


def test_a_damaged_record_is_lost_and_stays_so(tmp_path):
    (tmp_path / FILE).write_text('{"seen": 3')
    assert viewings(tmp_path).lost
    seen = count_viewing(tmp_path, 0.5, NOON)
    assert (seen.count, seen.lost, seen.is_clean(0.5)) == (1, True, False)
    assert viewings(tmp_path).lost


def test_a_look_that_cannot_be_recorded_is_an_error(tmp_path):
    (tmp_path / "judgement").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="judgement"):
        count_viewing(tmp_path / "judgement", 0.5, NOON)
