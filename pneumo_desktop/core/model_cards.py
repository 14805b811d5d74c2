"""The cards of the models that answered, looked up by the network's hash."""

from collections.abc import Iterable
from pathlib import Path

from pneumo_desktop.core.card import CardError, ModelCard, read_card
from pneumo_desktop.core.cases import ModelIdentity
from pneumo_desktop.core.model_package import NETWORK, model_folders


class ModelCards:
    """Knows the cards it was given and those of the installed models; each is read once."""

    def __init__(self, known: Iterable[ModelCard] = ()) -> None:
        self._cards: dict[str, ModelCard | None] = {card.files[NETWORK]: card for card in known}

    def add(self, card: ModelCard) -> None:
        """Know one more, such as that of a model in a folder of its own."""
        self._cards[card.files[NETWORK]] = card

    def of(self, identity: ModelIdentity) -> ModelCard | None:
        """Return the card of the model that answered; None where it is not installed any more."""
        if identity.sha256 not in self._cards:
            cards = map(_read, model_folders())
            same = (card for card in cards if card and card.files.get(NETWORK) == identity.sha256)
            self._cards[identity.sha256] = next(same, None)
        return self._cards[identity.sha256]


def _read(folder: Path) -> ModelCard | None:
    try:
        return read_card(folder / "card.json")
    except CardError:
        return None  # a broken package beside ours is no reason to say nothing of this case
