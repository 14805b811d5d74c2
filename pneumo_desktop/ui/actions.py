"""Everything the window can be told, with its key: menus, buttons and the list of keys read it."""

from collections.abc import Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from pneumo_desktop.ui.action_spec import Spec
from pneumo_desktop.ui.film_actions import FILM_SPECS, FRAME_SPECS
from pneumo_desktop.ui.reading_actions import READING_SPECS
from pneumo_desktop.ui.shortcuts import keys_of, native, told

SPECS = (
    Spec("File", "open", "&Open films…", "Answer films and show them", ("Ctrl+O",)),
    Spec("File", "folder", "Open &folder…", "Answer all films below a folder", ("Ctrl+Shift+O",)),
    Spec(
        "File", "models", "Choose &model…", "See the installed models and use another", ("Ctrl+M",)
    ),
    Spec(
        "File",
        "paste",
        "&Paste films",
        "Answer the files or the picture on the clipboard",
        ("Ctrl+V",),
    ),
    Spec(
        "File",
        "watch",
        "&Watch a folder…",
        "Answer films as they arrive in a folder; choose it, or stop watching",
        (),
        checkable=True,
    ),
    Spec(
        "File",
        "preferences",
        "P&references…",
        "Threshold, initials, colours, keys and folders",
        ("Ctrl+,",),
        group=True,
    ),
    Spec("File", "cancel", "&Cancel answering", "Forget the films still to come", ("Ctrl+.",)),
    Spec(
        "File",
        "export",
        "&Export list…",
        "Write the list as it is shown to a CSV file",
        ("Ctrl+E",),
    ),
    Spec(
        "File",
        "export-anonymous",
        "Export list with&out names…",
        "The same without paths, notes and initials, which may name people",
        ("Ctrl+Shift+E",),
    ),
    Spec("File", "quit", "&Quit", "Close the program", ("Ctrl+Q",)),
    *FILM_SPECS,
    *FRAME_SPECS,
    Spec(
        "View", "system", "Colours of the s&ystem", "Follow the system's scheme", (), checkable=True
    ),
    Spec("View", "light", "&Light", "Light colours", (), checkable=True),
    Spec("View", "dark", "&Dark", "Dark colours", (), checkable=True),
    *READING_SPECS,
    Spec(
        "Training",
        "training-back",
        "Page &before",
        "To the page before; nothing you chose is lost",
        ("Alt+Left",),
    ),
    Spec(
        "Training",
        "training-next",
        "&Next page",
        "This page of the training is done; to the next one",
        ("Alt+Right",),
    ),
    Spec("Help", "keys", "&Keyboard shortcuts", "List all keys", ("F1",)),
    Spec("Help", "numbers", "What the &numbers mean", "Answer, confidence, severity, priority", ()),
    Spec("Help", "list", "The wor&klist", "Its columns, its order, its filters", ()),
    Spec("Help", "reasons", "&Reasons", "Why a film has no answer, and what to do", ()),
    Spec(
        "Help",
        "model-card",
        "About this &model…",
        "Whom the model is for, what was measured of it, and its limits",
        ("M",),
    ),
    Spec(
        "Help",
        "self-test",
        "&Self-test…",
        "Check models, decoders, cases, audit log and room on the disk",
        ("Shift+F1",),
    ),
    Spec("Help", "welcome", "&Welcome…", "A first word, and the demo", (), group=True),
    Spec("Help", "licences", "&Licences", "Of this program and of what comes with it", ()),
    Spec("Help", "about", "&About Pneumo Desktop", "What it is and is not", ()),
)

Actions = Mapping[str, QAction]


def make_actions(parent: QWidget) -> Actions:
    """Return an action for each of `SPECS`, by name."""
    return {spec.name: _make(spec, parent) for spec in SPECS}


def _make(spec: Spec, parent: QWidget) -> QAction:
    action = QAction(spec.text, parent)
    action.setObjectName(spec.name)
    action.setCheckable(spec.checkable)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    action.setStatusTip(spec.tip)
    action.setToolTip(told(spec.tip, keys_of(action)))
    return action


def key_table(actions: Actions) -> list[tuple[str, str, str]]:
    """Return menu, what is done, and keys of everything that has a key at present."""
    return [
        (spec.menu, spec.text.replace("&", "").replace("…", ""), native(keys))
        for spec in SPECS
        if (keys := keys_of(actions[spec.name]))
    ]
