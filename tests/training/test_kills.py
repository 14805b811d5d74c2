"""A short run of `make kill-training`: a kill after learning, and a start that only has to pack."""

from random import Random

from tests.training.kills import EPOCHS, prepare, rounds


def test_the_program_killed_while_it_exports_learns_nothing_again_and_makes_its_model(
    tmp_path, home
):
    done = list(rounds(prepare(tmp_path), iter([0.88, 2.0]), Random(0)))
    assert [(each.killed, each.epochs) for each in done] == [(True, EPOCHS), (False, EPOCHS)]
    assert done[0].moment.stage in {"exporting", "evaluating"}
    assert done[-1].moment.stage == "done"
