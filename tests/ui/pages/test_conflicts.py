"""Deciding conflicts on their cards, by keyboard, and what is said of them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sqlalchemy import select

from desktop.models.operations import decisions
from desktop.models.queries.account import Account
from desktop.models.records.base import Json
from desktop.models.records.catalogue import SYNCED_TABLES
from desktop.models.records.people import Role
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import (
    CONFLICT,
    HOUSEHOLD,
    MEMBER,
    PROGRESS_REPORT,
    VISIT,
)
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.home.page import HomePage
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.pages.households.page import HouseholdsPage
from desktop.ui.pages.sync.conflict_card import OTHER, ConflictCard
from desktop.ui.pages.sync.page import SyncPage
from desktop.ui.words import FIELDS, RECORDS
from tests.models.conflicts import conflict, person, write
from tests.ui.pages import businesses as made
from tests.ui.pages import families
from tests.ui.pages.conftest import NOW, SUMBERJAYA, Went, wait_idle

Show = Callable[..., Page]
EARLY = NOW - timedelta(days=2)
NIK, OTHER_NIK = "3601012108600001", "3601012108600010"


@pytest.fixture
def budi(store: Store) -> UUID:
    return person(store, "Budi Contoh")


def opened(
    store: Store,
    subject: tuple[str, UUID],
    field: str,
    values: tuple[Json, Json],
    before: Json = None,
    late: timedelta = timedelta(minutes=1),
) -> UUID:
    """A conflict of two people about a field: the value that stands, and the other."""
    budi, ratna = person(store, "Budi Contoh"), person(store, "Ratna Contoh")
    writes = (write(values[0], budi, EARLY), write(values[1], ratna, EARLY, EARLY + late))
    return conflict(store, (*subject, SUMBERJAYA), field, writes, before)


def sync_page(show: Show, **what: object) -> SyncPage:
    return cast("SyncPage", show(SyncPage, **what))


def card(page: SyncPage) -> ConflictCard:
    (only,) = page.questions.cards.values()
    assert isinstance(only, ConflictCard)
    return only


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        QApplication.processEvents()


def type_in(words: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)


def said(widget: QWidget) -> str:
    """Every word of the labels and options that are seen."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    rows = widget.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
    hints = [one.accessibleDescription() for one in rows if one.isVisible()]
    names = [one.accessibleName() for one in rows if one.isVisible()]
    return "\n".join([*labels, *names, *hints])


def household(store: Store, family: UUID) -> dict[str, Json]:
    with store.reading() as connection:
        row = connection.execute(select(HOUSEHOLD).where(HOUSEHOLD.c.id == family)).one()
    return {"hamlet": row.hamlet, "phone": row.phone, "deleted_at": row.deleted_at}


def decided(store: Store) -> list[tuple[Json, str | None]]:
    with store.reading() as connection:
        rows = connection.execute(select(CONFLICT).where(CONFLICT.c.resolved_at.is_not(None)))
        return [(row.resolved_value, row.reason) for row in rows]


def member_of(store: Store, family: UUID) -> UUID:
    with store.reading() as connection:
        query = select(MEMBER.c.id).where(MEMBER.c.household_id == family)
        return UUID(str(connection.execute(query).scalar_one()))


def test_nothing_is_chosen_beforehand(store: Store, show: Show) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"), "Krajan")
    page = sync_page(show)

    assert card(page).choice.value() is None
    assert not card(page).button.isEnabled()
    assert page.sync_button.hasFocus()
    words = said(card(page))
    for part in ("Nur Aini: which is right?", "Hamlet", "Before: Krajan", "Wetan", "Kulon"):
        assert part in words
    assert "Budi Contoh, 19 November 2026 at 10.00 · stands now" in words


def test_what_came_late_says_when_it_came(store: Store, show: Show) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    late = timedelta(days=1)
    opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"), late=late)
    words = said(card(sync_page(show)))
    assert (
        "Ratna Contoh, 19 November 2026 at 10.00 · "
        "came to the province 20 November 2026 at 10.00" in words
    )


def test_a_value_is_chosen_by_its_number_and_enter(store: Store, show: Show, desk: Desk) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_2, Qt.Key.Key_Return)
    type_in("kata RT")
    press(Qt.Key.Key_Return)
    wait_idle(desk)

    assert household(store, family)["hamlet"] == "Kulon"
    assert decided(store) == [("Kulon", "kata RT")]
    page.refresh()
    wait_idle(desk)
    assert page.questions.cards == {}
    assert page.sync_button.hasFocus()


def test_arrows_choose_too(store: Store, show: Show) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_Space, Qt.Key.Key_Down)
    assert card(page).choice.value() == "1"
    press(Qt.Key.Key_Down)
    assert card(page).choice.value() == OTHER


def test_esc_takes_back_what_was_chosen_and_then_leads_back(store: Store, show: Show) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_3)
    type_in("Lor")
    assert _takes_esc(card(page))
    press(Qt.Key.Key_Escape)

    assert card(page).choice.value() is None
    assert not card(page).button.isEnabled()
    assert not card(page).is_begun()
    assert not _takes_esc(card(page)), "the next Esc is the window's"


def _takes_esc(one: ConflictCard) -> bool:
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(one, event)
    return event.isAccepted()


def test_something_else_is_written(store: Store, show: Show, desk: Desk) -> None:
    family = families.register(store, "Nur Aini", phone="+6281100000001")
    asked = opened(store, ("household", family), "phone", ("+6281100000001", "+6281100000002"))
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_3)
    assert card(page).other is QApplication.focusWidget()
    type_in("0811 0000 0003")
    press(Qt.Key.Key_Return)
    assert card(page).reason.hasFocus()
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert household(store, family)["phone"] == "+6281100000003", "as it is kept, not as typed"


def test_something_else_has_to_be_something(store: Store, show: Show, desk: Desk) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_3)
    card(page).button.click()
    wait_idle(desk)
    assert decided(store) == []
    assert card(page).other is QApplication.focusWidget()


def test_a_number_is_checked_and_hidden_until_it_is_asked_for(
    store: Store, show: Show, desk: Desk
) -> None:
    family = families.register(store, "Nur Aini", national_id=NIK)
    head = member_of(store, family)
    asked = opened(store, ("member", head), "national_id", (NIK, OTHER_NIK))
    page = sync_page(show, conflict_id=asked)
    one = card(page)
    assert "3601 0121 0860 0001" not in said(one)
    one.eye.click()
    QApplication.processEvents()
    assert "3601 0121 0860 0001" in said(one)

    one.choice.setFocus()
    press(Qt.Key.Key_3)
    type_in("36010121086000")
    press(Qt.Key.Key_Return)
    type_in("kartunya saya lihat")
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert decided(store) == [], "fourteen digits are no NIK"
    assert one.other is QApplication.focusWidget()
    type_in("02")
    press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    wait_idle(desk)
    assert decided(store) == [("3601012108600002", "kartunya saya lihat")]


def test_where_it_matters_a_reason_is_asked(store: Store, show: Show, desk: Desk) -> None:
    family = families.register(store, "Nur Aini", welfare_decile=2)
    asked = opened(store, ("household", family), "welfare_decile", (2, 1), 3)
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_Return)
    wait_idle(desk)
    assert decided(store) == []
    assert card(page).reason.hasFocus()
    type_in("lihat DTSEN")
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert decided(store) == [(1, "lihat DTSEN")]


def test_a_delete_is_kept_or_done(store: Store, show: Show, desk: Desk) -> None:
    family = families.register(store, "Nur Aini")
    when = "2026-11-20T03:00:00.000Z"
    asked = opened(store, ("household", family), "deleted_at", (None, when))
    page = sync_page(show, conflict_id=asked)
    words = said(card(page))
    assert "Nur Aini: keep or delete?" in words
    assert "Keep" in words
    assert card(page).other is None
    press(Qt.Key.Key_2, Qt.Key.Key_Return)
    type_in("dua kali didaftar")
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert household(store, family)["deleted_at"] is not None


@pytest.fixture
def month(store: Store) -> UUID:
    """A month that was handed in and verified, and sent back at the same time."""
    owner = made.business(store)
    report = made.month(store, owner, "2026-09", revenue=5, expenses=1)
    made.moved(store, report, "draft", "submitted")
    made.moved(store, report, "submitted", "verified")
    return report


def test_a_state_is_decided_by_whoever_may_move_it(
    store: Store, show: Show, desk: Desk, month: UUID
) -> None:
    asked = opened(store, ("progress_report", month), "state", ("verified", "returned"))
    page = sync_page(show, conflict_id=asked)
    words = said(card(page))
    assert "only the district can choose this" in words
    press(Qt.Key.Key_2)
    assert card(page).choice.value() is None, "a facilitator cannot send it back"
    press(Qt.Key.Key_1)
    assert card(page).choice.value() is None, "nor close the question of the district"


def test_deciding_about_a_state_moves_it(store: Store, show: Show, desk: Desk, month: UUID) -> None:
    asked = opened(store, ("progress_report", month), "state", ("verified", "returned"))
    with store.writing() as connection:
        set_meta(connection, Meta.USER_ROLE, Role.VERIFIER.value)
    assert desk.account is not None
    desk.account = Account(desk.account.user_id, desk.account.name, Role.VERIFIER.value)
    sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_2, Qt.Key.Key_Return)
    type_in("biaya belum lengkap")
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    with store.reading() as connection:
        states = connection.execute(select(PROGRESS_REPORT.c.state)).scalars().all()
    assert states == ["returned"]
    assert decided(store) == [("returned", "biaya belum lengkap")]


def test_values_are_said_in_human_words(store: Store, show: Show, desk: Desk) -> None:
    family = families.register(store, "Nur Aini")
    families.visit(store, family, date(2026, 11, 8))
    owner = made.business(store)
    report = made.month(store, owner, "2026-09", revenue=5, expenses=1)
    with store.reading() as connection:
        visit_id = connection.execute(select(VISIT.c.id)).scalar_one()
    head = member_of(store, family)
    opened(store, ("progress_report", report), "revenue", (5, 1_500_000))
    opened(store, ("member", head), "birth_date", (None, "1980-04-05"))
    opened(store, ("member", head), "status", ("present", "moved_out"))
    opened(store, ("visit", visit_id), "answers.water_drinking", ("12", "7"))
    opened(store, ("visit", visit_id), "answers.needs", (["food", "water"], ["food"]))
    opened(store, ("household", family), "address", (None, "Jl. Baru 2"))
    words = "\n".join(said(one) for one in sync_page(show).questions.cards.values())

    for part in (
        "Rp 1.500.000",
        "5 April 1980",
        "Lives here",
        "Moved out",
        "Revenue · Warung Siti · September 2026",
        "visit of 8 November 2026",
        "(empty)",
        "Jl. Baru 2",
    ):
        assert part in words.replace("\xa0", " "), part
    for code in ("moved_out", "1980-04-05", "water_drinking", "answers."):
        assert code not in words, code


def test_every_field_has_its_word_and_every_table_too() -> None:
    names = {table.name for table in SYNCED_TABLES}
    assert names <= set(RECORDS)
    lacking = [
        f"{table.name}.{field}"
        for table in SYNCED_TABLES
        if table.name not in ("state_move", "conflict")
        for field in table.record.model_fields
        if field not in ("id", "scope", "deleted_at") and f"{table.name}.{field}" not in FIELDS
    ]
    assert lacking == []


def test_what_was_begun_stays_when_something_else_comes_in(
    store: Store, show: Show, desk: Desk
) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_3)
    type_in("Kampung Lo")
    before = card(page)
    page.refresh()
    wait_idle(desk)
    assert card(page) is before, "nothing of it is new"

    opened(store, ("household", family), "hamlet", ("Wetan", "Kidul"))
    page.refresh()
    wait_idle(desk)
    assert card(page) is not before, "there is a third value now"
    type_in("r")
    press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    wait_idle(desk)
    assert household(store, family)["hamlet"] == "Kampung Lor"
    assert len(decided(store)) == 2, "one decision for all of it"


def test_what_was_written_meanwhile_is_seen_before_it_is_decided(
    store: Store, show: Show, desk: Desk
) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_2, Qt.Key.Key_Return)
    type_in("kata RT")
    with store.recording() as writer:
        decisions.decide(
            writer, [asked], ("household", family, SUMBERJAYA), "hamlet", "Wetan", reason="terdekat"
        )
    again = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    press(Qt.Key.Key_Return)
    wait_idle(desk)

    assert decided(store) == [("Wetan", "terdekat")]
    assert household(store, family)["hamlet"] == "Wetan"
    assert desk.notices.history[-1].text == "This has changed meanwhile. Please look at it again."
    assert card(page).conflict.ids == (again,)
    assert card(page).reason.value() == "kata RT"
    card(page).button.click()
    wait_idle(desk)
    assert household(store, family)["hamlet"] == "Kulon", "now that it was seen"


def test_what_cannot_be_kept_can_be_decided_again(
    store: Store, show: Show, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = sync_page(show, conflict_id=asked)

    def full(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("desktop.models.operations.decisions.decide", full)
        press(Qt.Key.Key_2)
        card(page).button.click()
        wait_idle(desk)
    assert desk.notices.history
    assert card(page).isEnabled()
    press(Qt.Key.Key_Return)  # the keyboard is where it was
    wait_idle(desk)
    assert household(store, family)["hamlet"] == "Kulon"


def test_a_card_that_is_deciding_is_not_replaced(
    store: Store, show: Show, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by an answer that was looked up before: what was typed would be gone if it fails."""
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = sync_page(show, conflict_id=asked)
    press(Qt.Key.Key_2, Qt.Key.Key_Return)
    type_in("kata RT")
    before = card(page)

    def full(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("desktop.models.operations.decisions.decide", full)
        page.refresh()
        before.button.click()
        wait_idle(desk)
    assert card(page) is before
    assert before.isEnabled()
    assert before.reason.value() == "kata RT"

    page.refresh()
    before.button.click()
    wait_idle(desk)
    assert decided(store) == [("Kulon", "kata RT")]
    page.refresh()
    wait_idle(desk)
    assert page.questions.cards == {}


# Badges.


def test_the_family_s_page_leads_to_the_card(store: Store, show: Show, went: Went) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = cast("HouseholdPage", show(HouseholdPage, household_id=family))
    assert page.to_decide.text() == "1 to decide"
    assert "Wetan (Budi Contoh), Kulon (Ratna Contoh)" in said(page.summary)
    page.to_decide.setFocus()
    press(Qt.Key.Key_Return)
    assert went.last == ("sync", {"conflict_id": asked})
    buttons = {one.text(): one for one in page.summary.findChildren(QPushButton)}
    buttons["Decide"].click()
    assert went.places == [("sync", {"conflict_id": asked})] * 2


def test_a_family_without_a_question_has_no_badge(store: Store, show: Show) -> None:
    family = families.register(store, "Nur Aini")
    page = cast("HouseholdPage", show(HouseholdPage, household_id=family))
    assert not page.to_decide.isVisible()


def test_the_list_of_families_marks_them(store: Store, show: Show) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    families.register(store, "Rahmawati")
    opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = cast("HouseholdsPage", show(HouseholdsPage))
    model = page.table.rows_model()
    assert [model.index(row, 0).data() for row in range(2)] == [
        "Nur Aini, 1 to decide",
        "Rahmawati",
    ]


def test_home_says_what_is_to_be_decided_and_leads_there(
    store: Store, show: Show, went: Went
) -> None:
    family = families.register(store, "Nur Aini", hamlet="Wetan")
    asked = opened(store, ("household", family), "hamlet", ("Wetan", "Kulon"))
    page = cast("HomePage", show(HomePage))
    assert page.to_decide.text() == "1 to decide"
    page.to_decide.click()
    assert went.last == ("sync", {"conflict_id": asked})
    page.table.setFocus()
    page.table.select(0)
    press(Qt.Key.Key_Return)
    assert went.places == [("sync", {"conflict_id": asked})] * 2
    model = page.table.rows_model()
    assert model.index(0, 4).data() == "Hamlet"


def test_where_a_family_moved_is_said_by_the_names_of_villages(
    store: Store, show: Show, desk: Desk
) -> None:
    family = families.register(store, "Nur Aini")
    villages = ("36.01.01.2001", "36.01.01.2002")
    opened(store, ("household", family), "scope", villages)
    page = sync_page(show)

    words = said(card(page))
    assert "Village of the family" in words
    for code in villages:
        assert desk.reference.regions()[code].name in words
        assert code not in words
