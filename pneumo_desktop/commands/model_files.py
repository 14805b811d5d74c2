"""`models export` and `models import`: a model as one file, to hand to another clinic."""

from argparse import Namespace
from pathlib import Path

from pneumo_desktop.commands.common import Exit, complain, print_json
from pneumo_desktop.core.model_archive import export_model
from pneumo_desktop.core.model_import import import_model
from pneumo_desktop.core.model_package import ModelPackage, find_package
from pneumo_desktop.core.paths import data_dir


def run_export(arguments: Namespace) -> Exit:
    """Write an installed model to one file."""
    package = find_package(arguments.name)
    file = Path(arguments.file)
    for _ in export_model(package, file):
        pass
    _tell(arguments, package, file, f"{package.card.title} was written to {file}.")
    return Exit.WELL


def run_import(arguments: Namespace) -> Exit:
    """Add the model in a file to the installed ones."""
    file = Path(arguments.file)
    for word in import_model(file, data_dir()):
        if isinstance(word, ModelPackage):
            name = word.folder.name
            use = f"Use it: pneumo-desktop models use {name}"
            _tell(arguments, word, file, f"{word.card.title} was added as {name}. {use}")
    return Exit.WELL


def _tell(arguments: Namespace, package: ModelPackage, file: Path, text: str) -> None:
    if arguments.json:
        identity = package.identity
        print_json(
            {
                "name": package.folder.name,
                "version": identity.version,
                "sha256": identity.sha256,
                "file": str(file),
            }
        )
    else:
        complain(text)
