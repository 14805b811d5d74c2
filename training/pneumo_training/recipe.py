"""A recipe: everything that decides how a model is made, read strictly from TOML."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from pneumo_training.failure import TrainingError

Share = Annotated[float, Meta(ge=0.0, lt=1.0)]
Backbone = Literal["efficientnet_lite0", "vgg16", "tiny"]


class Frozen(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the recipe's parts: immutable, and an unknown field is an error."""


class ModelPart(Frozen, frozen=True):
    """`outputs` 1 is a sigmoid, 2 a softmax (normal, pneumonia); `frozen` trains the head alone.

    Learning goes on from `start`, a model.keras relative to the data, where there is one.
    """

    backbone: Backbone
    head: Literal["pool", "flatten"]
    outputs: Literal[1, 2]
    dropout: Share
    frozen: bool
    start: str = ""


class DataPart(Frozen, frozen=True):
    """Side of the square input in pixels, and the shares of patients kept from training."""

    size: Annotated[int, Meta(ge=32, le=1024)]
    validation: Annotated[float, Meta(gt=0.0, lt=0.5)]
    calibration: Annotated[float, Meta(gt=0.0, lt=0.5)]
    test: Annotated[float, Meta(gt=0.0, lt=0.5)]
    seed: int


class TrainingPart(Frozen, frozen=True):
    """Adam (AdamW where `weight_decay` is not 0).

    `averaging` is the decay per step of the running mean of the weights (0: none), which is
    what gets validated and exported. `cache_features` changes every film once, before the first
    epoch, and keeps what the frozen backbone makes of it: later epochs train the head alone.
    `keep` is the share that the weights of the beginning have in those validated and exported:
    what was known before is not unlearnt (Wortsman et al., "Robust fine-tuning", CVPR 2022).
    """

    epochs: Annotated[int, Meta(ge=1, le=1000)]
    batch: Annotated[int, Meta(ge=1, le=512)]
    learning_rate: Annotated[float, Meta(gt=0.0)]
    schedule: Literal["constant", "cosine"]
    weight_decay: Annotated[float, Meta(ge=0.0)]
    label_smoothing: Share
    class_weights: bool
    averaging: Share
    seed: int
    cache_features: bool = False
    keep: Share = 0.0


class AugmentationPart(Frozen, frozen=True):
    """`keras`: shear (degrees), zoom and flip as ImageDataGenerator draws them; `robust`: ours."""

    kind: Literal["none", "keras", "robust"]
    shear: float = 0.0
    zoom: Share = 0.0
    flip: bool = False


class PoolPart(Frozen, frozen=True):
    """Films of another hospital: a folder, relative to the data; an epoch takes `each_epoch`.

    Where `view` is given, it is one of NIH ChestX-ray14 with its labels.csv: the films of that
    view in which text mining found nothing or, where `findings` are given, any of these; such
    labels are doubtful, so the network shall answer `answer` (0-1) to the latter.
    """

    films: str
    each_epoch: Annotated[int, Meta(ge=1)]
    view: Literal["", "AP", "PA"] = ""
    findings: tuple[str, ...] = ()
    answer: Share = 0.0


class MixingPart(Frozen, frozen=True):
    """Films of other hospitals learnt beside the data's own; see `mixing`.

    All of them weigh `weight` times the data's own, those with and without findings alike.
    `normal` and `ill` are what the network shall answer (0-1) to a film without findings, whose
    label may be wrong, and to an ill own film blended into one. An epoch blends `blended_each` own
    films of either answer into films without findings; see `blend`.
    """

    weight: Annotated[float, Meta(gt=0.0, le=1.0)]
    normal: Share
    ill: Share
    pools: Annotated[tuple[PoolPart, ...], Meta(min_length=1)]
    blended_each: Annotated[int, Meta(ge=0)] = 0


class GatePart(Frozen, frozen=True):
    """Folders, relative to the data, from which a chest score can be learnt."""

    chest: tuple[str, ...]
    not_chest: str


class ViewPart(Frozen, frozen=True):
    """Films, relative to the data, on which the finished model is measured where they exist.

    `normals` is a folder of normal films, `nih` one with labels.csv and radiologists' classes,
    `twins` the same films as in the data at another size. `role` says what the view decided.
    `apart` takes only the films of a pool that mixing keeps from learning. `bounds_scale` lets
    the calibration sharpen as far as these films (`nih`) ask for it.
    """

    name: str
    films: str
    kind: Literal["normals", "nih", "twins"]
    role: str
    apart: bool = False
    bounds_scale: bool = False


class CardPart(Frozen, frozen=True):
    """What the card says of the model's films.

    It holds only where the films' hash is `data_sha256`: on other films it would be untrue.
    """

    data_sha256: str
    version: str
    title: str
    population: str
    minimum_age: float
    maximum_age: float
    limits: tuple[str, ...]
    data: tuple[str, ...]


class Recipe(Frozen, frozen=True):
    """One way to make a model."""

    title: str
    model: ModelPart
    data: DataPart
    training: TrainingPart
    augmentation: AugmentationPart
    mixing: MixingPart | None = None
    gate: GatePart | None = None
    views: tuple[ViewPart, ...] = ()
    card: CardPart | None = None


def recipe_folder() -> Path:
    """Return the folder of recipes: in a checkout beside this package, in a wheel inside it."""
    here = Path(__file__).resolve().parent
    inside = here / "recipes"
    return inside if inside.is_dir() else here.parent / "recipes"


def recipe_names() -> list[str]:
    """Return the names of all recipes, sorted."""
    return sorted(path.stem for path in recipe_folder().glob("*.toml"))


def find_recipe(name: str) -> Path:
    """Return the recipe called `name`, or the TOML file that `name` is the path of.

    Raises:
        TrainingError: There is no such recipe.
    """
    if name in recipe_names():
        return recipe_folder() / f"{name}.toml"
    if name.endswith(".toml") and Path(name).is_file():
        return Path(name)
    known = ", ".join(recipe_names())
    raise TrainingError(f"There is no recipe named {name!r}. Choose one of: {known}.")


def load_recipe(name: str) -> Recipe:
    """Read and validate a recipe.

    Raises:
        TrainingError: There is no such recipe, or it is not valid.
    """
    path = find_recipe(name)
    try:
        recipe = msgspec.toml.decode(path.read_bytes(), type=Recipe)
    except (OSError, msgspec.DecodeError) as error:
        raise TrainingError(f"The recipe {path.name} is not valid: {error}. Correct it.") from error
    if recipe.training.cache_features and not recipe.model.frozen:
        raise TrainingError(
            f"The recipe {path.name} has cache_features = true, but features can be kept only of "
            "a network that does not change. Set frozen = true, or leave cache_features out."
        )
    kept = recipe.data.validation + recipe.data.calibration + recipe.data.test
    if kept >= 0.9:
        raise TrainingError(
            f"The recipe {path.name} keeps {kept:.0%} of the patients from training. "
            "Lower validation, calibration or test."
        )
    return recipe
