"""Films are answered, kept and exported whatever script, or no script, their names are in."""

import csv
import io
import os
import sys

import pytest

NAMES = {
    "cyrillic": "фильм.png",
    "chinese": "胸部X線.png",
    "arabic": "صورة الصدر.png",
    "devanagari": "छाती.png",
    "combining": "Ro\u0308ntgen.png",
    "emoji": "\N{SKULL}.png",
    "right to left": "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe.png",
    "newline": "two\nlines.png",
    "terminal": "\x1b[31mred\x07.png",
    "spaces": "  a  b .png",
    "option": "--json",
    "quotes": "a'b\"c`d$(e);f.png",
    "no utf-8": os.fsdecode(b"b\xe9b\xe9\xff.png"),
    "long": "x" * 251 + ".png",
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows few of these names")
@pytest.mark.parametrize("kind", NAMES)
def test_a_film_of_any_name_is_answered_kept_and_exported(run, film_file, tmp_path, kind):
    plain = film_file("film.png", folder=tmp_path / "plain")
    folder = tmp_path / "odd"
    folder.mkdir()
    odd = folder / NAMES[kind]
    odd.write_bytes(plain.read_bytes())
    (usual,) = run("screen", plain, "--json").lines
    (line,) = run("screen", folder, "--json", "--save").lines
    assert line["path"] == str(odd)
    for answer in (line, usual):
        del answer["milliseconds"], answer["path"]
    assert line == usual
    (kept,) = run("queue", "list", "--json").lines
    assert kept["path"] == str(odd)
    for words in (["screen", folder], ["queue", "list"]):
        ran = run(*words)
        assert ran.status == 0
        assert "\x1b" not in ran.out
        assert not any(text.startswith("lines.png") for text in ran.out.splitlines())
        ran.out.encode()
    assert run("queue", "export", tmp_path / "cases.csv").status == 0
    text = (tmp_path / "cases.csv").read_bytes().decode("utf-8", "surrogateescape")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["path"], row["label"]) == (str(odd), kept["label"])
