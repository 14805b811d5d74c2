"""From which day to which?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QFormLayout, QWidget

from pneumo_desktop.ui.dialog_buttons import ok_or_cancel


@dataclass(frozen=True, slots=True)
class Span:
    """Moments from `since` to before `until`; None is open."""

    since: datetime | None = None
    until: datetime | None = None


class DaysDialog(QDialog):
    """Asks for the first and the last day, both included."""

    def __init__(self, span: Span, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Received from day to day"))
        today = datetime.now().astimezone()
        last = span.until - timedelta(days=1) if span.until else today
        self.first = self._day(span.since or today, self.tr("First day"))
        self.last = self._day(last, self.tr("Last day"))
        layout = QFormLayout(self)
        layout.addRow(self.tr("&First day"), self.first)
        layout.addRow(self.tr("&Last day"), self.last)
        layout.addRow(ok_or_cancel(self))

    def _day(self, moment: datetime, name: str) -> QDateEdit:
        edit = QDateEdit(QDate(moment.year, moment.month, moment.day), self)
        edit.setDisplayFormat("yyyy-MM-dd")
        edit.setCalendarPopup(True)
        edit.setAccessibleName(name)
        edit.setToolTip(name)
        return edit

    @property
    def span(self) -> Span:
        """The days chosen, in whichever order they were given."""
        days = sorted(_midnight(edit.date()) for edit in (self.first, self.last))
        return Span(days[0], _midnight(QDate(days[1].year, days[1].month, days[1].day).addDays(1)))


def _midnight(day: QDate) -> datetime:
    return datetime(day.year(), day.month(), day.day()).astimezone()
