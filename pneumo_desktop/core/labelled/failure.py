"""The one exception of training whose text is meant for the person at the screen."""


class TrainingError(Exception):
    """Training cannot go on; the text says what happened and what to do."""
