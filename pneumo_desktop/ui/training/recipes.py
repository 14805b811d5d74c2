"""The recipes a clinic chooses from, in words, with the numbers that stand in their files."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "recipes"


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

    def say(self, text: str) -> str:
        """Return one of its texts in the reader's language."""
        return QCoreApplication.translate(CONTEXT, text)


RECIPES = (
    RecipeWords(
        "efficientnet_lite0",
        QT_TRANSLATE_NOOP("recipes", "EfficientNet-Lite0, the default"),
        QT_TRANSLATE_NOOP(
            "recipes",
            "A small network that learns in all its layers, with its films blurred, resized, "
            "recompressed, turned a little and changed in contrast, so that sharpness and size "
            "do not become a shortcut. The model takes 7 MB and answers fast.",
        ),
        QT_TRANSLATE_NOOP("recipes", "Films change in sharpness, size, contrast, noise and turn"),
        7,
        32,
        3e-4,
    ),
    RecipeWords(
        "vgg16_reference",
        QT_TRANSLATE_NOOP("recipes", "VGG16, the reference"),
        QT_TRANSLATE_NOOP(
            "recipes",
            "The usual notebook: VGG16 as it learnt photographs, frozen, and one dense layer "
            "learnt anew, one epoch. To compare with. The model is large and answers slowly.",
        ),
        QT_TRANSLATE_NOOP("recipes", "Films are sheared, zoomed and flipped sideways"),
        1,
        32,
        1e-3,
    ),
    RecipeWords(
        "vgg16_cached",
        QT_TRANSLATE_NOOP("recipes", "VGG16, its features kept"),
        QT_TRANSLATE_NOOP(
            "recipes",
            "A variant of the reference: every film is changed once, what the frozen network "
            "makes of it is kept, and further epochs cost next to nothing.",
        ),
        QT_TRANSLATE_NOOP("recipes", "Films are sheared, zoomed and flipped once, for all epochs"),
        10,
        32,
        1e-3,
        cached=True,
    ),
)


def recipe_words(name: str) -> RecipeWords:
    """Return the words of a recipe; the default's for a name that is not offered."""
    return next((recipe for recipe in RECIPES if recipe.name == name), RECIPES[0])
