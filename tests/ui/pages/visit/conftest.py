"""An invented family, and a visit to it."""

from collections.abc import Callable
from datetime import date

import pytest

from desktop.models.records.households import Relation
from desktop.models.store.local import Store
from desktop.ui.page import Page
from desktop.ui.pages.visit.page import VisitPage
from tests.ui.pages.visit.acting import Family, Show, register


@pytest.fixture
def family(store: Store) -> Family:
    people = (
        ("Siti Contoh", Relation.HEAD, date(1985, 3, 4)),
        ("Rizki Contoh", Relation.CHILD, date(2015, 8, 17)),
    )
    return register(store, people)


@pytest.fixture
def open_visit(show: Callable[..., Page], family: Family) -> Show:
    def make(**shown: object) -> VisitPage:
        page = show(VisitPage, household_id=family.id, **shown)
        assert isinstance(page, VisitPage)
        return page

    return make
