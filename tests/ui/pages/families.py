"""Families to show on pages: registered in a store, some with visits; all invented."""

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from desktop.models.operations import households
from desktop.models.operations.visits import FinishedVisit, finish
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from tests.ui.pages.conftest import NOW, SUMBERJAYA

NIK = "3601012108600001"  # a man born on 21 August 1960
KK = "3601010102010001"
ANSWERS: dict[str, Any] = {
    "visited_on": "2026-11-08",
    "outcome": "met",
    "fies_worried": "yes",
    "spending_food": 1_200_000,
    "needs": ["food", "water"],
    "water_drinking": "12",
}


def register(store: Store, name: str, *others: str, **fields: Any) -> UUID:
    """Registers a family; the head has the number `NIK` if `national_id` says so."""
    numbers = {key: fields.pop(key) for key in ("national_id", "card") if key in fields}
    household = Household(scope=SUMBERJAYA, **fields)
    members = [
        Member(
            scope=SUMBERJAYA,
            household_id=household.id,
            name=each,
            relation=Relation.CHILD if place else Relation.HEAD,
            national_id=None if place else numbers.get("national_id"),
        )
        for place, each in enumerate((name, *others))
    ]
    with store.recording() as writer:
        households.register(writer, household, members, numbers.get("card"))
    return household.id


def visit(store: Store, household_id: UUID, day: date, **answers: Any) -> None:
    """Records a finished visit."""
    draft = SimpleNamespace(
        id=new_id(),
        scope=SUMBERJAYA,
        household_id=household_id,
        questionnaire="household_visit",
        questionnaire_version=1,
        purpose=None,
        started_at=NOW,
    )
    outcome = VisitOutcome(answers.get("outcome", "met"))
    with store.recording() as writer:
        finish(writer, draft, FinishedVisit(day, outcome, {**ANSWERS, **answers}))
