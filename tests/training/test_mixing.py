"""Films of other hospitals teach beside the own ones, and none that is measured on does."""

import msgspec
import numpy as np
import pytest
from PIL import Image

from pneumo_training.batches import Source, epoch_batches, even_weights, steps
from pneumo_training.blend import blend
from pneumo_training.failure import TrainingError
from pneumo_training.mixing import is_apart, missing_pools, read_mixture, text_mined
from pneumo_training.recipe import AugmentationPart, MixingPart, PoolPart

NONE = AugmentationPart("none")
NORMALS = PoolPart("adult", each_epoch=6)
BEDSIDE = PoolPart("nih", each_epoch=4, view="AP")
DOUBTFUL = PoolPart("nih", each_epoch=5, view="AP", findings=("Pneumonia",), answer=0.7)
PART = MixingPart(0.5, 0.03, 0.95, (NORMALS, BEDSIDE, DOUBTFUL), blended_each=8)
ROWS = """file,patient_id,age,sex,view,nih_labels,rsna_class
00000001_000.png,1,40,F,AP,No Finding,
00000002_000.png,2,40,F,AP,No Finding,
00000003_000.png,3,40,F,PA,No Finding,
00000004_000.png,4,40,F,AP,Edema|Pneumonia,
00000005_000.png,5,40,F,AP,No Finding,
00000005_001.png,5,40,F,AP,No Finding,Normal
00000006_000.png,6,40,F,AP,Pneumonia,Lung Opacity
"""


@pytest.fixture
def data(tmp_path, make_film):
    rng = np.random.default_rng(0)
    for folder, names in (
        ("adult", [f"n{number}.png" for number in range(12)]),
        ("nih", [line.split(",")[0] for line in ROWS.splitlines()[1:]]),
    ):
        (tmp_path / folder).mkdir()
        for name in names:
            Image.fromarray(np.asarray(make_film(rng, ill=False))).save(tmp_path / folder / name)
    (tmp_path / "nih" / "labels.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "kermany").mkdir()
    return tmp_path


def source(data):
    rng = np.random.default_rng(1)
    images = rng.integers(0, 256, (10, 32, 32)).astype(np.uint8)
    truth = np.arange(10) % 2 == 0
    weight = even_weights(truth, balanced=True)
    mixture = read_mixture(PART, data, 32, lambda: None)
    return Source(images, truth.astype(np.float32), weight, NONE, 4, mixture=mixture)


def test_no_patient_that_a_radiologist_read_teaches(data):
    names = [path.name for path in text_mined(data / "nih", BEDSIDE)]
    assert names == ["00000001_000.png", "00000002_000.png"]
    assert [p.name for p in text_mined(data / "nih", DOUBTFUL)] == ["00000004_000.png"]


def test_films_kept_apart_do_not_teach(data):
    paths = sorted((data / "adult").iterdir())
    apart = [path for path in paths if is_apart(path)]
    assert 0 < len(apart) < len(paths) / 2
    pool = read_mixture(PART, data, 32, lambda: None).pools[0]
    assert len(pool.images) == len(paths) - len(apart)


def test_one_patients_films_are_kept_apart_together(tmp_path):
    for patient in range(30):
        films = [tmp_path / f"{patient:08}_{number:03}.png" for number in range(4)]
        assert len({is_apart(path) for path in films}) == 1


def test_an_epoch_has_the_own_films_those_of_every_pool_and_blended_ones(data):
    mixed = source(data)
    epoch = mixed.of_epoch(1)
    assert len(epoch.truth) == 10 + 6 + 4 + 5 + 2 * 8
    assert steps(mixed, 8) == len(list(epoch_batches(mixed, 8, 1))) == 6
    assert np.array_equal(epoch.images[:10], mixed.images)
    wanted = [0.03] * 10 + [0.7] * 5 + [0.03] * 8 + [0.95] * 8
    assert epoch.truth[10:].tolist() == pytest.approx(wanted)


def test_other_hospitals_weigh_as_told_and_both_answers_alike(data):
    epoch = source(data).of_epoch(1)
    other = epoch.weight[10:]
    well = epoch.truth[10:] < 0.5
    assert other.sum() == pytest.approx(0.5 * 10)
    assert other[well].sum() == pytest.approx(other[~well].sum())


def test_draws_change_from_epoch_to_epoch_and_are_seeded(data):
    mixed = source(data)
    first, again, second = (mixed.of_epoch(epoch).images for epoch in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, second)


def test_missing_and_empty_folders_are_named(data):
    assert missing_pools(PART, data) == []
    assert missing_pools(PART, data / "kermany") == ["adult", "nih"]
    empty = msgspec.structs.replace(PART, pools=(PoolPart("kermany", each_epoch=1),))
    with pytest.raises(TrainingError, match="kermany holds no film"):
        read_mixture(empty, data, 32, lambda: None)


def test_own_films_of_both_answers_are_laid_into_normal_films_of_other_hospitals(data):
    mixture = read_mixture(PART, data, 32, lambda: None)
    own = np.stack([np.full((32, 32), grey, np.uint8) for grey in (10, 250)])
    drawn = mixture.draw(own, np.array([False, True]), np.random.default_rng(3))
    assert len(drawn.images) == len(mixture)
    blended = drawn.images[-16:]
    assert len({image.tobytes() for image in blended}) == 16
    through = [float(image.mean()) for image in blended]
    assert max(through[8:]) > 160
    assert min(through[:8]) < 110


def test_a_blended_film_shows_both():
    rows = np.tile(np.arange(64, dtype=np.uint8)[:, None] * 4, (1, 64))
    for seed in range(12):
        mixed = blend(rows, rows.T, np.random.default_rng(seed)).astype(float)
        for axis in (0, 1):
            slope = np.polyfit(np.arange(64), mixed.mean(axis=axis), 1)[0]
            assert slope > 0.2
