"""Cases in words: every sentence about a film that the window shows.

The contract behind them: Normal never stands alone, probabilities end at "over 99 %", priority is
"the model's suspicion and extent, not clinical severity".
"""

from pneumo_desktop.core.card import ModelCard
from pneumo_desktop.core.card_words import prevalence_line
from pneumo_desktop.core.cases import (
    Case,
    FilmFacts,
    Label,
    ReasonCode,
    Rejected,
    StoredCase,
)
from pneumo_desktop.core.gates import FRONTAL_VIEWS
from pneumo_desktop.ui.terms import age_words, band_words, call_words, label_words, percent
from pneumo_desktop.ui.translation import (
    PLURAL,
    QT_TRANSLATE_NOOP,
    counted,
    filled,
    translate,
    translated,
)

NORMAL_NEVER_ALONE = QT_TRANSLATE_NOOP(
    "wording",
    "No pneumonia pattern found. Other findings (pneumothorax, effusion, mass, fracture, lines "
    "and tubes) are not assessed.",
)
PNEUMONIA_MEANS = QT_TRANSLATE_NOOP(
    "wording", "A pattern as in films labelled pneumonia. Other findings are not assessed."
)
DEMO_BANNER = "Demo: synthetic films, not patients"
ATTENTION_TITLE = "Attention, not an outline"
SEPARATOR = " · "
_KINDS_APART = (
    ReasonCode.NOT_A_CHEST_FILM, ReasonCode.INVERTED_POLARITY, ReasonCode.LATERAL_VIEW,
    ReasonCode.UNREADABLE,
)  # fmt: skip


def label_of(stored: StoredCase) -> Label:
    """Return what the list shows; a file that is no film is Invalid."""
    return stored.outcome.answer.label if isinstance(stored.outcome, Case) else Label.INVALID


def meaning(case: Case) -> str:
    """Return the sentence that stands below the label."""
    if case.answer.reason:
        return translated(case.answer.reason.text)
    return normal_words() if case.answer.label is Label.NORMAL else pneumonia_words()


def normal_words() -> str:
    """Return the sentence without which Normal must not stand."""
    return translate("wording", NORMAL_NEVER_ALONE)


def pneumonia_words() -> str:
    """Return what Pneumonia means."""
    return translate("wording", PNEUMONIA_MEANS)


def confidence_line(case: Case, card: ModelCard | None) -> str:
    """Return the confidence in words; for an Invalid, how likely pneumonia was."""
    answer = case.answer
    if answer.severity is None:
        return ""
    if answer.label is not Label.INVALID:
        sure = translate("wording", "%1 confidence")
        return filled(sure, percent(answer.confidence)) + _calibrated(card)
    corrected = translate("wording", "No answer; pneumonia probability %1 of the corrected film")
    plain = translate("wording", "No answer; pneumonia probability %1")
    leaning = percent(case.prediction.pneumonia_probability)
    return filled(corrected if is_inverted(case) else plain, leaning) + _calibrated(card)


def _calibrated(card: ModelCard | None) -> str:
    """Return whether a probability is calibrated, as far as the model's card is at hand."""
    if card is None:
        return ""
    if card.calibration.measured:
        return translate("wording", " (calibrated)")
    return translate("wording", " (not calibrated)")


def is_inverted(case: Case) -> bool:
    """Return whether the film was found to have light and dark exchanged."""
    reason = case.answer.reason
    return reason is not None and reason.code is ReasonCode.INVERTED_POLARITY


def remarks(case: Case, card: ModelCard | None) -> list[str]:
    """Return what the reader must know beside the confidence: age and view.

    Without a confidence, on what is no frontal chest film, there is nothing to remark on.
    """
    if case.answer.severity is None:
        return []
    facts, found = case.facts, []
    age = facts.patient.age_years
    low, high = _ages(card)
    if high <= low:
        found.append(translate("wording", "It is not known which ages this model was measured on."))
    elif age is None:
        text = translate("wording", "Age unknown: this model was measured on ages %1 to %2.")
        found.append(filled(text, f"{low:g}", f"{high:g}"))
    elif not low <= age <= high:
        text = translate(
            "wording",
            "Age %1, outside the population: this model was measured on ages %2 to %3.",
        )
        found.append(filled(text, age_words(age), f"{low:g}", f"{high:g}"))
    if facts.view and facts.view.upper() not in FRONTAL_VIEWS:
        text = translate("wording", "View %1 is not frontal: this model reads frontal films only.")
        found.append(filled(text, facts.view))
    return found


def attention_remark(case: Case) -> str:
    """Return what the map means where little speaks for pneumonia, else nothing."""
    if case.answer.raw_label is not Label.NORMAL:
        return ""
    return (
        "The model leans to Normal: the places shown spoke most for pneumonia, though little. "
        "Colours are relative to this film."
    )


def _ages(card: ModelCard | None) -> tuple[float, float]:
    """Return the ages a model was measured on; two equal ones where that is not known."""
    population = card.population if card else None
    return (population.minimum_age, population.maximum_age) if population else (0.0, 0.0)


def patient_lines(facts: FilmFacts) -> list[str]:
    """Return who is on the film: name, identifier, age and sex; none where the file is silent."""
    who = facts.patient
    age = age_words(who.age_years) if who.age_years is not None else ""
    lines = [
        who.name,
        filled(translate("wording", "ID %1"), who.identifier) if who.identifier else "",
        SEPARATOR.join(filter(None, (age, who.sex))),
    ]
    return [line for line in lines if line]


def identity_line(facts: FilmFacts) -> str:
    """Return what the file says of a patient beside the name."""
    lines = patient_lines(facts)
    return SEPARATOR.join(lines[1:] if facts.patient.name else lines)


def title_of(stored: StoredCase, *, private: bool = False) -> str:
    """Return the patient, or the file's name where the file names none.

    While names are hidden, where `private`, it is the case's number.
    """
    if private:
        return case_number(stored)
    if isinstance(stored.outcome, Case):
        who = stored.outcome.facts.patient
        return who.name or who.identifier or stored.outcome.path.name
    return stored.outcome.path.name


def case_number(stored: StoredCase) -> str:
    """Return what a film is called while names are hidden."""
    return filled(translate("wording", "Case %1"), str(stored.id))


def film_line(facts: FilmFacts) -> str:
    """Return how the film was made and stored."""
    parts = [
        f"{facts.modality} {facts.view}".strip(),
        facts.study_date.isoformat() if facts.study_date else "",
        filled(
            translate("wording", "%1 %2 x %3, %4 bit"),
            facts.format,
            str(facts.width),
            str(facts.height),
            str(facts.bits),
        ),
    ]
    return SEPARATOR.join(part for part in parts if part)


def prior_line(stored: StoredCase, *, hidden: bool = False, brief: bool = False) -> str:
    """Return date, view, severity and model of a film beside another; never which is better.

    The severity of a `hidden` answer waits for its reader's call. A `brief` line leaves out that
    the file names no date or no view.
    """
    if not isinstance(stored.outcome, Case):
        return case_number(stored)
    facts, answer, model = stored.outcome.facts, stored.outcome.answer, stored.outcome.model
    severity = translate("wording", "no severity")
    if answer.severity is not None:
        severity = filled(translate("wording", "severity %1"), f"{answer.severity:.0f}")
    severity = translate("wording", "answer hidden") if hidden else severity
    no_date = "" if brief else translate("wording", "no date")
    no_view = "" if brief else translate("wording", "view not named")
    date = facts.study_date.isoformat() if facts.study_date else no_date
    parts = (date, facts.view or no_view, severity, f"{model.name} {model.version}")
    return SEPARATOR.join(filter(None, parts))


def severity_line(case: Case) -> str:
    """Return severity and band, or that there is none."""
    if case.answer.severity is None or case.answer.priority is None:
        return translate("wording", "No severity and no priority")
    text = translate("wording", "%1 · severity %2 of 100")
    return filled(text, band_words(case.answer.priority), f"{case.answer.severity:.0f}")


def population_line(card: ModelCard) -> str:
    """Return whom the model knows, and where its probabilities hold."""
    return f"{card.population.description}. {translated(prevalence_line(card))}"


def reading_line(stored: StoredCase) -> str:
    """Return the reader's call against the label, empty while unread."""
    if stored.reading is None:
        return ""
    when = stored.reading.read_at.astimezone().strftime("%Y-%m-%d %H:%M")
    text = translate("wording", "Read as %1 on %2; %3")
    return filled(text, call_words(stored.reading.call), when, _agreement(stored))


def _agreement(stored: StoredCase) -> str:
    label = label_of(stored)
    if label is Label.INVALID or stored.reading is None:
        return translate("wording", "the model gave no answer")
    if stored.reading.call.value == label.value:
        return translate("wording", "same as the model")
    return filled(translate("wording", "the model said %1"), label_words(label))


def agreement(stored: StoredCase) -> str:
    """Return in a word whether the reader's call is the model's answer, empty while unread."""
    if stored.reading is None:
        return ""
    if label_of(stored) is Label.INVALID:
        return translate("wording", "no answer")
    agrees = stored.reading.call.value == label_of(stored).value
    return translate("wording", "same") if agrees else translate("wording", "differs")


def apart_kind(stored: StoredCase) -> ReasonCode | None:
    """Return why a film stands apart from the list; None for one that has a priority."""
    if isinstance(stored.outcome, Rejected):
        return ReasonCode.UNREADABLE
    answer = stored.outcome.answer
    return answer.reason.code if answer.reason and answer.priority is None else None


def apart_line(counts: dict[ReasonCode, int]) -> str:
    """Return the count of the films that stand apart, empty where there are none."""
    kinds = [text for kind in _KINDS_APART if (text := _apart_count(kind, counts.get(kind, 0)))]
    if not kinds:
        return ""
    total = sum(counts.get(kind, 0) for kind in _KINDS_APART)
    text = counted(translate("wording", "%n file(s) apart: %1", "", PLURAL, total), total)
    return filled(text, ", ".join(kinds))


def _apart_count(kind: ReasonCode, count: int) -> str:
    texts = {
        ReasonCode.NOT_A_CHEST_FILM: translate("wording", "%n not of a chest", "", PLURAL, count),
        ReasonCode.INVERTED_POLARITY: translate(
            "wording", "%n inverted film(s)", "", PLURAL, count
        ),
        ReasonCode.LATERAL_VIEW: translate("wording", "%n lateral view(s)", "", PLURAL, count),
        ReasonCode.UNREADABLE: translate("wording", "%n unreadable", "", PLURAL, count),
    }
    return counted(texts.get(kind, ""), count) if count else ""
