"""The page "A model of one's own" is what its script writes, and its pictures are there."""

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "a-model-of-ones-own"


@pytest.fixture(scope="module")
def text():
    return (ROOT / "docs" / "a-model-of-ones-own.md").read_text(encoding="utf-8")


def test_the_page_names_every_picture_that_is_there_and_no_other(text):
    named = re.findall(r"!\[[^\]]+\]\(a-model-of-ones-own/([\w-]+\.png)\)", text)
    assert named
    assert len(set(named)) == len(named) == text.count("](")
    assert set(named) == {path.name for path in PICTURES.iterdir()}


def test_the_pictures_are_whole_and_small_enough_for_a_page():
    for path in PICTURES.glob("*.png"):
        with Image.open(path) as picture:
            picture.load()
            assert picture.size == (1280, 720), path.name
        assert path.stat().st_size < 250_000, path.name


def test_the_page_says_what_its_script_says_and_what_the_program_is_not(text, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    from training_walk import page

    assert text == page()
    assert "no medical device" in text


def test_the_films_of_the_page_are_made_of_the_demo_alone(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    from training_films import write_films

    write_films(tmp_path, 6, flawed=True)
    normal = sorted(path.name for path in (tmp_path / "NORMAL").iterdir())
    assert normal[0] == "holiday.jpg"
    assert {"normal001_film1.png", "normal001_film2.png", "normal002_copy.png"} <= set(normal)
    with Image.open(tmp_path / "PNEUMONIA" / "pneumonia001_film1.png") as film:
        assert film.size == (224, 224)
