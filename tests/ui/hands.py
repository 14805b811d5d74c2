"""What a reader's hands and eyes do with a window under test."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

COPY = Qt.DropAction.CopyAction
NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def drop(window, *paths):
    mime = QMimeData()
    mime.setUrls([*(QUrl.fromLocalFile(str(path)) for path in paths), QUrl("https://a.b/c.png")])
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(window, kind(QPoint(9, 9), COPY, mime, LEFT, NO_KEY))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), COPY, mime, LEFT, NO_KEY))


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(qtbot, room, key, modifier=NO_KEY):
    """Press a key once the film is there, as a reader would."""
    qtbot.waitUntil(lambda: not room.loader.loading, timeout=20_000)
    if QApplication.activeModalWidget() is None and not room.window.isActiveWindow():
        room.window.activateWindow()  # a box that was closed leaves no window active here
        qtbot.waitUntil(room.window.isActiveWindow)
    qtbot.keyClick(room.window, key, modifier)


def drag(qtbot, view, button, start, end):
    qtbot.mousePress(view, button, pos=start)
    position = QPointF(end)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        position,
        view.mapToGlobal(position),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, move)
    qtbot.mouseRelease(view, button, pos=end)


def wheel(view, at, steps):
    position = QPointF(at)
    event = QWheelEvent(
        position,
        view.mapToGlobal(position),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def call_it(rooms, room, call):
    """Call the film on view once it is there."""
    rooms.qtbot.waitUntil(lambda: not room.loader.loading, timeout=20_000)
    room.calls.call(call)
