"""The films of a run, divided by the very code the window shows."""

from pneumo_desktop.core.labelled.patients import groups_of, near_duplicates, thumbnail
from pneumo_desktop.core.labelled.split import CLASSES, Row, Shares, divide, same_bytes
from pneumo_training.films import FilmSet
from pneumo_training.recipe import DataPart


def split_films(films: FilmSet, part: DataPart) -> tuple[Row, ...]:
    """Divide the films by patient (duplicates count as one patient), seeded, class by class.

    Raises:
        TrainingError: A class has too few patients.
    """
    twins = near_duplicates([thumbnail(image) for image in films.images])
    twins += same_bytes(films.sha256)
    groups = groups_of(films.patients, twins)
    shares = Shares(part.validation, part.calibration, part.test, part.seed)
    parts = divide([bool(ill) for ill in films.truth], groups, shares)
    return tuple(
        Row(path.name, CLASSES[int(ill)], group, place)
        for path, ill, group, place in zip(films.paths, films.truth, groups, parts, strict=True)
    )
