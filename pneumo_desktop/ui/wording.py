"""Cases in words: every sentence about a film that the window shows, without Qt.

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

NORMAL_NEVER_ALONE = (
    "No pneumonia pattern found. Other findings (pneumothorax, effusion, mass, fracture, lines "
    "and tubes) are not assessed."
)
PNEUMONIA_MEANS = "A pattern as in films labelled pneumonia. Other findings are not assessed."
DEMO_BANNER = "Demo: synthetic films, not patients"
ATTENTION_TITLE = "Attention, not an outline"
SEPARATOR = " · "

_APART = {
    ReasonCode.NOT_A_CHEST_FILM: ("not a chest film", "not chest films"),
    ReasonCode.INVERTED_POLARITY: ("inverted film", "inverted films"),
    ReasonCode.LATERAL_VIEW: ("lateral view", "lateral views"),
    ReasonCode.UNREADABLE: ("unreadable", "unreadable"),
}


def percent(probability: float) -> str:
    """Return a probability as the window shows it, never nearer to certainty than 99 %."""
    if probability > 0.99:
        return "over 99 %"
    if probability < 0.01:
        return "under 1 %"
    return f"{100.0 * probability:.0f} %"


def label_of(stored: StoredCase) -> Label:
    """Return what the list shows; a file that is no film is Invalid."""
    return stored.outcome.answer.label if isinstance(stored.outcome, Case) else Label.INVALID


def meaning(case: Case) -> str:
    """Return the sentence that stands below the label."""
    if case.answer.reason:
        return case.answer.reason.text
    return NORMAL_NEVER_ALONE if case.answer.label is Label.NORMAL else PNEUMONIA_MEANS


def confidence_line(case: Case, card: ModelCard | None) -> str:
    """Return the confidence in words; for an Invalid, how likely pneumonia was."""
    answer = case.answer
    if answer.severity is None:
        return ""
    if answer.label is not Label.INVALID:
        return f"{percent(answer.confidence)} confidence{_calibrated(card)}"
    leaning = f"pneumonia probability {percent(case.prediction.pneumonia_probability)}"
    of = " of the corrected film" if is_inverted(case) else ""
    return f"No answer; {leaning}{of}{_calibrated(card)}"


def _calibrated(card: ModelCard | None) -> str:
    """Return whether a probability is calibrated, as far as the model's card is at hand."""
    if card is None:
        return ""
    return " (calibrated)" if card.calibration.measured else " (not calibrated)"


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
        found.append("It is not known which ages this model was measured on.")
    elif age is None:
        found.append(f"Age unknown: this model was measured on ages {low:g} to {high:g}.")
    elif not low <= age <= high:
        found.append(
            f"Age {age_words(age)}, outside the population: this model was measured on ages "
            f"{low:g} to {high:g}."
        )
    if facts.view and facts.view.upper() not in FRONTAL_VIEWS:
        found.append(f"View {facts.view} is not frontal: this model reads frontal films only.")
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


def age_words(years: float) -> str:
    """Return an age as a ward would say it."""
    return f"{years:.0f} y" if years >= 2 else f"{12 * years:.0f} mo"


def patient_line(facts: FilmFacts) -> str:
    """Return who is on the film, empty where the file does not say."""
    parts = [facts.patient.name, identity_line(facts)]
    return SEPARATOR.join(part for part in parts if part)


def identity_line(facts: FilmFacts) -> str:
    """Return what the file says of a patient beside the name."""
    who = facts.patient
    parts = [
        f"ID {who.identifier}" if who.identifier else "",
        age_words(who.age_years) if who.age_years is not None else "",
        who.sex,
    ]
    return SEPARATOR.join(part for part in parts if part)


def title_of(stored: StoredCase) -> str:
    """Return the patient, or the file's name where the file names none."""
    if isinstance(stored.outcome, Case):
        who = stored.outcome.facts.patient
        return who.name or who.identifier or stored.outcome.path.name
    return stored.outcome.path.name


def case_number(stored: StoredCase) -> str:
    """Return what a film is called while names are hidden."""
    return f"Case {stored.id}"


def film_line(facts: FilmFacts) -> str:
    """Return how the film was made and stored."""
    parts = [
        f"{facts.modality} {facts.view}".strip(),
        facts.study_date.isoformat() if facts.study_date else "",
        f"{facts.format} {facts.width} x {facts.height}, {facts.bits} bit",
    ]
    return SEPARATOR.join(part for part in parts if part)


def prior_line(stored: StoredCase, *, hidden: bool = False) -> str:
    """Return date, view, severity and model of a film beside another; never which is better.

    The severity of a `hidden` answer waits for its reader's call.
    """
    if not isinstance(stored.outcome, Case):
        return case_number(stored)
    facts, answer, model = stored.outcome.facts, stored.outcome.answer, stored.outcome.model
    severity = "no severity" if answer.severity is None else f"severity {answer.severity:.0f}"
    severity = "answer hidden" if hidden else severity
    date = facts.study_date.isoformat() if facts.study_date else "no date"
    parts = (date, facts.view or "view not named", severity, f"{model.name} {model.version}")
    return SEPARATOR.join(parts)


def severity_line(case: Case) -> str:
    """Return severity and band, or that there is none."""
    if case.answer.severity is None or case.answer.priority is None:
        return "No severity and no priority"
    return f"{case.answer.priority} · severity {case.answer.severity:.0f} of 100"


def population_line(card: ModelCard) -> str:
    """Return whom the model knows, and where its probabilities hold."""
    return f"{card.population.description}. {prevalence_line(card)}"


def reading_line(stored: StoredCase) -> str:
    """Return the reader's call against the label, empty while unread."""
    if stored.reading is None:
        return ""
    when = stored.reading.read_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"Read as {stored.reading.call} on {when}; {_agreement(stored)}"


def _agreement(stored: StoredCase) -> str:
    label = label_of(stored)
    if label is Label.INVALID or stored.reading is None:
        return "the model gave no answer"
    agrees = stored.reading.call.value == label.value
    return "same as the model" if agrees else f"the model said {label}"


def agreement(stored: StoredCase) -> str:
    """Return in a word whether the reader's call is the model's answer, empty while unread."""
    if stored.reading is None:
        return ""
    if label_of(stored) is Label.INVALID:
        return "no answer"
    return "same" if stored.reading.call.value == label_of(stored).value else "differs"


def reason_words(code: ReasonCode) -> str:
    """Return a reason code as words."""
    return code.value.replace("-", " ")


def waiting_words(hours: float) -> str:
    """Return a time of waiting, to two units."""
    # the database's days are exact to some microseconds: 75 minutes must not be told as 74
    minutes = max(0, round(3600 * hours)) // 60
    days, hour, minute = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hour} h"
    return f"{hour} h {minute:02} min" if hour else f"{minute} min"


def apart_kind(stored: StoredCase) -> ReasonCode | None:
    """Return why a film stands apart from the list; None for one that has a priority."""
    if isinstance(stored.outcome, Rejected):
        return ReasonCode.UNREADABLE
    answer = stored.outcome.answer
    return answer.reason.code if answer.reason and answer.priority is None else None


def apart_line(counts: dict[ReasonCode, int]) -> str:
    """Return the count of the films that stand apart, empty where there are none."""
    kinds = [(counts[kind], words) for kind, words in _APART.items() if counts.get(kind)]
    total = sum(count for count, _ in kinds)
    if not total:
        return ""
    each = ", ".join(f"{count} {words[count > 1]}" for count, words in kinds)
    return f"{total} {'file' if total == 1 else 'files'} apart: {each}"


def duration(seconds: float) -> str:
    """Return a time left, coarsely."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
