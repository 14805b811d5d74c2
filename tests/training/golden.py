"""The answers of every shipped model to every demo film, as `golden_answers.json` keeps them.

`python tests/training/golden.py` writes them anew and prints the line that CHANGELOG.md then needs.
"""

import json
import re
import sys
from pathlib import Path

from pneumo_desktop.core.cases import Case, Policy
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.paths import resource
from pneumo_desktop.core.screening import screen

FILE = Path(__file__).with_name("golden_answers.json")
SCALES = {"probability": 1.0, "chest": 1.0, "severity": 100.0}
TOLERANCE = 1e-3  # of each scale


def shipped_folders():
    """The folders of all shipped models."""
    return sorted(card.parent for card in resource("models").glob("*/card.json"))


def demo_films():
    """The films that are shipped to be tried."""
    kinds = {".jpg", ".png", ".dcm"}
    return sorted(path for path in resource("demo").iterdir() if path.suffix in kinds)


def answers(folder):
    """Version, and probability, chest score and severity for each demo film."""
    package = load_package(folder)
    found = {}
    for case in screen(demo_films(), read_film, LiteRtClassifier(package), Policy()):
        if not isinstance(case, Case):
            raise SystemExit(f"{case.path}: {case.reason.text}")
        said = case.prediction
        values = (said.pneumonia_probability, said.chest_probability, case.answer.severity)
        found[case.path.name] = {
            name: None if value is None else round(value, 6)
            for name, value in zip(SCALES, values, strict=True)
        }
    return {"version": package.card.version, "films": found}


def differences(golden, found):
    """Name each value that is not the golden one, and both."""
    if golden["films"].keys() != found["films"].keys():
        return [f"films {sorted(golden['films'].keys() ^ found['films'].keys())}"]
    return [
        f"{film}, {name}: {found['films'][film][name]} instead of {value}"
        for film, wanted in golden["films"].items()
        for name, value in wanted.items()
        if not _same(value, found["films"][film][name], TOLERANCE * SCALES[name])
    ]


def _same(one, other, most):
    return one is other if None in (one, other) else abs(one - other) <= most + 1e-9


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
