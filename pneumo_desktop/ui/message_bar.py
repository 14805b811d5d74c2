"""What the window says in passing, beside the tabs: read or left alone, it blocks nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pneumo_desktop.ui.elided_label import ElidedLabel
from pneumo_desktop.ui.message_details import MessageDetails
from pneumo_desktop.ui.translation import translated

SHOWN_MS = 10_000
MOST_KEPT = 20

Action = tuple[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence; what can be done about it; the words behind it, fit to be copied."""

    text: str
    action: Action | None = None
    details: str = ""

    @property
    def stays(self) -> bool:
        """Whether its reader has to see it: an error stays until it is closed."""
        return bool(self.details)

    @property
    def passes(self) -> bool:
        """Whether nothing is lost with it."""
        return not self.stays and self.action is None


class MessageBar(QFrame):
    """One line that shows the newest message; an error comes back once newer ones are gone.

    What can be undone or looked into is not taken away by time or by the reader's next action, only
    by the next message, or where its button would not do any more what it says.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._shown: Message | None = None
        self._waiting: list[Message] = []
        self.label = ElidedLabel(self)
        self.label.fitted.connect(self._offer_details)
        self.act = QPushButton(self)
        self.act.clicked.connect(self._do)
        self.details = QPushButton(self.tr("Details…"), self)
        self.details.setToolTip(self.tr("Show the whole message; it can be copied"))
        self.details.clicked.connect(self._show_details)
        self.leave = QPushButton(self.tr("Close"), self)
        self.leave.setToolTip(self.tr("Close this message"))
        self.leave.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(self.label, 1)
        self._buttons = (self.act, self.details, self.leave)
        for button in self._buttons:
            button.setProperty("in-bar", "true")
            row.addWidget(button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._fade)
        self.hide()

    @property
    def text(self) -> str:
        """What is said at present."""
        return self._shown.text if self._shown else ""

    def show_message(self, text: str, action: Action | None = None, details: str = "") -> None:
        """Say something; `action` is a button's text and what it does. No text takes it away."""
        text, details = translated(text), translated(details)
        if self._shown and self._shown.stays and self._shown.text != text:
            self._waiting = [*self._waiting, self._shown][-MOST_KEPT:]
        self._waiting = [message for message in self._waiting if message.text != text]
        self._show(Message(text, action, details) if text else None)
        if text:
            announcement = QAccessibleAnnouncementEvent(self, text)
            if details:
                announcement.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(announcement)

    @Slot()
    def dismiss(self) -> None:
        """Close the message; an error that newer words had covered is seen again."""
        self._show(self._waiting.pop() if self._waiting else None)

    @Slot()
    def pass_by(self) -> None:
        """The reader goes on: a message that only said something goes."""
        if self._shown and self._shown.passes:
            self.dismiss()

    def withdraw(self, act: Callable[[], object]) -> None:
        """Close the message whose button would do this: it is not what it says any more."""
        if self._shown and self._shown.action and self._shown.action[1] == act:
            self.dismiss()

    def _show(self, message: Message | None) -> None:
        self._shown = message
        self._timer.stop()
        self.setVisible(message is not None)
        if message is None:
            return
        self.act.setVisible(message.action is not None)
        if message.action:
            self.act.setText(message.action[0])
            self.act.setToolTip(f"{message.action[0]}: {message.text}")
        if message.passes:
            self._timer.start()
        self.label.show_text(message.text)

    @Slot(bool)
    def _offer_details(self, all_seen: bool) -> None:  # noqa: FBT001 - a signal's payload
        """Words that do not fit are found whole in the details."""
        if self._shown:
            self.details.setVisible(bool(self._shown.details) or not all_seen)

    @Slot()
    def _fade(self) -> None:
        if self.underMouse() or any(button.hasFocus() for button in self._buttons):
            self._timer.start()  # it is being read
        else:
            self.dismiss()

    @Slot()
    def _do(self) -> None:
        message = self._shown
        self.dismiss()
        if message and message.action:
            message.action[1]()

    @Slot()
    def _show_details(self) -> None:
        if self._shown:
            MessageDetails(self._shown.text, self._shown.details, self.window()).show()
