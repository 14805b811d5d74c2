"""`judge`: how good a trained model is on films kept apart, and taking it into use."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pneumo_desktop.commands.common import Exit, UsageError, add_json, complain, print_record
from pneumo_desktop.core.adoption import (
    BALANCED,
    Adoption,
    adopted,
    keep_card,
    problem,
    words_of,
)
from pneumo_desktop.core.evaluation import rate
from pneumo_desktop.core.judgement.against import Against
from pneumo_desktop.core.judgement.figures import figures_at
from pneumo_desktop.core.judgement.judged import Judged, answers_folder, read_judged
from pneumo_desktop.core.judgement.rival import NONE_BEFORE, compared, other_model
from pneumo_desktop.core.judgement.viewings import Viewings, count_viewing, viewings
from pneumo_desktop.core.judgement.words import verdict_words, viewing_words
from pneumo_desktop.core.labelled.plan import FOLDER
from pneumo_desktop.core.model_package import NETWORK, ModelPackage, find_package
from pneumo_desktop.core.model_use import using
from pneumo_desktop.core.paths import data_dir
from pneumo_desktop.core.sandbox import Sandbox
from pneumo_desktop.core.settings import load_settings, save_settings
from pneumo_desktop.core.training_job import CALIBRATION_ANSWERS, TEST_ANSWERS


def add(parser: ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument("name", metavar="NAME", help="a model that was trained here")
    parser.add_argument(
        "--point", type=_point, default=BALANCED, metavar="0.50",
        help="the probability from which a film is called Pneumonia, chosen on calibration films",
    )  # fmt: skip
    parser.add_argument(
        "--locked", action="store_true",
        help="show the locked test and compare with the model in use; each look is counted",
    )  # fmt: skip
    parser.add_argument(
        "--use", action="store_true", help="use the model from now on, at this point"
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why; the card keeps it")
    add_json(parser)


def _point(text: str) -> float:
    try:
        value = round(float(text), 2)
    except ValueError:
        value = -1.0
    if not 0.01 <= value <= 0.99:
        raise ArgumentTypeError(f"{text!r} is not a probability from 0.01 to 0.99")
    return value


def run(arguments: Namespace) -> Exit:
    """Print the figures asked for; use the model where that was asked too."""
    package = find_package(arguments.name)
    folder = answers_folder(package.folder, data_dir() / FOLDER / package.folder.name)
    calibration, test = (read_judged(folder / n) for n in (CALIBRATION_ANSWERS, TEST_ANSWERS))
    _print(arguments, "calibration films", calibration)
    seen, found = viewings(folder), None
    if arguments.locked:
        seen = count_viewing(folder, arguments.point, datetime.now(UTC))
        _print(arguments, "locked test", test)
        complain(viewing_words(seen, arguments.point))
        found = _compare(arguments, package, test)
    if arguments.use:
        _use(package, _wish(arguments, package, seen, found), (calibration, test))
    return Exit.WELL


def _print(arguments: Namespace, films: str, judged: Judged) -> None:
    found = figures_at(judged, arguments.point)
    record: dict[str, Any] = {"films": films, "point": found.threshold, "n": found.films}
    record |= {"patients": found.patients, "confusion": found.confusion._asdict()}
    for name in ("accuracy", "sensitivity", "specificity", "auroc"):
        record[name] = rate(getattr(found, name))
    print_record(record | {"ece": found.ece}, as_json=arguments.json)


def _compare(arguments: Namespace, package: ModelPackage, test: Judged) -> Against | None:
    settings = load_settings(data_dir())
    name = other_model(settings, package.card.files[NETWORK])
    if not name:
        complain(NONE_BEFORE)
        return None
    with Sandbox() as read:
        *_, found = compared(test, arguments.point, name, settings, read)
    if not isinstance(found, Against):
        return None
    print_record(dict(_comparison(found)), as_json=arguments.json)
    complain(" ".join(verdict_words(found)))
    return found


def _comparison(found: Against) -> Iterator[tuple[str, Any]]:
    both = found.comparison
    yield "against", found.old.name
    yield "version", found.old.version
    yield "verdict", both.verdict.value
    yield "n", both.films
    yield "patients", both.patients
    yield "difference", rate(both.difference)
    yield "p", both.p
    yield "auroc_difference", rate(both.auroc.interval)
    yield "auroc_p", both.auroc.p
    yield "left_out", found.learnt
    yield "gone", found.gone


def _wish(
    arguments: Namespace, package: ModelPackage, seen: Viewings, found: Against | None
) -> Adoption:
    wish = Adoption(
        words=words_of(package.card),
        point=arguments.point,
        reason=arguments.reason,
        initials=load_settings(data_dir()).initials,
        at=datetime.now(UTC),
        seen=seen,
        against=found,
    )
    if why := problem(wish):
        raise UsageError(f"{why} (--reason)")
    return wish


def _use(package: ModelPackage, wish: Adoption, films: tuple[Judged, Judged]) -> None:
    kept = keep_card(package, adopted(package.card, wish, *films))
    save_settings(data_dir(), using(load_settings(data_dir()), kept))
    complain(f"From now on {kept.card.title} answers. Back: pneumo-desktop models back")
