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
from pneumo_desktop.core.severity import HIGH_FROM

STANDING = "Second reader; not a diagnosis, not a medical device. You decide."
PRIORITY_MEANS = "the model's suspicion and extent, not clinical severity"
NOT_STATED = "not stated"
_SILENCE = "Not stated."
_HOW_MEASURED = (
    "At the balanced point, with no gate applied; each figure with its 95 % interval. Answered "
    "are films with a confidence of at least 70 %."
)
_NETWORK = "model.tflite"
_SHORT = 12  # characters of a hash that a person compares
_MADE_OF = {  # keys of the card's training record that have words of their own
    "weights_from": "Weights it started from",
    "films": "Films",
    "versions": "Made with",
    "seeds": "Seeds",
    "data_sha256": "SHA-256 of the films",
    "converted_from": "Converted from",
    "parity": "Exported network against the trained one",
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
        Section("Whom it is for, and its limits", (*_population(card), *map(_dot, card.limits))),
        Section("Confidence, and where Pneumonia begins", *_calibration(card)),
        Section("How films were answered", *_answered(card)),
        Section("Refusals, severity, attention", (*_gate(card), *_severity(card))),
        Section("What it learnt from", learnt),
        Section("How it was made", tuple(_making(card.training)) or (_SILENCE,)),
    ]
    if adopted := tuple(adoption_lines(card.training.get("adoption"))):
        sections.insert(2, Section("How it was taken into use", adopted))
    if others := other_tables(card.results):
        sections.append(Section("What else was measured", (), others))
    if plots:
        sections.append(Section("Plots of the films kept apart", tuple(map(str, plots))))
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
    return f"{card.name}, version {card.version}, network {short or NOT_STATED} (SHA-256)"


def prevalence_line(card: ModelCard) -> str:
    """Return where the probabilities hold, or that they are not calibrated."""
    if not card.calibration.measured:
        return "Not calibrated: its probabilities are as the network gives them."
    return f"Probabilities hold where {100.0 * card.prevalence:.0f} % of films show pneumonia."


def ages_words(population: Population) -> str:
    """Return the ages a model was measured on."""
    if population.maximum_age <= population.minimum_age:
        return NOT_STATED
    return f"{population.minimum_age:g} to {population.maximum_age:g} years"


def _population(card: ModelCard) -> Iterator[str]:
    yield f"Population: {card.population.description or NOT_STATED}"
    yield f"Ages measured on: {ages_words(card.population)}"


def _answered(card: ModelCard) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    tables = answer_tables(card.results)
    if not tables:
        return (NOT_MEASURED,), ()
    return (_HOW_MEASURED,), tables


def _calibration(card: ModelCard) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    lines = [prevalence_line(card)]
    if card.calibration.measured:
        lines.append("Where pneumonia is rarer they are too high, where it is commoner too low.")
        lines.append(
            f"Probability = sigmoid({card.calibration.scale:.3f} x logit "
            f"{card.calibration.bias:+.3f}); chosen on {card.calibration.chosen_on}"
        )
    points = sorted(card.operating_points.items(), key=lambda point: point[1].threshold)
    rows = tuple(
        (name + (" (default)" if name == "balanced" else ""), f"{p.threshold:.2f}", p.chosen_on)
        for name, p in points
    )
    heading = ("Name", "Pneumonia from probability", "Chosen on")
    return tuple(lines), (Table("Operating points", heading, rows),)


def _gate(card: ModelCard) -> Iterator[str]:
    yield (
        f"A film whose frontal-chest score lies below {card.gates.chest_minimum:.2f} is refused "
        f"as no chest film; chosen on {card.gates.chosen_on}"
    )


def _severity(card: ModelCard) -> Iterator[str]:
    share = 100.0 * card.severity.extent_share
    grid = f"{card.evidence.rows} x {card.evidence.columns}"
    yield (
        f"Severity is 0 to 100 and rises with the probability: a certain film of no extent gets "
        f"{100.0 - share:.0f}, its extent adds up to {share:.0f}. Extent is the share of {grid} "
        f"places whose evidence exceeds {card.severity.evidence_threshold:.3f} (logit units)."
    )
    yield (
        f"A film called Pneumonia is High from severity {HIGH_FROM:.0f} on, else Medium. "
        f"Priority is {PRIORITY_MEANS}."
    )
    yield (
        "Attention shows the same evidence, never the outline of a finding; it sums to the logit "
        f"within {card.evidence.largest_error:.0e}."
    )


def _making(training: dict[str, Any]) -> Iterator[str]:
    for key, value in training.items():
        if key not in _ELSEWHERE:
            name = _MADE_OF.get(key) or key[:1].upper() + key[1:].replace("_", " ")
            yield f"{name}: {_words(value)}"
    if epochs := training.get("epochs"):
        yield f"Epochs: {len(_texts(epochs))}"
    if left_out := _texts(training.get("left_out")):
        yield f"Files left out because they could not be read: {len(left_out)}"


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
