"""Why a file could not be opened, and what to do, in words."""

import errno

from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP, Sentence

_PERMISSIONS = QT_TRANSLATE_NOOP("Reasons", "Check its permissions.")
_TO_DO = {
    errno.ELOOP: QT_TRANSLATE_NOOP(
        "Reasons", "Its links lead round in a circle: add the film itself."
    ),
    errno.EACCES: _PERMISSIONS,
    errno.EPERM: _PERMISSIONS,
}
_ELSE = QT_TRANSLATE_NOOP("Reasons", "Copy it to this computer and add it again.")


def cannot_open(saying: Sentence, error: OSError) -> str:
    """Return `saying` with the system's reason and what to do about it."""
    to_do = _TO_DO.get(error.errno or 0, _ELSE)
    return saying.format(why=error.strerror or error, to_do=to_do)
