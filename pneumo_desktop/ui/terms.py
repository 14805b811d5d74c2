"""The small words: answers, calls, priorities, reasons, ages, shares and times."""

from pneumo_desktop.core.cases import Call, Label, Priority, ReasonCode
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP, filled, translate

_CODES = (  # as words, where the list shows them
    QT_TRANSLATE_NOOP("wording", "low confidence"),
    QT_TRANSLATE_NOOP("wording", "not a chest film"),
    QT_TRANSLATE_NOOP("wording", "lateral view"),
    QT_TRANSLATE_NOOP("wording", "inverted polarity"),
    QT_TRANSLATE_NOOP("wording", "unreadable"),
    QT_TRANSLATE_NOOP("wording", "unsupported"),
    QT_TRANSLATE_NOOP("wording", "too large"),
    QT_TRANSLATE_NOOP("wording", "timeout"),
    QT_TRANSLATE_NOOP("wording", "crashed"),
    QT_TRANSLATE_NOOP("wording", "no pixels"),
    QT_TRANSLATE_NOOP("wording", "multi frame"),
    QT_TRANSLATE_NOOP("wording", "missing"),
)
_NAMES = (  # of answers, calls and priorities
    QT_TRANSLATE_NOOP("wording", "Normal"),
    QT_TRANSLATE_NOOP("wording", "Pneumonia"),
    QT_TRANSLATE_NOOP("wording", "Invalid"),
    QT_TRANSLATE_NOOP("wording", "Other abnormality"),
    QT_TRANSLATE_NOOP("wording", "Not diagnostic"),
    QT_TRANSLATE_NOOP("wording", "High"),
    QT_TRANSLATE_NOOP("wording", "Medium"),
    QT_TRANSLATE_NOOP("wording", "Check"),
    QT_TRANSLATE_NOOP("wording", "Low"),
)


def percent(probability: float) -> str:
    """Return a probability as the window shows it, never nearer to certainty than 99 %."""
    if probability > 0.99:
        return translate("wording", "over 99 %")
    if probability < 0.01:
        return translate("wording", "under 1 %")
    return f"{100.0 * probability:.0f} %"


def age_words(years: float) -> str:
    """Return an age as a ward would say it."""
    if years >= 2:
        return filled(translate("wording", "%1 y"), f"{years:.0f}")
    return filled(translate("wording", "%1 mo"), f"{12 * years:.0f}")


def waiting_words(hours: float) -> str:
    """Return a time of waiting, to two units."""
    # the database's days are exact to some microseconds: 75 minutes must not be told as 74
    minutes = max(0, round(3600 * hours)) // 60
    days, hour, minute = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return filled(translate("wording", "%1 d %2 h"), str(days), str(hour))
    if hour:
        return filled(translate("wording", "%1 h %2 min"), str(hour), f"{minute:02}")
    return filled(translate("wording", "%1 min"), str(minute))


def duration(seconds: float) -> str:
    """Return a time left, coarsely."""
    if seconds < 60:
        return filled(translate("wording", "%1 s"), str(max(1, round(seconds))))
    minutes = round(seconds / 60)
    if minutes < 60:
        return filled(translate("wording", "%1 min"), str(minutes))
    return filled(translate("wording", "%1 h %2 min"), str(minutes // 60), str(minutes % 60))


def reason_words(code: ReasonCode) -> str:
    """Return a reason code as words."""
    return translate("wording", code.value.replace("-", " "))


def label_words(label: Label) -> str:
    """Return an answer as the reader's language has it."""
    return translate("wording", label.value)


def call_words(call: Call) -> str:
    """Return a call as the reader's language has it."""
    return translate("wording", call.value)


def band_words(band: Priority) -> str:
    """Return a priority as the reader's language has it."""
    return translate("wording", band.value)
