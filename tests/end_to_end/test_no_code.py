"""Nothing that users exchange may run code: what the program's own source can and cannot do."""

import ast
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "pneumo_desktop").rglob("*.py"), *(ROOT / "training").rglob("*.py")]
RUNNING_MODULES = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve", "yaml"}
RUNNING_CALLS = {"eval", "exec", "compile", "__import__"}
# a weight file's pickle, of a fixed hash, by an unpickler that knows tensors alone
UNPICKLER = ROOT / "training" / "pneumo_training" / "torch_file.py"
# the parent's own paths, on their way to its child
TRUSTED_PIPE = ROOT / "pneumo_desktop" / "core" / "sandbox_child.py"


def doubtful(source: str) -> Iterator[str]:
    """Yield what may run code that comes with data."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] in RUNNING_MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from {node.module.split(".")[0]} & RUNNING_MODULES
        elif isinstance(node, ast.Call):
            yield from _doubtful_call(node)


def _doubtful_call(call: ast.Call) -> Iterator[str]:
    given = {word.arg: word.value for word in call.keywords}
    if isinstance(call.func, ast.Name) and call.func.id in RUNNING_CALLS:
        yield call.func.id
    if isinstance(call.func, ast.Attribute) and call.func.attr == "recv":
        yield "recv"  # it unpickles; recv_bytes does not
    if "allow_pickle" in given and not _is(given["allow_pickle"], False):
        yield "allow_pickle"
    named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if named == "load_model" and not _is(given.get("safe_mode"), True):
        yield "load_model"
    if named in ("enable_unsafe_deserialization", "weights_only"):
        yield named


def _is(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_source_runs_what_comes_with_data(path):
    allowed = {UNPICKLER: {"pickle"}, TRUSTED_PIPE: {"recv"}}.get(path, set())
    assert set(doubtful(path.read_text(encoding="utf-8"))) <= allowed


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import pickle", ["pickle"]),
        ("from joblib import load", ["joblib"]),
        ("from yaml import load", ["yaml"]),
        ("eval('1')", ["eval"]),
        ("application.exec()", []),
        ("np.load(f, allow_pickle=True)", ["allow_pickle"]),
        ("np.load(f, allow_pickle=False)", []),
        ("pipe.recv()", ["recv"]),
        ("pipe.recv_bytes()", []),
        ("keras.models.load_model(p)", ["load_model"]),
        ("keras.models.load_model(p, safe_mode=False)", ["load_model"]),
        ("keras.models.load_model(p, safe_mode=True)", []),
        ("keras.config.enable_unsafe_deserialization()", ["enable_unsafe_deserialization"]),
    ],
)
def test_what_runs_code_is_noticed(source, found):
    assert list(doubtful(source)) == found


def test_keras_files_are_loaded_by_the_trainer_alone():
    loads = [path for path in SOURCES if "load_model(" in path.read_text(encoding="utf-8")]
    assert {path.parent.name for path in loads} == {"pneumo_training"}


@pytest.mark.parametrize("path", sorted((ROOT / "resources" / "models").rglob("*.keras")), ids=str)
def test_shipped_keras_files_hold_no_code(path):
    with zipfile.ZipFile(path) as archive:
        config = json.loads(archive.read("config.json"))
    keras = {module for module in _modules(config) if module}
    assert {str(module).split(".")[0] for module in keras} == {"keras"}
    assert "Lambda" not in json.dumps(config)


def _modules(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        if "class_name" in value:
            yield value.get("module")
        for item in value.values():
            yield from _modules(item)
    elif isinstance(value, list):
        for item in value:
            yield from _modules(item)


def test_what_is_shipped_holds_no_pickle():
    shipped = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert [p for p in shipped if p.suffix in {".pkl", ".pickle", ".joblib", ".pt", ".h5"}] == []
    assert [p for p in shipped if p.read_bytes()[:2] in (b"\x80\x03", b"\x80\x04")] == []
