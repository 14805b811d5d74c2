"""Which films of the worklist a reader turns to next, or chose."""

from collections.abc import Callable, Container

from pneumo_desktop.core.cases import StoredCase
from pneumo_desktop.ui.queue_model import QueueModel


class Walk:
    """Knows which rows were on view, and so which are fresh."""

    def __init__(
        self,
        model: QueueModel,
        row_of: Callable[[int], int | None],
        study: Callable[[int], list[StoredCase]],
    ) -> None:
        """`row_of` returns the lead of a film's row, `study` all films of the row."""
        self._model, self._row_of, self._study = model, row_of, study
        self._viewed: set[int] = set()

    def turned_to(self, lead: int) -> None:
        """Count a row as viewed, by the film that leads it."""
        self._viewed.add(lead)

    def passed(self, lead: int) -> None:
        """Count a row as fresh again: it was only passed over."""
        self._viewed.discard(lead)

    @property
    def top(self) -> int | None:
        """The film to begin with: the first unread one from the head of the list, else the first.

        Read in the rows as they are listed at present.
        """
        numbers = self._model.numbers
        unread = next((number for number in numbers if number > 0), None)
        number = unread or (abs(numbers[0]) if numbers else None)
        return self._unread_of_study(number, None) or number if unread else number

    def next_unread(self, here: int, on_view: int | None) -> int | None:
        """Return an unread film: of this study, else of the first row that was not on view yet.

        So the sickest come first however the films came in, and a film skipped is not forced on:
        once all were on view it is the row below. `here` is the current row, -1 for none.
        """
        if on_view is not None and (number := self._unread_of_study(on_view, on_view)):
            return number
        unread = [(row, n) for row, n in enumerate(self._model.numbers) if n > 0 and row != here]
        fresh = (n for _, n in unread if n not in self._viewed)
        below = (n for row, n in unread if row > here)
        number = next(fresh, None) or next(below, None) or (unread[0][1] if unread else None)
        if number is None:
            return None
        return self._unread_of_study(number, on_view) or number

    def _unread_of_study(self, case_id: int | None, on_view: int | None) -> int | None:
        """Return an unread film of a case's study, other than the one on view, its lead first."""
        if case_id is None:
            return None
        lead = self._row_of(case_id)
        unread = [film.id for film in self._study(case_id) if film.reading is None]
        others = [number for number in unread if number != on_view]
        return lead if lead in others else next(iter(others), None)

    def films(self, leads: Container[int]) -> list[StoredCase]:
        """Return all films of the rows with these leads, as the rows stand."""
        rows = [row for row, n in enumerate(self._model.numbers) if abs(n) in leads]
        listed = filter(None, map(self._model.listed, rows))
        films = (self._study(row.lead.id) if row.films > 1 else [row.lead] for row in listed)
        return [film for some in films for film in some]

    def lead(self, number: int) -> StoredCase | None:
        """Return the film that leads a row, None where no row that is shown has it."""
        row = self._model.row_of(number)
        listed = None if row is None else self._model.listed(row)
        return listed.lead if listed else None

    def around(self, here: int, on_view: int | None) -> list[StoredCase]:
        """Return the cases a reader will likely turn to: of this study, then two rows each way."""
        rows = (here + 1, here - 1, here + 2, here - 2)
        listed = (self._model.listed(row) for row in rows if 0 <= row < self._model.rowCount())
        study = self._study(on_view) if on_view is not None else []
        others = [film for film in study if film.id != on_view]
        return [*others, *(row.lead for row in listed if row)]
