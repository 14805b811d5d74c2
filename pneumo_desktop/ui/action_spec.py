"""What an action is called, where it stands in the menus, and its keys."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spec:
    """`keys` in Qt's portable form; the first is the one that is told.

    `name` is the action's object name, which never changes: chosen keys are kept under it.
    `group` begins a new part of its menu.
    """

    menu: str
    name: str
    text: str
    tip: str
    keys: tuple[str, ...]
    checkable: bool = False
    group: bool = False


def plain(text: str) -> str:
    """Return an action's text without the signs that menus need."""
    return text.replace("&", "").replace("…", "")
