"""What goes into the bundles and what stays out: tables, and the pure functions that apply them.

An entry is what PyInstaller's lists hold: (place in the bundle, source file, kind).
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]

HIDDEN_IMPORTS = (
    "ai_edge_litert.interpreter",
    "ai_edge_litert._pywrap_litert_interpreter_wrapper",
    "pylibjpeg",
    "openjpeg",
    "jpeg_ls",
    "gdcm",
    "_gdcm.gdcmswig",
    "_gdcm._gdcmswig",
)
# pydicom finds its decoders by their versions and entry points, which live in the metadata
DECODERS = ("pydicom", "pylibjpeg", "pylibjpeg-openjpeg", "pyjpegls", "python-gdcm")

EXCLUDED = (
    "_pytest", "ai_edge_litert.aot", "ai_edge_litert.tools", "ai_edge_litert.vendors", "hypothesis",
    "IPython", "mypy", "numpy._core._multiarray_tests", "numpy.f2py", "PIL._avif",
    "PIL._imagingtk", "PIL.AvifImagePlugin", "PIL.ImageTk", "pip", "pytest", "PyQt5", "PyQt6",
    "PySide2", "readline", "setuptools", "tkinter", "wheel",
)  # fmt: skip
"""For both: tools, tests, other toolkits, AVIF; readline is under the GPL and needed by neither."""
EXCLUDED_FROM_READING = (
    "certifi", "charset_normalizer", "ftplib", "idna", "keras", "lib2to3", "mpl_toolkits",
    "pneumo_training", "pydoc_data", "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick",
    "PySide6.QtSql", "PySide6.QtTest", "requests", "smtplib", "ssl", "tensorflow", "tqdm",
    "urllib3", "xmlrpc",
)  # fmt: skip
"""The training program and all that speaks to a network."""
EXCLUDED_FROM_TRAINER = ("PySide6", "shiboken6", "pneumo_desktop.ui", "pneumo_desktop.commands")

UNUSED = (
    "virtualkeyboard", "Qt6Qml", "Qt6Quick", "Qt6Pdf", "Qt6Sql", "qpdf",  # Qt modules never used
    "Qt/translations",  # the window brings its own words
    "plugins/generic/", "plugins/networkinformation/", "plugins/tls/",
    "egldeviceintegrations", "libqeglfs", "libqlinuxfb", "libqminimal", "libqvnc", "libqvkkhr",
    "libqgtk3",  # one theme of one desktop, for 25 MB of GTK
    "imageformats/libqtiff", "imageformats/libqwebp", "imageformats/libqgif",
    "imageformats/libqicns", "imageformats/libqtga", "imageformats/libqwbmp",
    "imageformats/qtiff", "imageformats/qwebp", "imageformats/qgif",
    "imageformats/qicns", "imageformats/qtga", "imageformats/qwbmp", "opengl32sw",
    "LiteRtWebGpuAccelerator", "LiteRtCompilerPlugin", "apply_plugin_main",
    "mpl-data/sample_data", "mpl-data/plot_directive", "mpl-data/fonts/afm",
    "mpl-data/fonts/pdfcorefonts", "fonts/ttf/DejaVuSansMono",
    "fonts/ttf/DejaVuSerif",  # Sans, those of formulas and the last resort stay
    "/tests/", "tqdm-", "data/charset_files", "data/test_files", "data/palettes",
)  # fmt: skip
"""Parts of a path in the bundle that the program never opens."""

SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6", "libc.so.6": "libc6", "libdl.so.2": "libc6",
    "libm.so.6": "libc6", "libpthread.so.0": "libc6", "libresolv.so.2": "libc6",
    "librt.so.1": "libc6", "libutil.so.1": "libc6", "libcrypt.so.1": "libcrypt1",
    "libgcc_s.so.1": "libgcc-s1", "libstdc++.so.6": "libstdc++6",
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libdrm.so.2": "libdrm2",
    "libX11.so.6": "libx11-6", "libX11-xcb.so.1": "libx11-xcb1", "libxcb.so.1": "libxcb1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
}  # fmt: skip
"""Libraries left to the desktop, by the Debian package that has them.

They must be those of the machine: its drivers, fonts and message bus go with them, and an older
C++ library of ours would keep its graphics drivers from loading.
"""
MOST_BYTES = 220_000_000  # of the reading program, unpacked
WAYLAND = ("libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1")


def model_files(folder: Path, *, training: bool) -> list[tuple[str, str]]:
    """Return what the card names, since loading checks every hash, with the card and the texts.

    What only `training` can use (14 MB) stays out of the reading program.
    """
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    texts = [path.name for end in ("md", "txt") for path in folder.glob(f"*.{end}")]
    plots = [str(path.relative_to(folder)) for path in folder.glob("plots/*.png")]
    names = {"card.json", *card["files"], *texts, *plots} - (set() if training else {"model.keras"})
    home = Path("resources/models") / folder.name
    return [(str(folder / name), (home / name).parent.as_posix()) for name in sorted(names)]


def resources(
    root: Path, folders: Iterable[str], *, training: bool = False
) -> list[tuple[str, str]]:
    """Return the files of `folders` below `root` with their places; of models what is needed."""
    found = []
    for name in folders:
        if name == "models":
            for card in sorted(root.glob("models/*/card.json")):
                found += model_files(card.parent, training=training)
            continue
        found += [
            (str(path), f"resources/{path.parent.relative_to(root).as_posix()}")
            for path in sorted((root / name).rglob("*"))
            if path.is_file()
        ]
    return found


def used(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that no word of `UNUSED` names."""
    return [
        entry
        for entry in entries
        if not any(word in entry[0].replace("\\", "/") for word in UNUSED)
    ]


def needed(entries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return the entries without the shared libraries that are the desktop's or nobody's.

    `needs` tells the sonames that a source file asks for. Whatever can be loaded by name
    (extension modules, plugins, Python itself) is kept and all that these need.
    """
    entries = [entry for entry in entries if PurePosixPath(entry[0]).name not in SYSTEM]
    named = {
        PurePosixPath(place).name: source for place, source, kind in entries if kind != "SYMLINK"
    }
    asked = [name for place, _, kind in entries if loaded_by_name(place, kind)
             for name in [PurePosixPath(place).name]]  # fmt: skip
    reached: set[str] = set()
    while asked:
        name = asked.pop()
        if name in named and name not in reached:
            reached.add(name)
            asked += needs(named[name])
    return [entry for entry in entries if PurePosixPath(entry[0]).name in reached]


def loaded_by_name(place: str, kind: str) -> bool:
    """Return whether something else than the linker loads the file at `place`."""
    path = PurePosixPath(place)
    return (
        kind == "EXTENSION"
        or path.name.startswith("libpython")
        or "plugins" in path.parts
        or ".so" not in path.name
        or not path.name.startswith("lib")
    )


def missing_libraries(needs: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the libraries that nobody brings, each with a file that needs it.

    `needs` holds for the path of every binary of a bundle the sonames that it asks for.
    """
    here = {PurePosixPath(path).name for path in needs}
    known = here | SYSTEM.keys() | set(WAYLAND)
    return {name: path for path, names in needs.items() for name in names if name not in known}


def system_packages(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the Debian packages of the libraries that the desktop must have, sorted."""
    return sorted({SYSTEM[name] for names in needs.values() for name in names if name in SYSTEM})


def size_of(bundle: Path) -> tuple[int, int]:
    """Return the bytes and the number of a bundle's files, links left out."""
    sizes = [path.stat().st_size for path in bundle.rglob("*")
             if path.is_file() and not path.is_symlink()]  # fmt: skip
    return sum(sizes), len(sizes)


def told_size(bundle: Path, most: int = MOST_BYTES) -> str:
    """Return in words how large a bundle is.

    Raises:
        SystemExit: It holds more than `most` bytes.
    """
    size, files = size_of(bundle)
    told = f"{bundle.name}: {size / 1e6:.0f} MB in {files} files"
    if size > most:
        raise SystemExit(f"{told}; at most {most / 1e6:.0f} MB were promised. See UNUSED.")
    return told


def is_linux() -> bool:
    """Return whether the bundle is being made for Linux, where libraries can be told apart."""
    return sys.platform == "linux"
