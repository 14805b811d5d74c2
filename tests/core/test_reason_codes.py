"""Each reason code is given for its cause, in words that tell a clinician what to do."""

import numpy as np
import pytest

from pneumo_desktop.core.cases import Case, Policy, Prediction, ReasonCode
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.screening import screen_one
from tests.core import decoders
from tests.core.hostile_files import HOSTILE
from tests.core.seeds import dicom


class Scores:
    """A network of three numbers: pneumonia, chest, and chest with light and dark exchanged."""

    def __init__(self, classifier, pneumonia, chest, inverted):
        self.card, self.identity = classifier.card, classifier.identity
        self._said = {False: Prediction(pneumonia, chest, np.zeros((7, 7), np.float32))}
        self._said[True] = Prediction(pneumonia, inverted, np.zeros((7, 7), np.float32))

    def predict(self, film):
        return self._said[film.inverted]


SURE = (0.9, 1.0, 0.0)
GATED = {
    ReasonCode.LOW_CONFIDENCE: (dicom, (0.6, 1.0, 0.0)),
    ReasonCode.NOT_A_CHEST_FILM: (dicom, (0.9, 0.1, 0.1)),
    ReasonCode.LATERAL_VIEW: (lambda: dicom(ViewPosition="LL"), SURE),
    ReasonCode.INVERTED_POLARITY: (dicom, (0.9, 0.1, 0.9)),
}
REFUSED = {
    ReasonCode.UNREADABLE: "short pixels",
    ReasonCode.UNSUPPORTED: "pdf",
    ReasonCode.TOO_LARGE: "huge dicom",
    ReasonCode.NO_PIXELS: "report",
    ReasonCode.MULTI_FRAME: "frames",
    ReasonCode.MISSING: "missing",
}
FAILED = {ReasonCode.CRASHED: "abort", ReasonCode.TIMEOUT: "hang"}


def reason_for(code, path, classifier):
    if code in GATED:
        make, scores = GATED[code]
        path.write_bytes(make())
        outcome = screen_one(path, read_film, Scores(classifier, *scores), Policy())
        assert isinstance(outcome, Case)
        return outcome.answer.reason
    if code in REFUSED:
        HOSTILE[REFUSED[code]].make(path)
        return screen_one(path, read_film, classifier, Policy()).reason
    with Sandbox(decoders.behave, timeout=1.0) as read:
        return screen_one(path.with_name(FAILED[code]), read, classifier, Policy()).reason


@pytest.mark.parametrize("code", ReasonCode)
def test_a_code_is_given_for_its_cause_with_what_is_wrong_and_what_to_do(
    tmp_path, classifier, code
):
    reason = reason_for(code, tmp_path / "film.dcm", classifier)
    assert reason.code is code
    assert reason.text.endswith(".")
    assert len(reason.text.split(". ")) >= 2
    assert not {"Error", "Exception", "None"} & set(reason.text.split())
