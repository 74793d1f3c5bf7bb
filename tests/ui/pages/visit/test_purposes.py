"""What a visit asks by what it is for, and what becomes of what it does not ask."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models.operations import visits
from desktop.models.queries.household import family as family_view
from desktop.models.records.base import new_id
from desktop.models.records.businesses import Grant, ProgrammeYear
from desktop.models.records.visits import Purpose, VisitAssignment, VisitOutcome
from desktop.models.rules.deprivations import FIES, Factor, Result
from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from tests.ui.pages.conftest import NOW, SUMBERJAYA, wait_idle
from tests.ui.pages.visit.acting import (
    CTRL,
    FAMILY_ANSWERS,
    Family,
    Show,
    asked,
    before,
    press,
    to_do,
    type_keys,
)

BASELINE_DAY = date(2026, 9, 12)
MONTHLY = ["visit", "food", "spending", "income", "photos", "findings", "follow_up"]
WHOLE = [
    *("visit", "members", "food", "spending", "income", "water", "sanitation", "information"),
    *("housing", "photos", "findings", "follow_up"),
]
BASELINE: dict[str, Any] = {
    "outcome": "met",
    "consent": "yes",
    **{name: "no" for name, _severity in FIES},
    "household_size": 2,
    "spending_food": 900_000,
    "spending_other": 700_000,
    "new_clothing": "yes",
    "water_drinking": "14",
    "water_cooking": "14",
    "water_minutes": 10,
    "toilet": "own",
    "bowl": "swan_neck",
    "pit": "septic",
    "owns_phone": "yes",
    "owns_tv": "yes",
    "owns_radio": "no",
    "knows_where_to_ask": "yes",
    "has_dwelling": "yes",
    "floor_area": "36",
    "roof": "tile",
    "wall": "brick",
    "floor": "tile",
}
MEMBERS = {
    "Siti Contoh": {"insurance": "pbi_central", "ill_last_month": "no", "schooling": "primary"},
    "Rizki Contoh": {"insurance": "pbi_central", "ill_last_month": "no", "school": "attending"},
}
ANSWERS = FAMILY_ANSWERS | {"also_asked": ""}


@pytest.fixture
def known(store: Store, family: Family) -> Family:
    """The family after its baseline visit, which asked everything."""
    record(store, family, BASELINE_DAY, Purpose.BASELINE, BASELINE, MEMBERS)
    return family


def record(
    store: Store,
    family: Family,
    day: date,
    purpose: Purpose,
    answers: dict[str, Any],
    members: dict[str, Any],
) -> None:
    head = visits.DraftHead(
        new_id(), family.id, SUMBERJAYA, "household_visit", 1, NOW, purpose.value
    )
    about = {family.members[name]: one for name, one in members.items()}
    with store.recording() as writer:
        visits.finish(
            writer, head, visits.FinishedVisit(day, VisitOutcome.MET, answers, members=about)
        )


@pytest.fixture
def open_known(show: Callable[..., Page], store: Store, known: Family) -> Show:
    """Opens a visit that the office asks for, for a purpose."""

    def make(purpose: Purpose) -> VisitPage:
        assignment = VisitAssignment(
            scope=SUMBERJAYA,
            household_id=known.id,
            due_on=date(2026, 11, 25),
            purpose=purpose.value,
            assigned_by=new_id(),
            assigned_at=NOW,
        )
        with store.recording() as writer:
            writer.insert(assignment)
        page = show(VisitPage, household_id=known.id)
        assert isinstance(page, VisitPage)
        return page

    return make


def met(page: VisitPage) -> None:
    """Answers the first section up to what else is to be asked."""
    while asked(page) != "also_asked":
        type_keys(ANSWERS[asked(page)])
        press(Qt.Key.Key_Return)


def go_through(page: VisitPage) -> None:
    for _ in range(80):
        if page.shown == FINISH:
            return
        type_keys(ANSWERS[asked(page).rpartition("/")[2]])
        press(Qt.Key.Key_Return)
    raise AssertionError("the visit has no end")


def agreed(page: VisitPage) -> None:
    for name in ("outcome", "respondent", "consent"):
        assert asked(page) == name
        type_keys(ANSWERS[name])
        press(Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("purpose", "sections"),
    [
        (Purpose.BASELINE, WHOLE),
        (Purpose.QUARTERLY, WHOLE),
        (Purpose.MONTHLY, MONTHLY),
        (Purpose.RECEIPTS, ["visit", "receipts", "photos", "findings", "follow_up"]),
    ],
)
def test_each_visit_asks_what_it_needs(
    open_known: Show, purpose: Purpose, sections: list[str]
) -> None:
    page = open_known(purpose)
    agreed(page)
    assert page.sections_asked() == sections


def test_a_family_that_was_not_asked_everything_yet_is(open_visit: Show) -> None:
    page = open_visit()
    agreed(page)
    assert page.sections_asked() == WHOLE


def test_whatever_else_has_changed_can_be_asked_too(open_known: Show) -> None:
    page = open_known(Purpose.MONTHLY)
    met(page)
    assert page.visit is not None
    offered = [choice.name for choice in page.visit.session.item("also_asked").choices]
    assert offered == ["members", "water", "sanitation", "information", "housing"]
    type_keys("2")
    assert page.sections_asked() == [*MONTHLY[:4], "water", *MONTHLY[4:]]


def test_last_time_is_when_a_section_was_asked_last(
    store: Store, known: Family, open_known: Show
) -> None:
    monthly = {name: BASELINE[name] for name in ("outcome", "consent", "spending_food")}
    record(
        store, known, date(2026, 10, 12), Purpose.MONTHLY, monthly | {"spending_food": 800_000}, {}
    )
    page = open_known(Purpose.QUARTERLY)
    agreed(page)
    page._show_section("spending")
    assert "800.000" in before(page, "spending_food").text()
    assert "12/10/2026" in before(page, "spending_food").text()
    page._show_section("water")
    assert before(page, "water_drinking").text().startswith("Last time (12/09/2026)")
    press(Qt.Key.Key_L, CTRL)
    assert page.visit is not None
    assert page.visit.session.item("water_minutes").value == 10


def test_a_monthly_visit_leaves_what_it_did_not_ask_as_it_was(
    store: Store, desk: Desk, known: Family, open_known: Show
) -> None:
    page = open_known(Purpose.MONTHLY)
    go_through(page)
    assert to_do(page) == []
    assert page.visit is not None
    today = page.visit.factors()
    assert today is not None
    assert today.since.keys() == set(Factor) - {Factor.FOOD, Factor.NON_FOOD}
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    with store.reading() as connection:
        view = family_view(connection, known.id, desk.reference)
    assert view is not None
    now, before = view.visits
    assert (now.lacking, now.unknown) == ((Factor.WATER,), False)
    assert now.standing.outcomes[Factor.WATER].result is Result.DEPRIVED
    assert now.standing.since[Factor.WATER] == BASELINE_DAY
    assert before.standing.since == {}
    assert "toilet" not in now.answers


def paid(store: Store, family: Family, day: date) -> None:
    """A grant that was paid on a day."""
    year = ProgrammeYear(scope="ref", name="UEP", year=2026, amount=2_000_000)
    grant = Grant(
        scope=SUMBERJAYA,
        household_id=family.id,
        programme_year_id=year.id,
        amount=2_000_000,
        disbursed_on=day,
    )
    with store.recording() as writer:
        writer.insert(year)
        writer.insert(grant)


def test_receipts_are_asked_for_at_the_first_visit_after_a_grant(
    store: Store, known: Family, open_known: Show
) -> None:
    paid(store, known, date(2026, 11, 1))
    page = open_known(Purpose.MONTHLY)
    agreed(page)
    assert page.sections_asked() == ["visit", "receipts", *MONTHLY[1:]]


def test_what_is_asked_stays_with_the_draft(
    store: Store, desk: Desk, family: Family, open_visit: Show
) -> None:
    """Another laptop's visit and a grant come in while this one is under way."""
    page = open_visit()
    agreed(page)
    wait_idle(desk)
    record(store, family, BASELINE_DAY, Purpose.BASELINE, BASELINE, MEMBERS)
    paid(store, family, date(2026, 11, 1))
    again = open_visit()
    assert again.sections_asked() == WHOLE


def test_the_moment_of_consent_stays_with_the_draft(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    page = open_visit()
    agreed(page)
    wait_idle(desk)
    assert page.visit is not None
    consent = page.visit.session.household_answers()["consent_at"]
    store.clock = lambda: NOW + timedelta(hours=3)
    again = open_visit()
    assert again.visit is not None
    assert again.visit.session.household_answers()["consent_at"] == consent


def test_a_visit_that_is_typed_in_late_knows_only_what_was_before(
    store: Store, known: Family, open_known: Show
) -> None:
    record(
        store, known, date(2026, 11, 10), Purpose.QUARTERLY, BASELINE | {"toilet": "none"}, MEMBERS
    )
    page = open_known(Purpose.MONTHLY)
    assert page.visit is not None
    page.visit.session.set("visited_on", "2026-10-01")
    before = page.visit.previous_factors()
    assert before is not None
    assert before.on == BASELINE_DAY
    assert before.outcomes[Factor.SANITATION].result is Result.NOT_DEPRIVED


def test_who_left_still_counts_for_the_visit_at_which_they_were_asked_about(
    store: Store, desk: Desk, known: Family, open_known: Show
) -> None:
    with store.recording() as writer:
        writer.update("member", known.members["Siti Contoh"], {"status": "moved_out"})
    page = open_known(Purpose.MONTHLY)
    assert page.visit is not None
    with store.reading() as connection:
        view = family_view(connection, known.id, desk.reference)
    assert view is not None
    assert page.visit.previous_factors() == view.visits[0].standing
