"""What a reader can do with the case on view and the list, with its keys."""

from pneumo_desktop.core.cases import Call
from pneumo_desktop.ui.action_spec import Spec

CALL_KEYS = {
    Call.NORMAL: "1",
    Call.PNEUMONIA: "2",
    Call.OTHER: "3",
    Call.NOT_DIAGNOSTIC: "4",
}

READING_SPECS = (
    Spec("Reading", "next-unread", "&Next unread", "Go to the next unread film", ("N",)),
    Spec("Reading", "previous", "Film &above", "Go up one film", ("Up", "K", "PgUp")),
    Spec("Reading", "next", "Film &below", "Go down one film", ("Down", "J", "PgDown")),
    *(
        Spec(
            "Reading",
            call,
            f"Call it: {call}",
            f"Mark the film read as: {call}",
            (key,),
            group=call is Call.NORMAL,
        )
        for call, key in CALL_KEYS.items()
    ),
    Spec("Reading", "agree", "Agr&ee", "Call it as the model does", ("Y",)),
    Spec(
        "Reading",
        "disagree",
        "&Disagree",
        "Call it Normal where the model says Pneumonia, and the other way round",
        ("E",),
    ),
    Spec("Reading", "unread", "Mark &unread", "Take your call back", ("U",)),
    Spec(
        "Reading",
        "locate-file",
        "Locate the missing &file…",
        "Say where the film's file is now; films that were moved with it are found too",
        ("Ctrl+L",),
    ),
    Spec(
        "Reading",
        "locate-folder",
        "Locate it in a f&older…",
        "Say in which folder the film's file is now, or below which",
        ("Ctrl+Shift+L",),
    ),
    Spec("Reading", "note", "Write a no&te", "Go to the note", ("T",)),
    Spec("Reading", "flag", "Fla&g", "Flag the case, to come back to", ("B",), checkable=True),
    Spec(
        "Reading",
        "undo",
        "&Take back",
        "Take the last call, note, flag, archiving or erasing back",
        ("Ctrl+Z",),
        group=True,
    ),
    Spec("Reading", "redo", "Do again", "Do what was taken back again", ("Ctrl+Shift+Z",)),
    Spec(
        "Reading",
        "archive",
        "A&rchive",
        "Put the case, or all of the rows chosen, out of the list",
        ("Del",),
    ),
    Spec(
        "Reading",
        "erase",
        "Erase…",
        "Forget the case, or all of the rows chosen, with call and note for good; film files stay",
        ("Shift+Del",),
    ),
    Spec(
        "Reading",
        "blind",
        "Bl&ind first",
        "Hide the model's answer until you have called the film; films stand as they came",
        ("Ctrl+B",),
        checkable=True,
        group=True,
    ),
    Spec(
        "Reading",
        "search",
        "&Search the worklist",
        "Go to the search field",
        ("Ctrl+F",),
        group=True,
    ),
    Spec("Reading", "worklist", "Go to the work&list", "Give the worklist the keys", ("L",)),
    Spec(
        "Reading",
        "again",
        "Ans&wer unread films again",
        "With the model and threshold now in use; read films keep what you saw",
        ("Ctrl+R",),
    ),
)
