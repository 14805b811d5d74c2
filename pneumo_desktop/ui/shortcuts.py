"""The keys of the window's actions: as they come, and as the reader chose."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence

from pneumo_desktop.ui.action_spec import plain

Keys = tuple[str, ...]
OF_THE_WINDOW = frozenset(
    {"Esc", "Tab", "Shift+Tab", "Backtab", "Return", "Enter", "Space", "Left", "Right"}
)  # they move the focus, press buttons, leave fields and pan the film


class Shortcuts:
    """Gives actions their keys, by object name; keys are written in Qt's portable form."""

    def __init__(self, actions: Iterable[QAction]) -> None:
        self._actions = {action.objectName(): action for action in actions}
        self.defaults = {name: keys_of(action) for name, action in self._actions.items()}

    @property
    def actions(self) -> Mapping[str, QAction]:
        """The actions by name, in the order of the menus."""
        return self._actions

    def all_keys(self, chosen: Mapping[str, Keys]) -> dict[str, Keys]:
        """Return the keys of every action; chosen ones of actions that are gone are left out."""
        return {name: chosen.get(name, default) for name, default in self.defaults.items()}

    def apply(self, chosen: Mapping[str, Keys]) -> None:
        """Give every action its own keys, or those that the reader chose."""
        for name, keys in self.all_keys(chosen).items():
            action = self._actions[name]
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setToolTip(told(action.statusTip(), keys))

    def chosen(self, keys: Mapping[str, Keys]) -> dict[str, Keys]:
        """Return those keys that are not the actions' own."""
        return {name: own for name, own in keys.items() if own != self.defaults.get(name)}

    def name_of(self, name: str) -> str:
        """Return what the reader knows an action as."""
        return plain(self._actions[name].text())


def keys_of(action: QAction) -> Keys:
    """Return an action's keys."""
    return tuple(key.toString(QKeySequence.SequenceFormat.PortableText)
                 for key in action.shortcuts())  # fmt: skip


def native(keys: Sequence[str]) -> str:
    """Return keys as this system writes them."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(form) for key in keys)


def conflicts(keys: Mapping[str, Keys]) -> dict[str, list[str]]:
    """Return each key that more than one action has, with the names of these actions."""
    owners: dict[str, list[str]] = {}
    for name, own in keys.items():
        for key in own:
            owners.setdefault(key, []).append(name)
    return {key: names for key, names in owners.items() if len(names) > 1}


def reserved(keys: Mapping[str, Keys]) -> dict[str, list[str]]:
    """Return each key that belongs to the window itself, with the names of actions that have it."""
    owners: dict[str, list[str]] = {}
    for name, own in keys.items():
        for key in own:
            if key in OF_THE_WINDOW:
                owners.setdefault(key, []).append(name)
    return owners


def told(tip: str, keys: Keys) -> str:
    """Return a tip with the key that does it."""
    return f"{tip} ({native(keys[:1])})" if keys else tip
