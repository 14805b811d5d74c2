"""What each reason code means and asks of the reader; the help and README say it in these words."""

from pneumo_desktop.core.cases import ReasonCode

MEANINGS: dict[ReasonCode, tuple[str, str]] = {
    ReasonCode.LOW_CONFIDENCE: ("the model is less sure than the threshold", "read it yourself"),
    ReasonCode.NOT_A_CHEST_FILM: (
        "the picture, its modality or body part is no frontal chest X-ray",
        "add the frontal chest film",
    ),
    ReasonCode.LATERAL_VIEW: (
        "the file names a lateral view",
        "read it yourself, or add the frontal film",
    ),
    ReasonCode.INVERTED_POLARITY: (
        "looks more like a chest film with light and dark exchanged",
        "P shows it corrected",
    ),
    ReasonCode.UNREADABLE: (
        "empty, cut short, damaged, or not to be opened",
        "copy or export it again; check its permissions",
    ),
    ReasonCode.UNSUPPORTED: (
        "a format or compression that this program cannot read",
        "export as DICOM, JPEG or PNG",
    ),
    ReasonCode.TOO_LARGE: (
        "more bytes, pixels or memory than a radiograph needs",
        "export at its own size",
    ),
    ReasonCode.TIMEOUT: (
        "decoding took longer than 30 s, or the network drive does not answer",
        "copy it to this computer, add it again",
    ),
    ReasonCode.CRASHED: ("the decoder failed on this file", "export it again"),
    ReasonCode.NO_PIXELS: (
        "a DICOM file without an image: a report, or cut short",
        "add the image itself, or copy it again",
    ),
    ReasonCode.MULTI_FRAME: ("a series of frames, or several pages", "export the single frame"),
    ReasonCode.MISSING: ("no file at that path", "check the path, add it again"),
}
