"""The one exception whose text is meant for the person at the screen."""


class TrainingError(Exception):
    """Training cannot go on; the text says what happened and what to do."""


class Cancelled(Exception):  # noqa: N818 - it is a wish, not an error
    """The user asked to stop and to leave nothing behind."""
