"""`queue relabel`: unread cases at another threshold or operating point, without the films."""

from argparse import ArgumentParser, Namespace

from pneumo_desktop.commands.common import add_json, add_policy, open_store, print_json
from pneumo_desktop.core.card import CardError, ModelCard
from pneumo_desktop.core.cases import Policy
from pneumo_desktop.core.model_cards import ModelCards
from pneumo_desktop.core.model_package import find_package
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.relabel import Relabelled
from pneumo_desktop.core.settings import Settings, load_settings


def add(parser: ArgumentParser) -> None:
    """Describe the action; what is not given is taken from the settings."""
    add_policy(parser, None)
    add_json(parser)


def run(arguments: Namespace) -> None:
    """Label the unread cases and say how many have another label."""
    settings = load_settings(data_dir())
    policy = Policy(
        arguments.operating_point or settings.operating_point,
        settings.threshold if arguments.threshold is None else arguments.threshold,
    )
    done = Relabelled(0, 0)
    with open_store() as store:
        for done in store.relabel(ModelCards(_chosen(settings)).of, policy):  # noqa: B007 - the last counts
            pass
    if arguments.json:
        print_json(
            {"relabelled": done.done - done.left, "changed": done.changed, "left": done.left}
        )
        return
    count = done.done - done.left
    print(
        f"{count} unread {'case' if count == 1 else 'cases'} labelled at "
        f"{100 * policy.threshold:g} %, {done.changed} of them otherwise than before."
    )
    if done.left:
        print(f"{done.left} left as they were: the model that answered them is not installed.")


def _chosen(settings: Settings) -> list[ModelCard]:
    """Return the card of the model in use, which may lie in a folder of its own."""
    try:
        return [find_package(settings.model).card]
    except CardError:
        return []
