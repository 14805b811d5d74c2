"""What each reason code means and asks of the reader; the help and README say it in these words."""

from pneumo_desktop.core.cases import ReasonCode
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP

MEANINGS: dict[ReasonCode, tuple[str, str]] = {
    ReasonCode.LOW_CONFIDENCE: (
        QT_TRANSLATE_NOOP("Reasons", "the model is less sure than the threshold"),
        QT_TRANSLATE_NOOP("Reasons", "read it yourself"),
    ),
    ReasonCode.NOT_A_CHEST_FILM: (
        QT_TRANSLATE_NOOP(
            "Reasons", "the picture, its modality or body part is no frontal chest X-ray"
        ),
        QT_TRANSLATE_NOOP("Reasons", "add the frontal chest film"),
    ),
    ReasonCode.LATERAL_VIEW: (
        QT_TRANSLATE_NOOP("Reasons", "the file names a lateral view"),
        QT_TRANSLATE_NOOP("Reasons", "read it yourself, or add the frontal film"),
    ),
    ReasonCode.INVERTED_POLARITY: (
        QT_TRANSLATE_NOOP("Reasons", "looks more like a chest film with light and dark exchanged"),
        QT_TRANSLATE_NOOP("Reasons", "P shows it corrected"),
    ),
    ReasonCode.UNREADABLE: (
        QT_TRANSLATE_NOOP("Reasons", "empty, cut short, damaged, or not to be opened"),
        QT_TRANSLATE_NOOP("Reasons", "copy or export it again; check its permissions"),
    ),
    ReasonCode.UNSUPPORTED: (
        QT_TRANSLATE_NOOP("Reasons", "a format or compression that this program cannot read"),
        QT_TRANSLATE_NOOP("Reasons", "export as DICOM, JPEG or PNG"),
    ),
    ReasonCode.TOO_LARGE: (
        QT_TRANSLATE_NOOP("Reasons", "more bytes, pixels or memory than a radiograph needs"),
        QT_TRANSLATE_NOOP("Reasons", "export at its own size"),
    ),
    ReasonCode.TIMEOUT: (
        QT_TRANSLATE_NOOP(
            "Reasons", "decoding took longer than 30 s, or the network drive does not answer"
        ),
        QT_TRANSLATE_NOOP("Reasons", "copy it to this computer, add it again"),
    ),
    ReasonCode.CRASHED: (
        QT_TRANSLATE_NOOP("Reasons", "the decoder failed on this file"),
        QT_TRANSLATE_NOOP("Reasons", "export it again"),
    ),
    ReasonCode.NO_PIXELS: (
        QT_TRANSLATE_NOOP("Reasons", "a DICOM file without an image: a report, or cut short"),
        QT_TRANSLATE_NOOP("Reasons", "add the image itself, or copy it again"),
    ),
    ReasonCode.MULTI_FRAME: (
        QT_TRANSLATE_NOOP("Reasons", "a series of frames, or several pages"),
        QT_TRANSLATE_NOOP("Reasons", "export the single frame"),
    ),
    ReasonCode.MISSING: (
        QT_TRANSLATE_NOOP("Reasons", "no file at that path"),
        QT_TRANSLATE_NOOP("Reasons", "check the path, add it again"),
    ),
}
