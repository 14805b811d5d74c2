"""What it takes to look at labelled films and find what is wrong with them.

    python -m tests.benchmarks.labelled [FOLDER] [--abreast 2]

FOLDER has NORMAL and PNEUMONIA; without it the real films of $PNEUMO_DATA/kermany are looked at.
Figures to be read, never asserted: they are this machine's, under this load. Beside the time on
the clock stands the processors' own, which other programs' load lengthens little.
"""

# ruff: noqa: T201 - a script that prints its figures

import argparse
import os
import sys
import time
from pathlib import Path

from pneumo_desktop.core.abreast import Sandboxes, lanes, threads_of_each
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.labelled.examine import Examined, examine
from pneumo_desktop.core.labelled.film_list import list_films
from pneumo_desktop.core.labelled.findings import find
from pneumo_desktop.core.labelled.lot import tell_patients
from pneumo_desktop.core.labelled.patients import PatientRule
from pneumo_desktop.core.model_package import DEFAULT_MODEL, find_package

if sys.platform == "win32":
    raise SystemExit("Windows does not tell these figures; run this under Linux or macOS.")
import resource

MB = 1024 if sys.platform == "linux" else 1 << 20  # of what the system counts memory in


def processor_seconds() -> tuple[float, float]:
    """Return the time processors spent on this program and on its ended children."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return spent[0].ru_utime + spent[0].ru_stime, spent[1].ru_utime + spent[1].ru_stime


def peak_mb() -> tuple[float, float]:
    """Return the most memory this program had, and the most that one of its children had."""
    own, children = (
        resource.getrusage(who).ru_maxrss / MB
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own, children


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    kermany = Path(os.environ.get("PNEUMO_DATA", "../shared/data"), "kermany")
    parser.add_argument("folder", nargs="?", type=Path, default=kermany)
    parser.add_argument("--abreast", type=int, default=lanes(), help="films at once")
    asked = parser.parse_args()
    films = list_films(asked.folder)
    classifier = LiteRtClassifier(find_package(DEFAULT_MODEL), threads_of_each(asked.abreast))
    began = time.perf_counter()
    with Sandboxes(asked.abreast) as read:
        looked = list(examine(films, read, classifier, asked.abreast))
    examined = time.perf_counter()
    known = [film for film in looked if isinstance(film, Examined)]
    patients = tell_patients(known, PatientRule()).patients
    findings = find(known, [film for film in looked if not isinstance(film, Examined)], patients)
    found = time.perf_counter()
    own, children = processor_seconds()
    memory, of_a_child = peak_mb()
    print(f"{len(films)} films, {asked.abreast} at once")
    print(f"on the clock: looking {examined - began:.1f} s, finding {found - examined:.1f} s")
    print(f"of processors: here {own:.1f} s, in the children {children:.1f} s")
    print(f"most memory: here {memory:.0f} MB, in a child {of_a_child:.0f} MB")
    for finding in findings:
        print(f"{finding.kind}: {finding.text}")


if __name__ == "__main__":
    main()
