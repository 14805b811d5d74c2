"""A sentence of the core is known again in what was said, with the values in its places."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from pneumo_desktop.core import recognise as recognising
from pneumo_desktop.core.recognise import recognise, sentences
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP, Sentence

CORE = Path(recognising.__file__).parent
PLACE = re.compile(r"\{(\w+)(:[^}]+)?\}")
SAYING = {"FilmError", "Reason", "TrainingError", "JudgementError", "Finding", "Choice"}


def sample(sentence):
    """Return values for the places of a sentence: numbers where it formats them."""
    return {
        name: 10 + number if spec else f"film {number}.png"
        for number, (name, spec) in enumerate(PLACE.findall(sentence))
    }


@pytest.mark.parametrize("sentence", sorted(set(sentences())), ids=lambda sentence: sentence[:40])
@pytest.mark.parametrize("count", [1, 1234])
def test_a_sentence_is_known_again_with_its_values(sentence, count):
    values = sample(sentence)
    found = recognise(sentence.counted(count, **values))
    assert found is not None
    assert found.sentence == sentence
    for name, said in found.values:
        place = re.search(rf"\{{{name}(:[^}}]+)?\}}", sentence)[0]
        assert said == place.format(**values)
    counts = "%n" in sentence or "%Ln" in sentence
    assert found.count == (count if counts else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jane Doe",
        "The file is empty. Export the film again. And again.",
        "a (b to c)",
        "It was 0.9 (low to 0.95)",
    ],
)
def test_what_the_core_has_not_said_is_no_sentence_of_its(text):
    assert recognise(text) is None


def test_a_count_says_one_in_english_and_thousands_apart_where_it_is_asked_to():
    mice = QT_TRANSLATE_NOOP("Mice", "%n mice in {place}", "a mouse in {place}", 1)
    assert mice.counted(1, place="a box") == "a mouse in a box"
    assert mice.counted(1234, place="a box") == "1234 mice in a box"
    assert QT_TRANSLATE_NOOP("Mice", "%Ln mice", "", 1).counted(1234) == "1,234 mice"


def files():
    return [file for file in sorted(CORE.rglob("*.py")) if file.name != "sentence.py"]


def calls(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_every_marked_sentence_can_be_known_again(file):
    known = set(sentences())
    for call in calls(file):
        if getattr(call.func, "id", "") == "QT_TRANSLATE_NOOP":
            assert call.args[1].value in known


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_what_is_said_of_a_film_or_a_model_is_marked(file):
    for call in calls(file):
        if getattr(call.func, "id", "") in SAYING:
            literals = [a for a in call.args if isinstance(a, ast.Constant | ast.JoinedStr)]
            assert [ast.unparse(a) for a in literals if " " in ast.unparse(a)] == []


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_every_place_is_given_where_a_sentence_is_said(file):
    parts = file.relative_to(CORE.parents[1]).with_suffix("").parts
    if parts[-1] == "__init__":
        return
    names = vars(import_module(".".join(parts)))
    for call in calls(file):
        if getattr(call.func, "attr", "") not in ("format", "counted"):
            continue
        sentence = eval(ast.unparse(call.func.value), dict(names)) if known(call, names) else None
        given = {keyword.arg for keyword in call.keywords}
        if isinstance(sentence, Sentence) and None not in given:
            assert {name for name, _ in PLACE.findall(sentence)} <= given


def known(call, names):
    """Tell a sentence that is named at the head of a module: `_NAME` or `module.NAME`."""
    value = call.func.value
    name = value.value if isinstance(value, ast.Attribute) else value
    return isinstance(name, ast.Name) and name.id in names and name.id != "self"
