"""The answers of every shipped model to every demo film, kept in `resources/demo/answers.json`.

`python tests/training/golden.py` writes them anew and prints the line that CHANGELOG.md then needs.
"""

import json
import re
import sys

from pneumo_desktop.core import golden
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.paths import resource

FILE = resource("demo") / "answers.json"
SCALES = golden.SCALES


def shipped_folders():
    """The folders of all shipped models."""
    return sorted(card.parent for card in resource("models").glob("*/card.json"))


def answers(folder):
    """Version, and probability, chest score and severity for each demo film."""
    package = load_package(folder)
    found = dict(golden.answers(read_film, LiteRtClassifier(package)))
    unread = {name: why for name, why in found.items() if isinstance(why, str)}
    if unread:
        raise SystemExit(f"not read: {unread}")
    return {"version": package.card.version, "films": found}


def differences(one, other):
    """Name each value that is not the golden one, and both."""
    return golden.differences(one["films"], other["films"])


def entry(golden):
    """The line of CHANGELOG.md that belongs to these answers."""
    named = ", ".join(f"`{name}` {said['version']}" for name, said in golden["packages"].items())
    return f"Golden answers {golden['revision']}: {named}."


def is_told(golden, changelog):
    """Whether a changelog names these answers, however its lines are broken."""
    return entry(golden) in re.sub(r"\s+", " ", changelog)


def renewed(old, packages):
    """The golden answers of `packages`; the same ones where nothing has changed."""
    before = old["packages"]
    same = before.keys() == packages.keys() and not any(
        before[name]["version"] != found["version"] or differences(before[name], found)
        for name, found in packages.items()
    )
    return old if same else {"revision": old["revision"] + 1, "packages": packages}


def main():
    """Write the file anew where an answer has changed."""
    old = {"revision": 0, "packages": {}}
    if FILE.is_file():
        old = json.loads(FILE.read_text(encoding="utf-8"))
    golden = renewed(old, {folder.name: answers(folder) for folder in shipped_folders()})
    FILE.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write("Unchanged. " if golden is old else "")
    sys.stdout.write(f"CHANGELOG.md needs the line:\n- {entry(golden)}\n")


if __name__ == "__main__":
    main()
