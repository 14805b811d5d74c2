"""The model card: every constant that belongs to one model version, and what was measured of it.

`card.json` is decoded strictly; a threshold is never carried from one card to another.
"""

from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

SCHEMA = 1
OWN = "own"  # the operating point that a person chose, where one was chosen
NOWHERE = "nowhere"  # begins the `chosen_on` of what was not chosen on any films
Probability = Annotated[float, Meta(ge=0.0, le=1.0)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Frozen(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the card's parts: immutable, and an unknown field is an error."""


class InputSpec(Frozen, frozen=True):
    """The network's input `name`: float32 (1, height, width, 1), grey 0-255."""

    height: Annotated[int, Meta(ge=8, le=2048)]
    width: Annotated[int, Meta(ge=8, le=2048)]
    preprocessing: str
    name: str = "image"


class Calibration(Frozen, frozen=True):
    """probability = sigmoid(scale * logit + bias) (Platt 1999)."""

    scale: Annotated[float, Meta(gt=0.0)]
    bias: float
    chosen_on: str

    @property
    def measured(self) -> bool:
        """Whether scale and bias were chosen on any films."""
        return not self.chosen_on.startswith(NOWHERE)


class OperatingPoint(Frozen, frozen=True):
    """Calibrated probability from which a film is called Pneumonia, and where it was chosen."""

    threshold: Probability
    chosen_on: str


class Gates(Frozen, frozen=True):
    """Films whose chest score lies below `chest_minimum` are no frontal chest films."""

    chest_minimum: Probability
    chosen_on: str


class SeverityConstants(Frozen, frozen=True):
    """See `severity.severity`.

    Positions whose evidence exceeds `evidence_threshold` (logit units) count towards the extent;
    `extent_share` of the scale is left to the extent.
    """

    evidence_threshold: float
    extent_share: Probability


class EvidenceSpec(Frozen, frozen=True):
    """The evidence map: rows x columns parts that, summed and added to `bias`, give the logit.

    `largest_error` is the largest deviation of that sum measured at export, in logit units.
    """

    rows: int
    columns: int
    bias: float
    largest_error: float


class Population(Frozen, frozen=True):
    """On whom the model was measured; ages in years."""

    description: str
    minimum_age: float
    maximum_age: float


class Interval(Frozen, frozen=True):
    """A measured rate with its 95 % interval."""

    value: float
    low: float
    high: float


class MeasuredResult(Frozen, frozen=True):
    """Figures on one set of films, at the balanced point; `figures` maps a name to its rate."""

    films: str
    role: str
    n: int
    figures: dict[str, Interval]


class CoveragePoint(Frozen, frozen=True):
    """What a confidence threshold does: the share `answered` at it, and the share `right` of those.

    `right` is None where no film is answered.
    """

    threshold: Probability
    answered: Probability
    right: Probability | None


class ModelCard(Frozen, frozen=True):
    """Everything in `card.json`; `files` maps a file name to the SHA-256 of its bytes.

    `risk_coverage` maps an operating point to its points by rising threshold, of the locked test's
    films with no gate applied; it is empty where that was not measured.
    """

    schema: int
    name: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_.-]{0,63}$")]
    version: str
    title: str
    files: dict[str, Sha256]
    input: InputSpec
    labels: tuple[str, str]
    calibration: Calibration
    operating_points: dict[str, OperatingPoint]
    gates: Gates
    severity: SeverityConstants
    evidence: EvidenceSpec
    prevalence: Probability
    population: Population
    limits: tuple[str, ...]
    training: dict[str, Any]
    results: tuple[MeasuredResult, ...] = ()
    risk_coverage: dict[str, tuple[CoveragePoint, ...]] = {}  # msgspec copies it

    def threshold(self, operating_point: str) -> float:
        """Return the probability of an operating point; "default" is the balanced one.

        Raises:
            KeyError: This card has no such operating point.
        """
        return self.operating_points[point_name(operating_point)].threshold

    def has_point(self, operating_point: str) -> bool:
        """Return whether the card has an operating point of this name."""
        return point_name(operating_point) in self.operating_points


def point_name(operating_point: str) -> str:
    """Return an operating point's name in a card; "default" is the balanced one."""
    return "balanced" if operating_point == "default" else operating_point


class CardError(Exception):
    """A card cannot be used; the text says which one, why, and what to do."""


def read_card(path: Path) -> ModelCard:
    """Read and validate `card.json`.

    Raises:
        CardError: The file is missing, no valid card, or of an unknown schema version.
    """
    try:
        card = msgspec.json.decode(path.read_bytes(), type=ModelCard)
    except (OSError, msgspec.DecodeError) as error:
        text = f"{path}: not a usable model card ({error}); install the model again."
        raise CardError(text) from error
    if card.schema != SCHEMA:
        raise CardError(
            f"{path}: card schema {card.schema} is not known to this version of the program; "
            "update the program or export the model again."
        )
    if "balanced" not in card.operating_points:
        raise CardError(f"{path}: the card has no balanced operating point; export it again.")
    return card


def encode_card(card: ModelCard) -> bytes:
    """Return the card as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n"
