"""The exceptions that end a run: the first one's text is meant for the person at the screen."""

from pneumo_desktop.core.labelled.failure import TrainingError
from pneumo_desktop.core.training_job import Download

__all__ = ["Cancelled", "DownloadNeededError", "TrainingError"]


class DownloadNeededError(TrainingError):
    """Something has to be fetched first, and nobody has allowed it; `download` says what."""

    def __init__(self, text: str, download: Download) -> None:
        super().__init__(text)
        self.download = download


class Cancelled(Exception):  # noqa: N818 - it is a wish, not an error
    """The user asked to stop and to leave nothing behind."""
