from pathlib import Path

import numpy as np
import pytest

from pneumo_desktop.core.cases import Case, Policy, Prediction, ReasonCode, Rejected
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.files import find_files
from pneumo_desktop.core.screening import screen, screen_one


def test_one_outcome_for_each_path_in_order(tmp_path, film_file, classifier):
    good, broken, missing = film_file("a.png"), tmp_path / "b.png", tmp_path / "c.png"
    broken.write_text("no film")
    outcomes = list(screen([good, broken, missing, good], read_film, classifier, Policy()))
    assert [type(o) for o in outcomes] == [Case, Rejected, Rejected, Case]
    assert [o.path for o in outcomes] == [good, broken, missing, good]
    assert outcomes[1].reason.code is ReasonCode.UNSUPPORTED
    assert outcomes[2].reason.code is ReasonCode.MISSING


def test_nothing_is_read_before_it_is_asked_for(film_file, classifier):
    asked = []

    def read(path):
        asked.append(path)
        return read_film(path)

    outcomes = screen([film_file("a.png"), film_file("b.png")], read, classifier, Policy())
    next(outcomes)
    assert len(asked) == 1


def test_folders_are_searched_sorted_and_hidden_files_left_out(tmp_path):
    for name in ("b/2.png", "b/1.png", "a/3.png", ".hidden/4.png", "b/.5.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [str(p.relative_to(tmp_path)) for p in find_files([tmp_path, tmp_path / "gone"])]
    assert found == ["a/3.png", "b/1.png", "b/2.png", "gone"]


def test_files_and_folders_are_mixed_in_the_order_of_their_names(tmp_path):
    for name in ("c.png", "b/x.png", "a.png", "b/a/y.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list(find_files([tmp_path])) == sorted(tmp_path.rglob("*.png"))


def test_what_cannot_be_looked_at_is_named_and_does_not_stop_the_rest(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "film.png").touch()
    really = Path.iterdir

    def iterdir(path):
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    too_long = tmp_path / ("x" * 300)
    assert list(find_files([too_long, tmp_path])) == [
        too_long, tmp_path / "closed", tmp_path / "film.png",
    ]  # fmt: skip


def test_a_loop_of_links_ends(tmp_path):
    (tmp_path / "film.png").touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    assert list(find_files([tmp_path])) == [tmp_path / "film.png"]


def test_only_a_film_that_is_no_chest_is_tried_inverted(film_file, card, classifier):
    class Negative(type(classifier)):
        """Knows a chest by its dark corner."""

        def predict(self, film):
            asked.append(film.inverted)
            probability = 0.9 if film.inverted else 0.1
            return Prediction(probability, float(film.inverted), np.zeros((7, 7), np.float32))

    asked = []
    film = film_file("film.png")
    outcome = screen_one(film, read_film, Negative(card), Policy())
    assert asked == [False, True]
    assert outcome.answer.reason.code is ReasonCode.INVERTED_POLARITY
    assert outcome.prediction.pneumonia_probability == 0.9  # of the film as it should be
    assert outcome.prediction.chest_probability == 0.0
    assert outcome.answer.severity == 67.5
    assert screen_one(film, read_film, classifier, Policy()).answer.reason is None


@pytest.mark.parametrize(
    ("chest", "inverted", "reason", "runs"),
    [
        (0.995, 1.0, None, 1),  # surely a chest: one run
        (0.9, 0.2, None, 2),
        (0.9, 0.97, ReasonCode.INVERTED_POLARITY, 2),  # passes, but better the other way round
        (0.1, 0.3, ReasonCode.NOT_A_CHEST_FILM, 2),
        (0.1, 0.9, ReasonCode.INVERTED_POLARITY, 2),
    ],
)
def test_the_polarity_that_looks_more_like_a_chest_is_named(
    film_file, card, classifier, chest, inverted, reason, runs
):
    asked = []

    class Scores:
        identity = classifier.identity

        def __init__(self):
            self.card = card

        def predict(self, film):
            asked.append(film.inverted)
            score = inverted if film.inverted else chest
            return Prediction(0.9 if film.inverted else 0.1, score, np.zeros((7, 7), np.float32))

    case = screen_one(film_file("a.png"), read_film, Scores(), Policy())
    found = case.answer.reason.code if case.answer.reason else None
    assert found is reason
    assert len(asked) == runs
    corrected = reason is ReasonCode.INVERTED_POLARITY
    assert case.prediction.pneumonia_probability == (0.9 if corrected else 0.1)
    assert case.prediction.chest_probability == chest
