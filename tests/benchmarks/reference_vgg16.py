"""The reference pipeline, run in an environment of its own: Pillow, then a Keras network.

`make MODEL` saves a VGG16 with a flattened dense head; its weights are random, since time does
not depend on them. `once MODEL FILE` answers one film and ends. `serve MODEL` answers a way and a
path a line with the seconds that `model.predict` or a `tf.function` took, decoding included. Any
other Keras model of one picture, RGB 0-1 or grey 0-255, is served alike.
"""

# ruff: noqa: T201 - it speaks through a pipe

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

SIDE = 224


def build(file: str) -> None:
    """Save the reference network."""
    base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(SIDE, SIDE, 3))
    answer = keras.layers.Dense(2, activation="softmax")(keras.layers.Flatten()(base.output))
    keras.Model(base.input, answer).save(file)


def read(path: str, channels: int) -> Any:
    """Return a film as the network sees it: (1, 224, 224, 3), 0-1; or grey (..., 1), 0-255."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB" if channels == 3 else "L").resize((SIDE, SIDE))
    film = np.asarray(picture, dtype=np.float32).reshape(1, SIDE, SIDE, channels)
    return film / 255 if channels == 3 else film


def ways(model: Any) -> dict[str, Callable[[str], Any]]:
    """Return the two ways of asking the network, each from a path to an answer."""
    channels = int(model.inputs[0].shape[-1])
    compiled = tf.function(lambda film: model(film, training=False))

    def by_function(path: str) -> Any:
        return keras.tree.map_structure(
            lambda answer: answer.numpy(), compiled(tf.constant(read(path, channels)))
        )

    return {
        "predict": lambda path: model.predict(read(path, channels), verbose=0),
        "tf_function": by_function,
    }


def serve(model: Any) -> None:
    """Answer `WAY PATH` lines with seconds until the input ends."""
    known = ways(model)
    print("ready", flush=True)
    for line in sys.stdin:
        way, path = line.rstrip("\n").split(" ", maxsplit=1)
        started = time.perf_counter()
        known[way](path)
        print(json.dumps(time.perf_counter() - started), flush=True)


def main(words: list[str]) -> None:
    """Do one of the three."""
    if words[0] == "make":
        build(words[1])
        return
    model = keras.models.load_model(words[1], compile=False)
    if words[0] == "serve":
        serve(model)
    else:
        print(len(ways(model)["predict"](words[2])), "answered", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
