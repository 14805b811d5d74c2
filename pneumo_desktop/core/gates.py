"""From probability to answer: may it be shown, and if not, why not.

The order is the order of doubt: a film that is no frontal chest film has no answer at all; one
whose confidence is too low keeps its probability and its place in the list.
"""

import math

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
from pneumo_desktop.core.severity import extent, priority, severity

LATERAL_VIEWS = frozenset({"LL", "RL", "LATERAL", "LAT"})
RADIOGRAPH_MODALITIES = frozenset({"", "CR", "DX", "RG", "RF", "XA", "OT", "SC"})
CHEST_PARTS = frozenset(
    {"", "CHEST", "THORAX", "LUNG", "CHEST ABDOMEN", "PORT CHEST", "CHESTABDPELVIS"}
)


def answer(facts: FilmFacts, prediction: Prediction, card: ModelCard, policy: Policy) -> Answer:
    """Return what is said of a film under `policy`.

    Raises:
        KeyError: The card has no operating point of the policy's name.
    """
    probability = prediction.pneumonia_probability
    positive = probability >= card.threshold(policy.operating_point)
    raw = Label.PNEUMONIA if positive else Label.NORMAL
    confidence = probability if positive else 1.0 - probability
    refusal = _refusal(facts, prediction, card)
    reason = refusal or _doubt(confidence, policy.threshold)
    label = Label.INVALID if reason else raw
    if refusal:
        return Answer(label, raw, confidence, None, None, reason, policy)
    area = extent(prediction.evidence, card.severity.evidence_threshold)
    score = severity(probability, area, card.severity)
    return Answer(label, raw, confidence, score, priority(label, score), reason, policy)


def _refusal(facts: FilmFacts, prediction: Prediction, card: ModelCard) -> Reason | None:
    """Return why this is no frontal chest film, by what the file says and what the network saw."""
    if facts.view.upper() in LATERAL_VIEWS:
        text = "The file names a lateral view; the model reads frontal films only. Add one."
        return Reason(ReasonCode.LATERAL_VIEW, text)
    if facts.modality.upper() not in RADIOGRAPH_MODALITIES:
        text = f"The file names the modality {facts.modality}, not a radiograph. Add a chest X-ray."
        return Reason(ReasonCode.NOT_A_CHEST_FILM, text)
    if facts.body_part.upper() not in CHEST_PARTS:
        text = f"The file names the body part {facts.body_part}, not the chest. Add a chest X-ray."
        return Reason(ReasonCode.NOT_A_CHEST_FILM, text)
    if prediction.chest_probability < card.gates.chest_minimum:
        return _not_a_chest(prediction, card)
    return None


def _not_a_chest(prediction: Prediction, card: ModelCard) -> Reason:
    if (prediction.inverted_chest_probability or 0.0) >= card.gates.chest_minimum:
        text = "Light and dark seem exchanged. Export the film with the right polarity."
        return Reason(ReasonCode.INVERTED_POLARITY, text)
    text = "This does not look like an upright frontal chest X-ray. Check file and rotation."
    return Reason(ReasonCode.NOT_A_CHEST_FILM, text)


def percent(share: float) -> str:
    """Return a share 0-1 in whole percent, cut off so that less never reads as equal."""
    return f"{math.floor(100.0 * share + 1e-9)} %"


def _doubt(confidence: float, threshold: float) -> Reason | None:
    if confidence >= threshold:
        return None
    text = (
        f"The model is {percent(confidence)} sure, less than the {percent(threshold)} asked for. "
        "It gives no answer; read the film yourself."
    )
    return Reason(ReasonCode.LOW_CONFIDENCE, text)
