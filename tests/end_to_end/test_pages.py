"""The pages made by using the program are what their scripts write, with their pictures."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
MOST_BYTES = 200_000  # of a picture, so that a page opens at once


@pytest.fixture(params=["morning_list", "training_walk"])
def page(request, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return import_module(request.param).PAGE


def text_of(page):
    return (ROOT / "docs" / f"{page.name}.md").read_text(encoding="utf-8")


def test_a_page_is_what_its_script_says_and_says_what_the_program_is_not(page):
    assert text_of(page) == page.text()
    assert "not a diagnosis, and no medical device" in page.text()
    assert f"\n{page.made_by}: " in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_a_page_names_every_picture_that_is_there_and_no_other(page):
    named = re.findall(rf"!\[[^\]]+\]\({page.name}/([\w-]+\.png)\)", text_of(page))
    assert len(named) == len(page.steps) == text_of(page).count("](")
    assert sorted(named) == sorted(path.name for path in page.pictures.iterdir())


def test_the_pictures_are_whole_and_small_enough_for_a_page(page):
    sizes = []
    for path in page.pictures.glob("*.png"):
        with Image.open(path) as picture:
            picture.load()
            assert picture.size == (1280, 720), path.name
        sizes.append(path.stat().st_size)
    assert max(sizes) < MOST_BYTES
    assert sum(sizes) < 2_000_000


def test_the_films_of_the_training_page_are_made_of_the_demo_alone(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    from training_films import write_films

    write_films(tmp_path, 6, flawed=True)
    normal = sorted(path.name for path in (tmp_path / "NORMAL").iterdir())
    assert normal[0] == "holiday.jpg"
    assert {"normal001_film1.png", "normal001_film2.png", "normal002_copy.png"} <= set(normal)
    with Image.open(tmp_path / "PNEUMONIA" / "pneumonia001_film1.png") as film:
        assert film.size == (224, 224)
