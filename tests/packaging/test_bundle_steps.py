"""What PyInstaller found is trimmed, and brings its licences, without building a bundle."""

import sys
from pathlib import Path
from types import SimpleNamespace

import bundle_steps
import numpy as np
import pytest
from numpy._core import _multiarray_umath


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are told apart on Linux alone")
def test_what_is_unused_goes_and_the_rest_brings_its_licences(tmp_path):
    module, nobodys = _multiarray_umath.__file__, tmp_path / "libnobodys.so.1"
    nobodys.write_bytes(b"a library that nothing asks for")
    analysis = SimpleNamespace(
        binaries=[
            ("numpy/_core/_multiarray_umath.so", module, "EXTENSION"),
            ("libnobodys.so.1", str(nobodys), "BINARY"),
        ],
        datas=[
            ("numpy/tests/data.txt", str(Path(np.__file__)), "DATA"),
            ("numpy/version.txt", str(Path(np.__file__)), "DATA"),
        ],
        pure=[("numpy", np.__file__, "PYMODULE")],
    )
    bundle_steps.trim(analysis, tmp_path / "work")
    assert [place for place, _, _ in analysis.binaries] == ["numpy/_core/_multiarray_umath.so"]
    places = {place: Path(source) for place, source, _ in analysis.datas}
    assert "numpy/version.txt" in places
    assert "numpy/tests/data.txt" not in places
    licences = {Path(place).name for place in places if "/licences/components/" in place}
    assert licences == {"index.tsv", "numpy.txt", "PyInstaller-starter.txt", "Python.txt"}
    assert "NumPy" in places["resources/licences/components/numpy.txt"].read_text()
