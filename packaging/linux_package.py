"""Linux: a bundle as a Debian package, or as an archive to unpack anywhere.

`python packaging/linux_package.py deb|portable dist/pneumo-desktop|dist/pneumo-trainer`. Neither
root nor a Debian workbench is needed: dpkg-deb alone builds the package.
"""

# ruff: noqa: T201 - a script of the developers

import gzip
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bundle_contents import WAYLAND, missing_libraries, system_packages
from bundle_elf import ToolError, glibc_wanted, sonames

from pneumo_desktop import __version__

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"
OPT = Path("opt/pneumo-desktop")
MAINTAINER = "Pneumo Desktop developers <developers@pneumo-desktop.invalid>"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
RIGHTS = """\
Pneumo Desktop, Apache License, version 2.0 (its text: {0}/LICENSE).

What comes with it has licences of its own. Each is a file in
  {0}/components
and listed in its index.tsv.
"""


class PackageError(Exception):
    """The package cannot be made; the text says why and what to do."""


@dataclass(frozen=True)
class Product:
    """What a bundle is called as a package, where it goes, and what it is in words."""

    name: str
    folder: Path
    summary: str
    description: str


PRODUCTS = {
    "pneumo-desktop": Product(
        "pneumo-desktop",
        OPT,
        "second reader for frontal chest X-rays",
        "Shows chest films (DICOM, JPEG, PNG) with a model's answer and a list that\n"
        "puts the highest suspicion first. Works offline. The clinician decides: it is\n"
        "not a diagnosis and not a medical device. Training a model of one's own needs\n"
        "the package pneumo-trainer as well.",
    ),
    "pneumo-trainer": Product(
        "pneumo-trainer",
        OPT / "pneumo-trainer",
        "training program of Pneumo Desktop",
        "Trains a model of one's own for Pneumo Desktop, with TensorFlow. It has no\n"
        "window: the Training tab and 'pneumo-desktop train' start it.",
    ),
}


def main(words: list[str]) -> int:
    """Make what the command line asks for and return the exit code."""
    if len(words) != 2 or words[0] not in MAKERS:
        print(f"Usage: linux_package.py {'|'.join(MAKERS)} BUNDLE", file=sys.stderr)
        return 2
    bundle = Path(words[1]).resolve()
    try:
        made = MAKERS[words[0]](bundle, bundle.parent)
    except (PackageError, ToolError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{made.relative_to(Path.cwd()) if made.is_relative_to(Path.cwd()) else made}: "
          f"{made.stat().st_size / 1e6:.0f} MB")  # fmt: skip
    return 0


def product_of(bundle: Path) -> Product:
    """Return what the folder `bundle` holds.

    Raises:
        PackageError: No bundle of ours.
    """
    product = PRODUCTS.get(bundle.name)
    if product is None or not (bundle / bundle.name).is_file():
        target = "bundle-trainer" if bundle.name == "pneumo-trainer" else "bundle"
        raise PackageError(f"There is no bundle in {bundle}; run: make {target}")
    return product


def make_deb(bundle: Path, target: Path) -> Path:
    """Write the Debian package of `bundle` into `target` and return it.

    Raises:
        PackageError: There is no bundle or no dpkg-deb, or a library of it comes from nowhere.
        ToolError: There is no readelf.
    """
    product = product_of(bundle)
    if shutil.which("dpkg-deb") is None:
        raise PackageError("dpkg-deb is missing; a Debian or Ubuntu has it. Try: make portable")
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    made = target / f"{product.name}_{__version__}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=target) as folder:
        tree = Path(folder) / "tree"
        lay_out(product, bundle, tree)
        (tree / "DEBIAN").mkdir()
        text = control(product, bundle, architecture, size_kib(tree))
        (tree / "DEBIAN" / "control").write_text(text, encoding="utf-8")
        _open_to_all(tree)
        _run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(made))
    return made


def lay_out(product: Product, bundle: Path, tree: Path) -> None:
    """Put the files of a package where they belong below `tree`."""
    shutil.copytree(bundle, tree / product.folder, symlinks=True, copy_function=_link_or_copy)
    shutil.rmtree(tree / product.folder / "pneumo-trainer", ignore_errors=True)
    papers = tree / "usr/share/doc" / product.name
    papers.mkdir(parents=True)
    licences = f"/{product.folder}/_internal/resources/licences"
    (papers / "copyright").write_text(RIGHTS.format(licences), encoding="utf-8")
    news = (ROOT / "CHANGELOG.md").read_bytes()
    (papers / "changelog.gz").write_bytes(gzip.compress(news, mtime=0))
    if product.name != "pneumo-desktop":
        return
    entries = tree / "usr/share/applications"
    entries.mkdir(parents=True)
    for entry in LINUX.glob("*.desktop"):
        shutil.copyfile(entry, entries / entry.name)
    icons = tree / "usr/share/icons/hicolor/scalable/apps"
    icons.mkdir(parents=True)
    shutil.copyfile(ROOT / "resources/icons/pneumo-desktop.svg", icons / "pneumo-desktop.svg")
    commands = tree / "usr/bin"
    commands.mkdir()
    (commands / "pneumo-desktop").symlink_to(f"/{OPT}/pneumo-desktop")


def control(product: Product, bundle: Path, architecture: str, kib: int) -> str:
    """Return the package's control file.

    Raises:
        PackageError: A library that a file of `bundle` needs is neither in it nor the desktop's.
    """
    needs = {str(file): sonames(str(file)) for file in binaries(bundle)}
    missing = missing_libraries(needs)
    if missing:
        told = "; ".join(f"{name} for {Path(file).name}" for name, file in sorted(missing.items()))
        raise PackageError(
            f"Nobody brings {told}. Name its package in packaging/bundle_contents.py."
        )
    depends = [f"libc6 (>= {glibc_wanted(needs)})" if name == "libc6" else name
               for name in system_packages(needs)]  # fmt: skip
    if product.name == "pneumo-trainer":
        depends.insert(0, f"pneumo-desktop (= {__version__})")
    wayland = any(name in WAYLAND for names in needs.values() for name in names)
    recommended = "Recommends: libwayland-client0, libwayland-cursor0, libwayland-egl1\n"
    description = "\n".join(f" {line}" for line in product.description.splitlines())
    return (
        f"Package: {product.name}\nVersion: {__version__}\nArchitecture: {architecture}\n"
        f"Maintainer: {MAINTAINER}\nSection: science\nPriority: optional\n"
        f"Installed-Size: {kib}\nDepends: {', '.join(depends)}\n{recommended if wayland else ''}"
        f"Description: {product.summary}\n{description}\n"
    )


def binaries(bundle: Path) -> list[Path]:
    """Return the programs and libraries of a bundle, links left out."""
    named = [bundle / bundle.name, *bundle.rglob("*.so"), *bundle.rglob("*.so.*")]
    return [file for file in named if file.is_file() and not file.is_symlink()]


def make_portable(bundle: Path, target: Path) -> Path:
    """Write `bundle` as an archive that unpacks anywhere; return it.

    Raises:
        PackageError: There is no bundle.
    """
    product = product_of(bundle)
    made = target / f"{product.name}-{__version__}-linux-{platform.machine()}.tar.xz"
    _run("tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "-cJf", str(made),
         "-C", str(bundle.parent), bundle.name, XZ_OPT="-T0")  # fmt: skip
    return made


MAKERS = {"deb": make_deb, "portable": make_portable}


def size_kib(tree: Path) -> int:
    """Return the size of all files below `tree`, as Installed-Size wants it."""
    files = (path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(-(-path.stat().st_size // 1024) for path in files)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


def _open_to_all(tree: Path) -> None:
    """Let everybody read and the owner alone write, whatever the builder's umask is.

    Of the bundle too: most files are links to its own.
    """
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _run(*command: str, **environment: str) -> None:
    done = subprocess.run(command, env={**os.environ, **environment}, check=False,  # noqa: S603
                          capture_output=True, text=True)  # fmt: skip
    if done.returncode:
        raise PackageError(f"{command[0]} failed: {done.stderr.strip()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
