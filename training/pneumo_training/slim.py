"""`python -m pneumo_training.slim PACKAGE`: leave in a package what a reader of films needs.

That is the card, the network, the marks of the films learnt from and, where it is small, the Keras
model. The other
precisions go, and the card names them no more. Exit: 0 done, 1 failed, 2 wrong usage.
"""

import argparse
import sys
from pathlib import Path

from pneumo_desktop.core.card import CardError, encode_card
from pneumo_desktop.core.learnt import LEARNT
from pneumo_desktop.core.model_package import NETWORK, load_package
from pneumo_training.package import replaced

KERAS_AT_MOST = 16_000_000  # bytes


def slim(folder: Path) -> list[str]:
    """Take the files that reading does without out of a package; return their names.

    Raises:
        CardError: The folder is no whole package.
    """
    package = load_package(folder)
    dropped = [name for name in package.card.files if not _stays(folder / name)]
    files = {n: sha256 for n, sha256 in package.card.files.items() if n not in dropped}
    card, part = folder / "card.json", folder / "card.json.part"
    part.write_bytes(encode_card(replaced(package.card, files=files)))
    part.replace(card)  # first the card: a file too many is no harm, one too few is
    for name in dropped:
        (folder / name).unlink()
    return dropped


def _stays(file: Path) -> bool:
    small = file.stat().st_size <= KERAS_AT_MOST
    return file.name in {NETWORK, LEARNT} or (file.suffix == ".keras" and small)


def main(arguments: list[str]) -> int:
    """Slim the package that the command line names; see the module's description."""
    parser = argparse.ArgumentParser("pneumo_training.slim")
    parser.add_argument("package", type=Path)
    try:
        dropped = slim(parser.parse_args(arguments).package)
    except CardError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Dropped: {', '.join(dropped) or 'nothing'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
