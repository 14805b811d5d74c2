from datetime import date, time

import pytest
from pydicom.dataset import Dataset

from pneumo_desktop.core.cases import SpacingKind
from tests.core.dicom_files import film_dataset

CALIBRATED, DETECTOR, UNSTATED = SpacingKind
OWN, OTHER = [0.15, 0.1], [0.2, 0.2]


def coded(meaning: str) -> list[Dataset]:
    item = Dataset()
    item.CodeMeaning = meaning
    return [item]


def test_the_facts_of_film_and_patient_are_read(read):
    facts = read(
        film_dataset(
            PatientName="Doe^Jane", PatientID="7", IssuerOfPatientID="St. Mary",
            PatientBirthDate="20200301", PatientSex="F", PatientAge="003Y", StudyDate="20230401",
            StudyTime="123001.5", BodyPartExamined="CHEST", ViewPosition="AP",
            StudyInstanceUID="1.2", SeriesInstanceUID="1.2.3", AccessionNumber="A1",
            ImageLaterality="U", PatientOrientation=["L", "F"],
        )
    ).facts  # fmt: skip
    patient = facts.patient
    assert (patient.name, patient.identifier, patient.issuer) == ("Doe Jane", "7", "St. Mary")
    assert (patient.age_years, patient.sex, patient.birth_date) == (3.0, "F", date(2020, 3, 1))
    assert (facts.study_date, facts.study_time) == (date(2023, 4, 1), time(12, 30, 1, 500000))
    assert (facts.modality, facts.body_part, facts.view) == ("CR", "CHEST", "AP")
    assert (facts.study_uid, facts.series_uid, facts.sop_uid) == ("1.2", "1.2.3", "2.25.1")
    assert (facts.accession, facts.laterality) == ("A1", "U")
    assert facts.patient_orientation == ("L", "F")


def test_what_the_file_does_not_say_stays_empty(read):
    facts = read(film_dataset()).facts
    assert (facts.spacing_mm, facts.spacing_kind, facts.pixel_aspect_ratio) == (None, None, 1.0)
    assert (facts.study_time, facts.patient_orientation, facts.patient.issuer) == (None, (), "")


@pytest.mark.parametrize(
    ("elements", "spacing", "kind"),
    [
        ({"PixelSpacing": OWN, "PixelSpacingCalibrationType": "FIDUCIAL"}, OWN, CALIBRATED),
        ({"PixelSpacing": OWN, "ImagerPixelSpacing": OTHER}, OWN, CALIBRATED),
        ({"PixelSpacing": OWN, "ImagerPixelSpacing": OWN}, OWN, DETECTOR),
        ({"ImagerPixelSpacing": OTHER}, OTHER, DETECTOR),
        ({"NominalScannedPixelSpacing": OTHER}, OTHER, DETECTOR),
        ({"PixelSpacing": OWN}, OWN, UNSTATED),
        ({"PixelSpacing": [0, 0], "ImagerPixelSpacing": OTHER}, OTHER, DETECTOR),
    ],
)
def test_a_spacing_is_named_for_what_it_measures(read, elements, spacing, kind):
    facts = read(film_dataset(**elements)).facts
    assert (facts.spacing_mm, facts.spacing_kind) == (tuple(spacing), kind)
    assert facts.pixel_aspect_ratio == pytest.approx(spacing[0] / spacing[1])


@pytest.mark.parametrize("malformed", [0.1, [0.1, 0.1, 0.1], [0.1, -0.1], [1e300, 1e-300]])
def test_a_spacing_that_is_none_is_left_out(read, malformed):
    facts = read(film_dataset(PixelSpacing=malformed)).facts
    assert (facts.spacing_mm, facts.spacing_kind) == (None, None)


def test_without_a_spacing_the_aspect_ratio_speaks(read):
    assert read(film_dataset(PixelAspectRatio=["2", "1"])).facts.pixel_aspect_ratio == 2.0


@pytest.mark.filterwarnings("ignore:Invalid value for VR:UserWarning")
@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", time(12)), ("1230", time(12, 30)), ("12:30:59", time(12, 30, 59)), ("2560", None),
     ("noon", None), ("12300100", None)],
)  # fmt: skip
def test_a_time_may_be_short_or_wrong(read, text, expected):
    dataset = film_dataset()
    dataset.add_new("StudyTime", "TM", text)
    assert read(dataset).facts.study_time == expected


@pytest.mark.parametrize(
    ("elements", "view"),
    [
        ({"ViewCodeSequence": coded("postero-anterior")}, "PA"),
        ({"ViewCodeSequence": coded("antero-posterior")}, "AP"),
        ({"ViewCodeSequence": coded("left lateral")}, "LATERAL"),
        ({"ViewCodeSequence": coded("lordotic")}, "lordotic"),
        ({"ViewCodeSequence": coded("left lateral"), "ViewPosition": "PA"}, "PA"),
    ],
)
def test_the_view_comes_from_its_code_where_it_is_not_spelled(read, elements, view):
    assert read(film_dataset(**elements)).facts.view == view


def test_the_body_part_comes_from_its_code_where_it_is_not_spelled(read):
    facts = read(film_dataset(AnatomicRegionSequence=coded("Chest"))).facts
    assert facts.body_part == "Chest"


def test_half_an_orientation_is_none(read):
    assert read(film_dataset(PatientOrientation="L")).facts.patient_orientation == ()


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ({"PatientAge": "018M"}, 1.5),
        ({"PatientAge": "about"}, None),
        ({"PatientBirthDate": "20200101", "StudyDate": "20250101"}, 5.0),
        ({"PatientBirthDate": "20250101", "StudyDate": "20200101"}, None),
    ],
)
@pytest.mark.filterwarnings("ignore:The value length:UserWarning")
@pytest.mark.filterwarnings("ignore:Invalid value for VR:UserWarning")
def test_the_age_comes_from_the_file_or_its_dates(read, elements, expected):
    age = read(film_dataset(**elements)).facts.patient.age_years
    assert age == (None if expected is None else pytest.approx(expected, abs=0.01))
