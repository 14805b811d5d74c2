"""Films on the clipboard: files that were copied, or a picture, which becomes a file of ours."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from pneumo_desktop.core.private import PRIVATE_FOLDER, make_private

FOLDER = "pasted"


def pasted(content: QMimeData, home: Path) -> list[Path]:
    """Return the files on the clipboard; a picture is kept in `home`, since a case needs its film.

    Raises:
        OSError: The picture cannot be kept.
    """
    files = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
    image = QImage(content.imageData()) if not files and content.hasImage() else QImage()
    return files if image.isNull() else [_kept(image, home / FOLDER)]


def _kept(image: QImage, folder: Path) -> Path:
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H-%M-%S-%f")
    path = folder / f"pasted {moment}.png"
    make_private(path)
    if not image.save(str(path)):
        path.unlink()
        raise OSError(f"{path}: the picture cannot be written. Check that the disk has room.")
    return path
