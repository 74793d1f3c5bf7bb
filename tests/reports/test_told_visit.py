"""What a visit tells the sheet: whom it is compared with, who visited, what is still to be done."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desktop.models.queries.family_sheet import Promise
from desktop.models.queries.household import VisitView
from desktop.models.queries.transport import Receipt
from desktop.models.questionnaires.form import load
from desktop.models.records.base import new_id
from desktop.models.records.visits import VisitOutcome
from desktop.paths import resources
from desktop.reports import family_words as say
from desktop.reports.family_sheet import ChangeLine, FamilySheet
from desktop.reports.family_words import Turn
from desktop.reports.told_visit import due_after, promise_of, promises, told_of
from tests.reports.sheets import DUE, TODAY, basis, made, standing

FORM = load(resources() / "questionnaires" / "household_visit.json")


def stored(day: date, marks: str = "+" * 8, **answers: Any) -> VisitView:
    """A stored visit of somebody else, unless `facilitator_id` says whose."""
    facilitator = answers.pop("facilitator_id", None)
    return VisitView(
        id=new_id(),
        visited_on=day,
        outcome=str(answers.pop("outcome", "met")),
        state="submitted",
        receipt=Receipt(),
        questionnaire=("household_visit", 1),
        facilitator_id=facilitator if isinstance(facilitator, UUID) else new_id(),
        facilitator="Budi Contoh",
        answers=answers,
        accepted={},
        members=(),
        rows=(),
        paradata={},
        standing=standing(marks, day),
    )


def sheet_of(visits: list[VisitView], number: int = 0) -> FamilySheet:
    known = basis(visits=visits)
    told = told_of(known, visits[number].id, None, "")
    assert told is not None
    return made(told, known)


def test_a_stored_visit_is_compared_with_the_one_before_at_which_the_family_was_asked() -> None:
    visits = [
        stored(date(2026, 11, 8), "-" * 8),
        stored(date(2026, 10, 8), outcome="nobody_home"),
        stored(date(2026, 9, 8), consent="no"),
        stored(date(2026, 8, 8), "+" * 8),
    ]

    assert sheet_of(visits).changes_title == "Yang berubah sejak Sabtu, 8 Agustus 2026"
    assert all(line.turn is Turn.WORSE for line in sheet_of(visits).factors)
    assert sheet_of(visits, 1).instead == say.NOBODY_HOME
    assert sheet_of(visits, 2).instead == say.NOT_ASKED
    assert sheet_of(visits, 3).changes == (ChangeLine(say.FIRST_VISIT),)


def test_who_visited_is_asked_and_only_the_user_may_tell_a_phone() -> None:
    user = new_id()
    visits = [stored(TODAY, facilitator_id=user), stored(date(2026, 8, 8))]
    known = basis(visits=visits)

    own, other = (told_of(known, each.id, user, "Rina Contoh") for each in visits)

    assert own is not None
    assert (own.facilitator, own.is_own) == ("Rina Contoh", True)
    assert other is not None
    assert (other.facilitator, other.is_own) == ("Budi Contoh", False)
    assert told_of(known, new_id(), user, "") is None


def test_promises_are_those_still_to_come_the_visits_own_first() -> None:
    def asked(what: str, due: str | None) -> dict[str, Any]:
        given = {"follow_up_needed": "yes", "follow_up_what": what, "follow_up_who": "family"}
        return given | ({"follow_up_due": due} if due else {})

    known = basis(
        visits=[
            stored(date(2026, 10, 8), **asked("Dari Oktober", "2026-12-01")),
            stored(date(2026, 9, 8), **asked("Sudah lewat", "2026-10-01")),
            stored(date(2026, 8, 8), **asked("Tanpa hari", None)),
        ],
        business_promises=(
            Promise("Dari usaha", "", date(2026, 11, 30), "Warung"),
            Promise("Usaha tanpa hari"),
        ),
    )

    found = promises(known, TODAY, asked("Sendiri", None))

    assert [one.what for one in found] == ["Sendiri", "Dari usaha", "Dari Oktober"]


@pytest.mark.parametrize(
    "answers",
    [{}, {"follow_up_needed": "no", "follow_up_what": "x"}, {"follow_up_needed": "yes"}],
)
def test_where_nothing_is_to_follow_nothing_is_promised(answers: dict[str, str]) -> None:
    assert promise_of(answers) is None


def test_the_questions_of_a_promise_are_those_of_the_form() -> None:
    for name in ("follow_up_needed", "follow_up_what", "follow_up_who", "follow_up_due"):
        assert name in FORM.questions
    doers = {choice.name for choice in FORM.questions["follow_up_who"].choices}
    assert doers == set(say.DOERS)


def test_a_visit_that_is_not_stored_yet_counts_for_the_next_one() -> None:
    known = basis(first_met=date(2026, 2, 1), last_met=date(2026, 10, 1))

    assert due_after(known, TODAY, VisitOutcome.MET) == date(2027, 2, 21)
    assert due_after(known, TODAY, VisitOutcome.NOBODY_HOME) == DUE
    assert due_after(basis(), TODAY, VisitOutcome.MET) == DUE
