"""The pages of the help, as sections; each is taken from where it is decided."""

from pathlib import Path

from pneumo_desktop.core.card_figures import Table
from pneumo_desktop.core.card_words import PRIORITY_MEANS, Section
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.reasons import MEANINGS
from pneumo_desktop.ui.wording import NORMAL_NEVER_ALONE, PNEUMONIA_MEANS

Page = tuple[Section, ...]


def numbers_page() -> Page:
    """Return what label, confidence, severity and priority mean."""
    return (
        Section(
            "What the numbers mean",
            ("The program is a second reader. You look, you decide; it never reads alone.",),
        ),
        Section(
            "Answer",
            (
                f"Normal: {NORMAL_NEVER_ALONE}",
                f"Pneumonia: {PNEUMONIA_MEANS}",
                "Invalid: no answer, for a reason that is given. You decide alone.",
            ),
        ),
        Section(
            "Confidence",
            (
                (
                    "The calibrated probability of the answer shown. Below the threshold "
                    "(Preferences) the film is Invalid. Probabilities end at over 99 %."
                ),
                (
                    "They hold where as many films show pneumonia as the model's card assumes; "
                    "where it is rarer, they are too high."
                ),
            ),
        ),
        Section(
            "Severity and priority",
            (
                (
                    "Severity, 0 to 100, rises with the probability of pneumonia and with the "
                    "share of the film that speaks for it."
                ),
                f"Priority (High, Medium, Check, Low) follows from it: {PRIORITY_MEANS}.",
                (
                    "Check is a film below the threshold, a lateral or an inverted one; it ranks "
                    "above every Normal. What is no chest film, or cannot be read, stands apart."
                ),
            ),
        ),
        Section(
            "Attention",
            ("Which places of the film moved the answer. Never an outline of a finding.",),
        ),
    )


def reasons_page() -> Page:
    """Return every reason code with what it means and what to do."""
    rows = tuple((code.value, *words) for code, words in MEANINGS.items())
    table = Table("", ("Reason", "Meaning", "What to do"), rows)
    return (Section("Why a film has no answer", (), (table,)),)


def licences_page() -> Page:
    """Return the licences of this program and of what comes with it."""
    own = ("Pneumo Desktop is licensed under the Apache License, version 2.0.",)
    try:
        folder = resource("licences")
    except FileNotFoundError:
        return (Section("Licences", (*own, "The licence files are missing; install it again.")),)
    return (
        Section("Licences", own),
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
    told = f"Each has a file with its whole text in {folder}"
    names = tuple(name.capitalize() for name in heading)
    return (Section("What comes with the program", (told,), (Table("", names, tuple(rows)),)),)


def _licence(file: Path) -> Section:
    paragraphs = file.read_text(encoding="utf-8").split("\n\n")
    lines = tuple(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())
    return Section(file.stem.replace("-", " ").capitalize(), lines)
