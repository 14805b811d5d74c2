"""The licences of everything in a bundle: a text for each component, and an index.

Components are the installed distributions whose files are in it, Python, the bundle's own starter,
and the system's libraries, whose packages carry their terms. One without a text ends the build.
"""

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from bundle_contents import Entry

SUPPLIED = Path(__file__).resolve().parent / "licences"
LGPL = ("PySide6.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
WITHOUT_TEXT = {  # distributions whose wheels forgot it
    "flatbuffers": ("../../LICENSE",),  # Apache License 2.0, the very text of our own
    "pyjpegls": ("../../resources/licences/decoders.txt",),
    "PySide6_Essentials": LGPL,
    "shiboken6": LGPL,
}
OWN, STARTER = "pneumo-desktop", "pyinstaller"
_LICENCE = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)[^/]*$", re.IGNORECASE)
_NO_TEXT = {".py", ".pyc", ".so", ".h"}
INDEX = "index.tsv"
HEADER = "component\tversion\tlicence\tfile\n"


class LicenceError(Exception):
    """A component has no licence text; the text names it and says what to do."""


@dataclass(frozen=True)
class Component:
    """What is in the bundle under one licence; `files` hold its terms."""

    name: str
    version: str
    licence: str
    files: tuple[Path, ...]


def gather(entries: Iterable[Entry], target: Path) -> list[Component]:
    """Write the licences of all that `entries` (of binaries, data and modules) bring to `target`.

    Raises:
        LicenceError: A component has none.
    """
    sources = {Path(source).resolve() for _, source, _ in entries if source}
    found = [*of_distributions(sources), python(), starter(), *of_system(sources)]
    write(found, target)
    return found


def write(components: Iterable[Component], target: Path) -> None:
    """Write a file for each component, and the index, in `target`, emptied before.

    Raises:
        LicenceError: A component has none.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    lines = []
    for one in sorted(components, key=lambda component: component.name.lower()):
        if not one.files:
            raise LicenceError(
                f"{one.name} {one.version} brings no licence text. Add it to packaging/licences "
                "and name it in WITHOUT_TEXT of packaging/gather_licences.py."
            )
        texts = [file.read_text(encoding="utf-8", errors="replace").strip() for file in one.files]
        name = f"{re.sub('[^A-Za-z0-9.+-]', '-', one.name)}.txt"
        rule = f"\n\n{'-' * 80}\n\n"
        (target / name).write_text(rule.join(dict.fromkeys(texts)) + "\n", encoding="utf-8")
        lines.append(f"{one.name}\t{one.version}\t{one.licence}\t{name}\n")
    (target / INDEX).write_text(HEADER + "".join(lines), encoding="utf-8")


def of_distributions(sources: set[Path]) -> Iterator[Component]:
    """Yield the distributions that any of `sources` belongs to, this program's own aside."""
    for one in distributions():
        brought = {Path(str(file.locate())).resolve() for file in one.files or ()}
        if one.name not in (OWN, STARTER) and sources & brought:
            yield component(one)


def component(one: Distribution) -> Component:
    """Return a distribution with its licence files, or those supplied for it."""
    files = [
        Path(str(file.locate()))
        for file in one.files or ()
        if _LICENCE.search(file.name)
        and file.suffix not in _NO_TEXT
        and "include" not in file.parts
    ]
    there = tuple(sorted(file for file in files if file.is_file()))
    supplied = tuple(SUPPLIED / name for name in WITHOUT_TEXT.get(one.name, ()))
    return Component(one.name, one.version, licence_name(one), there or supplied)


def licence_name(one: Distribution) -> str:
    """Return the name of a distribution's licence as its metadata has it, in one line."""
    metadata = one.metadata
    for key in ("License-Expression", "License"):
        named = str(metadata[key] if key in metadata else "").strip()  # noqa: SIM401 - it has no get
        if named and "\n" not in named and len(named) <= 80:
            return named
    classified = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or ()
                  if line.startswith("License ::")]  # fmt: skip
    return ", ".join(classified) or "see its text"


def python() -> Component:
    """Return the interpreter."""
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    places = (text, text.parents[2] / "LICENSE.txt", text.parents[1] / "LICENSE.txt")
    files = [place for place in places if place.is_file()]
    debian = Path(f"/usr/share/doc/python{sysconfig.get_python_version()}/copyright")
    files += [debian] if debian.is_file() else []
    version = sysconfig.get_config_var("py_version") or sysconfig.get_python_version()
    return Component("Python", str(version), "PSF-2.0", tuple(files[:1]))


def starter() -> Component:
    """Return PyInstaller's starter, whose terms except what it starts from the GPL."""
    one = component(distribution(STARTER))
    licence = "GPL-2.0-or-later with an exception for what it starts"
    return Component("PyInstaller starter", one.version, licence, one.files)


def of_system(sources: Iterable[Path]) -> Iterator[Component]:
    """Yield the Debian packages that brought the system's libraries among `sources`."""
    libraries = [path for path in sources if path.parts[:2] in (("/", "usr"), ("/", "lib"))
                 and ".so" in path.name and "site-packages" not in path.parts]  # fmt: skip
    for name in sorted({package_of(path) for path in libraries}):
        terms = Path("/usr/share/doc") / name / "copyright"
        yield Component(name, version_of(name), "see its text", (terms,) if terms.is_file() else ())


def package_of(library: Path) -> str:
    """Return the Debian package that owns `library`; it may be known by a path without /usr."""
    for path in (str(library), str(library).removeprefix("/usr")):
        told = _dpkg("-S", path)
        if told:
            return told.split(":")[0]
    raise LicenceError(
        f"{library} belongs to no Debian package, so its licence is not known. Build on Debian or "
        "Ubuntu, or leave the library to the desktop (SYSTEM in packaging/bundle_contents.py)."
    )


def version_of(package: str) -> str:
    """Return the version of an installed Debian package."""
    return _dpkg("-W", "-f", "${Version}\\n", package).splitlines()[0]


def _dpkg(*words: str) -> str:
    if shutil.which("dpkg-query") is None:
        return ""
    command = ["dpkg-query", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout if done.returncode == 0 else ""
