"""Whoever is killed while they type loses at most the field that they were typing."""

from tests.crash.form import kill


def test_three_kills_while_somebody_types() -> None:
    tally = kill(3, first_seed=11)
    assert tally.violations == []
    assert tally.kills == 3
    assert tally.answers > 0
