import pytest
from hypothesis import given
from hypothesis import strategies as st

from pneumo_desktop.core.cases import Priority
from pneumo_desktop.core.ordering import Ordering, rule_lines, urgency

bands = st.sampled_from([*Priority, None])
score = st.floats(0.0, 100.0)
hours = st.floats(0.0, 1000.0)


def test_the_bands_are_read_in_this_order_and_what_has_none_last():
    order = [Priority.HIGH, Priority.MEDIUM, Priority.CHECK, Priority.LOW, None]
    assert sorted(order, key=lambda band: urgency(band, 50.0, 0.0, Ordering())) == order


@given(score, score, hours, hours, st.floats(0.0, 100.0))
def test_a_doubtful_film_is_before_every_normal_however_long_that_waits(a, b, x, y, ageing):
    ordering = Ordering(ageing)
    assert urgency(Priority.CHECK, a, x, ordering) < urgency(Priority.LOW, b, y, ordering)


@given(bands, score, hours, hours)
def test_a_film_rises_in_its_band_while_it_waits(band, severity, a, b):
    short, long = sorted((a, b))
    rule = Ordering()
    assert urgency(band, severity, long, rule) <= urgency(band, severity, short, rule)
    assert urgency(band, severity, long, rule)[0] == urgency(band, severity, short, rule)[0]


@pytest.mark.parametrize(
    ("ageing", "older_first"), [(0.0, False), (1.0, False), (2.1, True), (10.0, True)]
)
def test_the_ageing_says_how_much_severity_an_hour_outweighs(ageing, older_first):
    older = urgency(Priority.HIGH, 80.0, 5.0, Ordering(ageing))
    newer = urgency(Priority.HIGH, 90.0, 0.0, Ordering(ageing))
    assert (older < newer) is older_first


def test_the_rule_is_told_in_sentences_with_its_number():
    text = " ".join(rule_lines(Ordering(2.5)))
    assert "1 High, 2 Medium, 3 Check, 4 Low" in text
    assert "2.5 points" in text
    assert "not clinical severity" in text
