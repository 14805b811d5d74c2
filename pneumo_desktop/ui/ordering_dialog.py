"""How the worklist is ordered, in words, and how fast waiting films rise."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from pneumo_desktop.core.ordering import MOST_AGEING, Ordering, rule_lines
from pneumo_desktop.ui.dialog_buttons import ok_or_cancel
from pneumo_desktop.ui.translation import translated

WIDTH = 480


class OrderingDialog(QDialog):
    """Tells the rule and asks for its one number; `ordering` is what was chosen."""

    def __init__(self, ordering: Ordering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How the list is ordered"))
        self.setMinimumWidth(WIDTH)
        self._rule = QLabel(self)
        self._rule.setWordWrap(True)
        self._rule.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.ageing = ageing_box(self)
        self.ageing.valueChanged.connect(self._tell)
        self.ageing.setValue(ordering.ageing)
        form = QFormLayout()
        form.addRow(self.tr("A waiting film &rises by"), self.ageing)
        layout = QVBoxLayout(self)
        layout.addWidget(self._rule)
        layout.addLayout(form)
        layout.addWidget(ok_or_cancel(self))
        self._tell()

    @property
    def ordering(self) -> Ordering:
        """What the reader chose."""
        return Ordering(self.ageing.value())

    def _tell(self) -> None:
        self._rule.setText("\n\n".join(map(translated, rule_lines(self.ordering))))


def ageing_box(parent: QWidget) -> QDoubleSpinBox:
    """Return a field for the points of severity that an hour of waiting adds."""
    box = QDoubleSpinBox(parent)
    box.setRange(0.0, MOST_AGEING)
    box.setDecimals(1)
    box.setSuffix(QCoreApplication.translate("OrderingDialog", " points an hour"))
    tip = QCoreApplication.translate(
        "OrderingDialog",
        "0: waiting changes nothing. Columns, How the list is ordered, tells the whole rule",
    )
    box.setToolTip(tip)
    name = QCoreApplication.translate("OrderingDialog", "A waiting film rises by")
    box.setAccessibleName(name)
    return box
