"""The exceptions that end a run: the first one's text is meant for the person at the screen."""

from pneumo_desktop.core.labelled.failure import TrainingError

__all__ = ["Cancelled", "TrainingError"]


class Cancelled(Exception):  # noqa: N818 - it is a wish, not an error
    """The user asked to stop and to leave nothing behind."""
