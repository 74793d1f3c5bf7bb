"""One NIK in several records: the card that asks, by keyboard, and where else it is said."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sqlalchemy import select

from desktop.models.operations import duplicates
from desktop.models.operations.duplicates import DuplicateAnswer
from desktop.models.store.local import Store
from desktop.models.tables import CONFLICT, HOUSEHOLD, MEMBER
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.home.page import HomePage
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.pages.sync.duplicate_card import DuplicateCard
from desktop.ui.pages.sync.page import SyncPage
from desktop.ui.widgets.scroll_page import ScrollPage
from tests.models.conflicts import duplicate
from tests.ui.pages import families
from tests.ui.pages.conftest import SUMBERJAYA, Went, wait_idle

Show = Callable[..., Page]
NIK = families.NIK


def _member(store: Store, household_id: UUID) -> UUID:
    query = select(MEMBER.c.id).where(
        MEMBER.c.household_id == household_id, MEMBER.c.national_id == NIK
    )
    with store.reading() as connection:
        return UUID(str(connection.execute(query).scalar_one()))


def _twice(store: Store) -> tuple[UUID, UUID, UUID]:
    """Two families whose heads have one number, and the question about it."""
    one = families.register(store, "Nur Aini", hamlet="Krajan", national_id=NIK)
    two = families.register(store, "Nur Aeni", "Dewi", hamlet="Wetan", national_id=NIK)
    asked = duplicate(store, _member(store, one), NIK, SUMBERJAYA)
    duplicate(store, _member(store, two), NIK, SUMBERJAYA)
    return one, two, asked


def _card(page: Page) -> DuplicateCard:
    (card,) = cast("SyncPage", page).questions.cards.values()
    assert isinstance(card, DuplicateCard)
    return card


def _press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        QApplication.processEvents()


def _said(widget: QWidget) -> str:
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    return "\n".join([*labels, *(one.accessibleName() for one in widget.findChildren(QWidget))])


def _heads(store: Store) -> list[tuple[str, bool]]:
    query = select(HOUSEHOLD.c.hamlet, HOUSEHOLD.c.deleted_at).order_by(HOUSEHOLD.c.hamlet)
    with store.reading() as connection:
        return [(row[0], row[1] is None) for row in connection.execute(query)]


def test_one_card_asks_about_both(store: Store, show: Show) -> None:
    _twice(store)
    words = _said(_card(show(SyncPage)))

    assert "3601 •••• •••• 0001" in words
    assert NIK not in words.replace(" ", ""), "the number is hidden"
    assert "A · Nur Aini · Krajan, Sumberjaya · not visited yet" in words
    assert "B · Nur Aeni · Wetan, Sumberjaya · not visited yet" in words
    assert "One family, written twice: B stays" in words


def test_an_answer_that_leaves_a_family_without_a_head_says_so(store: Store, show: Show) -> None:
    one, _, _ = _twice(store)
    with store.recording() as writer:
        writer.update("member", _member(store, one), {"relation": "parent"})
    card = _card(show(SyncPage))

    hints = {option.accessibleDescription() for option in card.findChildren(QWidget)}
    assert "in the other family Nur Aini is noted as moved out" in hints
    assert (
        "in the other family Nur Aeni is noted as moved out; "
        "it has no head then, until you say who that is"
    ) in hints


def test_the_number_is_shown_when_asked_for(store: Store, show: Show) -> None:
    _twice(store)
    card = _card(show(SyncPage))
    card.eye.click()
    assert "3601 0121 0860 0001" in _said(card)


def test_a_family_takes_the_place_of_the_other_by_keyboard(
    store: Store, show: Show, desk: Desk
) -> None:
    _, two, asked = _twice(store)
    page = show(SyncPage, conflict_id=asked)
    _press(Qt.Key.Key_2, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "kata RT")
    _press(Qt.Key.Key_Return)
    wait_idle(desk)

    assert _heads(store) == [("Krajan", False), ("Wetan", True)]
    with store.reading() as connection:
        records = connection.execute(select(CONFLICT)).all()
        assert {(one.resolved_value, one.reason) for one in records} == {
            (f"written_twice {_member_now(store, two)}", "kata RT")
        }
    page.refresh()
    wait_idle(desk)
    assert cast("SyncPage", page).questions.cards == {}


def _member_now(store: Store, household_id: UUID) -> UUID:
    query = select(MEMBER.c.id).where(
        MEMBER.c.household_id == household_id,
        MEMBER.c.national_id == NIK,
        MEMBER.c.deleted_at.is_(None),
    )
    with store.reading() as connection:
        return UUID(str(connection.execute(query).scalar_one()))


def test_what_somebody_else_decided_meanwhile_is_not_decided_again(
    store: Store, show: Show, desk: Desk
) -> None:
    """Else each of two records would take the other's place, and nobody would be left."""
    one, two, asked = _twice(store)
    kept, other = _member(store, one), _member(store, two)
    page = cast("SyncPage", show(SyncPage, conflict_id=asked))
    with store.reading() as connection:
        ids = connection.execute(select(CONFLICT.c.id)).scalars().all()
    with store.recording() as writer:
        duplicates.settle(
            writer, ids, [kept, other], DuplicateAnswer.WRITTEN_TWICE, kept, "kata Siti"
        )
    _press(Qt.Key.Key_2, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "kata RT")
    _press(Qt.Key.Key_Return)
    wait_idle(desk)

    assert _heads(store) == [("Krajan", True), ("Wetan", False)]
    assert desk.notices.history[-1].text == "This has changed meanwhile. Please look at it again."
    assert page.questions.cards == {}, "it was looked up anew"


def test_who_came_to_have_the_number_meanwhile_is_seen_first(
    store: Store, show: Show, desk: Desk
) -> None:
    _, _, asked = _twice(store)
    page = show(SyncPage, conflict_id=asked)
    _press(Qt.Key.Key_5, Qt.Key.Key_Return)
    QTest.keyClicks(_card(page).reason, "kata RT")
    families.register(store, "Nur Aina", hamlet="Kidul", national_id=NIK)
    _card(page).button.click()
    wait_idle(desk)

    assert {row.resolved_at for row in _records(store)} == {None}
    card = _card(page)
    assert "C · Nur Aina" in _said(card)
    assert card.isEnabled()
    assert card.reason.value() == "kata RT"


def test_an_answer_is_not_carried_over_to_other_people(
    store: Store, show: Show, desk: Desk
) -> None:
    """That the NIK here is right, said of one, does not say that two are different people."""
    one = families.register(store, "Nur Aini", hamlet="Krajan", national_id=NIK)
    asked = duplicate(store, _member(store, one), NIK, SUMBERJAYA)
    page = show(SyncPage, conflict_id=asked)
    _press(Qt.Key.Key_1, Qt.Key.Key_Return)
    QTest.keyClicks(_card(page).reason, "kata RT")
    families.register(store, "Nur Aeni", hamlet="Wetan", national_id=NIK)
    page.refresh()
    wait_idle(desk)

    assert list(_card(page).people) == ["A", "B"]
    assert _card(page).choice.value() is None
    assert _card(page).reason.value() == "kata RT"


def test_an_answer_about_the_same_people_is_carried_over(
    store: Store, show: Show, desk: Desk
) -> None:
    one, _, asked = _twice(store)
    page = show(SyncPage, conflict_id=asked)
    _press(Qt.Key.Key_2)
    before = _card(page)
    families.visit(store, one, date(2026, 11, 8))
    page.refresh()
    wait_idle(desk)

    assert _card(page) is not before
    assert _card(page).choice.value() == "2"


def _records(store: Store) -> Sequence[Any]:
    with store.reading() as connection:
        return connection.execute(select(CONFLICT)).all()


def test_a_reason_is_asked_for(store: Store, show: Show, desk: Desk) -> None:
    _, _, asked = _twice(store)
    page = show(SyncPage, conflict_id=asked)
    _press(Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_Return)
    wait_idle(desk)
    assert _heads(store) == [("Krajan", True), ("Wetan", True)]
    assert _card(page).reason.hasFocus()


def test_of_somebody_elsewhere_only_the_number_is_asked(store: Store, show: Show) -> None:
    one = families.register(store, "Nur Aini", hamlet="Krajan", national_id=NIK)
    duplicate(store, _member(store, one), NIK, SUMBERJAYA)
    words = _said(_card(show(SyncPage)))
    assert "Somebody in another village has the same NIK" in words
    assert "The NIK here is right" in words
    assert "written twice" not in words


def test_a_number_that_was_corrected_here_is_not_asked_about(
    store: Store, show: Show, desk: Desk
) -> None:
    """Though the province has not heard of it yet."""
    one = families.register(store, "Nur Aini", hamlet="Krajan", national_id=NIK)
    member = _member(store, one)
    duplicate(store, member, NIK, SUMBERJAYA)
    with store.recording() as writer:
        writer.update("member", member, {"national_id": "3601012108600010"})
    page = cast("SyncPage", show(SyncPage))
    wait_idle(desk)
    assert page.questions.cards == {}


def test_the_way_to_a_family(store: Store, show: Show, went: Went) -> None:
    _, two, _ = _twice(store)
    buttons = _card(show(SyncPage)).findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Open the family of B").click()
    assert went.last == ("household", {"household_id": two, "tab": "members"})


def test_home_and_both_families_say_so(store: Store, show: Show, desk: Desk) -> None:
    one, two, _ = _twice(store)
    home = cast("HomePage", show(HomePage))
    wait_idle(desk)
    assert home.to_decide.text() == "1 to decide"
    for family in (one, two):
        page = cast("HouseholdPage", show(HouseholdPage, household_id=family))
        wait_idle(desk)
        assert page.to_decide.text() == "1 to decide"
        assert "Nur Aini (Krajan), Nur Aeni (Wetan)" in _said(page)


def test_without_a_question_asked_for_the_page_is_at_its_top(store: Store, show: Show) -> None:
    """It says there how far a sync is; a card may have been looked at before."""
    _, _, asked = _twice(store)
    page = cast("SyncPage", show(SyncPage, conflict_id=asked))
    page.resize(800, 300)
    QApplication.processEvents()
    bar = page.findChildren(ScrollPage)[0].verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())

    page.open_with()
    page.refresh()
    wait_idle(page.desk)
    assert bar.value() == 0
