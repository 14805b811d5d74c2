import io
import os

import pytest
from PIL import Image

from pneumo_desktop.core import picture
from pneumo_desktop.core.signature import HEAD, Kind, kind_of, kind_of_file
from tests.core import discs, zips


@pytest.mark.parametrize("name", picture.FORMATS)
def test_every_picture_that_can_be_read_is_told_by_its_first_bytes(name):
    stream = io.BytesIO()
    Image.new("L", (64, 64), 7).save(stream, name)
    assert kind_of(stream.getvalue()[:HEAD]) is Kind.PICTURE


def test_dicom_dicomdir_and_zip_are_told(tmp_path):
    table = discs.write(tmp_path / "disc", [discs.film()])
    (film,) = table.parent.glob("*/*/*/*")
    assert kind_of_file(table) is Kind.DICOMDIR
    assert kind_of_file(film) is Kind.DICOM
    assert kind_of_file(zips.write(tmp_path / "a", [("b", b"")])) is Kind.ZIP
    assert kind_of_file(zips.write(tmp_path / "a", [])) is Kind.ZIP


def test_a_dicom_file_with_the_first_bytes_of_a_zip_is_dicom():
    assert kind_of(b"PK\x03\x04" + bytes(124) + b"DICM") is Kind.DICOM


@pytest.mark.parametrize("name", ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"])
def test_documents_and_programs_are_no_archives_of_films(tmp_path, name):
    assert kind_of_file(zips.write(tmp_path / "a", [(name, b"x")])) is Kind.OTHER


@pytest.mark.parametrize(
    "head", [b"", b"B", b"BM is a word", b"RIFF", b"%PDF-1.7", b"MZ", b"\0" * 200]
)
def test_the_rest_is_something_else(head):
    assert kind_of(head) is Kind.OTHER


def test_what_cannot_be_opened_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "gone", tmp_path / "nul\0"):
        assert kind_of_file(path) is Kind.OTHER
