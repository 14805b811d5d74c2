"""What a reader can do with the case on view and the list, with its keys."""

from pneumo_desktop.core.cases import Call
from pneumo_desktop.ui.action_spec import Spec
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP

CALL_KEYS = {
    Call.NORMAL: "1",
    Call.PNEUMONIA: "2",
    Call.OTHER: "3",
    Call.NOT_DIAGNOSTIC: "4",
}

READING_SPECS = (
    Spec(
        "Reading",
        "next-unread",
        QT_TRANSLATE_NOOP("Actions", "&Next unread"),
        QT_TRANSLATE_NOOP("Actions", "Go to the next unread film"),
        ("N",),
    ),
    Spec(
        "Reading",
        "previous",
        QT_TRANSLATE_NOOP("Actions", "Film &above"),
        QT_TRANSLATE_NOOP("Actions", "Go up one film"),
        ("Up", "K", "PgUp"),
    ),
    Spec(
        "Reading",
        "next",
        QT_TRANSLATE_NOOP("Actions", "Film &below"),
        QT_TRANSLATE_NOOP("Actions", "Go down one film"),
        ("Down", "J", "PgDown"),
    ),
    Spec(
        "Reading",
        Call.NORMAL,
        QT_TRANSLATE_NOOP("Actions", "Call it: Normal"),
        QT_TRANSLATE_NOOP("Actions", "Mark the film read as: Normal"),
        (CALL_KEYS[Call.NORMAL],),
        group=True,
    ),
    Spec(
        "Reading",
        Call.PNEUMONIA,
        QT_TRANSLATE_NOOP("Actions", "Call it: Pneumonia"),
        QT_TRANSLATE_NOOP("Actions", "Mark the film read as: Pneumonia"),
        (CALL_KEYS[Call.PNEUMONIA],),
    ),
    Spec(
        "Reading",
        Call.OTHER,
        QT_TRANSLATE_NOOP("Actions", "Call it: Other abnormality"),
        QT_TRANSLATE_NOOP("Actions", "Mark the film read as: Other abnormality"),
        (CALL_KEYS[Call.OTHER],),
    ),
    Spec(
        "Reading",
        Call.NOT_DIAGNOSTIC,
        QT_TRANSLATE_NOOP("Actions", "Call it: Not diagnostic"),
        QT_TRANSLATE_NOOP("Actions", "Mark the film read as: Not diagnostic"),
        (CALL_KEYS[Call.NOT_DIAGNOSTIC],),
    ),
    Spec(
        "Reading",
        "agree",
        QT_TRANSLATE_NOOP("Actions", "Agr&ee"),
        QT_TRANSLATE_NOOP("Actions", "Call it as the model does"),
        ("Y",),
    ),
    Spec(
        "Reading",
        "disagree",
        QT_TRANSLATE_NOOP("Actions", "&Disagree"),
        QT_TRANSLATE_NOOP(
            "Actions", "Call it Normal where the model says Pneumonia, and the other way round"
        ),
        ("E",),
    ),
    Spec(
        "Reading",
        "unread",
        QT_TRANSLATE_NOOP("Actions", "Mark &unread"),
        QT_TRANSLATE_NOOP("Actions", "Take your call back"),
        ("U",),
    ),
    Spec(
        "Reading",
        "locate-file",
        QT_TRANSLATE_NOOP("Actions", "Locate the missing &file…"),
        QT_TRANSLATE_NOOP(
            "Actions",
            "Say where the film's file is now; films that were moved with it are found too",
        ),
        ("Ctrl+L",),
    ),
    Spec(
        "Reading",
        "locate-folder",
        QT_TRANSLATE_NOOP("Actions", "Locate it in a f&older…"),
        QT_TRANSLATE_NOOP("Actions", "Say in which folder the film's file is now, or below which"),
        ("Ctrl+Shift+L",),
    ),
    Spec(
        "Reading",
        "note",
        QT_TRANSLATE_NOOP("Actions", "Write a no&te"),
        QT_TRANSLATE_NOOP("Actions", "Go to the note"),
        ("T",),
    ),
    Spec(
        "Reading",
        "flag",
        QT_TRANSLATE_NOOP("Actions", "Fla&g"),
        QT_TRANSLATE_NOOP("Actions", "Flag the case, to come back to"),
        ("B",),
        checkable=True,
    ),
    Spec(
        "Reading",
        "undo",
        QT_TRANSLATE_NOOP("Actions", "&Take back"),
        QT_TRANSLATE_NOOP("Actions", "Take the last call, note, flag, archiving or erasing back"),
        ("Ctrl+Z",),
        group=True,
    ),
    Spec(
        "Reading",
        "redo",
        QT_TRANSLATE_NOOP("Actions", "Do again"),
        QT_TRANSLATE_NOOP("Actions", "Do what was taken back again"),
        ("Ctrl+Shift+Z",),
    ),
    Spec(
        "Reading",
        "archive",
        QT_TRANSLATE_NOOP("Actions", "A&rchive"),
        QT_TRANSLATE_NOOP("Actions", "Put the case, or all of the rows chosen, out of the list"),
        ("Del",),
    ),
    Spec(
        "Reading",
        "erase",
        QT_TRANSLATE_NOOP("Actions", "Erase…"),
        QT_TRANSLATE_NOOP(
            "Actions",
            "Forget the case, or all of the rows chosen, with call and note for good; film files "
            "stay",
        ),
        ("Shift+Del",),
    ),
    Spec(
        "Reading",
        "blind",
        QT_TRANSLATE_NOOP("Actions", "Bl&ind first"),
        QT_TRANSLATE_NOOP(
            "Actions",
            "Hide the model's answer until you have called the film; films stand as they came",
        ),
        ("Ctrl+B",),
        checkable=True,
        group=True,
    ),
    Spec(
        "Reading",
        "search",
        QT_TRANSLATE_NOOP("Actions", "&Search the worklist"),
        QT_TRANSLATE_NOOP("Actions", "Go to the search field"),
        ("Ctrl+F",),
        group=True,
    ),
    Spec(
        "Reading",
        "worklist",
        QT_TRANSLATE_NOOP("Actions", "Go to the work&list"),
        QT_TRANSLATE_NOOP("Actions", "Give the worklist the keys"),
        ("L",),
    ),
    Spec(
        "Reading",
        "again",
        QT_TRANSLATE_NOOP("Actions", "Ans&wer unread films again"),
        QT_TRANSLATE_NOOP(
            "Actions", "With the model and threshold now in use; read films keep what you saw"
        ),
        ("Ctrl+R",),
    ),
)
