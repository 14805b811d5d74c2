"""Which films a model has learnt from, so that two models are compared on films new to both.

A package's `learnt.txt` holds a mark per film that its answer was learnt from or tuned on: to
train, to validate, to calibrate, and what was mixed in. The locked test's films are not among
them, nor are those that only its chest score has seen. A mark tells nothing of a patient, and
nobody finds a film by it who does not have the film.
"""

from collections.abc import Iterable

from pneumo_desktop.core.model_package import ModelPackage

LEARNT = "learnt.txt"
_DIGITS = 16  # of the SHA-256: 64 bits, so that no two of a hospital's films share a mark


def mark(sha256: str) -> str:
    """Return the mark of the film file with this SHA-256 (hexadecimal)."""
    return sha256[:_DIGITS]


def learnt_text(hashes: Iterable[str]) -> str:
    """Return what `learnt.txt` holds for films of these SHA-256: sorted marks, one a line."""
    return "".join(f"{one}\n" for one in sorted({mark(sha256) for sha256 in hashes}))


def learnt_marks(package: ModelPackage) -> frozenset[str] | None:
    """Return the marks of a package that was checked, or None where it does not tell."""
    if LEARNT not in package.card.files:
        return None
    return frozenset((package.folder / LEARNT).read_text(encoding="ascii").split())
