"""Which model answers, and which one did before: thresholds belong to one model, never to two."""

import msgspec

from pneumo_desktop.core.card import OWN, ModelCard
from pneumo_desktop.core.model_package import ModelPackage, installed_name
from pneumo_desktop.core.settings import START_THRESHOLD, Former, Settings


def using(settings: Settings, package: ModelPackage) -> Settings:
    """Return the settings with this model in use, at its own operating point where it has one.

    Operating point and threshold of the model before stay with it, for `going_back`.
    """
    name = installed_name(package)
    former = settings.former if name == settings.model else _former(settings)
    return msgspec.structs.replace(
        settings,
        model=name,
        operating_point=OWN if package.card.has_point(OWN) else "default",
        threshold=START_THRESHOLD,
        former=former,
    )


def going_back(settings: Settings) -> Settings:
    """Return the settings with the former model in use as it was; the one in use becomes it.

    Raises:
        ValueError: There is no former model.
    """
    if settings.former is None:
        raise ValueError("no former model")
    before = settings.former
    return msgspec.structs.replace(
        settings,
        model=before.model,
        operating_point=before.operating_point,
        threshold=before.threshold,
        former=_former(settings),
    )


def fitting(settings: Settings, card: ModelCard) -> Settings:
    """Return settings whose operating point this card has: a model may be trained anew."""
    if card.has_point(settings.operating_point):
        return settings
    return msgspec.structs.replace(settings, operating_point="default")


def _former(settings: Settings) -> Former:
    return Former(settings.model, settings.operating_point, settings.threshold)
