"""What goes into the bundles, decided without building one."""

import json
import re
from pathlib import Path

import bundle_contents as contents
import pytest

from pneumo_desktop.core.model_package import load_package

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"


def places(pairs):
    return {f"{folder}/{Path(source).name}" for source, folder in pairs}


def copied(pairs, target):
    for source, folder in pairs:
        place = target / folder / Path(source).name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(Path(source).read_bytes())
    return target / "resources"


def test_the_shipped_models_load_from_the_files_chosen(tmp_path):
    root = copied(contents.resources(RESOURCES, ("models",)), tmp_path)
    names = [
        load_package(card.parent).card.name for card in sorted(root.glob("models/*/card.json"))
    ]
    assert names == ["efficientnet-lite0", "vgg16-reference"]
    assert load_package(root / "models" / names[0]).plots


def test_only_the_trainer_gets_what_a_model_is_trained_on_from():
    keras = "resources/models/efficientnet-lite0/model.keras"
    assert keras not in places(contents.resources(RESOURCES, ("models",)))
    assert keras in places(contents.resources(RESOURCES, ("models",), training=True))


def test_films_icons_and_licences_keep_their_folders():
    found = places(contents.resources(RESOURCES, ("demo", "icons", "licences")))
    assert "resources/demo/synthetic-pneumonia-4.dcm" in found
    assert "resources/icons/pneumo-desktop.svg" in found
    assert "resources/licences/decoders.txt" in found


@pytest.mark.parametrize("separator", ["/", "\\"])
def test_what_is_never_opened_stays_out_on_every_system(separator):
    entries = [
        (place.replace("/", separator), "source", "DATA")
        for place in (
            "PySide6/Qt/translations/qtbase_de.qm", "PySide6/Qt/plugins/tls/libqopensslbackend.so",
            "PySide6/plugins/imageformats/qtiff.dll", "mpl-data/fonts/ttf/DejaVuSerif.ttf",
            "pydicom/data/palettes/pet.dcm", "numpy/core/tests/data.txt",
            "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/plugins/imageformats/qjpeg.dll",
            "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
            "matplotlib/mpl-data/fonts/ttf/LastResortHE-Regular.ttf",
        )
    ]  # fmt: skip
    kept = [place.replace("\\", "/").rsplit("/", 1)[1] for place, _, _ in contents.used(entries)]
    assert kept == ["libqxcb.so", "qjpeg.dll", "DejaVuSans.ttf", "LastResortHE-Regular.ttf"]


def test_libraries_that_nothing_needs_or_the_desktop_has_stay_out():
    needs = {
        "qxcb": ["libQt6Gui.so.6", "libX11.so.6"], "gui": ["libicu.so.73", "libdbus-1.so.3"],
        "dbus": ["libsystemd.so.0"], "module": ["libopenblas-32a4.so"], "python": ["libz.so.1"],
    }  # fmt: skip
    entries = [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "qxcb", "BINARY"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "gui", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libicu.so.73", "icu", "BINARY"),
        ("libX11.so.6", "x11", "BINARY"),
        ("libdbus-1.so.3", "dbus", "BINARY"),
        ("libsystemd.so.0", "systemd", "BINARY"),
        ("libgtk-3.so.0", "gtk", "BINARY"),
        ("numpy/_core/_multiarray.cpython-311-x86_64-linux-gnu.so", "module", "EXTENSION"),
        ("numpy.libs/libopenblas-32a4.so", "openblas", "BINARY"),
        ("ai_edge_litert/_pywrap.so", "pywrap", "BINARY"),
        ("libpython3.11.so.1.0", "python", "BINARY"),
        ("libz.so.1", "z", "BINARY"),
    ]
    kept = [source for _, source, _ in contents.needed(entries, lambda file: needs.get(file, []))]
    assert kept == [
        "qxcb", "gui", "PySide6/Qt/lib/libQt6Gui.so.6", "icu", "module", "openblas", "pywrap",
        "python", "z",
    ]  # fmt: skip


def test_a_library_that_nobody_brings_is_named_with_what_needs_it():
    needs = {"a/x.so": ["libc.so.6", "libz.so.1"], "b/y.so": ["libwayland-client.so.0", "liba.so"],
             "b/liba.so": []}  # fmt: skip
    assert contents.missing_libraries(needs) == {"libz.so.1": "a/x.so"}
    assert contents.missing_libraries({**needs, "libz.so.1": []}) == {}


def test_the_packages_of_the_desktops_libraries_are_named_once():
    needs = {"x.so": ["libc.so.6", "libm.so.6"], "y.so": ["libGL.so.1", "libz.so.1"]}
    assert contents.system_packages(needs) == ["libc6", "libgl1"]


def test_reading_leaves_out_training_networks_and_what_is_under_the_gpl():
    left_out = {*contents.EXCLUDED, *contents.EXCLUDED_FROM_READING}
    assert {"tensorflow", "keras", "pneumo_training", "ssl", "readline"} <= left_out
    assert {
        "PySide6.QtNetwork",
        "PySide6.QtQml",
        "PySide6.QtQuick",
        "pytest",
        "tkinter",
    } <= left_out


def test_the_trainer_leaves_out_the_window():
    assert {"PySide6", "pneumo_desktop.ui"} <= set(contents.EXCLUDED_FROM_TRAINER)
    assert "tensorflow" not in {*contents.EXCLUDED, *contents.EXCLUDED_FROM_TRAINER}


def test_no_module_that_the_program_imports_is_left_out():
    left_out = {*contents.EXCLUDED, *contents.EXCLUDED_FROM_READING}
    words = re.compile(r"^\s*(?:from|import)\s+([\w.]+)", re.MULTILINE)
    assert words.findall("import keras.layers") == ["keras.layers"]
    for file in (ROOT / "pneumo_desktop").rglob("*.py"):
        for name in words.findall(file.read_text(encoding="utf-8")):
            parts = name.split(".")
            assert not left_out & {".".join(parts[:n]) for n in range(1, len(parts) + 1)}, file


@pytest.mark.parametrize(
    ("spec", "left_out", "name"),
    [
        ("pneumo_desktop.spec", "EXCLUDED_FROM_READING", "pneumo-desktop"),
        ("pneumo_trainer.spec", "EXCLUDED_FROM_TRAINER", "pneumo-trainer"),
    ],
)
def test_a_recipe_is_python_that_uses_the_tables(spec, left_out, name):
    text = (ROOT / "packaging" / spec).read_text(encoding="utf-8")
    compile(text, spec, "exec")
    excludes = text.partition("excludes=")[2].partition("\n")[0]
    assert "contents.EXCLUDED," in excludes
    assert f"contents.{left_out}" in excludes
    assert text.count(f'name="{name}"') == 2
    assert "\nbundle_steps.trim(analysis, " in text


def test_the_decoders_metadata_are_those_of_what_the_program_requires():
    required = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f'"{name}>=' in required for name in contents.DECODERS)


def test_every_card_names_only_files_that_are_there_or_for_training():
    cards = list(RESOURCES.glob("models/*/card.json"))
    assert len(cards) == 2
    for card in cards:
        for name in json.loads(card.read_text(encoding="utf-8"))["files"]:
            assert (card.parent / name).is_file()


def test_a_bundle_that_grew_beyond_its_promise_ends_the_build(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 1_500_000)
    (tmp_path / "b").symlink_to("a")
    assert contents.told_size(tmp_path, 1_500_000) == f"{tmp_path.name}: 2 MB in 1 files"
    with pytest.raises(SystemExit, match="promised"):
        contents.told_size(tmp_path, 1_499_999)
