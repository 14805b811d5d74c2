"""How far each page is, and what a change on an earlier one means for it."""

from dataclasses import dataclass

import msgspec

from pneumo_desktop.core.labelled.plan import Plan
from pneumo_desktop.core.labelled.sources import Source
from pneumo_desktop.core.labelled.split import Shares
from pneumo_desktop.ui.training.standing import settled, standings


@dataclass(frozen=True)
class Page:
    name: str
    settles: tuple[str, ...] = ()


PAGES = (Page("films", ("source", "choices")), Page("split", ("shares",)), Page("run"))


def all_settled():
    plan = Plan(source=Source(path="/films"))
    for place in range(3):
        plan = settled(plan, PAGES, place)
    return plan


def changed(plan):
    return [standing.changed for standing in standings(plan, PAGES)]


def done(plan):
    return [standing.done for standing in standings(plan, PAGES)]


def test_nothing_is_done_at_first():
    assert done(Plan()) == [False, False, False]
    assert changed(Plan()) == [(), (), ()]


def test_pages_are_done_once_they_were_left_by_next():
    assert done(all_settled()) == [True, True, True]


def test_a_change_asks_for_the_later_pages_alone():
    plan = msgspec.structs.replace(all_settled(), shares=Shares(seed=2))
    assert done(plan) == [True, False, False]
    assert changed(plan) == [(), (), (1,)]


def test_every_page_that_changed_is_named():
    plan = msgspec.structs.replace(all_settled(), shares=Shares(seed=2), choices={"size": "on"})
    assert changed(plan) == [(), (0,), (0, 1)]


def test_a_change_taken_back_leaves_nothing_to_do():
    plan = msgspec.structs.replace(all_settled(), shares=Shares(seed=2))
    assert done(msgspec.structs.replace(plan, shares=Shares())) == [True, True, True]


def test_doing_a_page_again_is_enough():
    plan = msgspec.structs.replace(all_settled(), shares=Shares(seed=2))
    plan = settled(settled(plan, PAGES, 1), PAGES, 2)
    assert done(plan) == [True, True, True]
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan
