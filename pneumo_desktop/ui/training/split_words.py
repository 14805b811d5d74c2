"""What a division means, in words: what each part is for, and how sure its figures will be."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pneumo_desktop.core.labelled.film_list import Listed
from pneumo_desktop.core.labelled.split import PARTS, Part, expected_width

RATE = 0.9  # the sensitivity or specificity that the intervals to expect are told for
WIDE = 0.1  # half an interval from which on the locked test can hardly tell two models apart


@dataclass(frozen=True, slots=True)
class PartCount:
    """How many films and patients of each class (NORMAL, PNEUMONIA) a part has.

    A patient with films of both classes counts as one with pneumonia, as in the division.
    """

    part: Part
    films: tuple[int, int]
    patients: tuple[int, int]


def counted(films: Sequence[Listed]) -> tuple[PartCount, ...]:
    """Return the counts of each part, in the order of `PARTS`."""
    return tuple(_count(part, [film for film in films if film.part == part]) for part in PARTS)


def _count(part: Part, films: Sequence[Listed]) -> PartCount:
    ill = sum(film.ill for film in films)
    sick = {film.patient for film in films if film.ill}
    well = {film.patient for film in films} - sick
    return PartCount(part, (len(films) - ill, ill), (len(well), len(sick)))


def part_name(part: Part) -> str:
    """Return what a part is called."""
    return {
        "train": QCoreApplication.translate("split", "Learning"),
        "validation": QCoreApplication.translate("split", "Choosing"),
        "calibration": QCoreApplication.translate("split", "Calibration"),
        "test": QCoreApplication.translate("split", "Locked test"),
    }[part]


def part_purpose(part: Part) -> str:
    """Return what a part is for."""
    return {
        "train": QCoreApplication.translate("split", "the network learns from these"),
        "validation": QCoreApplication.translate(
            "split", "tells after which epoch the network was best"
        ),
        "calibration": QCoreApplication.translate(
            "split", "makes its confidence honest; the operating point is chosen on it"
        ),
        "test": QCoreApplication.translate("split", "looked at last, when everything is decided"),
    }[part]


def purposes() -> str:
    """Return what each part is for, as a line each."""
    return "\n".join(f"{part_name(part)}: {part_purpose(part)}." for part in PARTS)


def expectation(test: PartCount) -> str:
    """Return how exactly the locked test will tell sensitivity and specificity."""
    normal, ill = test.films
    words = QCoreApplication.translate(
        "split",
        "With %(ill)s films of PNEUMONIA in the locked test, a sensitivity of 90 %% would be known "
        "to ±%(sick)s points; with %(normal)s films of NORMAL, a specificity of 90 %% to "
        "±%(well)s points (95 %% interval). Several films of one patient make it less exact.",
    )
    return words % {
        "ill": f"{ill:,}",
        "normal": f"{normal:,}",
        "sick": _points(ill),
        "well": _points(normal),
    }


def warning(test: PartCount) -> str:
    """Return what is too small; empty where the test is large enough to tell something."""
    if max(_half(count) for count in test.films) <= WIDE:
        return ""
    return QCoreApplication.translate(
        "split",
        "That is little: two models can hardly be told apart on so few films. Add films, or give "
        "the locked test a larger share.",
    )


def _points(films: int) -> str:
    return f"{100.0 * _half(films):.0f}"


def _half(films: int) -> float:
    return expected_width(films, RATE) / 2.0
