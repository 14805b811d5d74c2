"""The program's icons: SVG files drawn in black, coloured here for the scheme in use."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pneumo_desktop.core.paths import resource

SIZE = 20
_INK = b"#000000"
_SCALES = (1, 2, 3)


def icon(name: str, colour: str) -> QIcon:
    """Return `resources/icons/<name>.svg` in a colour."""
    drawing = resource(f"icons/{name}.svg").read_bytes().replace(_INK, colour.encode())
    renderer = QSvgRenderer(QByteArray(drawing))
    result = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(SIZE * scale, SIZE * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        result.addPixmap(pixmap)
    return result


def application_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons/pneumo-desktop.svg")))
