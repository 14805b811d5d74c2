"""Why a file could not be opened, and what to do, in words."""

import errno

_TO_DO = {
    errno.ELOOP: "Its links lead round in a circle: add the film itself.",
    errno.EACCES: "Check its permissions.",
    errno.EPERM: "Check its permissions.",
}
_ELSE = "Copy it to this computer and add it again."


def cannot_open(what: str, error: OSError) -> str:
    """Return that `what` cannot be opened, with the system's reason and what to do about it."""
    to_do = _TO_DO.get(error.errno or 0, _ELSE)
    return f"{what} cannot be opened ({error.strerror or error}). {to_do}"
