"""The scripts of `packaging` are no package: they are loaded as the build loads them."""

import sys
from pathlib import Path

PACKAGING = str(Path(__file__).parents[2] / "packaging")
if PACKAGING not in sys.path:
    sys.path.append(PACKAGING)
