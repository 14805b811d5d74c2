"""A model card in words: what the window and the command line say of a model.

Nothing here claims more than the card holds; what it does not hold is "not stated".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pneumo_desktop.core.card import ModelCard, Population
from pneumo_desktop.core.card_adoption import adoption_lines
from pneumo_desktop.core.card_figures import NOT_MEASURED, Table, answer_tables, other_tables
from pneumo_desktop.core.sentence import QT_TRANSLATE_NOOP
from pneumo_desktop.core.severity import HIGH_FROM

STANDING = QT_TRANSLATE_NOOP(
    "ModelCard", "Second reader; not a diagnosis, not a medical device. You decide."
)
PRIORITY_MEANS = QT_TRANSLATE_NOOP(
    "ModelCard", "the model's suspicion and extent, not clinical severity"
)
NOT_STATED = QT_TRANSLATE_NOOP("ModelCard", "not stated")
_SILENCE = QT_TRANSLATE_NOOP("ModelCard", "Not stated.")
_WHOM = QT_TRANSLATE_NOOP("ModelCard", "Whom it is for, and its limits")
_SURE = QT_TRANSLATE_NOOP("ModelCard", "Confidence, and where Pneumonia begins")
_HOW = QT_TRANSLATE_NOOP("ModelCard", "How films were answered")
_DOUBTS = QT_TRANSLATE_NOOP("ModelCard", "Refusals, severity, attention")
_LEARNT = QT_TRANSLATE_NOOP("ModelCard", "What it learnt from")
_MADE = QT_TRANSLATE_NOOP("ModelCard", "How it was made")
_TAKEN = QT_TRANSLATE_NOOP("ModelCard", "How it was taken into use")
_ELSE = QT_TRANSLATE_NOOP("ModelCard", "What else was measured")
_PLOTS = QT_TRANSLATE_NOOP("ModelCard", "Plots of the films kept apart")
_IDENTITY = QT_TRANSLATE_NOOP("ModelCard", "{name}, version {version}, network {network} (SHA-256)")
_NOT_CALIBRATED = QT_TRANSLATE_NOOP(
    "ModelCard", "Not calibrated: its probabilities are as the network gives them."
)
_PREVALENCE = QT_TRANSLATE_NOOP(
    "ModelCard", "Probabilities hold where {share:.0f} % of films show pneumonia."
)
_AGES = QT_TRANSLATE_NOOP("ModelCard", "{youngest:g} to {oldest:g} years")
_POPULATION = QT_TRANSLATE_NOOP("ModelCard", "Population: {population}")
_MEASURED_ON = QT_TRANSLATE_NOOP("ModelCard", "Ages measured on: {ages}")
_RARER = QT_TRANSLATE_NOOP(
    "ModelCard", "Where pneumonia is rarer they are too high, where it is commoner too low."
)
_SIGMOID = QT_TRANSLATE_NOOP(
    "ModelCard",
    "Probability = sigmoid({scale:.3f} x logit {bias:+.3f}); chosen on {films}",
)
_DEFAULT = QT_TRANSLATE_NOOP("ModelCard", "{point} (default)")
_POINTS = QT_TRANSLATE_NOOP("ModelCard", "Operating points")
_POINT_HEADING = (
    QT_TRANSLATE_NOOP("ModelCard", "Name"),
    QT_TRANSLATE_NOOP("ModelCard", "Pneumonia from probability"),
    QT_TRANSLATE_NOOP("ModelCard", "Chosen on"),
)
_GATE = QT_TRANSLATE_NOOP(
    "ModelCard",
    "A film whose frontal-chest score lies below {least:.2f} is refused as no chest film; chosen "
    "on {films}",
)
_SEVERITY = QT_TRANSLATE_NOOP(
    "ModelCard",
    "Severity is 0 to 100 and rises with the probability: a certain film of no extent gets "
    "{bare:.0f}, its extent adds up to {share:.0f}. Extent is the share of {rows:d} x {columns:d} "
    "places whose evidence exceeds {threshold:.3f} (logit units).",
)
_BANDS = QT_TRANSLATE_NOOP(
    "ModelCard",
    "A film called Pneumonia is High from severity {high:.0f} on, else Medium. Priority is "
    "{meaning}.",
)
_ATTENTION = QT_TRANSLATE_NOOP(
    "ModelCard",
    "Attention shows the same evidence, never the outline of a finding; it sums to the logit "
    "within {error:.0e}.",
)
_EPOCHS = QT_TRANSLATE_NOOP("ModelCard", "Epochs: %n", "", 1)
_LEFT_OUT = QT_TRANSLATE_NOOP(
    "ModelCard", "Files left out because they could not be read: %n", "", 1
)
_HOW_MEASURED = QT_TRANSLATE_NOOP(
    "ModelCard",
    "At the balanced point, with no gate applied; each figure with its 95 % interval. Answered "
    "are films with a confidence of at least 70 %.",
)
_NETWORK = "model.tflite"
_SHORT = 12  # characters of a hash that a person compares
_MADE_OF = {  # keys of the card's training record that have words of their own
    "weights_from": QT_TRANSLATE_NOOP("ModelCard", "Weights it started from: {words}"),
    "films": QT_TRANSLATE_NOOP("ModelCard", "Films: {words}"),
    "versions": QT_TRANSLATE_NOOP("ModelCard", "Made with: {words}"),
    "seeds": QT_TRANSLATE_NOOP("ModelCard", "Seeds: {words}"),
    "data_sha256": QT_TRANSLATE_NOOP("ModelCard", "SHA-256 of the films: {words}"),
    "converted_from": QT_TRANSLATE_NOOP("ModelCard", "Converted from: {words}"),
    "parity": QT_TRANSLATE_NOOP("ModelCard", "Exported network against the trained one: {words}"),
}
_ELSEWHERE = ("data", "recipe", "epochs", "left_out", "adoption")


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a card: sentences, then tables."""

    title: str
    lines: tuple[str, ...]
    tables: tuple[Table, ...] = ()


def card_sections(card: ModelCard, plots: Sequence[Path] = ()) -> tuple[Section, ...]:
    """Return all that the card says, the most needed first; `plots` lie beside it."""
    learnt = tuple(map(_dot, _texts(card.training.get("data")))) or (_SILENCE,)
    sections = [
        Section(card.title, (identity_line(card), STANDING)),
        Section(_WHOM, (*_population(card), *map(_dot, card.limits))),
        Section(_SURE, *_calibration(card)),
        Section(_HOW, *_answered(card)),
        Section(_DOUBTS, (*_gate(card), *_severity(card))),
        Section(_LEARNT, learnt),
        Section(_MADE, tuple(_making(card.training)) or (_SILENCE,)),
    ]
    if adopted := tuple(adoption_lines(card.training.get("adoption"))):
        sections.insert(2, Section(_TAKEN, adopted))
    if others := other_tables(card.results):
        sections.append(Section(_ELSE, (), others))
    if plots:
        sections.append(Section(_PLOTS, tuple(map(str, plots))))
    return tuple(sections)


def plain_text(sections: Iterable[Section]) -> str:
    """Return sections as text for a terminal or the clipboard."""
    return "\n\n".join("\n".join(_section_lines(section)) for section in sections)


def _section_lines(section: Section) -> Iterator[str]:
    yield section.title
    yield from section.lines
    for table in section.tables:
        yield ""
        yield f"{table.caption}:"
        for row in table.rows:
            yield f"  {row[0]}"
            told = [(name, cell) for name, cell in zip(table.heading[1:], row[1:], strict=True)]
            yield from (f"    {name}: {cell}" for name, cell in told if cell)


def identity_line(card: ModelCard) -> str:
    """Return name, version, and the hash that tells two networks apart."""
    short = card.files.get(_NETWORK, "")[:_SHORT]
    return _IDENTITY.format(name=card.name, version=card.version, network=short or NOT_STATED)


def prevalence_line(card: ModelCard) -> str:
    """Return where the probabilities hold, or that they are not calibrated."""
    if not card.calibration.measured:
        return _NOT_CALIBRATED
    return _PREVALENCE.format(share=100.0 * card.prevalence)


def ages_words(population: Population) -> str:
    """Return the ages a model was measured on."""
    if population.maximum_age <= population.minimum_age:
        return NOT_STATED
    return _AGES.format(youngest=population.minimum_age, oldest=population.maximum_age)


def _population(card: ModelCard) -> Iterator[str]:
    yield _POPULATION.format(population=card.population.description or NOT_STATED)
    yield _MEASURED_ON.format(ages=ages_words(card.population))


def _answered(card: ModelCard) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    tables = answer_tables(card.results)
    if not tables:
        return (NOT_MEASURED,), ()
    return (_HOW_MEASURED,), tables


def _calibration(card: ModelCard) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    lines = [prevalence_line(card)]
    if card.calibration.measured:
        chosen = card.calibration
        lines.append(_RARER)
        lines.append(_SIGMOID.format(scale=chosen.scale, bias=chosen.bias, films=chosen.chosen_on))
    points = sorted(card.operating_points.items(), key=lambda point: point[1].threshold)
    rows = tuple((_point(name), f"{p.threshold:.2f}", p.chosen_on) for name, p in points)
    return tuple(lines), (Table(_POINTS, _POINT_HEADING, rows),)


def _point(name: str) -> str:
    return _DEFAULT.format(point=name) if name == "balanced" else name


def _gate(card: ModelCard) -> Iterator[str]:
    yield _GATE.format(least=card.gates.chest_minimum, films=card.gates.chosen_on)


def _severity(card: ModelCard) -> Iterator[str]:
    share = 100.0 * card.severity.extent_share
    yield _SEVERITY.format(
        bare=100.0 - share,
        share=share,
        rows=card.evidence.rows,
        columns=card.evidence.columns,
        threshold=card.severity.evidence_threshold,
    )
    yield _BANDS.format(high=HIGH_FROM, meaning=PRIORITY_MEANS)
    yield _ATTENTION.format(error=card.evidence.largest_error)


def _making(training: dict[str, Any]) -> Iterator[str]:
    for key, value in training.items():
        if key not in _ELSEWHERE:
            saying = _MADE_OF.get(key)
            name = key[:1].upper() + key[1:].replace("_", " ")
            words = _words(value)
            yield saying.format(words=words) if saying else f"{name}: {words}"
    if epochs := training.get("epochs"):
        yield _EPOCHS.counted(len(_texts(epochs)))
    if left_out := _texts(training.get("left_out")):
        yield _LEFT_OUT.counted(len(left_out))


def _texts(value: Any) -> list[Any]:
    """Return a list of the card's free part; anything else as its only entry, nothing as none."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _dot(text: Any) -> str:
    return f"• {text}"


def _words(value: Any) -> str:
    """Return a value of the card's free part in one line."""
    if isinstance(value, dict):
        return ", ".join(
            f"{key} ({_words(v)})" if isinstance(v, dict) else f"{key} {_words(v)}"
            for key, v in value.items()
        )
    if isinstance(value, list | tuple):
        return "; ".join(map(_words, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)
