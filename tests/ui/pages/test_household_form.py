"""Registering and correcting a family: hints while typing, what stops, what only warns."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import func, select

from desktop.models.operations import households
from desktop.models.queries.household import FamilyView, family
from desktop.models.store.local import Store
from desktop.models.tables import HOUSEHOLD, OUTBOX
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.household_form import page as module
from desktop.ui.pages.household_form.page import HouseholdFormPage
from tests.ui.conftest import focused
from tests.ui.pages.conftest import SUMBERJAYA, Went, wait_idle
from tests.ui.pages.families import KK, NIK, register

Show = Callable[..., Page]


@pytest.fixture
def page(show: Show) -> HouseholdFormPage:
    return cast(HouseholdFormPage, show(HouseholdFormPage))


def fill(page: HouseholdFormPage, name: str, number: str = "") -> None:
    page.village.set_value(SUMBERJAYA)
    QTest.keyClicks(page.person.name, name)
    QTest.keyClicks(page.person.national_id, number)


def texts(page: HouseholdFormPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def saved(desk: Desk, store: Store, went: Went) -> FamilyView:
    wait_idle(desk)
    name, shown = went.last
    assert name == "household"
    with store.reading() as connection:
        found = family(connection, shown["household_id"], desk.reference)  # type: ignore[arg-type]
    assert found is not None
    return found


def count(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(HOUSEHOLD)).scalar_one())


def test_a_family_needs_only_village_and_name(
    desk: Desk, store: Store, page: HouseholdFormPage, went: Went
) -> None:
    fill(page, "Sarman")
    page.rt.setText("2")
    page.save()

    found = saved(desk, store, went)
    assert found.head is not None
    assert (found.head.name, found.head.national_id, found.family_card) == ("Sarman", None, None)
    assert (found.scope, found.rt) == (SUMBERJAYA, "002")


def test_the_nik_tells_birth_and_sex(page: HouseholdFormPage) -> None:
    fill(page, "Sarman", NIK)

    assert page.person.birth_date.text() == "21/08/1960"
    assert page.person.sex.value() == "male"


def test_an_impossible_nik_stops(
    desk: Desk, store: Store, page: HouseholdFormPage, went: Went
) -> None:
    fill(page, "Sarman", "3601013208600001")
    page.save()
    wait_idle(desk)

    assert count(store) == 0
    assert went.places == []
    assert page.person.findings()


def test_a_doubtful_nik_only_warns(
    desk: Desk, store: Store, page: HouseholdFormPage, went: Went
) -> None:
    fill(page, "Sarman", NIK)
    page.person.birth_date.setText("22/08/1960")
    page.save()

    assert page.person.findings()
    assert saved(desk, store, went).head is not None


@pytest.mark.parametrize("field", ["village", "name"])
def test_what_is_required_is_asked_for(
    desk: Desk, store: Store, page: HouseholdFormPage, field: str
) -> None:
    fill(page, "Sarman")
    if field == "village":
        page.village.set_value(None)
    else:
        page.person.name.clear()
    page.save()
    wait_idle(desk)

    assert count(store) == 0


@pytest.mark.parametrize(("answer", "families"), [(False, 1), (True, 2)])
@pytest.mark.parametrize(("name", "number"), [("H. Sarman", ""), ("Somebody Else", NIK)])
def test_a_family_that_may_be_there_is_asked_about(
    desk: Desk,
    store: Store,
    page: HouseholdFormPage,
    monkeypatch: pytest.MonkeyPatch,
    answer: bool,
    families: int,
    name: str,
    number: str,
) -> None:
    register(store, "Sarman", national_id=NIK)
    asked = []

    def ask(*words: object, **_more: object) -> bool:
        asked.append(words)
        return answer

    monkeypatch.setattr(module, "ask", ask)
    fill(page, name, number)
    page.save()
    wait_idle(desk)

    assert len(asked) == 1
    assert count(store) == families


def test_a_family_is_corrected(desk: Desk, store: Store, show: Show) -> None:
    household_id = register(store, "Sarman", national_id=NIK, card=KK)
    page = cast(HouseholdFormPage, show(HouseholdFormPage, household_id=household_id))
    assert page.person.national_id.text() == "3601 0121 0860 0001"
    page.hamlet.setText("Cikadu")
    page.card_number.setText("3601010102010002")
    page.save()
    wait_idle(desk)

    with store.reading() as connection:
        found = family(connection, household_id, desk.reference)
    assert found is not None
    assert (found.hamlet, found.family_card) == ("Cikadu", "3601010102010002")
    assert found.head is not None
    assert found.head.national_id == NIK


def test_what_came_in_while_the_form_was_open_stays(desk: Desk, store: Store, show: Show) -> None:
    household_id = register(store, "Sarman", national_id=NIK, hamlet="Krajan")
    page = cast(HouseholdFormPage, show(HouseholdFormPage, household_id=household_id))
    with store.recording() as writer:  # as a sync brings it
        households.edit(writer, household_id, {"hamlet": "Kulon", "phone": "+628123456789"})
        head = page._family.head if page._family else None
        assert head is not None
        households.edit_member(writer, head.id, {"occupation": "Petani"})
    page.note.setPlainText("atap bocor")
    QTest.keyClicks(page.person.birth_place, "Lebak")
    page.save()
    wait_idle(desk)

    with store.reading() as connection:
        found = family(connection, household_id, desk.reference)
    assert found is not None
    assert found.head is not None
    assert (found.hamlet, found.phone, found.note) == ("Kulon", "+628123456789", "atap bocor")
    assert (found.head.occupation, found.head.birth_place) == ("Petani", "Lebak")


@pytest.mark.parametrize("leaves", [True, False])
def test_leaving_asks_before_typed_words_are_lost(
    page: HouseholdFormPage, monkeypatch: pytest.MonkeyPatch, leaves: bool
) -> None:
    assert page.may_leave()
    monkeypatch.setattr(module, "ask", lambda *_words, **_more: leaves)
    fill(page, "Sarman")

    assert page.may_leave() is leaves


def test_saving_twice_registers_once(
    desk: Desk, store: Store, page: HouseholdFormPage, went: Went
) -> None:
    fill(page, "Sarman")
    QTest.mouseDClick(page.save_button, Qt.MouseButton.LeftButton)
    page.save()

    assert not page.save_button.isEnabled()
    saved(desk, store, went)
    assert count(store) == 1
    assert page.save_button.isEnabled()


def test_after_looking_again_it_can_be_saved(
    desk: Desk, store: Store, page: HouseholdFormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(store, "Sarman")
    answers = iter([False, True])
    monkeypatch.setattr(module, "ask", lambda *_words, **_more: next(answers))
    fill(page, "Sarman")
    for families in (1, 2):
        QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
        wait_idle(desk)
        assert page.save_button.isEnabled()
        assert count(store) == families


@pytest.mark.parametrize("broken", ["likenesses", "households.register"])
def test_after_a_failure_it_can_be_saved(
    desk: Desk,
    store: Store,
    page: HouseholdFormPage,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
) -> None:
    def fail(*_some: object) -> None:
        raise RuntimeError

    fill(page, "Sarman")
    with monkeypatch.context() as patch:
        patch.setattr(f"{module.__name__}.{broken}", fail)
        page.save()
        wait_idle(desk)
    assert count(store) == 0
    assert page.save_button.isEnabled()
    page.save()
    wait_idle(desk)

    assert count(store) == 1


@pytest.mark.parametrize("typed", ["abc", "-1", "1.5", "¹"])
@pytest.mark.parametrize("field", ["rt", "rw"])
def test_a_neighbourhood_has_digits_only(
    app: QApplication, desk: Desk, store: Store, page: HouseholdFormPage, field: str, typed: str
) -> None:
    fill(page, "Sarman")
    getattr(page, field).setText(typed)
    page.save()
    wait_idle(desk)

    assert count(store) == 0
    assert focused(app) is getattr(page, field)
    assert "Write digits only, such as 002" in texts(page)


def test_a_name_has_a_letter(
    app: QApplication, desk: Desk, store: Store, page: HouseholdFormPage
) -> None:
    fill(page, "??? 123")
    page.save()
    wait_idle(desk)

    assert count(store) == 0
    assert focused(app) is page.person.name
    assert "Write a name, with letters" in texts(page)


def test_the_keyboard_goes_to_the_first_problem(app: QApplication, page: HouseholdFormPage) -> None:
    fill(page, "")
    page.village.set_value(None)
    page.rt.setText("x")
    page.phone.setText("12")
    page.card_number.setText("12")
    page.person.national_id.setText("12")
    person, place = page.person, page
    for field, right in (
        (place.village, SUMBERJAYA),
        (place.rt, "2"),
        (place.phone, "0812 3456 7890"),
        (place.card_number, KK),
        (person.name, "Sarman"),
    ):
        page.save()
        assert focused(app) is field
        field.set_value(right)
    page.save()

    assert focused(app) is person.national_id


def test_a_phone_is_shown_as_it_is_read_out(desk: Desk, store: Store, show: Show) -> None:
    household_id = register(store, "Sarman", phone="+6281234567890")
    page = cast(HouseholdFormPage, show(HouseholdFormPage, household_id=household_id))
    assert page.phone.text() == "0812 3456 7890"
    page.save()
    wait_idle(desk)

    with store.reading() as connection:
        found = family(connection, household_id, desk.reference)
    assert found is not None
    assert found.phone == "+6281234567890"


def test_a_family_moves_to_another_village_of_ours(desk: Desk, store: Store, show: Show) -> None:
    household = register(store, "Nur Aini")
    page = cast("HouseholdFormPage", show(HouseholdFormPage, household_id=household))
    wait_idle(desk)
    page.village.setFocus()
    QTest.keyClick(page.village, Qt.Key.Key_Down)
    other = page.village.value()

    assert other not in (None, SUMBERJAYA)
    assert any("once the province has it" in words for words in texts(page))
    page.save()
    wait_idle(desk)

    with store.reading() as connection:
        query = select(OUTBOX.c.scope, OUTBOX.c.fields).order_by(OUTBOX.c.dseq.desc())
        assert connection.execute(query).first() == (SUMBERJAYA, {"scope": other})
        query = select(HOUSEHOLD.c.scope).where(HOUSEHOLD.c.id == household)
        assert connection.execute(query).scalar() == SUMBERJAYA, "until the province has moved it"
    page.refresh()
    wait_idle(desk)
    assert page.village.value() == other
    page.save()
    wait_idle(desk)
    with store.reading() as connection:
        moves = [
            row for row in connection.execute(select(OUTBOX.c.fields)) if "scope" in row.fields
        ]
    assert len(moves) == 1, "it is asked for once"
