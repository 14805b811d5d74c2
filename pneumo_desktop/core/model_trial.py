"""A network from elsewhere answers one film in a child process before it is taken in.

LiteRT is native code and the network was made by others: should it crash or hang, the child does.
"""

from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from pneumo_desktop.core import sandbox_child
from pneumo_desktop.core.card import CardError
from pneumo_desktop.core.cases import Film, FilmFacts
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.greyscale import Window
from pneumo_desktop.core.model_package import load_package

SECONDS, END_SECONDS = 120.0, 5.0
_WELL, _ODD = b"well", b"odd"
FAILED = "the network crashes or does not answer"
ODD = "the network does not answer with numbers"


def trial(folder: Path, seconds: float = SECONDS) -> str:
    """Let the model in `folder` answer a made-up film; return why it cannot, else nothing."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_be_tried, args=(folder, theirs), daemon=True)
    process.start()
    theirs.close()
    said = b""
    with suppress(EOFError, OSError):
        said = ours.recv_bytes(4096) if ours.poll(seconds) else b""
    process.kill()
    process.join(END_SECONDS)
    if said == _WELL:
        return ""
    return ODD if said == _ODD else FAILED


def _be_tried(folder: Path, pipe: "Connection[bytes, bytes]") -> None:
    sandbox_child.isolate()
    with suppress(CardError, ValueError, KeyError, RuntimeError):
        said = LiteRtClassifier(load_package(folder), threads=1).predict(_made_up())
        numbers = (said.pneumonia_probability, said.chest_probability, said.evidence.sum())
        pipe.send_bytes(_WELL if np.all(np.isfinite(numbers)) else _ODD)


def _made_up() -> Film:
    """Return a grey ramp; any film will do."""
    pixels = np.tile(np.linspace(0, 255, 256).astype(np.uint8), (256, 1))
    return Film(FilmFacts(Path("ramp"), "", "PNG", 256, 256, 8), pixels, Window(128.0, 256.0))
