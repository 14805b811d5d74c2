"""From probability to answer: may it be shown, and if not, why not.

The order is the order of doubt: what is no chest film has no severity at all; a lateral or an
inverted chest film, or one whose confidence is too low, keeps its severity and is to be checked.
"""

import math
import re

from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.cases import (
    Answer,
    FilmFacts,
    Label,
    Policy,
    Prediction,
    Reason,
    ReasonCode,
)
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.severity import extent, priority, severity

FRONTAL_VIEWS = frozenset({"PA", "AP"})
LATERAL_VIEWS = frozenset({"LL", "RL", "LATERAL", "LAT"})
# fmt: off
OTHER_MODALITIES = frozenset((
    "CT", "DOC", "ECG", "ES", "GM", "IO", "MG", "MR", "NM", "OP", "OPT", "PT", "PX", "SM", "SR",
    "US",
))
CHEST_WORDS = frozenset(("CHEST", "CXR", "LUNG", "LUNGS", "RIB", "RIBS", "STERNUM", "THORAX"))
OTHER_REGIONS = frozenset((
    "ABDOMEN", "ANKLE", "ARM", "BRAIN", "BREAST", "CALCANEUS", "CLAVICLE", "COCCYX", "CSPINE",
    "ELBOW", "EXTREMITY", "FEMUR", "FIBULA", "FINGER", "FOOT", "FOREARM", "HAND", "HEAD", "HIP",
    "HUMERUS", "JAW", "KNEE", "LEG", "LSPINE", "NECK", "PATELLA", "PELVIS", "RADIUS", "SACRUM",
    "SHOULDER", "SKULL", "SPINE", "SSPINE", "TIBIA", "TOE", "TSPINE", "ULNA", "WRIST",
))
# fmt: on
_INVERTED = QT_TRANSLATE_NOOP(
    "Reasons",
    "Light and dark seem exchanged: the corrected film looks more like a chest film. "
    "Probability, severity and attention are those of the corrected film. "
    "Look at it corrected, or export it with the right polarity.",
)
_NO_CHEST = QT_TRANSLATE_NOOP(
    "Reasons", "This does not look like an upright frontal chest X-ray. Check file and rotation."
)
_LATERAL = QT_TRANSLATE_NOOP(
    "Reasons", "The file names a lateral view; the model reads frontal films only. Add one."
)
_OTHER_MODALITY = QT_TRANSLATE_NOOP(
    "Reasons", "The file names the modality {modality}, not a radiograph. Add a chest X-ray."
)
_OTHER_REGION = QT_TRANSLATE_NOOP(
    "Reasons", "The file names the body part {region}, not the chest. Add a chest X-ray."
)
_UNSURE = QT_TRANSLATE_NOOP(
    "Reasons",
    "The model is {sure:d} % sure, less than the {asked:g} % asked for. It gives no answer; read "
    "the film yourself.",
)
_CHECKED = (ReasonCode.LOW_CONFIDENCE, ReasonCode.LATERAL_VIEW, ReasonCode.INVERTED_POLARITY)


def answer(facts: FilmFacts, prediction: Prediction, card: ModelCard, policy: Policy) -> Answer:
    """Return what is said of a film under `policy`.

    Raises:
        KeyError: The card has no operating point of the policy's name.
    """
    probability = prediction.pneumonia_probability
    positive = probability >= card.threshold(policy.operating_point)
    raw = Label.PNEUMONIA if positive else Label.NORMAL
    confidence = probability if positive else 1.0 - probability
    reason = refusal(facts, prediction, card) or _doubt(confidence, policy.threshold)
    label = Label.INVALID if reason else raw
    if reason and reason.code not in _CHECKED:
        return Answer(label, raw, confidence, None, None, reason, policy)
    area = extent(prediction.evidence, card.severity.evidence_threshold)
    score = severity(probability, area, card.severity)
    return Answer(label, raw, confidence, score, priority(label, score), reason, policy)


def refusal(facts: FilmFacts, prediction: Prediction, card: ModelCard) -> Reason | None:
    """Return why this is no frontal chest film, by what the file says and what the network saw."""
    if facts.view.upper() in LATERAL_VIEWS:
        return Reason(ReasonCode.LATERAL_VIEW, _LATERAL)
    if facts.modality.upper() in OTHER_MODALITIES:
        text = _OTHER_MODALITY.format(modality=facts.modality)
        return Reason(ReasonCode.NOT_A_CHEST_FILM, text)
    if _is_other_region(facts.body_part):
        text = _OTHER_REGION.format(region=facts.body_part)
        return Reason(ReasonCode.NOT_A_CHEST_FILM, text)
    if looks_inverted(prediction, card):
        return Reason(ReasonCode.INVERTED_POLARITY, _INVERTED)
    if prediction.chest_probability < card.gates.chest_minimum:
        return Reason(ReasonCode.NOT_A_CHEST_FILM, _NO_CHEST)
    return None


def looks_inverted(prediction: Prediction, card: ModelCard) -> bool:
    """Tell a film that passes with light and dark exchanged, and better than as it stands."""
    inverted = prediction.inverted_chest_probability
    if inverted is None or inverted < card.gates.chest_minimum:
        return False
    return inverted > prediction.chest_probability


def _is_other_region(body_part: str) -> bool:
    """Tell a region that is surely not the chest; what is unknown is left to the network."""
    words = set(re.findall("[A-Z]+", body_part.upper()))
    return bool(words & OTHER_REGIONS) and not words & CHEST_WORDS


def _doubt(confidence: float, threshold: float) -> Reason | None:
    if confidence >= threshold:
        return None
    asked = 100.0 * threshold
    sure = min(round(100.0 * confidence), math.ceil(asked) - 1)  # less never reads as equal
    return Reason(ReasonCode.LOW_CONFIDENCE, _UNSURE.format(sure=sure, asked=asked))
