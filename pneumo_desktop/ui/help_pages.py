"""The pages of the help, as sections; each is taken from where it is decided."""

import re
from pathlib import Path

from pneumo_desktop.core.card_figures import Table
from pneumo_desktop.core.card_words import Section
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.reasons import MEANINGS
from pneumo_desktop.ui.translation import filled, translate, translated
from pneumo_desktop.ui.wording import normal_words, pneumonia_words

Page = tuple[Section, ...]


def numbers_page() -> Page:
    """Return what label, confidence, severity and priority mean."""
    return (
        Section(
            translate("Help", "What the numbers mean"),
            (
                translate(
                    "Help",
                    "The program is a second reader. You look, you decide; it never reads alone.",
                ),
            ),
        ),
        Section(
            translate("Help", "Answer"),
            (
                filled(translate("Help", "Normal: %1"), normal_words()),
                filled(translate("Help", "Pneumonia: %1"), pneumonia_words()),
                translate(
                    "Help", "Invalid: no answer, for a reason that is given. You decide alone."
                ),
            ),
        ),
        Section(translate("Help", "Confidence"), _confidence_lines()),
        Section(translate("Help", "Severity and priority"), _severity_lines()),
        Section(
            translate("Help", "Attention"),
            (
                translate(
                    "Help",
                    "Which places of the film moved the answer. Never an outline of a finding.",
                ),
            ),
        ),
    )


def _confidence_lines() -> tuple[str, ...]:
    return (
        translate(
            "Help",
            "The calibrated probability of the answer shown. Below the threshold (Preferences) "
            "the film is Invalid. Probabilities end at over 99 %.",
        ),
        translate(
            "Help",
            "They hold where as many films show pneumonia as the model's card assumes; where it "
            "is rarer, they are too high.",
        ),
    )


def _severity_lines() -> tuple[str, ...]:
    return (
        translate(
            "Help",
            "Severity, 0 to 100, rises with the probability of pneumonia and with the share of "
            "the film that speaks for it.",
        ),
        translate(
            "Help",
            "Priority (High, Medium, Check, Low) follows from it: the model's suspicion and "
            "extent, not clinical severity.",
        ),
        translate(
            "Help",
            "Check is a film below the threshold, a lateral or an inverted one; it ranks above "
            "every Normal. What is no chest film, or cannot be read, stands apart.",
        ),
    )


def reasons_page() -> Page:
    """Return every reason code with what it means and what to do."""
    rows = tuple((code.value, *map(translated, words)) for code, words in MEANINGS.items())
    heading = (
        translate("Help", "Reason"), translate("Help", "Meaning"), translate("Help", "What to do"),
    )  # fmt: skip
    table = Table("", heading, rows)
    return (Section(translate("Help", "Why a film has no answer"), (), (table,)),)


def licences_page() -> Page:
    """Return the licences of this program and of what comes with it."""
    own = (translate("Help", "Pneumo Desktop is licensed under the Apache License, version 2.0."),)
    try:
        folder = resource("licences")
    except FileNotFoundError:
        missing = translate("Help", "The licence files are missing; install it again.")
        return (Section(translate("Help", "Licences"), (*own, missing)),)
    return (
        Section(translate("Help", "Licences"), own),
        *_components(folder / "components"),
        *map(_licence, sorted(folder.glob("*.txt"))),
    )


def _components(folder: Path) -> Page:
    """Return what the installed program was built with; a checkout has no list of it."""
    try:
        index = (folder / "index.tsv").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    heading, *rows = (tuple(line.split("\t")) for line in index.splitlines())
    told = filled(translate("Help", "Each has a file with its whole text in %1"), str(folder))
    names = tuple(name.capitalize() for name in heading)
    return (
        Section(
            translate("Help", "What comes with the program"),
            (told,),
            (Table("", names, tuple(rows)),),
        ),
    )


def _licence(file: Path) -> Section:
    text = re.sub(r"^[-=]{3,}$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    paragraphs = text.split("\n\n")  # a line that underlined a heading now ends its paragraph
    lines = tuple(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())
    return Section(file.stem.replace("-", " ").capitalize(), lines)
