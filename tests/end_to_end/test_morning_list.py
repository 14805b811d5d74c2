"""The page "A morning's list" is what its script writes, and its pictures are there."""

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "a-mornings-list"


@pytest.fixture(scope="module")
def text():
    return (ROOT / "docs" / "a-mornings-list.md").read_text(encoding="utf-8")


def test_the_page_names_every_picture_that_is_there_and_no_other(text):
    named = re.findall(r"!\[[^\]]+\]\(a-mornings-list/([\w-]+\.png)\)", text)
    assert named
    assert len(set(named)) == len(named) == text.count("](")
    assert set(named) == {path.name for path in PICTURES.iterdir()}


def test_the_pictures_are_whole_and_small_enough_for_a_page():
    sizes = []
    for path in PICTURES.glob("*.png"):
        with Image.open(path) as picture:
            picture.load()
            assert picture.size == (1280, 720), path.name
        sizes.append(path.stat().st_size)
    assert max(sizes) < 200_000
    assert sum(sizes) < 2_000_000


def test_the_page_says_what_its_script_says_and_what_the_program_is_not(text, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    from morning_list import page

    assert text == page()
    assert "not a diagnosis, and no medical device" in text
