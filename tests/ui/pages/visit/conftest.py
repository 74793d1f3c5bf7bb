"""An invented family, and a visit to it."""

from collections.abc import Callable
from datetime import date

import pytest

from desktop.models.operations import households
from desktop.models.records.households import Household, Member, Relation
from desktop.models.store.local import Store
from desktop.ui.page import Page
from desktop.ui.pages.visit.page import VisitPage
from tests.ui.pages.conftest import SUMBERJAYA
from tests.ui.pages.visit.acting import Family, Show


@pytest.fixture
def family(store: Store) -> Family:
    household = Household(scope=SUMBERJAYA, hamlet="Krajan")
    people = [
        ("Siti Contoh", Relation.HEAD, date(1985, 3, 4)),
        ("Rizki Contoh", Relation.CHILD, date(2015, 8, 17)),
    ]
    members = [
        Member(
            household_id=household.id,
            scope=SUMBERJAYA,
            name=name,
            relation=relation,
            birth_date=born,
        )
        for name, relation, born in people
    ]
    with store.recording() as writer:
        households.register(writer, household, members)
    return Family(household.id, SUMBERJAYA, {member.name: member.id for member in members})


@pytest.fixture
def open_visit(show: Callable[..., Page], family: Family) -> Show:
    def make(**shown: object) -> VisitPage:
        page = show(VisitPage, household_id=family.id, **shown)
        assert isinstance(page, VisitPage)
        return page

    return make
