"""The films of "A morning's list": the demo films again, as DICOM of invented patients.

What a morning brings beside plain frontal films is derived from them: an earlier film, a lateral
by its header, one with light and dark exchanged, a ZIP, a picture that is no film, a file that
was cut short.
"""

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from invented_film import write_dicom
from numpy.typing import NDArray
from PIL import Image
from pydicom.uid import DigitalXRayImageStorageForPresentation, generate_uid

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
TODAY = "20240506"


@dataclass(frozen=True)
class Invented:
    """A film to write: its file, the demo film it shows, and whom it is said to be of."""

    file: str
    picture: str
    name: str
    born: str
    sex: str
    age: str
    study: str = TODAY
    view: str = "AP"
    inverted: bool = False


FILMS = (
    Invented("ward/ida.dcm", "synthetic-pneumonia-1.jpg", "Demo^Ida", "20200117", "F", "004Y"),
    Invented(
        "ward/ida-february.dcm", "synthetic-normal-1.jpg", "Demo^Ida", "20200117", "F", "004Y",
        study="20240212",
    ),
    Invented("ward/ben.dcm", "synthetic-pneumonia-2.jpg", "Demo^Ben", "20210803", "M", "002Y"),
    Invented("ward/cara.dcm", "synthetic-normal-2.jpg", "Demo^Cara", "20190930", "F", "004Y"),
    Invented("ward/david.dcm", "synthetic-unclear-1.jpg", "Demo^David", "20220311", "M", "002Y"),
    Invented("ward/emil.dcm", "synthetic-normal-3.png", "Demo^Emil", "20200625", "M", "003Y"),
    Invented(
        "ward/emil-lateral.dcm", "synthetic-normal-1.jpg", "Demo^Emil", "20200625", "M", "003Y",
        view="LL",
    ),
    Invented(
        "ward/hugo.dcm", "synthetic-pneumonia-2.jpg", "Demo^Hugo", "20210214", "M", "003Y",
        inverted=True,
    ),
    Invented("night/finn.dcm", "synthetic-pneumonia-3.jpg", "Demo^Finn", "20201102", "M", "003Y"),
    Invented("night/gina.dcm", "synthetic-normal-4.jpg", "Demo^Gina", "19591209", "F", "064Y"),
)  # fmt: skip


def write_films(folder: Path) -> None:
    """Fill `folder` with a morning's films; those of the night come as a ZIP."""
    for film in FILMS:
        instance = generate_uid(entropy_srcs=[film.file])
        values = twelve_bits(film)
        kind = DigitalXRayImageStorageForPresentation
        write_dicom(folder / film.file, kind, instance, header(film), values)
    night = folder / "night"
    with zipfile.ZipFile(folder / "night.zip", "w") as archive:
        for path in sorted(night.iterdir()):
            archive.write(path, path.name)
    shutil.rmtree(night)
    stick = folder / "ward" / "usb-stick"
    stick.mkdir()
    shutil.copy(DEMO / "no-chest-film.jpg", stick / "holiday.jpg")
    whole = (DEMO / "synthetic-normal-4.jpg").read_bytes()
    (stick / "cut-short.jpg").write_bytes(whole[: len(whole) // 3])


def header(film: Invented) -> dict[str, Any]:
    """Return what the file says of its patient and study, and how it is shown."""
    return {
        "PatientName": film.name,
        "PatientID": f"DEMO-{film.name.partition('^')[2].upper()}",
        "PatientBirthDate": film.born,
        "PatientSex": film.sex,
        "PatientAge": film.age,
        "StudyDate": film.study,
        "StudyInstanceUID": generate_uid(entropy_srcs=[film.name, film.study]),
        "SeriesInstanceUID": generate_uid(entropy_srcs=[film.name, film.study, film.view]),
        "Modality": "DX",
        "ViewPosition": film.view,
        "ImagerPixelSpacing": [0.3, 0.3],
        "WindowCenter": 2048,
        "WindowWidth": 4096,
    }


def twelve_bits(film: Invented) -> NDArray[np.uint16]:
    """Return the demo film's values (rows, columns), 0 to 4080."""
    grey = np.asarray(Image.open(DEMO / film.picture).convert("L"))
    return (255 - grey if film.inverted else grey).astype("<u2") * np.uint16(16)
