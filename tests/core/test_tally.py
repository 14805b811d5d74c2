from dataclasses import replace
from pathlib import Path

from pneumo_desktop.core.cases import Policy, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.gates import answer
from pneumo_desktop.core.screening import screen_one
from pneumo_desktop.core.tally import Tally
from tests.core import discs


def test_laterals_and_other_modalities_are_told_apart_from_frontal_films(tmp_path, classifier):
    films = [
        discs.film(),
        discs.film(view="LL"),
        discs.film(view="RL"),
        discs.film(modality="CT", storage=discs.CT, view=""),
        discs.film(modality="MR", view=""),
        discs.film(modality="CT", view="LL"),
    ]
    tally = Tally()
    for number, film in enumerate(films):
        film.save_as(tmp_path / f"{number}.dcm", enforce_file_format=True)
        tally.count(screen_one(tmp_path / f"{number}.dcm", read_film, classifier, Policy()))
    tally.count(screen_one(tmp_path / "gone.dcm", read_film, classifier, Policy()))
    assert tally.kinds() == "1 CT, 1 MR, 3 lateral"


def test_a_film_that_says_nothing_of_itself_is_not_told_apart(film_file, classifier):
    tally, film = Tally(), read_film(film_file("film.png", 0.5))
    doubtful = screen_one(film.facts.path, read_film, classifier, Policy())
    assert doubtful.answer.reason.code is ReasonCode.LOW_CONFIDENCE
    tally.count(doubtful)
    facts = replace(film.facts, modality="DX", body_part="KNEE")
    said = answer(facts, doubtful.prediction, classifier.card, Policy())
    tally.count(replace(doubtful, facts=facts, answer=said))
    assert tally.kinds() == tally.others(3) == ""


def test_other_files_are_counted_and_the_first_are_named():
    tally = Tally()
    tally.set_aside(Path("a/AUTORUN.INF"))
    assert tally.others(3) == "1 other file not read: AUTORUN.INF"
    for name in ("B.EXE", "C.TXT", "D.TXT"):
        tally.set_aside(Path(name))
    assert tally.others(2) == "4 other files not read: AUTORUN.INF, B.EXE and 2 more"


def test_no_name_breaks_the_line_or_fills_it():
    tally = Tally()
    tally.set_aside(Path("a\nb\x1b[31m.txt"))
    tally.set_aside(Path(f"{'x' * 300}.html"))
    first, second = tally.others(2).split(": ")[1].split(", ")
    assert first == "a?b?[31m.txt"
    assert len(second) == 28
    assert second.endswith("x.html")
