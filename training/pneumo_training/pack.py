"""A network that has learnt becomes a package: calibrated, gated, exported, measured."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import keras
import msgspec
import numpy as np
from keras import layers
from numpy.typing import NDArray

from pneumo_desktop.core.card import EvidenceSpec, Gates, MeasuredResult, ModelCard
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.labelled.split import indices
from pneumo_desktop.core.metrics import wilson
from pneumo_desktop.core.model_package import load_package
from pneumo_training.adjust import changes
from pneumo_training.anatomy import Anatomy, dissect
from pneumo_training.calibrate import Scored
from pneumo_training.decide import decide, see, seen_elsewhere, with_parity
from pneumo_training.export import Head, Serving, ShippedGate, shipped_gate
from pneumo_training.failure import TrainingError
from pneumo_training.gate import Gate, Kind, films_kind, learn_gate, read_kind, turned_films
from pneumo_training.judgement import Judged, answer_part
from pneumo_training.learnt import films_learnt
from pneumo_training.measure import Answers, coverage, figures, measure_view, plain
from pneumo_training.package import Decisions, Made, Package, describe, make_card, replaced
from pneumo_training.parity import Comparison, Films, compare
from pneumo_training.plots import plot_locked
from pneumo_training.precision import to_precisions
from pneumo_training.recipe import find_recipe, load_recipe
from pneumo_training.robustness import robustness
from pneumo_training.task import Task, Trained
from pneumo_training.teller import Teller

COMPARED = 1000  # films on which the exported networks are compared with the trained one
SHOWN = 100  # calibration films that show which ranges integers must span
_LOCKED = "locked test: the same films' source, its patients apart, measured once"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The locked test's `figures`, and the answers behind them."""

    figures: dict[str, float]
    judged: Judged


def pack(task: Task, trained: Trained, package: Package, teller: Teller) -> Outcome:
    """Write the package but for its last move; return what it does to films kept apart."""
    anatomy = dissect(trained.model)
    gate = _gate(task, anatomy, teller)
    decisions = _decide(task, anatomy, gate, teller)
    model = (
        trained.model if isinstance(gate, ShippedGate) else with_chest(trained.model, gate.score)
    )
    made, compared = _export(task, model, Serving(anatomy, gate.score), decisions, teller)
    words = task.recipe.card if task.whole and not task.films.parts else None
    about = describe(words, task.sha256, task.recipe.title, task.sha256[:12])
    record = _record(task, trained, compared)
    decided = with_parity(decisions, compared.chosen)
    card = make_card(task.job.name, about, made, decided, record)
    written = package.write(made, card, films_learnt(task))
    return _measure(task, package, written, gate, teller)


def _gate(task: Task, anatomy: Anatomy, teller: Teller) -> Gate | ShippedGate:
    """Learn a chest score where the recipe's folders are at hand, else take the shipped one."""
    teller.stage("calibrating", "Preparing the chest score")
    data, part = Path(task.job.data), task.recipe.gate
    if part is None or not all((data / name).is_dir() for name in (*part.chest, part.not_chest)):
        return shipped_gate()
    tick = teller.tick("calibrating", "Learning what is a chest film")
    size = task.recipe.data.size
    chest = [_own_films(task)]
    chest += [
        read_kind(name.removeprefix("../"), data / name, size, tick, chest=True)
        for name in part.chest
    ]
    other = [
        read_kind(folder.name, folder, size, tick, chest=False)
        for folder in sorted((data / part.not_chest).iterdir())
        if folder.is_dir()
    ]
    return learn_gate(anatomy.features, [*chest, *other, *turned_films(chest)], tick)


def _own_films(task: Task) -> Kind:
    """Return the training films' own kind; the locked ones are the part to measure on."""
    part = [{"train": 0, "validation": 1, "calibration": 1, "test": 2}[r.split] for r in task.rows]
    return films_kind(task.films.images, part)


def _decide(task: Task, anatomy: Anatomy, gate: Gate | ShippedGate, teller: Teller) -> Decisions:
    tick = teller.tick("calibrating", "Calibrating")
    images, truth = task.part("calibration")
    scored = Scored(see(anatomy, images, tick).logit, truth)
    elsewhere = seen_elsewhere(task, anatomy, tick)
    evidence = EvidenceSpec(*anatomy.grid, 0.0, 0.0)  # as exported it has its own constant
    return decide(scored, elsewhere, Gates(gate.minimum, gate.chosen_on), evidence)


def _export(
    task: Task, model: Any, serving: Serving, decisions: Decisions, teller: Teller
) -> tuple[Made, Comparison]:
    teller.stage("exporting", "Exporting the network in three precisions")
    size = (task.recipe.data.size, task.recipe.data.size)
    shown = _some(task.part("calibration")[0], SHOWN)
    tick = teller.tick("exporting", "Exporting the network in three precisions")
    networks = to_precisions(serving, size, shown, tick)
    seen = teller.seen("exporting", "Comparing the exported networks with the trained one")
    compared = compare(serving, networks, _compared_on(task), decisions, seen)
    for line in compared.lines():
        teller.stage("exporting", line)
    return Made(networks, compared.default, model, size), compared


def _compared_on(task: Task) -> Films:
    """Return films of every part but the locked test, and a tenth of them upside down, inverted."""
    open_ones = [i for i, row in enumerate(task.rows) if row.split != "test"]
    real = _some(task.films.images[open_ones], COMPARED)
    wrong = np.concatenate([real[::20, ::-1, ::-1], 255 - real[10::20]])
    return Films(real, wrong, "films outside the locked test")


def _some(images: NDArray[np.uint8], most: int) -> NDArray[np.uint8]:
    """Return at most so many, evenly spread."""
    chosen = np.linspace(0, len(images) - 1, min(most, len(images))).astype(int)
    return np.asarray(images[chosen])


def with_chest(model: Any, head: Head) -> Any:
    """Return the classifier with a second output `chest`, from which the gate can be rebuilt."""
    features = dissect(model).features.output
    mean = layers.GlobalAveragePooling2D(name="chest_mean")(features)
    most = layers.GlobalMaxPooling2D(name="chest_maximum")(features)
    pooled = layers.Concatenate(name="chest_pooled")([mean, most])
    layer = layers.Dense(1, activation="sigmoid", name="chest")
    both = keras.Model(model.input, [model.output, layer(pooled)], name=model.name)
    layer.set_weights([head.weights[:, None], np.array([head.bias], np.float32)])
    return both


def _record(task: Task, trained: Trained, compared: Comparison) -> dict[str, Any]:
    """Return what the card tells of the making."""
    films = {part: len(indices(task.rows, part)) for part in ("train", "validation")}
    films |= {part: len(indices(task.rows, part)) for part in ("calibration", "test")}
    return {
        "recipe": find_recipe(task.job.recipe).read_text(encoding="utf-8"),
        "epochs": [asdict(epoch) for epoch in trained.epochs],
        "weights_from": trained.source,
        "changed_in_recipe": changes(load_recipe(task.job.recipe), task.job),
        "seeds": {
            **({} if task.films.parts else {"split": task.recipe.data.seed}),
            "training": task.recipe.training.seed,
        },
        "divided_by": "the list of films" if task.films.parts else "the recipe",
        "data_sha256": task.sha256,
        "films": films,
        "left_out": list(task.skipped),
        "films_of_other_hospitals": _mixed(task),
        "parity": compared.record(),
    }


def _mixed(task: Task) -> list[dict[str, Any]]:
    pools = task.mixture.pools if task.mixture else ()
    return [
        {**msgspec.to_builtins(pool.part), "found": len(pool.images), "sha256": pool.sha256}
        for pool in pools
    ]


def _measure(
    task: Task, package: Package, card: ModelCard, gate: Gate | ShippedGate, teller: Teller
) -> Outcome:
    teller.stage("evaluating", "Measuring on the films kept apart")
    model = LiteRtClassifier(load_package(package.part))
    tick = teller.tick("evaluating", "Measuring on the films kept apart")
    found = answer_part(task, "test", model, tick)
    _tell_missing(found, teller)
    judged = Judged(answer_part(task, "calibration", model, tick), found)
    named = figures(found, card.gates.chest_minimum, card.threshold("balanced"))
    teller.stage("evaluating", "Drawing the plots")
    plot_locked(package.part, found, card, teller.tick("evaluating", "Drawing the plots"))
    results = [MeasuredResult("films kept apart", _LOCKED, len(found.truth), named)]
    tick = teller.tick("evaluating", "Measuring how far changes of a film move the answer")
    results += robustness(model, task.part("validation")[0], tick)
    for view in task.recipe.views:
        tick = teller.tick("evaluating", f"Measuring: {view.name}")
        results += measure_view(model, Path(task.job.data), view, tick)
    results += _refusals(gate)
    thresholds = {name: point.threshold for name, point in card.operating_points.items()}
    covered = coverage(found, thresholds)
    package.write_card(replaced(card, results=tuple(results), risk_coverage=covered))
    return Outcome(plain(named), judged)


def _tell_missing(found: Answers, teller: Teller) -> None:
    """Say which films kept apart were there at the beginning and are no more.

    Raises:
        TrainingError: None of a class is left, as after the films' folder was removed.
    """
    if not found.truth.any() or found.truth.all():
        raise TrainingError(
            "The films kept apart cannot be read any more, so nothing can be measured. Put the "
            "folder of the films back and start again; nothing needs to be learnt again."
        )
    if found.unread:
        films = f"{len(found.unread)} film{'s' if len(found.unread) > 1 else ''} kept apart"
        teller.stage("evaluating", f"{films} cannot be read any more: left out of the measuring")


def _refusals(gate: Gate | ShippedGate) -> list[MeasuredResult]:
    """Return how many pictures of each kind the gate refused, where it was learnt here."""
    if isinstance(gate, ShippedGate):
        return []
    apart = "pictures kept from learning the chest score, by patient or file"
    never = "a kind of picture that the score measured here, made without it, has never seen"
    return [
        MeasuredResult(f"refused: {kind}", role, of, {"refused as no chest film": wilson(k, of)})
        for counts, role in ((gate.refused, apart), (gate.unseen, never))
        for kind, (k, of) in counts.items()
    ]
