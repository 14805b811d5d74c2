"""What can be wrong with a lot of labelled films, as plain values."""

from dataclasses import dataclass
from enum import StrEnum

HIDDEN = "…"  # stands for a name


class Kind(StrEnum):
    """What a finding is about; there is at most one of each kind."""

    ONE_CLASS = "one-class"
    FEW_PATIENTS = "few-patients"
    UNREADABLE = "unreadable"
    BOTH_CLASSES = "same-film-both-classes"
    PATIENT_IN_BOTH = "patient-in-both-classes"
    NOT_A_CHEST_FILM = "not-a-chest-film"
    SHARPNESS = "sharpness"
    SIZE = "size"
    IMBALANCE = "imbalance"
    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near-duplicate"
    PATIENTS_UNTOLD = "patients-untold"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do about a finding; `code` is what is remembered, `text` what is read."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know before training.

    `films` are places among the examined films; for `UNREADABLE`, among the unreadable ones.
    `default` is the code of the choice that holds where none is made; no choice changes a label.
    `groups` are the films that belong together, where the finding is about such. Where it `blocks`,
    there can be no training until it is gone. `unnamed` is the text with the names of films and
    patients hidden, empty where it names none.
    """

    kind: Kind
    text: str
    films: tuple[int, ...]
    choices: tuple[Choice, ...]
    default: str
    groups: tuple[tuple[int, ...], ...] = ()
    blocks: bool = False
    unnamed: str = ""

    def words(self, *, private: bool) -> str:
        """Return the text, or where names are to be hidden what it says with them hidden."""
        return (private and self.unnamed) or self.text
