import zlib
from pathlib import Path

import numpy as np
import pytest
from pydicom.data import get_testdata_file

from pneumo_desktop.core.cases import FilmError, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.dicom_bombs import frame_size, refuse_inflating
from pneumo_desktop.core.sandbox import Sandbox
from tests.core.dicom_files import HTJ2K_LOSSLESS, grained
from tests.core.hostile_files import HOSTILE, deflate_bomb
from tests.core.seeds import picture, seed


@pytest.mark.parametrize(
    ("stream", "size"),
    [
        (picture("JPEG"), (60, 52)),
        (picture("JPEG", progressive=True), (60, 52)),
        (picture("JPEG").replace(b"\xff\xc0", b"\xff\xff\xff\xc0"), (60, 52)),
        (HTJ2K_LOSSLESS, (16, 24)),
        (b"", None),
        (b"\xff\xd8", None),
        (b"\xff\xd8\xff\xda\x00\x02" + bytes(99), None),
        (bytes(99), None),
    ],
)
def test_a_compressed_image_tells_its_size(stream, size):
    assert frame_size(stream) == size


@pytest.mark.parametrize(
    "name",
    ["dicom jpeg baseline", "dicom jpeg extended", "dicom jpeg lossless", "dicom jpeg-ls near",
     "dicom jpeg 2000", "dicom htj2k", "dicom rle"],
)  # fmt: skip
def test_a_film_whose_two_sizes_agree_is_read(tmp_path, name):
    (tmp_path / "film").write_bytes(seed(name))
    assert read_film(tmp_path / "film").pixels.ndim == 2


def test_a_compressed_image_of_another_size_is_refused_before_it_is_decoded(tmp_path):
    HOSTILE["huge jpeg inside"].make(tmp_path / "film")
    with pytest.raises(FilmError, match="60000 x 60000 pixels where its header says 52 x 60"):
        read_film(tmp_path / "film")


def test_what_inflates_without_end_is_refused():
    with pytest.raises(FilmError) as caught:
        refuse_inflating(deflate_bomb(), 1 << 20)
    assert caught.value.reason.code is ReasonCode.TOO_LARGE


def test_a_deflated_film_with_padding_after_its_end_is_read():
    """Deflated data may be padded to even length (PS3.5 A.5); this film of 256 kB is."""
    with Sandbox() as sandbox:  # ends what would inflate for ever
        film = sandbox(Path(get_testdata_file("image_dfl.dcm", download=False)))
    assert film.pixels.shape == (512, 512)


def test_a_deflated_film_passes_up_to_its_own_size(tmp_path):
    data = seed("dicom deflated")
    size = grained(12).nbytes
    refuse_inflating(data, size + 2000)
    with pytest.raises(FilmError):
        refuse_inflating(data, size - 1)
    with pytest.raises(zlib.error):
        refuse_inflating(data[:400] + np.random.default_rng(1).bytes(4000), 1 << 20)


@pytest.mark.parametrize("name", ["dicom explicit", "png"])
def test_running_out_of_memory_is_not_taken_for_damage(tmp_path, monkeypatch, name):
    def greedy(*_, **__):
        raise MemoryError

    (tmp_path / "film").write_bytes(seed(name))
    monkeypatch.setattr("pydicom.dcmread", greedy)
    monkeypatch.setattr("PIL.Image.open", greedy)
    with pytest.raises(MemoryError):  # the sandbox names it too-large
        read_film(tmp_path / "film")


def test_a_broken_codestream_is_called_damaged_and_not_by_an_absurd_size(tmp_path):
    data = bytearray(seed("dicom jpeg 2000"))
    place = data.find(b"\xff\x4f\xff\x51") + 8
    data[place : place + 4] = b"\xff\xff\xff\xf0"  # columns
    (tmp_path / "film").write_bytes(data)
    with pytest.raises(FilmError, match="damaged") as refused:
        read_film(tmp_path / "film")
    assert refused.value.reason.code is ReasonCode.UNREADABLE
    assert " x " not in refused.value.reason.text
