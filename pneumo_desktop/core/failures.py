"""The errors that are expected: their text is for the user, and they are no bugs."""

from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.judgement.judged import JudgementError
from pneumo_desktop.core.paths import DataFolderError
from pneumo_desktop.core.sandbox import DecoderUnavailableError
from pneumo_desktop.core.store_schema import StoreError
from pneumo_desktop.core.trainer_location import TrainerMissingError

TOLD = (
    CardError,
    DataFolderError,
    DecoderUnavailableError,
    JudgementError,
    StoreError,
    TrainerMissingError,
)
