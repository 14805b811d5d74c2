"""The earlier films of the patient on view: how many, and both severities while compared."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.ui.wording import prior_line

OTHER_MODEL = "Two models answered: their severities have no common scale."


class PriorBar(QWidget):
    """Offers the priors; hidden where there are none.

    Signals:
        chosen: The number of the prior chosen, counted from the latest.
    """

    chosen = Signal(int)

    def __init__(self, compare: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._stored: StoredCase | None = None
        self._hides: Callable[[StoredCase], bool] = lambda _: False
        self._priors: Sequence[StoredCase] = ()
        self._alone = False
        button = QToolButton(self)
        button.setDefaultAction(compare)
        button.setAccessibleName(compare.text().replace("&", ""))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._count, self._this, self._remark = QLabel(self), QLabel(self), QLabel(self)
        self._remark.setProperty("role", "remark")
        self._remark.setWordWrap(True)
        self._list = QComboBox(self)
        self._list.setAccessibleName(self.tr("Earlier films of this patient"))
        self._list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._list.activated.connect(self.chosen)
        self._this.setWordWrap(True)
        for label in (self._count, self._this):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 2, 8, 4)
        grid.setHorizontalSpacing(8)
        grid.addWidget(button, 0, 0)
        grid.addWidget(self._count, 0, 1, 1, 2)
        grid.addWidget(self._this, 0, 1)
        grid.addWidget(self._list, 0, 2)
        grid.addWidget(self._remark, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.offer(None, ())

    def hide_where(self, hides: Callable[[StoredCase], bool]) -> None:
        """Leave out the severity of films of which `hides` says that their answer waits."""
        self._hides = hides

    def _line(self, stored: StoredCase) -> str:
        return prior_line(stored, hidden=self._hides(stored))

    def offer(self, stored: StoredCase | None, priors: Sequence[StoredCase]) -> None:
        """Offer the priors of a case."""
        self._stored, self._priors = stored, priors
        self._list.clear()
        self._list.addItems([self._line(prior) for prior in priors])
        films = self.tr("earlier film") if len(priors) == 1 else self.tr("earlier films")
        self._count.setText(self.tr("%s %s of this patient") % (len(priors), films))
        self.update_case(stored)
        self._leave_alone()

    def set_alone(self, *, alone: bool) -> None:
        """Where the film is alone, be seen only while another stands beside it."""
        self._alone = alone
        self._leave_alone()

    def _leave_alone(self) -> None:
        compared = not self._list.isHidden()
        self.setVisible(bool(self._priors) and (compared or not self._alone))

    def update_case(self, stored: StoredCase | None) -> None:
        """Name the case on view anew."""
        self._stored = stored
        self._this.setText(self._line(stored) if stored else "")
        self._this.setToolTip(self._this.text())

    def show_chosen(self, prior: StoredCase | None) -> None:
        """Name the prior that stands beside, and what is to be minded about it."""
        numbers = [other.id for other in self._priors]
        if prior and prior.id in numbers:
            self._list.setCurrentIndex(numbers.index(prior.id))
            self._list.setToolTip(self._line(prior))
        for label in (self._this, self._list):
            label.setVisible(prior is not None)
        self._count.setVisible(prior is None)
        self._leave_alone()
        models = {case.outcome.model for case in (self._stored, prior) if case}
        self._remark.setText(self.tr(OTHER_MODEL) if prior and len(models) > 1 else "")
        self._remark.setVisible(bool(self._remark.text()))
