"""The folder beside the package where a run keeps what it needs to go on after a kill."""

import hashlib
import shutil
from pathlib import Path

from pneumo_training.feature_file import FEATURES
from pneumo_training.recipe import Recipe

_KEY = "run.txt"


class Workplace:
    """`out`.training: the split and the checkpoints of one recipe on one set of films."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.folder = out.with_name(out.name + ".training")

    def open(self, key: str) -> bool:
        """Make the folder ready for the run `key`; return whether one with it was begun before.

        What another recipe or other films left unfinished is removed. The answers that the model
        in `out` is judged by stay until another model takes its place.
        """
        note = self.folder / _KEY
        if note.is_file() and note.read_text(encoding="utf-8") == key:
            return True
        self.discard()
        self.folder.mkdir(parents=True, exist_ok=True)
        note.write_text(key, encoding="utf-8")
        return False

    def keep_split(self, text: str) -> None:
        """Write the manifest of the split."""
        (self.folder / "split.csv").write_text(text, encoding="utf-8")

    def tidy(self) -> None:
        """Remove what only an unfinished run needs; the split stays."""
        for name in ("checkpoint.npz", FEATURES, _KEY):
            (self.folder / name).unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave nothing of an unfinished run behind."""
        if self._out.exists():
            self.tidy()
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


def run_key(recipe: Recipe, *data_sha256: str) -> str:
    """Return what must be equal for a checkpoint to be taken up again."""
    return hashlib.sha256(f"{recipe!r} {' '.join(data_sha256)}".encode()).hexdigest()


def data_hash(hashes: tuple[str, ...], truth: list[bool]) -> str:
    """Return one hash of all films and their classes, in whatever order and folder they lie."""
    lines = sorted(f"{value} {int(ill)}" for value, ill in zip(hashes, truth, strict=True))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
