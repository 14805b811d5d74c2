"""What can be done with the film on view, with its keys."""

from pneumo_desktop.ui.action_spec import Spec

# `set_window` names; the presets themselves are in core.windowing
WINDOWS = ("window-auto", "window-own", "window-full", "window-lung", "window-retrocardiac")
TOOLS = ("window", "region", "ruler")  # one of them at a time, or none: then a drag pans

FILM_SPECS = (
    Spec("Film", "fit", "&Fit", "Show the whole film", ("F",)),
    Spec("Film", "actual-size", "&1:1", "One film pixel on one screen pixel", ("Z",)),
    Spec("Film", "zoom-in", "Zoom &in", "Zoom into the film", ("+", "=")),
    Spec("Film", "zoom-out", "Zoom &out", "Zoom out of the film", ("-",)),
    Spec(
        "Film",
        "region",
        "Zoom to re&gion",
        "Drag a frame open; what lies in it fills the view",
        ("G",),
        checkable=True,
    ),
    Spec(
        "Film",
        "window",
        "&Window tool",
        "Drag with the left button to set window and level (the right button always does)",
        ("W",),
        checkable=True,
        group=True,
    ),
    Spec("Film", "window-auto", "&Automatic window", "By the percentiles 1 to 99", ("F2",)),
    Spec(
        "Film",
        "window-own",
        "File's ow&n window",
        "What the file asks for; again for its next one",
        ("F3",),
    ),
    Spec("Film", "window-full", "F&ull window", "All values of the film", ("F4",)),
    Spec("Film", "window-lung", "&Lung window", "Spread the dark parts", ("F5",)),
    Spec(
        "Film",
        "window-retrocardiac",
        "Retro&cardiac window",
        "Spread the light parts, behind heart and diaphragm",
        ("F6",),
    ),
    Spec("Film", "window-values", "Window by &numbers…", "Type width and level", ("Shift+W",)),
    Spec("Film", "invert", "In&vert", "Turn light and dark round", ("I",), group=True),
    Spec(
        "Film",
        "correct-polarity",
        "Show with &polarity corrected",
        "Turn light and dark of a film round that was found to have them exchanged",
        ("P",),
    ),
    Spec("Film", "rotate-right", "Rotate clock&wise", "Turn by 90°", (".",)),
    Spec("Film", "rotate-left", "Rotate counter-clockwise", "Turn back by 90°", (",",)),
    Spec("Film", "flip-sideways", "Flip left and right", "Mirror the film sideways", ("X",)),
    Spec("Film", "flip-upright", "Flip top and bottom", "Mirror the film upside down", ("V",)),
    Spec(
        "Film",
        "ruler",
        "&Measure",
        "Drag a ruler: mm where the file tells its pixel spacing, else pixels",
        ("D",),
        checkable=True,
        group=True,
    ),
    Spec("Film", "clear-rulers", "Remove rulers", "Take all rulers off the film", ("Shift+D",)),
    Spec(
        "Film",
        "attention",
        "A&ttention map",
        "Show which places moved the model's answer; attention, not an outline",
        ("A",),
        checkable=True,
        group=True,
    ),
    Spec(
        "Film",
        "attention-held",
        "Attention map while held",
        "Show the attention map for as long as the key is down",
        ("S",),
    ),
    Spec(
        "Film",
        "compare",
        "&Compare with another film",
        "Show another film beside it: of two rows chosen in the list the other one, else an "
        "earlier film of this patient, else another of this study",
        ("C",),
        checkable=True,
        group=True,
    ),
    Spec(
        "Film",
        "next-prior",
        "Next film beside",
        "Show the next of the films offered beside it, earlier ones first",
        ("Shift+C",),
    ),
    Spec(
        "Film",
        "link",
        "Lin&k both films",
        "Zoom, pan and window both films together; turning, inverting and each file's own window "
        "stay with the film last touched",
        ("Ctrl+K",),
        checkable=True,
    ),
    Spec("Film", "reset", "&Reset", "Show the film as its file wants it", ("R",), group=True),
)

FRAME_SPECS = (
    Spec(
        "View",
        "private",
        "&Hide names",
        "Hide patients' names and identifiers in film, case, worklist and title",
        ("H",),
        checkable=True,
    ),
    Spec(
        "View",
        "film-alone",
        "Film on the full scr&een",
        "Show the film alone on all of the screen; Esc also leads back",
        ("F11",),
        checkable=True,
    ),
)
