"""Other people's Keras models become packages, or are refused in words."""

import hashlib

import keras
import numpy as np
import pytest
from keras import layers

from pneumo_desktop.core.card import Gates, Interval, MeasuredResult, encode_card
from pneumo_desktop.core.classifier import LiteRtClassifier
from pneumo_desktop.core.decode import read_film
from pneumo_desktop.core.model_package import load_package
from pneumo_desktop.core.preprocess import model_input
from pneumo_desktop.core.training_job import decode_progress
from pneumo_training import convert as conversion
from pneumo_training.anatomy import dissect
from pneumo_training.convert import convert
from pneumo_training.export import Head, Serving, ShippedGate, load_keras
from pneumo_training.failure import TrainingError
from pneumo_training.package import replaced


@pytest.fixture(autouse=True)
def small_gate(monkeypatch):
    """A gate of a few numbers: whether the film is bright; the shipped one is tried elsewhere."""
    image = layers.Input((224, 224, 1))
    x = layers.GlobalAveragePooling2D()(layers.Rescaling(0.01)(image))
    layer = layers.Dense(1, "sigmoid", name="chest")
    gate = keras.Model(image, layer(x))
    layer.set_weights([np.ones((1, 1), np.float32), np.array([-1.0], np.float32)])
    monkeypatch.setattr(conversion, "shipped_gate", lambda: ShippedGate(gate, 0.3, "made up"))


def body(channels=3, size=40):
    image = layers.Input((size, size, channels))
    return image, layers.Conv2D(4, 3, 2, activation="relu")(image)


def sequential_like_the_reference():
    image, x = body()
    base = keras.Model(image, x)
    head = [layers.Flatten(), layers.Dense(2, "softmax")]
    return keras.Sequential([layers.Input((40, 40, 3)), base, *head])


def pooled_with_own_scaling():
    image = layers.Input((32, 40, 1))
    x = layers.Conv2D(4, 3, activation="relu")(layers.Rescaling(1 / 127.5, -1)(image))
    x = layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(image, layers.Activation("sigmoid")(layers.Dense(1)(x)))


@pytest.fixture
def film(data):
    return read_film(min((data / "NORMAL").iterdir()))


@pytest.mark.parametrize("make", [sequential_like_the_reference, pooled_with_own_scaling])
def test_a_converted_model_answers_as_keras_does(make, film, tmp_path):
    model = make()
    model.save(tmp_path / "My Model.keras")
    package = load_package(convert(tmp_path / "My Model.keras", tmp_path / "out"))
    spec = package.card.input
    image = model_input(film, spec.height, spec.width)[np.newaxis]
    pixels = np.repeat(image / 255, 3, axis=-1) if model.inputs[0].shape[-1] == 3 else image
    wanted = np.ravel(model(pixels))
    wanted = wanted[1] if len(wanted) == 2 else wanted[0]
    classifier = LiteRtClassifier(package)
    answer = classifier.predict(film)
    assert answer.pneumonia_probability == pytest.approx(float(wanted), abs=2e-3)
    assert package.card.evidence.largest_error < 1e-4
    assert package.card.name == "my-model"
    bright = float(np.mean(image)) * 0.01 - 1.0
    assert answer.chest_probability == pytest.approx(1 / (1 + np.exp(-bright)), abs=0.02)


def test_an_unknown_model_is_called_uncalibrated(tmp_path):
    sequential_like_the_reference().save(tmp_path / "m.keras")
    card = load_package(convert(tmp_path / "m.keras", tmp_path / "out")).card
    assert (card.calibration.scale, card.calibration.bias) == (1.0, 0.0)
    assert "not calibrated" in card.calibration.chosen_on
    assert not card.calibration.measured
    assert "Not known" in card.population.description
    assert load_keras(tmp_path / "out" / "model.keras").count_params() > 0


def test_the_card_beside_a_model_is_kept(tmp_path, card):
    model = tmp_path / "model.keras"
    sequential_like_the_reference().save(model)
    files = {"model.keras": hashlib.sha256(model.read_bytes()).hexdigest()}
    (tmp_path / "card.json").write_bytes(encode_card(replaced(card, files=files)))
    made = load_package(convert(model, tmp_path / "out")).card
    assert made.name == card.name
    assert made.calibration == card.calibration
    assert made.evidence != card.evidence


def test_a_grafted_chest_score_brings_its_own_minimum(tmp_path, card):
    model = tmp_path / "model.keras"
    sequential_like_the_reference().save(model)
    files = {"model.keras": hashlib.sha256(model.read_bytes()).hexdigest()}
    rate = Interval(0.0, 0.0, 0.1)
    measured = MeasuredResult("films", "role", 9, {"refused as no chest film": rate})
    for name, minimum, results in (("old", 0.5, ()), ("same", 0.3, (measured,))):
        old = replaced(card, files=files, gates=Gates(minimum, "made up"), results=(measured,))
        (tmp_path / "card.json").write_bytes(encode_card(old))
        made = load_package(convert(model, tmp_path / name)).card
        assert made.gates == Gates(0.3, "made up")
        assert made.results == results  # measured with another gate they would be untrue


def test_three_precisions_are_written_and_what_integers_lack_is_said(tmp_path):
    said = []
    sequential_like_the_reference().save(tmp_path / "m.keras")
    folder = convert(tmp_path / "m.keras", tmp_path / "out", said.append)
    card = load_package(folder).card
    assert set(card.files) == {
        "model.tflite", "model.float32.tflite", "model.int8.tflite", "model.keras",
    }  # fmt: skip
    parity = card.training["parity"]
    assert parity["default"] == "float16"
    assert "no films were at hand" in parity["of"]
    assert "weights alone in 8 bits" in parity["int8 without films"]
    assert "weights alone in 8 bits" in said[0]
    assert parity["float16"]["sha256"] == card.files["model.tflite"]
    assert [line.split(":")[0] for line in said[1:4]] == ["float32", "float16", "int8"]


def test_a_card_of_another_model_is_not(tmp_path, card):
    sequential_like_the_reference().save(tmp_path / "model.keras")
    (tmp_path / "card.json").write_bytes(encode_card(card))
    made = load_package(convert(tmp_path / "model.keras", tmp_path / "out")).card
    assert made.name == "model"


def two_dense():
    image, x = body()
    return keras.Model(image, layers.Dense(1, "sigmoid")(layers.Dense(4)(layers.Flatten()(x))))


def three_classes():
    image, x = body()
    return keras.Model(image, layers.Dense(3, "softmax")(layers.Flatten()(x)))


def no_activation():
    image, x = body()
    return keras.Model(image, layers.Dense(1)(layers.Flatten()(x)))


def ends_in_pooling():
    image, x = body()
    return keras.Model(image, layers.GlobalAveragePooling2D()(x))


def five_channels():
    image, x = body(channels=5)
    return keras.Model(image, layers.Dense(1, "sigmoid")(layers.Flatten()(x)))


def any_size():
    image, x = body(size=None)
    return keras.Model(image, layers.Dense(1, "sigmoid")(layers.GlobalAveragePooling2D()(x)))


def numbers_only():
    image = layers.Input((12,))
    return keras.Model(image, layers.Dense(1, "sigmoid")(layers.Flatten()(image)))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (two_dense, "before its last layer stands Dense"),
        (three_classes, "3 outputs with softmax"),
        (no_activation, "1 outputs with linear"),
        (ends_in_pooling, "ends in GlobalAveragePooling2D"),
        (five_channels, "with 1 or 3 channels"),
        (any_size, "of known size"),
        (numbers_only, "not rows x columns x channels"),
    ],
)
def test_another_kind_of_model_is_refused_in_words(make, told, tmp_path):
    make().save(tmp_path / "m.keras")
    with pytest.raises(TrainingError, match=told):
        convert(tmp_path / "m.keras", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_code_in_a_model_is_not_run(tmp_path):
    image = layers.Input((40, 40, 3))
    x = layers.Lambda(lambda t: t * 2, output_shape=(40, 40, 3))(image)
    keras.Model(image, layers.Dense(1, "sigmoid")(layers.Flatten()(x))).save(tmp_path / "m.keras")
    with pytest.raises(TrainingError, match="without running code from it"):
        convert(tmp_path / "m.keras", tmp_path / "out")


def test_what_is_no_model_is_named(tmp_path):
    (tmp_path / "m.keras").write_text("no model", encoding="utf-8")
    with pytest.raises(TrainingError, match=r"m\.keras cannot be loaded"):
        convert(tmp_path / "m.keras", tmp_path / "out")
    with pytest.raises(TrainingError, match="There is no file"):
        convert(tmp_path / "missing.keras", tmp_path / "out")


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    said = []

    class Out:
        write, flush = staticmethod(said.append), staticmethod(lambda: None)

    monkeypatch.setattr(conversion, "real_stdout", Out)
    sequential_like_the_reference().save(tmp_path / "m.keras")
    (tmp_path / "file").write_text("")
    words = [str(tmp_path / "m.keras"), "--out", str(tmp_path / "file" / "out")]
    assert conversion.main(words) == 1
    assert "choose another place" in decode_progress(said[-1]).text
    assert decode_progress(said[-1]).text.endswith("Then convert it again.")


def test_our_own_model_needs_its_card(tmp_path):
    image, x = body(channels=1, size=224)
    chest = layers.Dense(1, "sigmoid", name="chest")(
        layers.GlobalAveragePooling2D(name="chest_pooled")(x)
    )
    own = layers.Dense(1, "sigmoid", name="probability")(layers.Flatten()(x))
    model = keras.Model(image, [own, chest])
    model.save(tmp_path / "m.keras")
    assert isinstance(conversion._gate(model), Head)
    with pytest.raises(TrainingError, match=r"card\.json is not beside it"):
        convert(tmp_path / "m.keras", tmp_path / "out")


def test_a_chest_score_of_means_alone_is_still_understood():
    image, x = body(channels=1)
    chest = layers.Dense(1, "sigmoid", name="chest")
    score = chest(layers.GlobalAveragePooling2D(name="chest_pooled")(x))
    model = keras.Model(image, [layers.Dense(1, "sigmoid")(layers.Flatten()(x)), score])
    kernel = np.arange(1.0, 5.0, dtype=np.float32)
    chest.set_weights([kernel[:, None], np.array([0.5], np.float32)])
    head = conversion._gate(model)
    film = np.random.default_rng(0).uniform(0, 255, (1, 40, 40, 1)).astype(np.float32)
    answer = Serving(dissect(model), head).answer(film)["chest"]
    assert float(answer[0, 0]) == pytest.approx(float(model(film)[1][0, 0]), abs=1e-6)
    assert head.weights.shape == (8,)


def test_the_command_tells_how_it_went(tmp_path, monkeypatch):
    said = []

    class Out:
        write, flush = staticmethod(said.append), staticmethod(lambda: None)

    monkeypatch.setattr(conversion, "real_stdout", Out)
    sequential_like_the_reference().save(tmp_path / "m.keras")
    out = tmp_path / "out"
    assert conversion.main([str(tmp_path / "m.keras"), "--out", str(out)]) == 0
    last = decode_progress(said[-1])
    assert (last.stage, last.package) == ("done", str(out))
    assert conversion.main([str(tmp_path / "missing"), "--out", str(out)]) == 1
    assert "There is no file" in decode_progress(said[-1]).text
    with pytest.raises(SystemExit):
        conversion.main([])
