"""What can be done with the film on view, with its keys."""

from pneumo_desktop.ui.action_spec import Spec
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP

# `set_window` names; the presets themselves are in core.windowing
WINDOWS = ("window-auto", "window-own", "window-full", "window-lung", "window-retrocardiac")
TOOLS = ("window", "region", "ruler")  # one of them at a time, or none: then a drag pans

FILM_SPECS = (
    Spec(
        "Film",
        "fit",
        QT_TRANSLATE_NOOP("Actions", "&Fit"),
        QT_TRANSLATE_NOOP("Actions", "Show the whole film"),
        ("F",),
    ),
    Spec(
        "Film",
        "actual-size",
        QT_TRANSLATE_NOOP("Actions", "&1:1"),
        QT_TRANSLATE_NOOP("Actions", "One film pixel on one screen pixel"),
        ("Z",),
    ),
    Spec(
        "Film",
        "zoom-in",
        QT_TRANSLATE_NOOP("Actions", "Zoom &in"),
        QT_TRANSLATE_NOOP("Actions", "Zoom into the film"),
        ("+", "="),
    ),
    Spec(
        "Film",
        "zoom-out",
        QT_TRANSLATE_NOOP("Actions", "Zoom &out"),
        QT_TRANSLATE_NOOP("Actions", "Zoom out of the film"),
        ("-",),
    ),
    Spec(
        "Film",
        "region",
        QT_TRANSLATE_NOOP("Actions", "Zoom to re&gion"),
        QT_TRANSLATE_NOOP("Actions", "Drag a frame open; what lies in it fills the view"),
        ("G",),
        checkable=True,
    ),
    Spec(
        "Film",
        "window",
        QT_TRANSLATE_NOOP("Actions", "&Window tool"),
        QT_TRANSLATE_NOOP(
            "Actions",
            "Drag with the left button to set window and level (the right button always does)",
        ),
        ("W",),
        checkable=True,
        group=True,
    ),
    Spec(
        "Film",
        "window-auto",
        QT_TRANSLATE_NOOP("Actions", "&Automatic window"),
        QT_TRANSLATE_NOOP("Actions", "By the percentiles 1 to 99"),
        ("F2",),
    ),
    Spec(
        "Film",
        "window-own",
        QT_TRANSLATE_NOOP("Actions", "File's ow&n window"),
        QT_TRANSLATE_NOOP("Actions", "What the file asks for; again for its next one"),
        ("F3",),
    ),
    Spec(
        "Film",
        "window-full",
        QT_TRANSLATE_NOOP("Actions", "F&ull window"),
        QT_TRANSLATE_NOOP("Actions", "All values of the film"),
        ("F4",),
    ),
    Spec(
        "Film",
        "window-lung",
        QT_TRANSLATE_NOOP("Actions", "&Lung window"),
        QT_TRANSLATE_NOOP("Actions", "Spread the dark parts"),
        ("F5",),
    ),
    Spec(
        "Film",
        "window-retrocardiac",
        QT_TRANSLATE_NOOP("Actions", "Retro&cardiac window"),
        QT_TRANSLATE_NOOP("Actions", "Spread the light parts, behind heart and diaphragm"),
        ("F6",),
    ),
    Spec(
        "Film",
        "window-values",
        QT_TRANSLATE_NOOP("Actions", "Window by &numbers…"),
        QT_TRANSLATE_NOOP("Actions", "Type width and level"),
        ("Shift+W",),
    ),
    Spec(
        "Film",
        "invert",
        QT_TRANSLATE_NOOP("Actions", "In&vert"),
        QT_TRANSLATE_NOOP("Actions", "Turn light and dark round"),
        ("I",),
        group=True,
    ),
    Spec(
        "Film",
        "correct-polarity",
        QT_TRANSLATE_NOOP("Actions", "Show with &polarity corrected"),
        QT_TRANSLATE_NOOP(
            "Actions", "Turn light and dark of a film round that was found to have them exchanged"
        ),
        ("P",),
    ),
    Spec(
        "Film",
        "rotate-right",
        QT_TRANSLATE_NOOP("Actions", "Rotate clock&wise"),
        QT_TRANSLATE_NOOP("Actions", "Turn by 90°"),
        (".",),
    ),
    Spec(
        "Film",
        "rotate-left",
        QT_TRANSLATE_NOOP("Actions", "Rotate counter-clockwise"),
        QT_TRANSLATE_NOOP("Actions", "Turn back by 90°"),
        (",",),
    ),
    Spec(
        "Film",
        "flip-sideways",
        QT_TRANSLATE_NOOP("Actions", "Flip left and right"),
        QT_TRANSLATE_NOOP("Actions", "Mirror the film sideways"),
        ("X",),
    ),
    Spec(
        "Film",
        "flip-upright",
        QT_TRANSLATE_NOOP("Actions", "Flip top and bottom"),
        QT_TRANSLATE_NOOP("Actions", "Mirror the film upside down"),
        ("V",),
    ),
    Spec(
        "Film",
        "ruler",
        QT_TRANSLATE_NOOP("Actions", "&Measure"),
        QT_TRANSLATE_NOOP(
            "Actions", "Drag a ruler: mm where the file tells its pixel spacing, else pixels"
        ),
        ("D",),
        checkable=True,
        group=True,
    ),
    Spec(
        "Film",
        "clear-rulers",
        QT_TRANSLATE_NOOP("Actions", "Remove rulers"),
        QT_TRANSLATE_NOOP("Actions", "Take all rulers off the film"),
        ("Shift+D",),
    ),
    Spec(
        "Film",
        "attention",
        QT_TRANSLATE_NOOP("Actions", "A&ttention map"),
        QT_TRANSLATE_NOOP(
            "Actions", "Show which places moved the model's answer; attention, not an outline"
        ),
        ("A",),
        checkable=True,
        group=True,
    ),
    Spec(
        "Film",
        "attention-held",
        QT_TRANSLATE_NOOP("Actions", "Attention map while held"),
        QT_TRANSLATE_NOOP("Actions", "Show the attention map for as long as the key is down"),
        ("S",),
    ),
    Spec(
        "Film",
        "compare",
        QT_TRANSLATE_NOOP("Actions", "&Compare with another film"),
        QT_TRANSLATE_NOOP(
            "Actions",
            "Show another film beside it: of two rows chosen in the list the other one, else an "
            "earlier film of this patient, else another of this study",
        ),
        ("C",),
        checkable=True,
        group=True,
    ),
    Spec(
        "Film",
        "next-prior",
        QT_TRANSLATE_NOOP("Actions", "Next film beside"),
        QT_TRANSLATE_NOOP(
            "Actions", "Show the next of the films offered beside it, earlier ones first"
        ),
        ("Shift+C",),
    ),
    Spec(
        "Film",
        "link",
        QT_TRANSLATE_NOOP("Actions", "Lin&k both films"),
        QT_TRANSLATE_NOOP(
            "Actions",
            "Zoom, pan and window both films together; turning, inverting and each file's own "
            "window stay with the film last touched",
        ),
        ("Ctrl+K",),
        checkable=True,
    ),
    Spec(
        "Film",
        "reset",
        QT_TRANSLATE_NOOP("Actions", "&Reset"),
        QT_TRANSLATE_NOOP("Actions", "Show the film as its file wants it"),
        ("R",),
        group=True,
    ),
)

FRAME_SPECS = (
    Spec(
        "View",
        "private",
        QT_TRANSLATE_NOOP("Actions", "&Hide names"),
        QT_TRANSLATE_NOOP(
            "Actions", "Hide patients' names and identifiers in film, case, worklist and title"
        ),
        ("H",),
        checkable=True,
    ),
    Spec(
        "View",
        "film-alone",
        QT_TRANSLATE_NOOP("Actions", "Film on the full scr&een"),
        QT_TRANSLATE_NOOP(
            "Actions", "Show the film alone on all of the screen; Esc also leads back"
        ),
        ("F11",),
        checkable=True,
    ),
)
