"""The films of a run, divided by the very code the window shows."""

from pneumo_desktop.core.labelled.patients import groups_of, near_duplicates, thumbnail
from pneumo_desktop.core.labelled.split import CLASSES, Row, Shares, divide, same_bytes
from pneumo_training.failure import TrainingError
from pneumo_training.films import FilmSet
from pneumo_training.recipe import DataPart


def split_films(films: FilmSet, part: DataPart) -> tuple[Row, ...]:
    """Divide the films by patient (duplicates count as one patient), seeded, class by class.

    Films that their list has divided already stay as they are.

    Raises:
        TrainingError: A class has too few patients, or the list has a film in two parts.
    """
    twins = near_duplicates([thumbnail(image) for image in films.images])
    twins += same_bytes(films.sha256)
    groups = groups_of(films.patients, twins)
    if films.parts:
        _refuse_twins(films, twins)
        parts = films.parts
    else:
        shares = Shares(part.validation, part.calibration, part.test, part.seed)
        parts = divide([bool(ill) for ill in films.truth], groups, shares)
    return tuple(
        Row(path.name, CLASSES[int(ill)], group, place)
        for path, ill, group, place in zip(films.paths, films.truth, groups, parts, strict=True)
    )


def _refuse_twins(films: FilmSet, twins: list[tuple[int, int]]) -> None:
    for one, other in twins:
        if films.parts[one] != films.parts[other]:
            names = " and ".join(
                f"{films.paths[place].name} ({films.parts[place]})" for place in (one, other)
            )
            raise TrainingError(
                f"The split leaks: {names} show the same film and stand in two parts. Divide the "
                "films again, or give both the same patient."
            )
