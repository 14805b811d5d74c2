"""How large each part is to be, and how the patients are dealt."""

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QSizePolicy, QSpinBox, QWidget

from pneumo_desktop.core.labelled.split import Shares
from pneumo_desktop.ui.training.split_words import part_name, part_purpose

LEAST, MOST = 1, 49  # percent, as `Shares` takes them
MOST_DEALS = 9999


class SharesForm(QWidget):
    """Chooses shares and deal.

    Signals:
        chosen: The `Shares` that the reader wants.
    """

    chosen = Signal(Shares)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares = Shares()
        self._train = QLabel(self)
        self._train.setToolTip(part_purpose("train"))
        self.validation = self._share(part_name("validation"), part_purpose("validation"))
        self.calibration = self._share(part_name("calibration"), part_purpose("calibration"))
        self.test = self._share(part_name("test"), part_purpose("test"))
        self.deal = QSpinBox(self)
        self.deal.setRange(0, MOST_DEALS)
        self.deal.setAccessibleName(self.tr("Number of the deal"))
        self.deal.setToolTip(self.tr("The same number deals the same films alike"))
        self.deal.valueChanged.connect(self._tell)
        self.again = QPushButton(self.tr("&Deal again"), self)
        self.again.setToolTip(self.tr("Draw other patients for each part, of the same shares"))
        self.again.clicked.connect(self._deal_again)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        form = QFormLayout(self)
        form.setContentsMargins(0, 8, 16, 0)
        form.setVerticalSpacing(8)
        form.addRow(part_name("train"), self._train)
        form.addRow(part_name("validation"), self.validation)
        form.addRow(part_name("calibration"), self.calibration)
        form.addRow(part_name("test"), self.test)
        form.addRow(self.tr("Deal number"), self.deal)
        form.addRow(self.again)

    def _share(self, name: str, tip: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(LEAST, MOST)
        box.setSuffix(" %")
        box.setAccessibleName(self.tr("Share for %s") % name)
        box.setToolTip(tip)
        box.valueChanged.connect(self._tell)
        return box

    def show_shares(self, shares: Shares) -> None:
        """Show shares and deal."""
        self._shares = shares
        with QSignalBlocker(self):
            self.validation.setValue(round(100 * shares.validation))
            self.calibration.setValue(round(100 * shares.calibration))
            self.test.setValue(round(100 * shares.test))
            self.deal.setValue(shares.seed)
        self._train.setText(self.tr("the rest, %s %%") % f"{100 * shares.train:.0f}")

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(
            Shares(
                self.validation.value() / 100,
                self.calibration.value() / 100,
                self.test.value() / 100,
                self.deal.value(),
            )
        )

    @Slot()
    def _deal_again(self) -> None:
        seed = (self._shares.seed + 1) % (MOST_DEALS + 1)
        self.chosen.emit(msgspec.structs.replace(self._shares, seed=seed))
