"""Which side of the patient lies where, under every turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.ui.orientation import Edges, Turn, edges

FRONTAL = ("L", "F")  # rows run to the patient's left, columns to the feet
TURNS = [Turn(quarters, mirrored) for quarters in range(4) for mirrored in (False, True)]
STEPS = st.sampled_from(["clockwise", "flipped_sideways", "flipped_upright"])


def after(steps, turn=None):
    turn = turn or Turn()
    for step in steps:
        turn = getattr(turn, step)()
    return turn


def test_a_frontal_film_has_the_patients_right_on_the_left():
    assert edges(FRONTAL, Turn()) == Edges("R", "H", "L", "F")


def test_letters_go_round_with_the_film():
    assert edges(FRONTAL, Turn().clockwise()) == Edges("F", "R", "H", "L")
    assert edges(FRONTAL, Turn().clockwise(-1)) == Edges("H", "L", "F", "R")
    assert edges(FRONTAL, Turn().clockwise(2)) == Edges("L", "F", "R", "H")


def test_letters_change_sides_when_the_film_is_flipped():
    assert edges(FRONTAL, Turn().flipped_sideways()) == Edges("L", "H", "R", "F")
    assert edges(FRONTAL, Turn().flipped_upright()) == Edges("R", "F", "L", "H")


@given(steps=st.lists(STEPS, max_size=12))
def test_letters_lie_where_their_sides_are_shown_after_any_steps(steps):
    turn = after(steps)
    width, height = turn.size(40, 30)
    where = {"R": (0, 15), "H": (20, 0), "L": (40, 15), "F": (20, 30)}
    shown = {turn.to_shown(point, 40, 30): letter for letter, point in where.items()}
    sides = Edges(
        shown[0, height / 2],
        shown[width / 2, 0],
        shown[width, height / 2],
        shown[width / 2, height],
    )
    assert edges(FRONTAL, turn) == sides


@given(
    turn=st.sampled_from(TURNS),
    x=st.integers(0, 40),
    y=st.integers(0, 30),
)
def test_every_shown_point_leads_back_to_the_film(turn, x, y):
    assert turn.to_film(turn.to_shown((x, y), 40, 30), 40, 30) == (x, y)


@given(turn=st.sampled_from(TURNS))
def test_what_is_done_can_be_undone(turn):
    assert turn.clockwise().clockwise(-1) == turn
    assert turn.flipped_sideways().flipped_sideways() == turn
    assert turn.flipped_upright().flipped_upright() == turn
    assert turn.flipped_sideways().flipped_upright() == turn.clockwise(2)


def test_slanted_directions_keep_their_letters():
    assert edges(("LH", "FR"), Turn()) == Edges("RF", "HL", "LH", "FR")


@pytest.mark.parametrize(
    "said",
    [
        (),
        ("L",),
        ("L", ""),
        ("", ""),
        ("L", "R"),
        ("X", "F"),
        ("LR", "F"),
        ("L", "F", "A"),
        ("LL", "F"),
    ],
)
def test_nothing_is_invented_where_the_file_does_not_say(said):
    for turn in TURNS:
        assert edges(said, turn) is None
