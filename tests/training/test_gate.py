"""The chest score passes chests and refuses the rest, the same chests turned round included."""

import keras
import numpy as np
import pytest
from keras import layers

from pneumo_training.failure import TrainingError
from pneumo_training.gate import (
    Kind,
    divide,
    films_kind,
    learn_gate,
    read_kind,
    turned_films,
)


@pytest.fixture(scope="module")
def features():
    """Features that keep where it is bright and where it is rough, in eight by eight cells."""
    image = layers.Input((48, 48, 1))
    x = layers.Rescaling(1 / 255.0)(image)
    bright = layers.AveragePooling2D(6)(x)
    rough = layers.AveragePooling2D(6)(layers.Multiply()([x, x]))
    x = layers.Concatenate()([bright, rough])
    x = layers.Reshape((1, 1, 128))(x)
    return keras.Model(image, x)


@pytest.fixture(scope="module")
def kinds(data):
    chest = read_kind("adults", data.parent / "adult", 48, lambda: None, chest=True)
    own = read_kind("own", data / "NORMAL", 48, lambda: None, chest=True)
    noise = read_kind("noise", data.parent / "other", 48, lambda: None, chest=False)
    return [chest, own, noise]


def test_patients_are_not_divided(kinds):
    parts = divide(["a", "a", "b", "c", "c", "d", "e"] * 3)
    for owner in range(7):
        assert len({parts[owner], parts[owner + 7]}) == 1
    assert set(parts) == {0, 1, 2}


def test_other_pictures_are_refused_and_chests_pass(features, kinds):
    gate = learn_gate(features, [*kinds, *turned_films(kinds[:2])], lambda: None)
    refused, of = gate.refused["noise"]
    assert refused == of
    assert sum(gate.refused[name][0] for name in ("own", "adults")) <= 1
    assert 0 < gate.minimum <= 0.5
    refused, of = gate.refused["inverted"]
    assert refused / of > 0.8
    assert gate.unseen == {}  # of one kind alone, nothing can be left out
    assert set(gate.refused) >= {"upside down", "on its side", "badly cropped"}


def test_turned_films_stay_in_their_films_part(kinds):
    turned = turned_films(kinds[:2])
    assert all(not kind.chest for kind in turned)
    wanted = np.concatenate([kind.part for kind in kinds[:2]])
    assert all(np.array_equal(kind.part, wanted) for kind in turned)
    upside = next(kind for kind in turned if kind.name == "upside down")
    assert np.array_equal(upside.images[0], kinds[0].images[0][::-1, ::-1])


def test_a_folder_without_a_picture_is_named(tmp_path):
    (tmp_path / "hands").mkdir()
    (tmp_path / "hands" / "notes.txt").write_text("no picture")
    with pytest.raises(TrainingError, match=r"No picture in .*hands can be read"):
        read_kind("hands", tmp_path / "hands", 48, lambda: None, chest=False)


def test_only_so_many_films_are_learnt_from():
    images = np.zeros((4000, 4, 4), np.uint8)
    kind = films_kind(images, [0] * 3900 + [1] * 60 + [2] * 40)
    assert isinstance(kind, Kind)
    assert np.sum(kind.part == 0) <= 600
    assert np.sum(kind.part == 2) == 40


def test_a_kind_left_out_is_measured_by_a_score_that_never_saw_it(features, kinds):
    stripes = np.zeros((20, 48, 48), np.uint8)
    stripes[:, ::2] = np.arange(120, 220, 5, dtype=np.uint8)[:, None, None]
    more = Kind("stripes", chest=False, images=stripes, part=np.arange(20) % 3)
    gate = learn_gate(features, [*kinds, more], lambda: None)
    assert set(gate.unseen) == {"noise", "stripes"}
    assert gate.unseen["stripes"][1] == 20
    assert gate.refused["stripes"][1] == 6
