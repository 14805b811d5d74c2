"""Errors of the machine in words: what happened, what to do, and that nothing finished is lost."""

import errno

AGAIN = "Then start the training again; it goes on after the last finished epoch."
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_IN_WORDS = ("No space left on device", "errno = 28", "Disk quota exceeded")  # of C++ libraries
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def told(error: BaseException, again: str = AGAIN) -> str:
    """Return sentences for the person at the screen, empty where it is a fault of the program.

    The last of them is `again`: what to do when what is wrong has been put right.

    TensorFlow's own errors are told by their names: it need not be installed.
    """
    if isinstance(error, MemoryError) or _is_out_of_memory(error):
        return (
            "The memory ran out. Close other programs, or lower the batch (train --batch 8) or the "
            f"number of films. {again}"
        )
    if any(words in str(error) for words in _IN_WORDS):
        return f"The disk is full. Free some room, or choose another place for the model. {again}"
    return _of_file(error, again) if isinstance(error, OSError) else ""


def _is_out_of_memory(error: BaseException) -> bool:
    """Tell what TensorFlow raises for memory; a full disk bears the same name there."""
    full = any(words in str(error) for words in _IN_WORDS)
    return type(error).__name__ == "ResourceExhaustedError" and not full


def _of_file(error: OSError, again: str) -> str:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in _FULL:
        return (
            f"The disk is full, or cannot hold so large a file{where}. Free some room, or choose "
            f"another place for the model. {again}"
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return (
            f"A folder or file was moved or removed while it was in use{where}. Put it back, or "
            f"choose another place for the model. {again}"
        )
    if error.errno in _CLOSED:
        return (
            f"The folder of the model cannot be written{where}: this user may not. Change its "
            f"rights, or choose another place. {again}"
        )
    if error.errno in {errno.EIO, errno.ENODEV, errno.ESTALE, errno.ENOTCONN}:
        return f"The drive does not answer{where}. Connect it again. {again}"
    return ""
