"""How far the films have been looked at, what there are, and how to stop or look again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from pneumo_desktop.core.labelled.sources import ReadHere
from pneumo_desktop.core.labelled.split import CLASSES
from pneumo_desktop.ui.terms import duration
from pneumo_desktop.ui.training.state import Films, Looking, WizardState
from pneumo_desktop.ui.wording import SEPARATOR


class LookingBar(QWidget):
    """One line below the choice of the source.

    Signals:
        cancel_wanted: The reader wants no further film looked at.
        again_wanted: The reader wants the films looked at once more.
    """

    cancel_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(self.tr("Films looked at"))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setToolTip(self.tr("Look at no further film"))
        self.cancel.clicked.connect(self.cancel_wanted)
        self.again = QPushButton(self.tr("Look again"), self)
        self.again.setToolTip(self.tr("Look at all films once more, where files have changed"))
        self.again.clicked.connect(self.again_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._bar)
        row.addWidget(self._words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.again)

    def show_state(self, state: WizardState) -> None:
        """Show how far it is."""
        looking = state.looking
        self._bar.setVisible(looking is not None)
        self.cancel.setVisible(looking is not None)
        self.again.setVisible(looking is None)
        if looking is not None:
            self._bar.setRange(0, looking.total)
            self._bar.setValue(looking.done)
            self._words.setText(self._progress(looking))
        elif state.films is not None:
            self._words.setText(self._counts(state))
        else:
            self._words.setText(self.tr("These films have not been looked at."))

    def _progress(self, looking: Looking) -> str:
        if not looking.done:
            return self.tr("Listing the films")
        rate = looking.done / max(looking.seconds, 1e-3)
        left = duration((looking.total - looking.done) / rate)
        words = self.tr("%(done)s of %(total)s looked at · %(rate).0f films/s · %(left)s left")
        done, total = f"{looking.done:,}", f"{looking.total:,}"
        return words % {"done": done, "total": total, "rate": rate, "left": left}

    def _counts(self, state: WizardState) -> str:
        films = state.films or Films(state.plan.source)
        ill = sum(film.listed.ill for film in films.known)
        counts = (len(films.known) - ill, ill)
        parts = [f"{count:,} {name}" for name, count in zip(CLASSES, counts, strict=True)]
        if state.told:
            parts.append(self.tr("%s patients") % f"{len(set(state.told.patients)):,}")
        if films.unreadable:
            parts.append(self.tr("%s unreadable") % f"{len(films.unreadable):,}")
        if state.assessed and (out := len(films.known) - len(state.assessed.films)):
            parts.append(self.tr("%s left out") % f"{out:,}")
        parts.extend(self._not_cases(films.read_here) if films.read_here else ())
        return SEPARATOR.join(parts)

    def _not_cases(self, here: ReadHere) -> list[str]:
        words = (
            (here.seen, self.tr("%s called after the answer was seen")),
            (here.other, self.tr("%s called neither")),
            (here.unread, self.tr("%s not read")),
        )
        return [text % f"{count:,}" for count, text in words if count]
