"""What a DICOM header says of film and patient.

Source: DICOM PS3.3 C.7.1 to C.7.3 (patient, study, series), C.8.11 (DX), 10.7.1 (pixel spacing);
PS3.5 6.2 (value representations). What is missing or malformed is left empty, never guessed.
"""

from datetime import date, time
from pathlib import Path
from typing import Any

from pydicom.dataset import FileDataset
from pydicom.multival import MultiValue

from pneumo_desktop.core.cases import FilmFacts, Patient, SpacingKind

_DAYS_A_UNIT = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
_LEAST, _MOST = 1e-6, 1e6
_PROJECTIONS = ("postero-anterior", "PA"), ("antero-posterior", "AP"), ("lateral", "LATERAL")


def facts(
    dataset: FileDataset, path: Path, sha256: str, shape: tuple[int, int], bits: int
) -> FilmFacts:
    """Return the facts of a film of `shape` (rows, columns)."""
    spacing, kind = _spacing(dataset)
    return FilmFacts(
        path=path,
        sha256=sha256,
        format="DICOM",
        width=shape[1],
        height=shape[0],
        bits=bits,
        patient=_patient(dataset),
        study_date=_date(dataset.get("StudyDate")),
        modality=text_of(dataset, "Modality"),
        body_part=text_of(dataset, "BodyPartExamined")
        or _meaning(dataset, "AnatomicRegionSequence"),
        view=_view(dataset),
        photometric=text_of(dataset, "PhotometricInterpretation"),
        spacing_mm=spacing,
        spacing_kind=kind,
        pixel_aspect_ratio=_aspect_ratio(dataset, spacing),
        laterality=text_of(dataset, "ImageLaterality") or text_of(dataset, "Laterality"),
        patient_orientation=_orientation(dataset),
        study_time=_time(dataset.get("StudyTime")),
        study_uid=text_of(dataset, "StudyInstanceUID"),
        series_uid=text_of(dataset, "SeriesInstanceUID"),
        sop_uid=text_of(dataset, "SOPInstanceUID"),
        accession=text_of(dataset, "AccessionNumber"),
    )


def text_of(dataset: FileDataset, keyword: str) -> str:
    """Return one or several values as one text."""
    return " ".join(_values(dataset, keyword))


def _values(dataset: FileDataset, keyword: str) -> tuple[str, ...]:
    value = dataset.get(keyword)
    if isinstance(value, MultiValue):
        return tuple(map(str, value))
    return (str(value),) if value not in (None, "") else ()


def _meaning(dataset: FileDataset, keyword: str) -> str:
    """Return the code meaning of a code sequence's first item."""
    items = dataset.get(keyword)
    return str(items[0].get("CodeMeaning") or "") if items else ""


def _view(dataset: FileDataset) -> str:
    """Return the view position, else what the view code means in the same letters."""
    named, meaning = text_of(dataset, "ViewPosition"), _meaning(dataset, "ViewCodeSequence")
    found = [letters for words, letters in _PROJECTIONS if words in meaning.lower()]
    return named or (found[0] if found else meaning)


def _patient(dataset: FileDataset) -> Patient:
    return Patient(
        name=text_of(dataset, "PatientName").replace("^", " ").strip(),
        identifier=text_of(dataset, "PatientID"),
        birth_date=_date(dataset.get("PatientBirthDate")),
        age_years=_age(dataset),
        sex=text_of(dataset, "PatientSex"),
        issuer=text_of(dataset, "IssuerOfPatientID"),
    )


def _age(dataset: FileDataset) -> float | None:
    """Return the age in years from Patient's Age (PS3.5 AS), else from the two dates."""
    text = str(dataset.get("PatientAge") or "")
    if len(text) == 4 and text[:3].isdigit() and text[3] in _DAYS_A_UNIT:
        return int(text[:3]) * _DAYS_A_UNIT[text[3]] / _DAYS_A_UNIT["Y"]
    born, studied = _date(dataset.get("PatientBirthDate")), _date(dataset.get("StudyDate"))
    if born is None or studied is None or studied < born:
        return None
    return (studied - born).days / _DAYS_A_UNIT["Y"]


def _date(value: Any) -> date | None:
    text = str(value or "")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _time(value: Any) -> time | None:
    """Return a time of day (PS3.5 TM), whose later parts may be missing."""
    whole, _, fraction = str(value or "").replace(":", "").strip().partition(".")
    try:
        hour, minute, second = (int(whole[place : place + 2] or 0) for place in (0, 2, 4))
        exact = time(hour, minute, second, int(fraction.ljust(6, "0")[:6]))
    except ValueError:
        return None
    return exact if 2 <= len(whole) <= 6 else None


def _spacing(dataset: FileDataset) -> tuple[tuple[float, float] | None, SpacingKind | None]:
    """Return the pixel spacing and what it measures (PS3.3 10.7.1).

    Pixel Spacing is in the patient where its calibration is named or where it differs from the
    detector's; where both are the same nothing was calibrated.
    """
    own = _pair(dataset, "PixelSpacing")
    detector = _pair(dataset, "ImagerPixelSpacing") or _pair(dataset, "NominalScannedPixelSpacing")
    if own is None:
        return detector, SpacingKind.DETECTOR if detector else None
    if text_of(dataset, "PixelSpacingCalibrationType"):
        return own, SpacingKind.CALIBRATED
    if detector is None:
        return own, SpacingKind.UNSTATED
    return own, SpacingKind.DETECTOR if own == detector else SpacingKind.CALIBRATED


def _aspect_ratio(dataset: FileDataset, spacing: tuple[float, float] | None) -> float:
    """Return a pixel's height over its width, from the spacing or else (0028,0034)."""
    height, width = spacing or _pair(dataset, "PixelAspectRatio") or (1.0, 1.0)
    return height / width


def _pair(dataset: FileDataset, keyword: str) -> tuple[float, float] | None:
    """Return two positive numbers that may be lengths in millimetres, or None."""
    try:
        numbers = tuple(map(float, _values(dataset, keyword)))
    except ValueError:
        return None
    if len(numbers) != 2 or not all(_LEAST < number < _MOST for number in numbers):
        return None
    return numbers[0], numbers[1]


def _orientation(dataset: FileDataset) -> tuple[str, ...]:
    """Return where rows and columns point to, or nothing where only one is told."""
    directions = _values(dataset, "PatientOrientation")
    return directions if len(directions) == 2 and all(directions) else ()
