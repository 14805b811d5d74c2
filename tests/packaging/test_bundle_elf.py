"""Libraries made smaller stay loadable; what strip would tear apart is left alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import bundle_elf as elf
import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("readelf") is None, reason="needs Linux with binutils"
)


def library(folder, name, source="int answer(void) { return 42; }", *options):
    if shutil.which("cc") is None:
        pytest.skip("needs a C compiler")
    code = folder / f"{name}.c"
    code.write_text(source)
    made = folder / f"lib{name}.so"
    command = ["cc", "-g", "-shared", "-fPIC", "-o", str(made), str(code), *options]
    subprocess.run(command, check=True)
    return made


def test_what_a_library_asks_for_is_told(tmp_path):
    source = "#include <math.h>\ndouble f(double x) { return cos(x); }"
    names = elf.sonames(str(library(tmp_path, "m", source, "-Wl,--no-as-needed", "-lm")))
    assert "libm.so.6" in names
    (tmp_path / "text").write_text("no library")
    assert elf.sonames(str(tmp_path / "text")) == []


def test_a_library_is_stripped_where_that_is_worth_it(tmp_path, monkeypatch):
    made = library(tmp_path, "a")
    assert elf.strip(made, tmp_path / "out" / "a.so") == made
    assert not (tmp_path / "out" / "a.so").exists()
    monkeypatch.setattr(elf, "WORTH", 1)
    stripped = elf.strip(made, tmp_path / "out" / "a.so")
    assert stripped.stat().st_size < made.stat().st_size


def test_what_the_loader_would_refuse_is_left_as_it_is(tmp_path, monkeypatch):
    made = library(tmp_path, "a")
    monkeypatch.setattr(elf, "WORTH", 1)
    monkeypatch.setattr(elf, "is_aligned", lambda _: False)
    assert elf.strip(made, tmp_path / "out" / "a.so") == made


def test_a_segment_off_its_page_is_seen(tmp_path):
    data = bytearray(library(tmp_path, "a").read_bytes())
    assert elf.is_aligned(bytes(data))
    table = int.from_bytes(data[32:40], "little")
    kinds = [int.from_bytes(data[table + 56 * n : table + 56 * n + 4], "little") for n in range(4)]
    at = table + 56 * kinds.index(1) + 8
    data[at : at + 8] = (8).to_bytes(8, "little")
    assert not elf.is_aligned(bytes(data))


def test_only_libraries_are_touched(tmp_path):
    file = tmp_path / "card.json"
    file.write_text("{}")
    entries = [("a/card.json", str(file), "DATA"), ("libx.so", "a/libx.so", "SYMLINK")]
    assert elf.slimmed(entries, tmp_path / "work") == entries


def test_of_icus_data_the_collations_stay():
    items = ["coll/de.res", "coll/ucadata.icu", "curr/de.res", "de.res", "nfkc.nrm", "ibm-37.cnv"]
    assert [i for i in items if elf.is_kept(i)] == ["coll/de.res", "coll/ucadata.icu", "nfkc.nrm"]


def test_icus_data_library_is_made_smaller_and_sorts_as_before(tmp_path):
    if shutil.which("icupkg") is None:
        pytest.skip("needs icupkg (icu-devtools)")
    from PySide6.QtCore import QLibraryInfo

    libraries = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    whole = next(libraries.glob("libicudata.so.*"), None)
    if whole is None:
        pytest.skip("this Qt brings no ICU")
    small = tmp_path / whole.name
    elf.trim_icu(whole, small)
    assert small.stat().st_size < 6_000_000
    script = (
        "from PySide6.QtCore import QCollator, QLocale\n"
        "c = QCollator(QLocale('sv_SE')); c.setNumericMode(True)\n"
        "words = ['zebra', 'ö', 'film 10', 'film 9', 'å', 'Ärlig', 'a', 'Z']\n"
        "print(sorted(words, key=c.sortKey))\n"
        "print(QLocale('de_DE').toString(1234.5), 'İI'.casefold(), QLocale('tr_TR').toLower('I'))\n"
    )
    told = []
    for preload in ("", str(small)):
        environment = {"LD_PRELOAD": preload, "LC_ALL": "C.UTF-8"}
        done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True,
                              text=True, check=True)  # fmt: skip
        told.append(done.stdout)
    assert told[0] == told[1]
    assert "'film 9', 'film 10'" in told[0]
