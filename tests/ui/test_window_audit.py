"""What the window does is in the audit log, once, with the reader's initials."""

import msgspec
import pytest

from pneumo_desktop.core.audit import Act
from pneumo_desktop.core.cases import Call
from pneumo_desktop.core.settings import Settings
from pneumo_desktop.core.store import FILE, CaseStore
from tests.ui.hands import call_it
from tests.ui.test_desk import impatient, locked

__all__ = ["impatient"]


@pytest.fixture
def models(models):
    models.settings = msgspec.structs.replace(Settings(), initials="AB")
    return models


def deeds(home):
    with CaseStore(home / FILE) as store:
        return [(e.deed.act, e.deed.case_id, e.initials) for e in store.audit_log()]


def test_answers_views_and_calls_of_the_window_are_logged(rooms, room, home, film_file):
    high, low = rooms.answer(room, film_file("a.png", 0.9), film_file("b.png", 0.1))
    room.desk.show_number(low.id)
    room.desk.show_number(low.id)  # the same film, still on view
    call_it(rooms, room, Call.NORMAL)
    room.actions["undo"].trigger()
    log = deeds(home)
    assert sorted(log[:3]) == [  # the first may be shown before the second is answered
        (Act.ANSWERED, high.id, "AB"),
        (Act.ANSWERED, low.id, "AB"),
        (Act.OPENED, high.id, "AB"),
    ]
    assert log[3:] == [
        (Act.OPENED, low.id, "AB"),
        (Act.READ, low.id, "AB"),
        (Act.UNREAD, low.id, "AB"),
    ]


def test_a_film_opened_while_the_store_is_locked_is_shown_at_once_and_logged_later(
    rooms, impatient, home, film_file
):
    room = impatient
    first, second = rooms.answer(room, film_file("a.png", 0.9), film_file("b.png", 0.8))
    room.desk._refresh.stop()
    with locked(home):
        room.desk.show_number(second.id)
        room.desk.show_number(first.id)
        assert room.desk.current.id == first.id
    assert deeds(home)[3:] == []
    room.desk.refresh()
    assert [case for _, case, _ in deeds(home)[3:]] == [second.id, first.id]
