"""`python -m pneumo_training.learnt_of PACKAGE --data DIR --recipe NAME`: add its `learnt.txt`.

For a package made before there was one: the films are read and divided again as its recipe does
it, and must be those that its card names. Nothing else of the package changes. Exit: 0 done,
1 failed, 2 wrong usage.
"""

import argparse
import hashlib
import sys
from pathlib import Path

from pneumo_desktop.core.card import CardError, ModelCard, encode_card
from pneumo_desktop.core.learnt import LEARNT, learnt_text
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.settings import write_whole
from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training.control import Control
from pneumo_training.failure import TrainingError
from pneumo_training.learnt import films_learnt
from pneumo_training.package import replaced
from pneumo_training.reading import read_task
from pneumo_training.task import Task
from pneumo_training.teller import Teller


def add_learnt(folder: Path, data: Path, recipe: str) -> int:
    """Write `learnt.txt` into the package and name it in its card; return the number of films.

    Raises:
        TrainingError: These are not the films or the recipe that it was made of.
        CardError: The folder is no whole package.
    """
    card = load_package(folder).card
    job = TrainingJob(str(data), str(folder), recipe, card.name)
    task = read_task(job, Teller(lambda _: None, Control()))
    _check_same(card, task)
    text = learnt_text(films_learnt(task)).encode()
    write_whole(folder / LEARNT, text)  # first the file: one that no card names is no harm
    files = {**card.files, LEARNT: hashlib.sha256(text).hexdigest()}
    write_whole(folder / "card.json", encode_card(replaced(card, files=files)))
    return len(text.split())


def _check_same(card: ModelCard, task: Task) -> None:
    told = card.training.get
    pools = {
        (pool.part.films, pool.sha256) for pool in (task.mixture.pools if task.mixture else ())
    }
    named = {(pool["films"], pool["sha256"]) for pool in told("films_of_other_hospitals") or ()}
    if told("data_sha256") != task.sha256 or named != pools:
        raise TrainingError(
            f"These are not the films that {card.name} {card.version} was made of: their hash is "
            "not the card's. Name the very folder and recipe."
        )


def main(arguments: list[str]) -> int:
    """Do what the command line says; see the module's description."""
    parser = argparse.ArgumentParser("pneumo_training.learnt_of")
    parser.add_argument("package", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--recipe", required=True)
    wanted = parser.parse_args(arguments)
    try:
        count = add_learnt(wanted.package, wanted.data, wanted.recipe)
    except (CardError, TrainingError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{LEARNT}: {count} films\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
