"""Answers to films kept apart, as the training program leaves them."""

import csv
from hashlib import sha256

import numpy as np

from pneumo_desktop.core.judgement.judged import COLUMNS


def rows(count=60, seed=0, folder="/films", sharp=2.0, films=2):
    """Return rows of `count` films, `films` of each patient, well told apart where `sharp`."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        ill = number // films % 2 == 1
        p = 1.0 / (1.0 + np.exp(-(sharp * (1 if ill else -1) + rng.normal(0.0, 1.5))))
        path = f"{folder}/film-{number}.png"
        yield {
            "path": path,
            "truth": "Pneumonia" if ill else "Normal",
            "patient": f"p{number // films}",
            "sha256": sha256(path.encode()).hexdigest(),
            "probability": f"{p:.6f}",
            "chest": "0.99",
        }


def write(file, found):
    """Write rows to a file and return it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, COLUMNS)
        table.writeheader()
        table.writerows(found)
    return file
