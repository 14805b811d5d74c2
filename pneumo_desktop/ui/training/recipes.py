"""The recipes a clinic chooses from, in words, with the numbers that stand in their files."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class RecipeWords:
    """A recipe: `name` as in training/recipes; the numbers are those of the file itself."""

    name: str
    title: str
    means: str
    augmentation: str
    epochs: int
    batch: int
    learning_rate: float
    cached: bool = False


def offered() -> tuple[RecipeWords, ...]:
    """Return the recipes in the order in which they are offered, in the reader's language."""
    return (_default(), _reference(), _kept())


def _default() -> RecipeWords:
    return RecipeWords(
        "efficientnet_lite0",
        QCoreApplication.translate("recipes", "EfficientNet-Lite0, the default"),
        QCoreApplication.translate(
            "recipes",
            "A small network that learns in all its layers, with its films blurred, resized, "
            "recompressed, turned a little and changed in contrast, so that sharpness and size "
            "do not become a shortcut. The model takes 7 MB and answers fast.",
        ),
        QCoreApplication.translate(
            "recipes", "Films change in sharpness, size, contrast, noise and turn"
        ),
        7,
        32,
        3e-4,
    )


def _reference() -> RecipeWords:
    return RecipeWords(
        "vgg16_reference",
        QCoreApplication.translate("recipes", "VGG16, the reference"),
        QCoreApplication.translate(
            "recipes",
            "The usual notebook: VGG16 as it learnt photographs, frozen, and one dense layer "
            "learnt anew, one epoch. To compare with. The model is large and answers slowly.",
        ),
        QCoreApplication.translate("recipes", "Films are sheared, zoomed and flipped sideways"),
        1,
        32,
        1e-3,
    )


def _kept() -> RecipeWords:
    return RecipeWords(
        "vgg16_cached",
        QCoreApplication.translate("recipes", "VGG16, its features kept"),
        QCoreApplication.translate(
            "recipes",
            "A variant of the reference: every film is changed once, what the frozen network "
            "makes of it is kept, and further epochs cost next to nothing.",
        ),
        QCoreApplication.translate(
            "recipes", "Films are sheared, zoomed and flipped once, for all epochs"
        ),
        10,
        32,
        1e-3,
        cached=True,
    )


def recipe_words(name: str) -> RecipeWords:
    """Return the words of a recipe; the default's for a name that is not offered."""
    recipes = offered()
    return next((recipe for recipe in recipes if recipe.name == name), recipes[0])
