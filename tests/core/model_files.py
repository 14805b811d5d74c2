"""Models as files: honest ones, and ones altered, broken or made to do harm."""

import hashlib
import io
import json
import stat
import zipfile

import msgspec

from pneumo_desktop.core.card import encode_card
from pneumo_desktop.core.model_archive import FORMAT, LIST, SCHEMA
from tests.core import zips

NETWORK = b"\x1c\0\0\0TFL3 no network at all"
KERAS_CONFIG = {
    "module": "keras", "class_name": "Functional", "registered_name": "Functional",
    "config": {"layers": [{"module": "keras.layers", "class_name": "Dense", "config": {}}]},
}  # fmt: skip


def keras(config=None, **files):
    """Return the bytes of a `.keras` file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("metadata.json", "{}")
        packed.writestr("config.json", json.dumps(config or KERAS_CONFIG))
        packed.writestr("model.weights.h5", b"\x89HDF")
        for name, data in files.items():
            packed.writestr(name, data)
    return stream.getvalue()


def contents(card, **changes):
    """Return the files of a model by name; None takes one away, and `extra` are not in the card."""
    files = {"model.tflite": NETWORK, "model.keras": keras(), "learnt.txt": b"00ff" * 4 + b"\n"}
    extra = changes.pop("extra", {})
    files = {n: d for n, d in (files | changes.pop("files", {})).items() if d is not None}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    changed = msgspec.structs.replace(card, files=hashes, **changes)
    return {"card.json": encode_card(changed), **files, **extra}


def listed(contents, **changes):
    """Return a list of the archive's files that is right but for `changes`."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    about = {"format": FORMAT, "schema": SCHEMA, "name": "stub", "version": "1.0", "files": hashes}
    return json.dumps(about | changes).encode()


def write(path, files, listing=None):
    """Write a model's file."""
    packed = [*files.items(), (LIST, listed(files) if listing is None else listing)]
    return zips.write(path, packed, zipfile.ZIP_STORED)


def honest(path, card):
    return write(path, contents(card))


def with_layer(path, card, name, module="keras.layers"):
    layer = {"module": module, "class_name": name, "config": {"function": "import os"}}
    deep = KERAS_CONFIG | {"config": {"layers": [[{"inner": layer}]]}}
    return write(path, contents(card, files={"model.keras": keras(deep)}))


def altered(path, card, name):
    """Flip a byte of one file inside, check sums of the ZIP included."""
    files = contents(card)
    spoilt = files | {name: files[name][:-1] + bytes([files[name][-1] ^ 1])}
    return write(path, spoilt, listed(files))


def strange(path, card, name, data=b"x"):
    """Add a file to archive and list."""
    return write(path, contents(card, extra={name: data}))


def unlisted(path, card):
    files = contents(card)
    return write(path, files | {"setup.py": b"import os"}, listed(files))


def linked(path, card):
    files = contents(card)
    info = zipfile.ZipInfo("learnt.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = [(info if n == "learnt.txt" else n, d) for n, d in files.items()]
    return zips.write(path, [*packed, (LIST, listed(files))])


def twice(path, card):
    files = contents(card)
    packed = [*files.items(), ("model.tflite", NETWORK + b"!"), (LIST, listed(files))]
    return zips.write(path, packed)


def lying(path, card):
    """Say in the table of contents that the first file, the card, is much smaller."""
    return zips.set_central(honest(path, card), 24, "<I", 3)


def cut(path, card):
    data = honest(path, card).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def of_text(path, _card):
    path.write_text("Dear colleague")
    return path


# what is done to it -> (how, words of the refusal, the part that is to blame first)
HOSTILE = {
    **{
        f"{name} altered": (lambda p, c, n=name: altered(p, c, n), f"{name} is not the file")
        for name in ("card.json", "model.tflite", "model.keras", "learnt.txt")
    },
    **{
        f"no {name}": (
            lambda p, c, n=name: write(p, {k: v for k, v in contents(c).items() if k != n},
                                       listed(contents(c))),
            f"{name} is missing",
        )
        for name in ("card.json", "model.tflite", "model.keras")
    },
    **{
        f"a file {name}": (lambda p, c, n=name: strange(p, c, n), f"{name} is no part of a model")
        for name in ("setup.py", "run.exe", "plots/x.svg", "plots/a/b.png", "model.tflite.sh",
                     "sub/card.json")
    },
    **{
        f"name {name!r}": (lambda p, c, n=name: strange(p, c, n), "is not in its list|is missing")
        for name in ("../evil.png", "/etc/cron.d/evil", "C:/evil.dll", "plots/../../evil.png",
                     "..\\evil.tflite")
    },
    "a file not in the list": (unlisted, "setup.py is not in its list"),
    "a link": (linked, "learnt.txt is damaged or made to do harm"),
    "one name twice": (twice, r"model \(2\)\.tflite is not in its list"),
    "a size that lies": (lying, "card.json is (damaged|not the file)"),
    "cut short": (cut, "damaged or made to do harm"),
    "a letter": (of_text, "damaged or made to do harm"),
    "no model": (lambda p, _: zips.write(p, [("film.png", zips.png())]),
                 "no model of this program"),
    "another format": (lambda p, c: write(p, contents(c), listed(contents(c), format="x")),
                       "another program or a newer version"),
    "a newer schema": (lambda p, c: write(p, contents(c), listed(contents(c), schema=2)),
                       "another program or a newer version"),
    "a list that is none": (lambda p, c: write(p, contents(c), b"{"), "no list of a model's files"),
    "a list without end": (lambda p, c: write(p, contents(c), b" " * (1 << 20)), "do harm"),
    "hashes that are none": (lambda p, c: write(p, contents(c),
                                                listed(contents(c), files={"card.json": "0"})),
                             "no list of a model's files"),
    "a card that is none": (lambda p, c: write(p, contents(c) | {"card.json": b"{}"}),
                            "the model in it is not whole"),
    "a card of other files": (lambda p, c: write(p, contents(c) | {"card.json": contents(
        c, files={"model.keras": keras() + b"\0"})["card.json"]}), "altered or damaged"),
    "a file the card does not name": (
        lambda p, c: write(p, contents(c, extra={"model.int8.tflite": NETWORK})),
        r"model\.int8\.tflite is not named by the model's card"),
    "no LiteRT network": (lambda p, c: write(p, contents(c, files={"model.tflite": b"MZ" * 9})),
                          r"model\.tflite is no LiteRT network"),
    "a program as plot": (lambda p, c: strange(p, c, "plots/roc.png", b"\x7fELF"),
                          r"plots/roc\.png is no PNG picture"),
    "a letter as marks of films": (
        lambda p, c: write(p, contents(c, files={"learnt.txt": b"Jane Doe\n"})),
        r"learnt\.txt holds more than the marks of films"),
    "no Keras model": (lambda p, c: write(p, contents(c, files={"model.keras": b"\x80\x04pickle"})),
                       r"model\.keras is damaged or no Keras model"),
    "code in the Keras model": (
        lambda p, c: write(p, contents(c, files={"model.keras": keras(**{"evil.py": b""})})),
        r"model\.keras holds files that no Keras model needs"),
    "a Lambda layer": (lambda p, c: with_layer(p, c, "Lambda"), "holds 'Lambda'"),
    "a SavedModel layer": (lambda p, c: with_layer(p, c, "TFSMLayer"), "holds 'TFSMLayer'"),
    "a lambda by name": (lambda p, c: with_layer(p, c, "__lambda__", None), "holds '__lambda__'"),
    "a module of its own": (lambda p, c: with_layer(p, c, "system", "os"), "holds 'system'"),
    "a function of Keras that fetches": (lambda p, c: with_layer(p, c, "function", "keras.utils"),
                                         "holds 'function'"),
    "a network that is but a name": (honest, r"model\.tflite: the network crashes or does not"),
}  # fmt: skip
