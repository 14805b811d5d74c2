"""Kept features teach what the films themselves would have taught, and are computed once."""

import re
import shutil
from collections import namedtuple
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import pytest

from pneumo_desktop.core.training_job import TrainingJob
from pneumo_training import cached
from pneumo_training.batches import Source, epoch_batches, even_weights, steps
from pneumo_training.cached import Cache
from pneumo_training.control import Control
from pneumo_training.failure import Cancelled, TrainingError
from pneumo_training.feature_file import FEATURES, FeatureFile
from pneumo_training.fit import Held, Learner, fit
from pneumo_training.model import build_network
from pneumo_training.recipe import load_recipe
from pneumo_training.train import run


@dataclass(frozen=True, slots=True, eq=False)
class Fixed(Source):
    """Films that get the draw of the first epoch in every epoch."""

    def picture(self, film, _):
        return Source.picture(self, film, 1)


@pytest.fixture
def frozen(recipe):
    """Return a function that writes a tiny recipe with a frozen backbone and kept features."""

    def write(*, epochs=3, head="flatten"):
        return recipe(head=head, outputs=2, epochs=epochs, kept=True)

    return write


def films(count=70, kind=Fixed, augmentation=None):
    rng = np.random.default_rng(0)
    truth = rng.random(count) < 0.6
    images = (
        rng.integers(0, 120, (count, 48, 48))
        + 90 * truth[:, None, None] * rng.random(count)[:, None, None]
    )
    weight = even_weights(truth, balanced=True)
    return kind(
        images.astype(np.uint8), truth.astype(np.float32), weight, augmentation, seed=4
    ), Held(images[:20].astype(np.uint8), truth[:20])


def quiet(done, total):
    pass


@pytest.mark.parametrize("head", ["flatten", "pool"])
def test_the_weights_are_those_of_learning_from_the_same_draws(frozen, tmp_path, head):
    """Uncached with one draw for all epochs, and cached; dropout draws alike in both."""
    recipe = load_recipe(frozen(head=head))
    part = recipe.training
    source, held = films(augmentation=recipe.augmentation)
    ends, told = [], []
    for keep in (False, True):
        folder = tmp_path / f"{keep}"
        folder.mkdir()
        network, _ = build_network(recipe)
        before = network.get_weights()
        student, lessons, control = network, (source, held), Control()
        if keep:
            cache = Cache(network, source, held, folder)
            cache.fill(quiet, control)
            student, lessons = cache.head, cache.films()
        learner = Learner(student, part, part.epochs * steps(lessons[0], part.batch))
        told.append(fit(learner, *lessons, folder, lambda moment: None, control))
        ends.append(network.get_weights())
    moved = [float(np.abs(a - b).max()) for a, b in zip(before, ends[0], strict=True)]
    assert sum(step > 0.01 for step in moved) == 2  # the head's, and nothing of the backbone
    for one, other in zip(*ends, strict=True):
        np.testing.assert_allclose(one, other, atol=2e-5)
    losses = [[epoch.val_loss for epoch in epochs] for epochs in told]
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)


@pytest.fixture
def cache(frozen, tmp_path):
    """Return a function that makes a cache on the same films again and again."""
    recipe = load_recipe(frozen())

    def make(**changes):
        network, _ = build_network(recipe)
        source, held = films(kind=Source, augmentation=recipe.augmentation, **changes)
        return Cache(network, source, held, tmp_path)

    return make


def test_a_film_has_the_same_draw_in_every_epoch_and_it_is_that_of_the_first(cache):
    made = cache()
    made.fill(quiet, Control())
    source, held = made.films()
    shown = [np.stack([source.picture(i, epoch) for i in range(70)]) for epoch in (1, 2, 7)]
    assert np.array_equal(shown[0], shown[1])
    assert np.array_equal(shown[0], shown[2])
    uncached, plain = films(kind=Source, augmentation=source.augmentation)
    draws = np.stack([uncached.picture(i, 1) for i in range(70)])
    for images, found in ((draws, shown[0]), (plain.images, held.images)):
        wanted = np.asarray(made._body(images[..., None].astype(np.float32)))
        np.testing.assert_allclose(found, wanted, atol=1e-5)
    first, second = (next(iter(epoch_batches(source, 8, epoch))) for epoch in (1, 2))
    assert first.images.shape == (8, shown[0].shape[1], 1)
    assert not np.array_equal(first.images, second.images)  # the order still changes


def test_every_film_is_seen_by_the_backbone_once_even_after_a_kill(cache, monkeypatch):
    class KilledError(Exception):
        pass

    def die(done, total):
        if done >= 64:
            raise KilledError

    first = cache()
    with pytest.raises(KilledError):
        first.fill(die, Control())
    told = []
    again = cache()
    again.fill(lambda *where: told.append(where), Control())
    assert told == [(90, 90)]  # 20 to validate on and 70 to learn from, 64 of them done before
    third = cache()
    monkeypatch.setattr(third, "_body", lambda _: pytest.fail("computed again"))
    third.fill(quiet, Control())
    whole = third.films()[0].features.rows(0, 90)
    fresh = np.stack([third._picture(i) for i in range(90)])[..., None].astype(np.float32)
    np.testing.assert_allclose(whole, np.asarray(again._body(fresh)), atol=1e-5)


def test_a_row_cut_off_by_a_kill_is_written_anew(tmp_path):
    rows = np.arange(12, dtype=np.float32).reshape(4, 3)
    file = FeatureFile(tmp_path, 3)
    file.append(rows[:2])
    with (tmp_path / FEATURES).open("ab") as opened:
        opened.write(b"half")
    assert len(file) == 2
    file.append(rows[2:])
    assert np.array_equal(file.rows(0, 4), rows)
    assert np.array_equal(file.row(3), rows[3])


def test_finishing_early_learns_from_the_films_seen_so_far(cache):
    made, control = cache(), Control()
    made.fill(lambda done, total: control.take("finish"), control)
    source, held = made.films()
    assert len(held.truth) == 20
    assert len(source.truth) == 12  # of the first 32 seen, 20 were to validate on
    assert 0 < source.truth.sum() < 12
    row = dict(zip(made._order[:12].tolist(), range(20, 32), strict=True))
    assert source.row.tolist() == [row[film] for film in sorted(row)]


def test_cancelling_is_heard_between_the_films(cache):
    made, control = cache(), Control()
    with pytest.raises(Cancelled):
        made.fill(lambda done, total: control.take("cancel"), control)
    assert len(made._features) == 32


def test_a_full_disk_is_told_before_the_work(cache, monkeypatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000))
    with pytest.raises(TrainingError, match=r"need 0 MB .* 0 MB are free. Make room"):
        cache().fill(quiet, Control())


def test_only_a_frozen_backbone_can_be_kept(frozen):
    path = Path(frozen())
    path.write_text(path.read_text().replace("frozen = true", "frozen = false"))
    with pytest.raises(TrainingError, match=r"cache_features = true, but .* Set frozen = true"):
        load_recipe(str(path))


def test_the_variant_differs_from_the_reference_in_nothing_else():
    plain = load_recipe("vgg16_reference")
    training = msgspec.structs.replace(plain.training, epochs=10, cache_features=True)
    kept = load_recipe("vgg16_cached")
    # the words about the reference's own weights are not the variant's
    assert kept == msgspec.structs.replace(plain, title=kept.title, training=training, card=None)
    assert "Variant" in kept.title


def test_a_run_goes_the_whole_way_and_shows_its_films_once(data, frozen, tmp_path, monkeypatch):
    """Killed after its second epoch, it goes on without the backbone."""

    class KilledError(Exception):
        pass

    first, again = [], []

    def die(progress):
        first.append(progress)
        if progress.epoch == 2 and "val_loss" in progress.figures:
            raise KilledError

    job = TrainingJob(str(data), str(tmp_path / "out"), frozen(), "mine")
    with pytest.raises(KilledError):
        run(job, die, Control())
    counted = [p.text for p in first if p.text.startswith("Looking at every film once")]
    assert re.fullmatch(r"Looking at every film once: (\d+) of \1", counted[-1])
    shares = [progress.fraction for progress in first]
    assert shares == sorted(shares)
    monkeypatch.setattr(cached.FeatureFile, "append", lambda *_: pytest.fail("computed again"))
    folder = run(job, again.append, Control())
    assert [p.epoch for p in again if "val_loss" in p.figures] == [3]
    assert (folder / "model.tflite").is_file()
    left = {path.name for path in (tmp_path / "out.training").iterdir()}
    assert left == {"split.csv", "judgement"}


def test_cancelling_leaves_no_features(data, frozen, tmp_path):
    control = Control()

    def hear(progress):
        if progress.text.startswith("Looking"):
            control.take("cancel")

    job = TrainingJob(str(data), str(tmp_path / "out"), frozen(), "mine")
    with pytest.raises(Cancelled):
        run(job, hear, control)
    assert not list(tmp_path.glob("out*"))
