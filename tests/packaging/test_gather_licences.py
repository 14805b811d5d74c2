"""A licence text for everything in a bundle, or no bundle."""

import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import gather_licences as licences
import numpy as np
import platformdirs
import pytest
from gather_licences import Component, LicenceError


@pytest.fixture
def terms(tmp_path):
    file = tmp_path / "LICENSE"
    file.write_text("Do as you like.\n")
    return file


def test_each_component_has_a_file_and_a_line_of_the_index(tmp_path, terms):
    also = tmp_path / "NOTICE"
    also.write_text("By us.")
    target = tmp_path / "out"
    licences.write(
        [
            Component("zlib 1", "1.0", "Zlib", (terms, also)),
            Component("Alpha", "2", "MIT", (terms,)),
        ],
        target,
    )
    assert (target / "index.tsv").read_text().splitlines() == [
        "component\tversion\tlicence\tfile",
        "Alpha\t2\tMIT\tAlpha.txt",
        "zlib 1\t1.0\tZlib\tzlib-1.txt",
    ]
    text = (target / "zlib-1.txt").read_text()
    assert text.startswith("Do as you like.")
    assert text.endswith("By us.\n")


def test_a_component_without_a_text_ends_the_build_and_is_named(tmp_path):
    with pytest.raises(LicenceError, match=r"Alpha 2 brings no licence text"):
        licences.write([Component("Alpha", "2", "MIT", ())], tmp_path / "out")


def test_what_was_gathered_before_is_gone(tmp_path, terms):
    for name in ("old", "new"):
        licences.write([Component(name, "1", "MIT", (terms,))], tmp_path / "out")
    assert not (tmp_path / "out" / "old.txt").exists()


def test_distributions_are_told_by_the_files_that_they_brought():
    sources = {
        Path(np.__file__).resolve(),
        Path(platformdirs.__file__).resolve(),
        Path(__file__),
    }
    found = {one.name: one for one in licences.of_distributions(sources)}
    assert set(found) == {"numpy", "platformdirs"}
    assert found["platformdirs"].licence == "MIT"
    assert found["numpy"].version == np.__version__
    assert all(one.files for one in found.values())


@pytest.mark.parametrize("name", sorted(licences.WITHOUT_TEXT))
def test_a_distribution_that_forgot_its_text_is_supplied_with_one(name):
    try:
        found = licences.component(distribution(name))
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed here")
    assert found.files
    assert all(len(file.read_text(encoding="utf-8")) > 1000 for file in found.files)


def test_every_distribution_that_reading_needs_has_a_text():
    lock = Path(__file__).parents[2] / "requirements" / "run.txt"
    names = [line.partition("==")[0] for line in lock.read_text().splitlines()
             if "==" in line and not line.startswith(("#", " "))]  # fmt: skip
    lacking = []
    for name in names:
        try:
            found = licences.component(distribution(name))
        except PackageNotFoundError:  # of another system
            continue
        lacking += [] if found.files else [name]
    assert len(names) > 10
    assert lacking == []


def test_python_and_the_starter_have_theirs():
    assert "PYTHON SOFTWARE FOUNDATION" in licences.python().files[0].read_text().upper()
    assert "exception" in licences.starter().files[0].read_text().lower()


@pytest.mark.skipif(not Path("/usr/bin/dpkg-query").exists(), reason="needs a Debian system")
def test_a_library_of_the_system_brings_the_terms_of_its_package():
    library = next(Path("/usr/lib").glob("*-linux-gnu/libz.so.1")).resolve()
    (found,) = licences.of_system([library, Path(sys.executable)])
    assert found.name == "zlib1g"
    assert "zlib" in found.files[0].read_text()


@pytest.mark.skipif(not Path("/usr/bin/dpkg-query").exists(), reason="needs a Debian system")
def test_a_library_of_nobody_is_named(tmp_path):
    with pytest.raises(LicenceError, match=r"libmine\.so"):
        licences.package_of(tmp_path / "libmine.so")
