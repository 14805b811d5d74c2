"""The vocabulary of the program: frozen values that cross layers, threads and processes."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pneumo_desktop.core.greyscale import Pixels, Voi


class Label(StrEnum):
    """What the window shows for a film."""

    NORMAL = "Normal"
    PNEUMONIA = "Pneumonia"
    INVALID = "Invalid"


class Priority(StrEnum):
    """The model's suspicion and extent, not clinical severity; declared from first to last."""

    HIGH = "High"
    MEDIUM = "Medium"
    CHECK = "Check"
    LOW = "Low"


class ReasonCode(StrEnum):
    """Why a film has no Normal or Pneumonia; part of the command line's contract."""

    LOW_CONFIDENCE = "low-confidence"
    NOT_A_CHEST_FILM = "not-a-chest-film"
    LATERAL_VIEW = "lateral-view"
    INVERTED_POLARITY = "inverted-polarity"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too-large"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    NO_PIXELS = "no-pixels"
    MULTI_FRAME = "multi-frame"
    MISSING = "missing"


class Call(StrEnum):
    """What the reader says of a film."""

    NORMAL = "Normal"
    PNEUMONIA = "Pneumonia"
    OTHER = "Other abnormality"
    NOT_DIAGNOSTIC = "Not diagnostic"


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason with a sentence for the clinician."""

    code: ReasonCode
    text: str


class FilmError(Exception):
    """A file could not become a film. Raised by readers, turned into `Rejected` by `screen`."""

    def __init__(self, code: ReasonCode, text: str) -> None:
        super().__init__(code, text)
        self.reason = Reason(code, text)


@dataclass(frozen=True, slots=True)
class Patient:
    """Who is on the film, as far as the file says; empty where it does not.

    `issuer` names who gave the identifier: the same number of two hospitals is two patients.
    """

    name: str = ""
    identifier: str = ""
    birth_date: date | None = None
    age_years: float | None = None
    sex: str = ""
    issuer: str = ""


class SpacingKind(StrEnum):
    """What a projection's pixel spacing measures (PS3.3 10.7.1)."""

    CALIBRATED = "calibrated"  # in the patient, corrected for the magnification
    DETECTOR = "detector"  # at the detector; the patient is smaller
    UNSTATED = "unstated"  # the file does not say which of the two


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """Everything known about a film but its pixels; terms are DICOM's.

    `spacing_mm` is (row, column) spacing in millimetres, `spacing_kind` what it measures, None
    without a spacing. `pixel_aspect_ratio` is a pixel's height over its width.
    `patient_orientation` is where the rows and the columns point to (0020,0020), as ("L", "F").
    `sha256` is of the file's bytes.
    """

    path: Path
    sha256: str
    format: str
    width: int
    height: int
    bits: int
    patient: Patient = field(default_factory=Patient)
    study_date: date | None = None
    modality: str = ""
    body_part: str = ""
    view: str = ""
    photometric: str = ""
    spacing_mm: tuple[float, float] | None = None
    spacing_kind: SpacingKind | None = None
    pixel_aspect_ratio: float = 1.0
    laterality: str = ""
    patient_orientation: tuple[str, ...] = ()
    study_time: time | None = None
    study_uid: str = ""
    series_uid: str = ""
    sop_uid: str = ""
    accession: str = ""


@dataclass(frozen=True, slots=True)
class NamedVoi:
    """One of the file's own VOI steps with the file's explanation, empty where it has none."""

    voi: Voi
    explanation: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """A decoded film: `pixels` (rows, columns) after the modality LUT, before the VOI step.

    `voi` is the one to begin with, `offered` every one the file brings, in its order, `voi` first.
    `inverted` is true for MONOCHROME1, where small values are bright; it is applied after `voi`.
    `padding` is the value of pixels that are no image (0028,0120); they are shown black.
    """

    facts: FilmFacts
    pixels: Pixels
    voi: Voi
    inverted: bool = False
    offered: tuple[NamedVoi, ...] = ()
    padding: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What one run of the network says.

    `pneumonia_probability` is calibrated, 0-1; `chest_probability` is the frontal-chest score,
    0-1; `evidence` (rows, columns) holds the additive parts of the pneumonia logit by position.
    `inverted_chest_probability` is the chest score with light and dark exchanged, asked for only
    where the film as it stands is not surely a chest film.
    """

    pneumonia_probability: float
    chest_probability: float
    evidence: NDArray[np.float32]
    inverted_chest_probability: float | None = None


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model answered; `sha256` is of its model.tflite."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Milliseconds:
    """How long one film took."""

    decode: float
    predict: float
    total: float


@dataclass(frozen=True, slots=True)
class Policy:
    """What the reader chose: the operating point and the least confidence that is an answer."""

    operating_point: str = "default"
    threshold: float = 0.70


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a film under one policy.

    `severity` is 0-100; it and `priority` are None where the film is no frontal chest film.
    """

    label: Label
    raw_label: Label
    confidence: float
    severity: float | None
    priority: Priority | None
    reason: Reason | None
    policy: Policy


@dataclass(frozen=True, slots=True)
class Case:
    """A decoded and answered film, Invalid included."""

    facts: FilmFacts
    prediction: Prediction
    answer: Answer
    model: ModelIdentity
    milliseconds: Milliseconds

    @property
    def path(self) -> Path:
        """Where the film was read."""
        return self.facts.path


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that could not be decoded, and why."""

    path: Path
    reason: Reason
    model: ModelIdentity
    milliseconds: Milliseconds


Outcome = Case | Rejected


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader's own call on a case. `read_at` is in UTC.

    `answer_seen` says whether the reader could have seen the model's answer before the call;
    `model` names, with its version, the model whose answer was on file then.
    """

    call: Call
    read_at: datetime
    note: str = ""
    initials: str = ""
    answer_seen: bool = True
    model: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything a reader puts on a case; what can be taken back is a former value of this."""

    reading: Reading | None = None
    flagged: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A row of the worklist. `received` is in UTC.

    `answer_shown` is true once a call has shown the answer, whatever became of that call.
    """

    id: int
    outcome: Outcome
    received: datetime
    reading: Reading | None = None
    flagged: bool = False
    archived: bool = False
    answer_shown: bool = False

    @property
    def marks(self) -> Marks:
        """What the reader put on it."""
        return Marks(self.reading, self.flagged, self.archived)
