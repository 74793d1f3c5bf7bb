"""How long a section took and how often an answer was corrected."""

from datetime import UTC, datetime, timedelta

from desktop.models.questionnaires.paradata import PAUSE, Paradata

BEGUN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return BEGUN + timedelta(seconds=seconds)


def test_time_belongs_to_the_section_that_was_worked_in() -> None:
    data = Paradata()
    data.touch("food", BEGUN)
    data.touch("food", after(12))
    data.touch("water", after(20))
    data.touch("water", after(25.4))
    data.correct("water")
    data.take_over("food", 3)
    assert data.as_json() == {
        "food": {"seconds": 20, "taken_over": 3},
        "water": {"seconds": 5, "corrections": 1},
    }


def test_a_long_pause_is_not_work_and_a_clock_put_back_takes_nothing_away() -> None:
    data = Paradata()
    data.touch("food", BEGUN)
    data.touch("food", after(3600))
    data.touch("food", after(-50))
    assert data.as_json() == {"food": {"seconds": int(PAUSE)}}


def test_it_goes_on_with_what_was_noted() -> None:
    first = Paradata()
    first.touch("food", BEGUN)
    first.touch("food", after(10))
    first.correct("food")
    second = Paradata(first.as_json())
    second.touch("food", after(100))
    second.touch("food", after(105))
    assert second.as_json() == {"food": {"seconds": 15, "corrections": 1}}
