"""What a run works on, and what has learnt."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pneumo_desktop.core.labelled.split import Part, Row, indices
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training.checkpoint import Epoch
from pneumo_training.films import FilmSet
from pneumo_training.mixing import Mixture
from pneumo_training.recipe import Recipe


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What a run works on."""

    job: TrainingJob
    recipe: Recipe
    films: FilmSet
    rows: tuple[Row, ...]
    sha256: str
    skipped: tuple[str, ...]
    mixture: Mixture | None = None
    start: Path | None = None

    @property
    def hashes(self) -> tuple[str, ...]:
        """The hashes of everything that is learnt from."""
        mixed = self.mixture.pools if self.mixture else ()
        begun = () if self.start is None else (hashlib.sha256(self.start.read_bytes()).hexdigest(),)
        return (self.sha256, *(pool.sha256 for pool in mixed), *begun)

    @property
    def whole(self) -> bool:
        """True where nothing that the recipe learns from was missing: else its words are untrue."""
        mixed = self.recipe.mixing is None or self.mixture is not None
        return mixed and (not self.recipe.model.start or self.start is not None)

    def part(self, part: Part) -> tuple[Any, Any]:
        """Return images and truth of one part."""
        chosen = indices(self.rows, part)
        return self.films.images[chosen], self.films.truth[chosen]


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A network that has learnt: `model` gives probabilities; where its weights began; how."""

    model: Any
    source: str
    epochs: tuple[Epoch, ...]
