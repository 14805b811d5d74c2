"""Which files of a disc, or of a ZIP, are films: told by DICOMDIR, content and, in doubt, name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.archive import Parts
from pneumo_desktop.core.dicomdir import Contents
from pneumo_desktop.core.signature import Kind

DICOM_SUFFIXES = frozenset((".dcm", ".dicom", ".ima"))
PICTURE_SUFFIXES = frozenset((".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"))


@dataclass(frozen=True, slots=True)
class Aside:
    """A file beside films, in a ZIP or on a disc, that is none."""

    path: Path


Item = Path | Aside


@dataclass(frozen=True, slots=True)
class Disc:
    """A DICOMDIR at `table`, in the folder whose key is `root`, and what it names."""

    table: Path
    root: Parts
    contents: Contents


class Discs:
    """The discs of one search; ticks off what was found of what they name."""

    def __init__(self, discs: list[Disc]) -> None:
        self._roots = [disc.root for disc in discs]
        self._awaited = {
            disc.root + place: disc.table.joinpath(*spelled)
            for disc in discs
            for place, spelled in disc.contents.images.items()
        }
        self._documents = {d.root + place for d in discs for place in d.contents.documents}

    def takes(self, place: Parts) -> bool:
        """Return whether this is an image that a DICOMDIR names; the first of its name is."""
        return self._awaited.pop(place, None) is not None

    def steps(self) -> set[Parts]:
        """Return the places of the images still awaited and of every folder on the way to them."""
        return {place[:n] for place in self._awaited for n in range(1, len(place) + 1)}

    def sift(self, path: Path, place: Parts, kind: Kind) -> Item:
        """Return whether a file that no DICOMDIR names as an image is taken for a film.

        Pictures on a disc are the viewer's, or copies of its films for the web (IHE PDI). What
        calls itself a film is read, and refused with a reason where it is none.
        """
        on_disc = any(place[: len(root)] == root for root in self._roots)
        if kind is Kind.DICOM:
            return Aside(path) if place in self._documents else path
        suffix = path.suffix.lower()
        claims = suffix in DICOM_SUFFIXES or (not on_disc and suffix in PICTURE_SUFFIXES)
        picture = kind is Kind.PICTURE and not on_disc
        return path if picture or claims or kind is Kind.ZIP else Aside(path)

    def missing(self) -> Iterator[Path]:
        """Yield a path for each image named in vain; it leads nowhere on any system."""
        yield from sorted(self._awaited.values())
