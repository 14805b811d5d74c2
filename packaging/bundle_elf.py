"""Linux: smaller libraries for the bundle, each checked to be loadable as the one it stands for.

Needs binutils, which PyInstaller needs as well, and ICU's `icupkg`.
"""

import ctypes
import re
import shutil
import struct
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bundle_contents import Entry

WORTH = 20_000  # bytes; below that nothing is touched
ICU_KEPT = (
    "cnvalias.icu", "coll/*", "keyTypeData.res", "likelySubtags.res", "metadata.res", "nfkc.nrm",
    "nfkc_cf.nrm", "numberingSystems.res", "pool.res", "res_index.res", "root.res",
    "supplementalData.res", "timezoneTypes.res", "ulayout.icu", "windowsZones.res",
    "zoneinfo64.res",
)  # fmt: skip
"""Qt sorts names by ICU's collations. Languages, calendars and units it has itself."""


class ToolError(Exception):
    """A tool is missing or failed; the text says which and what to do."""


def sonames(file: str) -> list[str]:
    """Return the shared libraries that `file` asks for; none where it is no library."""
    return re.findall(r"\(NEEDED\).*\[(.+)\]", _started("readelf", "-d", file).stdout)


def glibc_wanted(files: Iterable[str]) -> str:
    """Return the oldest version of the C library that has all that `files` ask of it."""
    asked: set[tuple[int, ...]] = {(2, 17)}  # older ones are no longer met
    for file in files:
        told = _started("readelf", "-V", file).stdout
        asked |= {tuple(map(int, v.split("."))) for v in re.findall(r"GLIBC_(\d+\.\d+)", told)}
    return ".".join(map(str, max(asked)))


def slimmed(entries: Iterable[Entry], work: Path) -> list[Entry]:
    """Return the entries with smaller sources, written below `work`, where there are such."""
    shutil.rmtree(work, ignore_errors=True)
    return [(place, _slim(place, source, kind, work), kind) for place, source, kind in entries]


def _slim(place: str, source: str, kind: str, work: Path) -> str:
    if kind == "SYMLINK" or ".so" not in Path(place).name:
        return source
    target = work / place
    if Path(place).name.startswith("libicudata.so"):
        target.parent.mkdir(parents=True, exist_ok=True)
        trim_icu(Path(source), target)
        return str(target)
    return str(strip(Path(source), target))


def strip(source: Path, target: Path) -> Path:
    """Return `target`, `source` without its debugging symbols, or `source` where that is no good.

    strip tears files apart that patchelf has changed (most libraries of wheels): what the
    loader would refuse is left as it is.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _run("strip", "--strip-unneeded", "-o", str(target), str(source))
    saved = source.stat().st_size - target.stat().st_size
    if saved >= WORTH and is_aligned(target.read_bytes()):
        return target
    target.unlink()
    return source


def is_aligned(elf: bytes) -> bool:
    """Return whether the loader can map the segments of a 64-bit ELF file (glibc's own test)."""
    (offset,) = struct.unpack_from("<Q", elf, 32)
    size, count = struct.unpack_from("<HH", elf, 54)
    for number in range(count):
        kind, _, at, address, _, _, _, step = struct.unpack_from(
            "<IIQQQQQQ", elf, offset + number * size
        )
        if kind == 1 and (step % 4096 or (address - at) % max(step, 1)):
            return False
    return True


def trim_icu(source: Path, target: Path) -> None:
    """Write ICU's data library with what Qt asks of it alone.

    Raises:
        ToolError: A tool is missing or failed, or ICU's data did not arrive whole.
    """
    (symbol,) = re.findall(r"\bicudt\d+_dat\b", _run("nm", "-D", "--defined-only", str(source)))
    soname = re.findall(r"SONAME.*\[(.+)\]", _run("readelf", "-d", str(source)))[0]
    whole, kept = (
        target.with_suffix(".whole"),
        target.with_name(f"{symbol.removesuffix('_dat')}l.dat"),
    )
    whole.write_bytes(_data_of(source, symbol))
    shutil.copyfile(whole, kept)
    listed = _run("icupkg", "-l", str(kept)).split()
    drop = target.with_suffix(".drop.txt")
    drop.write_text(
        "\n".join(name for name in listed if not is_kept(name)) + "\n", encoding="utf-8"
    )
    _run("icupkg", "-r", str(drop), str(kept))
    _link(kept, symbol, soname, target)
    if _data_of(target, symbol) != kept.read_bytes():
        raise ToolError(f"{target}: ICU's data did not arrive whole; build again.")
    for file in (whole, kept, drop):
        file.unlink()


def is_kept(item: str) -> bool:
    """Return whether an item of ICU's data stays."""
    return any(item.startswith(k[:-1]) if k.endswith("*") else item == k for k in ICU_KEPT)


def _data_of(library: Path, symbol: str) -> bytes:
    """Return what a data symbol of a library holds, to the end that its table of symbols names."""
    row = next(line.split() for line in _run("readelf", "-sW", str(library)).splitlines()
               if line.split()[-1:] == [symbol])  # fmt: skip
    size = int(row[2], 0)
    start = ctypes.addressof(ctypes.c_char.in_dll(ctypes.CDLL(str(library)), symbol))
    return ctypes.string_at(start, size)


def _link(data: Path, symbol: str, soname: str, target: Path) -> None:
    text = (
        f".section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, @object\n{symbol}:\n"
        f'.incbin "{data}"\n.size {symbol}, . - {symbol}\n'
        '.section .note.GNU-stack,"",@progbits\n'
    )
    source, made = target.with_suffix(".s"), target.with_suffix(".o")
    source.write_text(text, encoding="utf-8")
    _run("as", "-o", str(made), str(source))
    _run("ld", "-shared", "-z", "noexecstack", "-soname", soname, "-o", str(target), str(made))
    source.unlink()
    made.unlink()


def _run(*command: str) -> str:
    done = _started(*command)
    if done.returncode:
        raise ToolError(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout


def _started(*command: str) -> subprocess.CompletedProcess[str]:
    if shutil.which(command[0]) is None:
        package = "icu-devtools" if command[0] == "icupkg" else "binutils"
        raise ToolError(f"{command[0]} is missing; run: sudo apt-get install {package}")
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
