"""The films offered beside the one on view: how many, and both severities while compared."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from pneumo_desktop.core.cases import Case, StoredCase
from pneumo_desktop.core.priors import same_patient
from pneumo_desktop.ui.action_buttons import tool_button
from pneumo_desktop.ui.comparison import Other, Why
from pneumo_desktop.ui.elided_box import ElidedBox
from pneumo_desktop.ui.translation import QT_TRANSLATE_NOOP, counted, translate
from pneumo_desktop.ui.wording import SEPARATOR, prior_line, title_of

OTHER_PATIENT = QT_TRANSLATE_NOOP("PriorBar", "These films are not known to be of one patient.")
OTHER_MODEL = QT_TRANSLATE_NOOP(
    "PriorBar", "Two models answered: their severities have no common scale."
)
SPACING, NAME_WIDTH = 8, 160
ARROW_ROOM = 40  # of the list's own
BESIDE, BELOW = ((0, 1, 1, 1), (0, 2, 1, 1)), ((0, 1, 1, 2), (1, 1, 1, 2))  # in the grid


class PriorBar(QWidget):
    """Offers them; hidden where there are none.

    Signals:
        chosen: The number of the film chosen, counted from the first.
    """

    chosen = Signal(int)

    def __init__(self, compare: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._stored: StoredCase | None = None
        self._hides: Callable[[StoredCase], bool] = lambda _: False
        self._others: Sequence[Other] = ()
        self._alone = self._private = False
        self._count, self._this, self._remark = QLabel(self), QLabel(self), QLabel(self)
        self._remark.setProperty("role", "remark")
        self._remark.setWordWrap(True)
        self._list = ElidedBox(self)
        self._list.setAccessibleName(self.tr("Films to stand beside"))
        self._list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._list.activated.connect(self.chosen)
        self._this.setWordWrap(True)
        for label in (self._count, self._this):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button = tool_button(compare, self)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(SPACING, 2, SPACING, 4)
        grid.setHorizontalSpacing(SPACING)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._button, 0, 0)
        grid.addWidget(self._count, 0, 1, 1, 2)
        grid.addWidget(self._remark, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.offer(None, ())

    def _arrange(self) -> None:
        """Put both films' lines side by side where both are whole there, else one below."""
        texts = (self._this.text(), self._list.currentText())
        longest = max(map(self.fontMetrics().horizontalAdvance, texts)) + ARROW_ROOM
        room = self.width() - self._button.sizeHint().width() - 4 * SPACING
        places = BESIDE if 2 * longest <= room else BELOW
        for widget, place in zip((self._this, self._list), places, strict=True):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, *place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more room, or less."""
        super().resizeEvent(event)
        self._arrange()

    def hide_where(self, hides: Callable[[StoredCase], bool]) -> None:
        """Leave out the severity of films of which `hides` says that their answer waits."""
        self._hides = hides

    def _line(self, stored: StoredCase, *, brief: bool = False) -> str:
        return prior_line(stored, hidden=self._hides(stored), brief=brief)

    def _offered_line(self, other: Other, *, short: bool = False) -> str:
        """Return what a film offered is known by; a `short` name leaves room for the rest."""
        film, named = other.stored, other.why is Why.CHOSEN
        line = self._line(film, brief=short and named)
        if named:
            name, middle = title_of(film, private=self._private), Qt.TextElideMode.ElideMiddle
            if short:
                name = self.fontMetrics().elidedText(name, middle, NAME_WIDTH)
            return SEPARATOR.join((name, line))
        return self.tr("same study · %s") % line if other.why is Why.STUDY else line

    def offer(self, stored: StoredCase | None, others: Sequence[Other]) -> None:
        """Offer films to stand beside a case."""
        self._others = others
        self._name_others()
        self._count.setText(self._counted())
        self.update_case(stored)
        self._leave_alone()

    def _name_others(self) -> None:
        number = self._list.currentIndex()
        self._list.clear()
        for other in self._others:
            self._list.addItem(self._offered_line(other, short=True))
            whole = self._offered_line(other)
            self._list.setItemData(self._list.count() - 1, whole, Qt.ItemDataRole.ToolTipRole)
        self._choose(min(max(number, 0), len(self._others) - 1))

    def _choose(self, number: int) -> None:
        """Name one of the films offered, counted from the first; -1 where there is none."""
        self._list.setCurrentIndex(number)
        self._list.setToolTip(self._list.itemData(number, Qt.ItemDataRole.ToolTipRole) or "")
        self._arrange()

    def _counted(self) -> str:
        why = [other.why for other in self._others]
        earlier, study = why.count(Why.EARLIER), why.count(Why.STUDY)
        chosen = self.tr("the other row chosen") if Why.CHOSEN in why else ""
        of_patient = self.tr("%n earlier film(s) of this patient", "", earlier)
        of_study = self.tr("%n more of this study", "", study)
        parts = [
            chosen,
            counted(of_patient, earlier) if earlier else "",
            counted(of_study, study) if study else "",
        ]
        return SEPARATOR.join(filter(None, parts))

    def set_private(self, *, on: bool) -> None:
        """Name no patient."""
        self._private = on
        self._name_others()

    def set_alone(self, *, alone: bool) -> None:
        """Where the film is alone, be seen only while another stands beside it."""
        self._alone = alone
        self._leave_alone()

    def _leave_alone(self) -> None:
        compared = not self._list.isHidden()
        self.setVisible(bool(self._others) and (compared or not self._alone))

    def update_case(self, stored: StoredCase | None) -> None:
        """Name the case on view anew."""
        self._stored = stored
        self._this.setText(self._line(stored) if stored else "")
        self._this.setToolTip(self._this.text())
        self._arrange()

    def show_chosen(self, prior: StoredCase | None) -> None:
        """Name the prior that stands beside, and what is to be minded about it."""
        numbers = [other.stored.id for other in self._others]
        if prior and prior.id in numbers:
            self._choose(numbers.index(prior.id))
        for label in (self._this, self._list):
            label.setVisible(prior is not None)
        self._count.setVisible(prior is None)
        self._leave_alone()
        self._remark.setText(self._remarks(prior) if prior else "")
        self._remark.setVisible(bool(self._remark.text()))

    def _remarks(self, other: StoredCase) -> str:
        """Return what is to be minded where two films stand side by side."""
        films = [case.outcome for case in (self._stored, other) if case]
        patients = [film.facts.patient for film in films if isinstance(film, Case)]
        told = [
            ""
            if len(patients) == 2 and same_patient(*patients)
            else translate("PriorBar", OTHER_PATIENT),
            translate("PriorBar", OTHER_MODEL) if len({film.model for film in films}) > 1 else "",
        ]
        return " ".join(filter(None, told))
