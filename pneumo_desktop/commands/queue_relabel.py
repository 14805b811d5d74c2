"""`queue relabel`: unread cases at another threshold or operating point, without the films."""

from argparse import ArgumentParser, Namespace

from pneumo_desktop.commands.common import (
    add_json,
    add_policy,
    complain,
    open_store,
    print_json,
)
from pneumo_desktop.core.card import CardError, ModelCard
from pneumo_desktop.core.cases import Policy
from pneumo_desktop.core.model_cards import ModelCards
from pneumo_desktop.core.model_package import find_package
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.relabel import Relabelled
from pneumo_desktop.core.settings import Settings, load_settings

MANY = 5_000  # cases; fewer are done before one would ask
CANCELLED = (
    "Cancelled: {done.done:,} of {done.total:,} cases have their new label. Run the same command "
    "again to go on, or with --threshold {old} to go back; the window goes on by itself."
)


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
    done = _relabel(policy, settings)
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


def _relabel(policy: Policy, settings: Settings) -> Relabelled:
    """Label them, telling of every tenth of many; return how far it came.

    Raises:
        KeyboardInterrupt: The user cancelled it, and was told what to do.
    """
    done, told = Relabelled(0, 0), 0
    cards = ModelCards(_chosen(settings))
    with open_store() as store:
        old = begun.old if (begun := store.relabelling()) else settings.policy
        try:
            for done in store.relabel(cards.of, policy, old):
                if done.total >= MANY and 10 * done.done // done.total > told:
                    told = 10 * done.done // done.total
                    complain(f"{done.done:,} of {done.total:,} cases labelled")
        except KeyboardInterrupt:
            complain(CANCELLED.format(done=done, old=f"{old.threshold:g}"))
            raise
    return done


def _chosen(settings: Settings) -> list[ModelCard]:
    """Return the card of the model in use, which may lie in a folder of its own."""
    try:
        return [find_package(settings.model).card]
    except CardError:
        return []
