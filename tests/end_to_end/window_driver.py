"""A window in a process of its own, used as a reader would: `window_driver.py PATH...`.

Environment: DRIVE names what else happens: `fail` raises QUOTED in a slot, a worker and a thread,
`die` crashes the process outside Python. What it saw is printed as one JSON line.
"""

import faulthandler
import json
import os
import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from pneumo_desktop import cli
from pneumo_desktop.core.cases import Call
from pneumo_desktop.ui import start
from pneumo_desktop.ui.message_details import MessageDetails

SAW = {"boxes": [], "answered": 0}


def fail(*_):
    raise ValueError(os.environ["QUOTED"])


def failing_job():
    fail()
    yield


def use(workplace):
    """Answer, look, read, choose and fail; a yield lets the window work on."""
    yield from until(lambda: workplace.queue.cases() and not workplace.intake.busy)
    SAW["answered"] = len(workplace.queue.cases())
    for stored in workplace.queue.cases():
        workplace.desk.show_number(stored.id)
        yield from until(lambda: not workplace.loader.loading)
        workplace.reading.note.setText("seen")
        workplace.calls.call(Call.NORMAL)
        yield
    for name in ("attention", "invert", "fit", "models", "keys", "about", "undo", "dark", "light"):
        workplace.actions[name].trigger()
        yield
        close_boxes()
    drive = os.environ.get("DRIVE")
    if drive == "die":
        faulthandler._sigsegv()
    if drive == "fail":
        for how in (slot, worker, thread):
            how(workplace)
            yield from until(lambda: any(map(unexpected, boxes())) or told(workplace))
            close_boxes()
    workplace.window.close()


def slot(workplace):
    QTimer.singleShot(0, workplace.window, fail)


def worker(workplace):
    workplace.intake._work.run(failing_job())


def thread(_):
    threading.Thread(target=fail).start()


def until(ready):
    while not ready():
        yield


def boxes():
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isModal()]


def unexpected(box):
    return isinstance(box, QMessageBox) and "Value" in box.informativeText()


def told(workplace):
    """Look into the message that stands beside the tabs, and close it."""
    bar = workplace.window.tabs.messages
    if not bar.text:
        return False
    bar.details.click()
    details = workplace.window.findChild(MessageDetails)
    words = details.words.toPlainText()
    details.deleteLater()
    bar.dismiss()
    return "ValueError" in words


def close_boxes():
    for box in boxes():
        if isinstance(box, QMessageBox):
            SAW["boxes"].append(f"{box.text()} {box.informativeText()}")
        box.close()


class Driven(start.Workplace):
    """A workplace with a hand at its mouse."""

    def __init__(self, *parts):
        super().__init__(*parts)
        self.steps = use(self)
        self.hand = QTimer(self, interval=30)
        self.hand.timeout.connect(self.act)
        self.hand.start()

    def act(self):
        if next(self.steps, self) is self:
            self.hand.stop()


if __name__ == "__main__":
    start.Workplace = Driven
    start.has_screen = lambda: True
    status = cli.run(["open", *sys.argv[1:]])
    SAW["network"] = sorted(name for name in sys.modules if "QtNetwork" in name)
    sys.stdout.write(json.dumps(SAW) + "\n")
    sys.exit(status)
