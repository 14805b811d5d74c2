"""Why a DICOM file is no film, in words; apart from pydicom, which the window need not load."""

from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

DAMAGED = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOM image is damaged. Send it again from the archive."
)
NO_IMAGE = QT_TRANSLATE_NOOP(
    "Reasons",
    "The DICOM file holds no image: it is a report, or was cut short. Add the image itself, or "
    "copy the file again.",
)
SEVERAL_FRAMES = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOM file is a series of frames, not one film. Export the single frame."
)
TOO_LARGE = QT_TRANSLATE_NOOP(
    "Reasons",
    "The image has {columns} x {rows} pixels, more than a film can have. Export the film at its "
    "own size.",
)
OTHER_SYNTAX = QT_TRANSLATE_NOOP(
    "Reasons",
    "The DICOM file is stored as {syntax}, which this program cannot read. Export it uncompressed, "
    "or as JPEG or JPEG 2000.",
)
NO_DECODER = QT_TRANSLATE_NOOP(
    "Reasons",
    "The decoder for {syntax} is missing from this installation. Install the program again, or "
    "export the film uncompressed.",
)
UNTOLD_SYNTAX = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOM file is compressed but does not say how. Send it again from the archive."
)
INFLATING = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOM file inflates to more than a film holds. Send it again uncompressed."
)
DAMAGED_INSIDE = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOM file's compressed image is damaged. Send it again from the archive."
)
OTHER_SIZE = QT_TRANSLATE_NOOP(
    "Reasons",
    "The DICOM file's image has {columns} x {rows} pixels where its header says {named_columns} x "
    "{named_rows}. Send it again from the archive.",
)
SLOPE_ZERO = QT_TRANSLATE_NOOP(
    "Reasons",
    "The DICOM file's rescale slope is zero, which makes every pixel the same. Send it again from "
    "the archive.",
)
NO_NUMBER = QT_TRANSLATE_NOOP(
    "Reasons", "The DICOM file's rescale is not a number. Send it again from the archive."
)
