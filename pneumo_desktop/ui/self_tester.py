"""The self-test in the window: asked for in the Help menu, or by itself after a change."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from pneumo_desktop.core.self_test import Result, Word, self_test, self_test_if_changed
from pneumo_desktop.ui.background import Background
from pneumo_desktop.ui.self_test_dialog import SelfTestDialog

SOON_MS = 3_000  # the window and its first films come first


class SelfTester(QObject):
    """Runs the self-test of `home` in a worker; `busy` says whether films are being answered.

    Signals:
        found_broken: The failed `Result`s of a test that nobody asked for.
    """

    found_broken = Signal(list)

    def __init__(self, home: Path, busy: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._home, self._busy = home, busy
        self.dialog = SelfTestDialog(parent)
        self.dialog.wanted.connect(self._start)
        self.dialog.cancelled.connect(self._cancel)
        self._aloud = False
        self._broken: list[Result] = []
        self._work = Background("self-test", self)
        self._work.items.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.idle.connect(self._end)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._test_if_changed)

    def test_soon(self) -> None:
        """Test quietly, once films are not being answered, where something has changed."""
        self._soon.start()

    @Slot()
    def _test_if_changed(self) -> None:
        if self._busy():
            self._soon.start()
        elif not self._work.busy:
            self._aloud = False
            self._work.run(self_test_if_changed(self._home))

    @Slot()
    def _start(self) -> None:
        self._cancel()
        self._soon.stop()  # what it would tell is seen now
        self._aloud = True
        self.dialog.show_started()
        self._work.run(self_test(self._home))

    @Slot()
    def _cancel(self) -> None:
        self._work.cancel()
        self._broken.clear()

    @Slot(list)
    def _take(self, words: list[Word]) -> None:
        for word in words:
            if self._aloud:
                self._show(word)
            elif isinstance(word, Result) and not word.passed:
                self._broken.append(word)

    def _show(self, word: Word) -> None:
        if isinstance(word, Result):
            self.dialog.add(word)
        else:
            self.dialog.show_step(word)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        text = type(error).__name__
        if self._aloud:
            self.dialog.show_problem(text)
            self._aloud = False
        else:
            self._broken.append(Result("self-test", text))

    @Slot()
    def _end(self) -> None:
        if self._aloud:
            self.dialog.show_ended()
        elif self._broken:
            self.found_broken.emit(self._broken.copy())
        self._broken.clear()

    def shutdown(self) -> None:
        """End the thread; call from the window's end."""
        self._soon.stop()
        self._work.shutdown()
