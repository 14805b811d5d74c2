"""Films are looked at in order, through real children; what cannot be read is a value."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pneumo_desktop.core.abreast import AHEAD, Sandboxes
from pneumo_desktop.core.cases import ReasonCode
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.labelled.examine import Examined, Unreadable, examine, sharpness
from pneumo_desktop.core.labelled.film_list import Listed, list_films
from pneumo_desktop.core.labelled.findings import Kind, find
from pneumo_desktop.core.labelled.lot import tell_patients
from pneumo_desktop.core.labelled.patients import PatientRule, thumbnail
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package
from pneumo_desktop.core.preprocess import model_input
from pneumo_desktop.core.sandbox import DecoderUnavailableError
from pneumo_desktop.core.screening import predict_both_ways
from tests.core.dicom_files import film_dataset


def write(path, seed, size=(90, 60)):
    """Write blurred noise of (columns, rows), its own for each seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    grey = np.random.default_rng(seed).integers(80, 170, (9, 9)).astype(np.uint8)
    Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC).save(path)
    return path


@pytest.fixture
def films(tmp_path):
    """Six films of two classes, the fourth of them no film."""
    for n in range(6):
        write(tmp_path / ("NORMAL", "PNEUMONIA")[n // 3] / f"{n}.png", n)
    (tmp_path / "PNEUMONIA" / "3.png").write_bytes(b"no film")
    return list_films(tmp_path)


def test_films_come_in_order_and_a_broken_one_is_a_value(films, classifier):
    with Sandboxes(2) as read:
        known = list(examine(films, read, classifier, abreast=2))
    assert [one.listed for one in known] == list(films)
    assert [type(one) for one in known] == [Examined] * 3 + [Unreadable] + [Examined] * 2
    assert known[3].reason.code is ReasonCode.UNSUPPORTED


def test_what_is_known_of_a_film_is_what_reading_and_training_make_of_it(films, classifier):
    (known, *_) = examine(films[:1], read_film, classifier)
    film = read_film(films[0].path)
    grey = model_input(film, 224, 224)[..., 0]
    assert (known.width, known.height, known.sha256) == (90, 60, film.facts.sha256)
    assert np.array_equal(known.thumbnail, thumbnail(np.rint(grey).astype(np.uint8)))
    assert known.sharpness == sharpness(grey)
    assert known.refusal is None
    assert known.preview.shape == (85, 128)
    assert abs(float(known.preview.mean()) - float(grey.mean())) < 3.0


def test_a_dicom_film_tells_its_patient_and_its_proportions(tmp_path, classifier):
    pixels = np.tile(np.arange(0, 4096, 32, dtype=np.uint16), (64, 1))
    dataset = film_dataset(pixels, PatientID=" 77 ", PixelAspectRatio=[2, 1])
    dataset.save_as(tmp_path / "film.dcm", enforce_file_format=True)
    (known,) = examine([Listed(tmp_path / "film.dcm", ill=True)], read_film, classifier)
    assert (known.patient_id, known.width, known.height) == ("77", 128, 64)
    assert known.preview.shape == (128, 128)  # a pixel is twice as high as wide


def test_what_the_gate_refuses_carries_its_reason(tmp_path, classifier):
    """The stub takes a film of strong contrast for no chest film."""
    stripes = np.kron([[0, 255] * 8], np.ones((64, 4))).astype(np.uint8)
    Image.fromarray(stripes).save(tmp_path / "stripes.png")
    (known,) = examine([Listed(tmp_path / "stripes.png", ill=True)], read_film, classifier)
    assert known.refusal.code is ReasonCode.NOT_A_CHEST_FILM
    assert known.chest_probability == 0.0


def test_who_stops_asking_stops_the_reading(films, classifier):
    asked = []

    def read(path):
        asked.append(path)
        return read_film(path)

    looking = examine(films * 50, read, classifier, abreast=2)
    next(looking)
    looking.close()
    assert 1 <= len(asked) <= AHEAD + 4


def test_a_decoder_that_cannot_start_is_no_fault_of_the_film(films, classifier):
    def read(path):
        raise DecoderUnavailableError("No decoder.")

    with pytest.raises(DecoderUnavailableError):
        list(examine(films, read, classifier, abreast=2))


def test_a_blurred_film_is_less_sharp():
    noise = np.random.default_rng(0).uniform(0, 255, (64, 64)).astype(np.float32)
    blurred = (noise[:-1, :-1] + noise[1:, :-1] + noise[:-1, 1:] + noise[1:, 1:]) / 4
    assert sharpness(blurred) < sharpness(noise) / 2
    assert sharpness(np.full((20, 20), 7.0, np.float32)) == 0.0


def real(folder, count, *, ill):
    """Return `count` of the films of a class in `folder`, evenly taken."""
    found = sorted((folder / ("NORMAL", "PNEUMONIA")[ill]).iterdir())
    return [Listed(path, ill) for path in found[:: len(found) // count][:count]]


@pytest.fixture(scope="module")
def look(real_films):
    """Return a function that looks at films with the shipped model and finds what is wrong."""
    classifier = LiteRtClassifier(find_package(DEFAULT_MODEL))

    def at(listed):
        with Sandboxes(2) as read:
            known = list(examine(listed, read, classifier, abreast=2))
        assert all(isinstance(one, Examined) for one in known)
        patients = tell_patients(known, PatientRule()).patients
        return {finding.kind: finding for finding in find(known, (), patients)}

    return at


def test_native_films_in_one_class_and_small_copies_in_the_other_are_found(look, real_films):
    """The trap of a folder put together from two downloads of one collection."""
    native, small = real_films / "kermany_native", real_films / "kermany"
    for normals, ills in ((native, small), (small, native)):
        found = look(real(normals, 20, ill=False) + real(ills, 20, ill=True))
        larger = "PNEUMONIA" if ills is native else "NORMAL"
        assert f"The films of {larger} are larger" in found[Kind.SIZE].text
        assert "tells 100 % of pairs apart" in found[Kind.SIZE].text


def test_the_sharper_class_of_a_real_collection_is_found_and_its_one_size_is_no_finding(
    look, real_films
):
    small = real_films / "kermany"
    found = look(real(small, 100, ill=False) + real(small, 100, ill=True))
    assert "The films of NORMAL are sharper" in found[Kind.SHARPNESS].text
    assert Kind.SIZE not in found


def test_films_of_one_class_divided_at_random_have_no_shortcut(look, real_films):
    films = real(real_films / "kermany", 120, ill=True)
    mixed = [Listed(film.path, ill=bool(n % 2)) for n, film in enumerate(films)]
    assert not {Kind.SHARPNESS, Kind.SIZE, Kind.IMBALANCE} & set(look(mixed))


def test_what_is_no_chest_film_is_found_among_films(look, real_films):
    hands = sorted(path for path in (real_films / "not_chest").rglob("*") if path.is_file())[:3]
    films = real(real_films / "kermany", 10, ill=True)
    found = look([*films, *(Listed(path, ill=False) for path in hands)])
    assert set(found[Kind.NOT_A_CHEST_FILM].films) >= {10, 11, 12}


def test_the_gate_says_of_the_small_film_what_reading_says_of_the_whole(real_films):
    classifier = LiteRtClassifier(find_package(DEFAULT_MODEL))
    films = real(real_films / "kermany_native", 5, ill=True)
    films += [Listed(path, ill=True) for path in sorted((real_films / "dicom").glob("*.dcm"))]
    for known in examine(films, read_film, classifier):
        whole = predict_both_ways(read_film(Path(known.listed.path)), classifier)
        assert known.chest_probability == pytest.approx(whole.chest_probability, abs=1e-3)
