"""What both specs do with what PyInstaller's analysis found, before it is collected."""

from pathlib import Path
from typing import Any

import bundle_contents as contents
import bundle_elf
import gather_licences


def trim(analysis: Any, work: Path) -> None:
    """Leave out what is never opened, add the licences of the rest, and make libraries smaller.

    Licences are told by where a file came from, so they come before libraries are written anew
    below `work`.

    Raises:
        LicenceError: A component has none.
        ToolError: A tool that Linux needs is missing or failed.
    """
    analysis.binaries = contents.used(analysis.binaries)
    analysis.datas = contents.used(analysis.datas)
    if contents.is_linux():
        analysis.binaries = contents.needed(analysis.binaries, bundle_elf.sonames)
    licences = work / "licences"
    gather_licences.gather([*analysis.binaries, *analysis.datas, *analysis.pure], licences)
    analysis.datas += [
        (f"resources/licences/components/{path.name}", str(path), "DATA")
        for path in sorted(licences.iterdir())
    ]
    if contents.is_linux():
        analysis.binaries = bundle_elf.slimmed(analysis.binaries, work / "slim")
