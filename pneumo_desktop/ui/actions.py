"""Everything the window can be told, with its key: menus, buttons and the list of keys read it."""

from collections.abc import Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from pneumo_desktop.ui.action_spec import Spec, plain
from pneumo_desktop.ui.film_actions import FILM_SPECS, FRAME_SPECS
from pneumo_desktop.ui.reading_actions import READING_SPECS
from pneumo_desktop.ui.shortcuts import keys_of, native, told
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

MENUS = {  # F is the file menu's, T the tab's
    "File": QT_TRANSLATE_NOOP("Menus", "&File"),
    "Film": QT_TRANSLATE_NOOP("Menus", "Fi&lm"),
    "View": QT_TRANSLATE_NOOP("Menus", "&View"),
    "Reading": QT_TRANSLATE_NOOP("Menus", "&Reading"),
    "Training": QT_TRANSLATE_NOOP("Menus", "Trainin&g"),
    "Help": QT_TRANSLATE_NOOP("Menus", "&Help"),
}
SPECS = (
    Spec(
        "File",
        "open",
        QT_TRANSLATE_NOOP("Actions", "&Open films…"),
        QT_TRANSLATE_NOOP("Actions", "Answer films and show them"),
        ("Ctrl+O",),
    ),
    Spec(
        "File",
        "folder",
        QT_TRANSLATE_NOOP("Actions", "Open &folder…"),
        QT_TRANSLATE_NOOP("Actions", "Answer all films below a folder"),
        ("Ctrl+Shift+O",),
    ),
    Spec(
        "File",
        "models",
        QT_TRANSLATE_NOOP("Actions", "Choose &model…"),
        QT_TRANSLATE_NOOP("Actions", "See the installed models and use another"),
        ("Ctrl+M",),
    ),
    Spec(
        "File",
        "paste",
        QT_TRANSLATE_NOOP("Actions", "&Paste films"),
        QT_TRANSLATE_NOOP("Actions", "Answer the files or the picture on the clipboard"),
        ("Ctrl+V",),
    ),
    Spec(
        "File",
        "watch",
        QT_TRANSLATE_NOOP("Actions", "&Watch a folder…"),
        QT_TRANSLATE_NOOP(
            "Actions", "Answer films as they arrive in a folder; choose it, or stop watching"
        ),
        (),
        checkable=True,
    ),
    Spec(
        "File",
        "preferences",
        QT_TRANSLATE_NOOP("Actions", "P&references…"),
        QT_TRANSLATE_NOOP("Actions", "Threshold, initials, colours, keys and folders"),
        ("Ctrl+,",),
        group=True,
    ),
    Spec(
        "File",
        "cancel",
        QT_TRANSLATE_NOOP("Actions", "&Cancel answering"),
        QT_TRANSLATE_NOOP("Actions", "Forget the films still to come"),
        ("Ctrl+.",),
    ),
    Spec(
        "File",
        "export",
        QT_TRANSLATE_NOOP("Actions", "&Export list…"),
        QT_TRANSLATE_NOOP("Actions", "Write the list as it is shown to a CSV file"),
        ("Ctrl+E",),
    ),
    Spec(
        "File",
        "export-anonymous",
        QT_TRANSLATE_NOOP("Actions", "Export list with&out names…"),
        QT_TRANSLATE_NOOP(
            "Actions", "The same without paths, notes and initials, which may name people"
        ),
        ("Ctrl+Shift+E",),
    ),
    Spec(
        "File",
        "quit",
        QT_TRANSLATE_NOOP("Actions", "&Quit"),
        QT_TRANSLATE_NOOP("Actions", "Close the program"),
        ("Ctrl+Q",),
    ),
    *FILM_SPECS,
    *FRAME_SPECS,
    Spec(
        "View",
        "system",
        QT_TRANSLATE_NOOP("Actions", "Colours of the s&ystem"),
        QT_TRANSLATE_NOOP("Actions", "Follow the system's scheme"),
        (),
        checkable=True,
    ),
    Spec(
        "View",
        "light",
        QT_TRANSLATE_NOOP("Actions", "&Light"),
        QT_TRANSLATE_NOOP("Actions", "Light colours"),
        (),
        checkable=True,
    ),
    Spec(
        "View",
        "dark",
        QT_TRANSLATE_NOOP("Actions", "&Dark"),
        QT_TRANSLATE_NOOP("Actions", "Dark colours"),
        (),
        checkable=True,
    ),
    *READING_SPECS,
    Spec(
        "Training",
        "training-back",
        QT_TRANSLATE_NOOP("Actions", "Page &before"),
        QT_TRANSLATE_NOOP("Actions", "To the page before; nothing you chose is lost"),
        ("Alt+Left",),
    ),
    Spec(
        "Training",
        "training-next",
        QT_TRANSLATE_NOOP("Actions", "&Next page"),
        QT_TRANSLATE_NOOP("Actions", "This page of the training is done; to the next one"),
        ("Alt+Right",),
    ),
    Spec(
        "Help",
        "keys",
        QT_TRANSLATE_NOOP("Actions", "&Keyboard shortcuts"),
        QT_TRANSLATE_NOOP("Actions", "List all keys"),
        ("F1",),
    ),
    Spec(
        "Help",
        "numbers",
        QT_TRANSLATE_NOOP("Actions", "What the &numbers mean"),
        QT_TRANSLATE_NOOP("Actions", "Answer, confidence, severity, priority"),
        (),
    ),
    Spec(
        "Help",
        "list",
        QT_TRANSLATE_NOOP("Actions", "The wor&klist"),
        QT_TRANSLATE_NOOP("Actions", "Its columns, its order, its filters"),
        (),
    ),
    Spec(
        "Help",
        "reasons",
        QT_TRANSLATE_NOOP("Actions", "&Reasons"),
        QT_TRANSLATE_NOOP("Actions", "Why a film has no answer, and what to do"),
        (),
    ),
    Spec(
        "Help",
        "model-card",
        QT_TRANSLATE_NOOP("Actions", "About this &model…"),
        QT_TRANSLATE_NOOP(
            "Actions", "Whom the model is for, what was measured of it, and its limits"
        ),
        ("M",),
    ),
    Spec(
        "Help",
        "self-test",
        QT_TRANSLATE_NOOP("Actions", "&Self-test…"),
        QT_TRANSLATE_NOOP(
            "Actions", "Check models, decoders, cases, audit log and room on the disk"
        ),
        ("Shift+F1",),
    ),
    Spec(
        "Help",
        "welcome",
        QT_TRANSLATE_NOOP("Actions", "&Welcome…"),
        QT_TRANSLATE_NOOP("Actions", "A first word, and the demo"),
        (),
        group=True,
    ),
    Spec(
        "Help",
        "licences",
        QT_TRANSLATE_NOOP("Actions", "&Licences"),
        QT_TRANSLATE_NOOP("Actions", "Of this program and of what comes with it"),
        (),
    ),
    Spec(
        "Help",
        "about",
        QT_TRANSLATE_NOOP("Actions", "&About Pneumo Desktop"),
        QT_TRANSLATE_NOOP("Actions", "What it is and is not"),
        (),
    ),
)

Actions = Mapping[str, QAction]


def make_actions(parent: QWidget) -> Actions:
    """Return an action for each of `SPECS`, by name."""
    return {spec.name: _make(spec, parent) for spec in SPECS}


def _make(spec: Spec, parent: QWidget) -> QAction:
    action = QAction(translate("Actions", spec.text), parent)
    action.setObjectName(spec.name)
    action.setCheckable(spec.checkable)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    action.setStatusTip(translate("Actions", spec.tip))
    action.setToolTip(told(action.statusTip(), keys_of(action)))
    return action


def key_table(actions: Actions) -> list[tuple[str, str, str]]:
    """Return menu, what is done, and keys of everything that has a key at present."""
    return [
        (
            plain(translate("Menus", MENUS[spec.menu])),
            plain(actions[spec.name].text()),
            native(keys),
        )
        for spec in SPECS
        if (keys := keys_of(actions[spec.name]))
    ]
