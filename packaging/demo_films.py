"""Draw the demo films: `python packaging/demo_films.py DATA`, DATA holding `kermany/`.

A principal-component model of each class describes 1200 films. Three neighbours in that model, of
three patients, are warped onto their mean shape and mixed: mixed unwarped they would be ghosts.
Numbers and names come from seeds, so the same films appear each time.
"""

# ruff: noqa: T201 - a script of the developers

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import invented_film
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pydicom.uid import UID, ComputedRadiographyImageStorage

Grey = NDArray[np.float32]
OUT = Path(__file__).resolve().parent.parent / "resources" / "demo"
SIDE, FILMS, COMPONENTS, NEIGHBOURS = 224, 1200, 300, 60
COMPARED_SIDE = 64
SHAPES = {"NORMAL": (1180, 980), "PNEUMONIA": (1160, 840)}
DICOM_SHAPE = (800, 620)
INVENTED_UID = 190873412957330284110023117649218350400
INVENTED = {
    "PatientName": "Demo^Synthetic",
    "PatientID": "DEMO-4",
    "PatientBirthDate": "20200314",
    "PatientSex": "F",
    "PatientAge": "004Y",
    "StudyDate": "20240502",
    "Modality": "CR",
    "ViewPosition": "AP",
    "PixelSpacing": [0.35, 0.35],
    "RescaleIntercept": 0,
    "RescaleSlope": 1,
    "WindowCenter": 2000,
    "WindowWidth": 3600,
}


@dataclass(frozen=True)
class Wanted:
    """A film to draw: the folder it is modelled on, its seed and the file it becomes."""

    folder: str
    seed: int
    name: str


WANTED = (
    Wanted("NORMAL", 4, "synthetic-normal-1.jpg"),
    Wanted("NORMAL", 9, "synthetic-normal-2.jpg"),
    Wanted("NORMAL", 21, "synthetic-normal-3.png"),
    Wanted("NORMAL", 17, "synthetic-normal-4.jpg"),
    Wanted("PNEUMONIA", 18, "synthetic-pneumonia-1.jpg"),
    Wanted("PNEUMONIA", 4, "synthetic-pneumonia-2.jpg"),
    Wanted("PNEUMONIA", 6, "synthetic-pneumonia-3.jpg"),
    Wanted("PNEUMONIA", 34, "synthetic-pneumonia-4.dcm"),
    Wanted("NORMAL", 66, "synthetic-unclear-1.jpg"),
)


class FilmModel:
    """The principal components of one class; `films` are its members as the model sees them."""

    def __init__(self, files: list[Path]) -> None:
        chosen = np.random.default_rng(1).choice(len(files), min(FILMS, len(files)), replace=False)
        self.patients = [patient_of(files[index]) for index in sorted(chosen)]
        films = np.stack([read_grey(files[index], SIDE).ravel() for index in sorted(chosen)])
        self.mean = films.mean(axis=0)
        centred = films - self.mean
        values, vectors = np.linalg.eigh(centred @ centred.T)
        scores, spread = vectors[:, : -COMPONENTS - 1 : -1], values[: -COMPONENTS - 1 : -1]
        self.components = (scores.T @ centred) / np.sqrt(spread)[:, None]
        self.coordinates = centred @ self.components.T

    def film(self, index: int) -> Grey:
        """Return a member, rebuilt from the components alone."""
        rebuilt = self.mean + self.coordinates[index] @ self.components
        return np.asarray(rebuilt.reshape(SIDE, SIDE), dtype=np.float32)

    def draw(self, seed: int) -> Grey:
        """Return a new film: three neighbours of different patients in their mean shape."""
        rng = np.random.default_rng(seed)
        first = int(rng.integers(len(self.coordinates)))
        leading = self.coordinates[:, :NEIGHBOURS]
        nearest = np.argsort(((leading - leading[first]) ** 2).sum(axis=1))[:NEIGHBOURS]
        trio, patients = [first], {self.patients[first]}
        for index in map(int, rng.permutation(nearest)):
            if len(trio) < 3 and self.patients[index] not in patients:
                trio.append(index)
                patients.add(self.patients[index])
        return morph([self.film(index) for index in trio], rng.dirichlet([8.0, 8.0, 8.0]))


def patient_of(file: Path) -> str:
    """Return the patient that a file's name tells."""
    found = re.match(r"person\d+|(NORMAL2-)?IM-\d+", file.stem)
    return found.group() if found else file.stem


def read_grey(file: Path, side: int) -> Grey:
    """Read a film as grey 0-255 of (side, side)."""
    with Image.open(file) as opened:
        grey = opened.convert("L").resize((side, side), Image.Resampling.BILINEAR)
    return np.asarray(grey, dtype=np.float32)


def morph(films: list[Grey], weights: NDArray[np.float64]) -> Grey:
    """Mix `films` after warping each to their weighted mean shape."""
    still = np.zeros((2, SIDE, SIDE), dtype=np.float32)
    flows = [still, *(register(films[0], film) for film in films[1:])]
    mean = np.sum([weight * flow for weight, flow in zip(weights, flows, strict=True)], axis=0)
    back = inverse(mean)
    mixed = np.zeros_like(films[0])
    for weight, flow, film in zip(weights, flows, films, strict=True):
        mixed += np.float32(weight) * warp(film, back + warp_flow(flow, back))
    return mixed


def register(fixed: Grey, moving: Grey) -> Grey:
    """Return the flow (2, rows, columns) carrying `moving` onto `fixed`: demons, coarse first."""
    flow = np.zeros((2, 28, 28), dtype=np.float32)
    for side, rounds in ((28, 60), (56, 60), (112, 60), (SIDE, 25)):
        target, source = local_contrast(shrink(fixed, side)), local_contrast(shrink(moving, side))
        flow = np.stack([shrink(part, side) for part in flow]) * (side / flow.shape[1])
        fluid, elastic = smoother(side, max(side / 20, 1.5)), smoother(side, 1.2 + side / 280)
        for _ in range(rounds):
            warped = warp(source, flow)
            difference = target - warped
            slopes = np.asarray(np.gradient(warped), dtype=np.float32)
            push = difference * slopes / ((slopes**2).sum(axis=0) + difference**2 + 1e-3)
            step = np.clip(2 * (fluid @ push @ fluid.T), -2, 2)
            flow = elastic @ (flow + step) @ elastic.T
    return np.asarray(flow, dtype=np.float32)


def local_contrast(grey: Grey) -> Grey:
    """Return `grey` freed of local brightness and contrast: ribs count, not exposure."""
    blur = smoother(len(grey), len(grey) / 8)
    detail = grey - blur @ grey @ blur.T
    return np.asarray(detail / (np.sqrt(blur @ detail**2 @ blur.T) + 6), dtype=np.float32)


def smoother(side: int, sigma: float) -> Grey:
    """Return the matrix that blurs columns when multiplied from the left."""
    place = np.arange(side, dtype=np.float32)
    kernel = np.exp(-((place[:, None] - place) ** 2) / (2 * sigma**2))
    return np.asarray(kernel / kernel.sum(axis=1, keepdims=True), dtype=np.float32)


def shrink(grey: Grey, side: int) -> Grey:
    """Return `grey` at (side, side)."""
    picture = Image.fromarray(grey.astype(np.float32))
    return np.asarray(picture.resize((side, side), Image.Resampling.BILINEAR))


def warp(grey: Grey, flow: Grey) -> Grey:
    """Return `grey` looked up where `flow` points, bilinear."""
    rows, columns = grey.shape
    down, right = np.mgrid[:rows, :columns].astype(np.float32) + flow
    down, right = np.clip(down, 0, rows - 1.001), np.clip(right, 0, columns - 1.001)
    top, left = down.astype(np.intp), right.astype(np.intp)
    lower, later = down - top, right - left
    upper_row = grey[top, left] * (1 - later) + grey[top, left + 1] * later
    lower_row = grey[top + 1, left] * (1 - later) + grey[top + 1, left + 1] * later
    return np.asarray(upper_row * (1 - lower) + lower_row * lower, dtype=np.float32)


def warp_flow(flow: Grey, by: Grey) -> Grey:
    """Return a flow looked up where another one points."""
    return np.stack([warp(part, by) for part in flow])


def inverse(flow: Grey) -> Grey:
    """Return the flow that undoes `flow`, by fixed-point iteration."""
    back = np.zeros_like(flow)
    for _ in range(20):
        back = -warp_flow(flow, back)
    return back


def develop(grey: Grey, shape: tuple[int, int], seed: int) -> Grey:
    """Return the film at full size, 0-1: stretched to its range, sharpened, with grain and mark."""
    low, high = np.percentile(grey, (0.5, 99.8))
    unit = np.clip((grey - low) / (high - low), 0, 1)
    large = Image.fromarray(unit.astype(np.float32)).resize(shape, Image.Resampling.BICUBIC)
    picture = np.asarray(large)
    soft = Image.fromarray((np.clip(picture, 0, 1) * 255).astype(np.uint8))
    blurred = np.asarray(soft.filter(ImageFilter.GaussianBlur(5)), dtype=np.float32) / 255
    noise = np.random.default_rng(seed).standard_normal(picture.shape).astype(np.float32)
    grain = (noise + np.roll(noise, 1, axis=0) + np.roll(noise, 1, axis=1)) / 3
    developed = picture + 0.5 * (picture - blurred) + grain * (0.012 + 0.018 * (1 - picture))
    return stamp(np.clip(developed * 0.97, 0, 1).astype(np.float32))


def stamp(unit: Grey) -> Grey:
    """Burn SYNTHETIC into the lower left corner."""
    rows, columns = unit.shape
    mask = Image.new("L", (columns, rows))
    font = ImageFont.load_default(size=rows // 26)
    place = (columns // 40, rows - rows // 15)
    ImageDraw.Draw(mask).text(place, "SYNTHETIC", font=font, fill=255, stroke_width=4)
    framed = unit * (1 - np.asarray(mask, dtype=np.float32) / 255)
    mask.paste(0, (0, 0, columns, rows))
    ImageDraw.Draw(mask).text(place, "SYNTHETIC", font=font, fill=255)
    return np.maximum(framed, np.asarray(mask, dtype=np.float32) / 255)


def write_dicom(unit: Grey, file: Path) -> None:
    """Write a 12-bit radiograph of an invented child."""
    study, series, instance = (UID(f"2.25.{INVENTED_UID + n}") for n in range(3))
    header = {**INVENTED, "StudyInstanceUID": study, "SeriesInstanceUID": series}
    values = np.rint(unit * 3600 + 200).astype(np.uint16)
    invented_film.write_dicom(file, ComputedRadiographyImageStorage, instance, header, values)


def landscape() -> Image.Image:
    """Paint hills at dusk: what a camera brings that is no chest film."""
    rng = np.random.default_rng(7)
    columns, rows = 960, 640
    down, across = np.mgrid[:rows, :columns].astype(np.float32)
    height = (down / rows)[..., None]
    sky = np.array([70, 110, 170]) * (1 - height) + np.array([250, 190, 130]) * height
    sun = np.exp(-np.hypot(across - 640, down - 250) / 40)[..., None]
    picture = sky + sun * np.array([180, 150, 60])
    for layer in range(5):
        waves = sum(
            rng.uniform(8, 50) / wave * np.sin(across[0] / columns * 6.3 * wave + rng.uniform(0, 6))
            for wave in (1, 2, 3, 5, 9, 17, 40)
        )
        hill = down > 300 + 65 * layer + waves
        shade = np.array([110, 120, 120]) * (1 - layer / 5) + np.array([20, 50, 25]) * (layer / 5)
        picture = np.where(hill[..., None], shade + rng.normal(0, 4, (rows, columns, 1)), picture)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def standardised(films: list[Grey]) -> Grey:
    """Return one row for each film, so that a product of two rows is their correlation."""
    flat = np.stack([film.ravel() for film in films])
    flat = flat - flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True), dtype=np.float32)


def report(drawn: dict[str, Grey], files: list[Path]) -> None:
    """Print how near each film comes to its nearest real one, and how near real ones come."""
    real = standardised([read_grey(file, COMPARED_SIDE) for file in files])
    ours = standardised([shrink(film, COMPARED_SIDE) for film in drawn.values()])
    for name, nearest in zip(drawn, (ours @ real.T).max(axis=1), strict=True):
        print(f"| {name} | {nearest:.3f} |")
    patients = np.array([patient_of(file) for file in files])
    between = real @ real.T
    between[patients[:, None] == patients] = -1
    low, middle, high = np.percentile(between.max(axis=1), (5, 50, 95))
    print(f"real films of different patients: {middle:.3f} ({low:.3f} to {high:.3f})")


def main(data: Path) -> None:
    """Draw all films into `resources/demo` and print their nearest neighbours."""
    sources = {name: sorted((data / "kermany" / name).iterdir()) for name in SHAPES}
    models = {name: FilmModel(files) for name, files in sources.items()}
    drawn = {}
    for wanted in WANTED:
        shape = DICOM_SHAPE if wanted.name.endswith(".dcm") else SHAPES[wanted.folder]
        unit = develop(models[wanted.folder].draw(wanted.seed), shape, wanted.seed)
        drawn[wanted.name] = unit
        if wanted.name.endswith(".dcm"):
            write_dicom(unit, OUT / wanted.name)
        else:
            picture = Image.fromarray(np.rint(unit * 255).astype(np.uint8))
            picture.save(OUT / wanted.name, quality=88)
    landscape().save(OUT / "no-chest-film.jpg", quality=88)
    report(drawn, [file for files in sources.values() for file in files])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
