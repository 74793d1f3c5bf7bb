"""Members come, leave, are born and found families, by keys: on the family's page and during a visit."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from sqlalchemy import func, select

from desktop.models.operations import households
from desktop.models.queries.members import MemberView, members_of, people_of
from desktop.models.records.households import Household, Member, MemberStatus, Relation
from desktop.models.store.local import Store
from desktop.models.tables import HOUSEHOLD, OUTBOX
from desktop.ui.desk import Desk
from desktop.ui.members.dialogs import HeadDialog, LeavingDialog, MemberDialog
from desktop.ui.members.split import SplitDialog
from desktop.ui.page import Page
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.pages.visit.members import MemberChanges
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from tests.ui.conftest import focused
from tests.ui.pages.conftest import NOW, SUMBERJAYA, Went, wait_idle

Show = Callable[..., Page]
TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down


@pytest.fixture
def household_id(store: Store) -> UUID:
    """A couple, their grown son, and his child."""
    household = Household(scope=SUMBERJAYA, hamlet="Krajan")
    people = [
        Member(
            scope=SUMBERJAYA,
            household_id=household.id,
            name=f"{name} Contoh",
            relation=relation,
            birth_date=date(year, 8, 21),
        )
        for name, relation, year in (
            ("Sarman", Relation.HEAD, 1960),
            ("Siti", Relation.SPOUSE, 1962),
            ("Rizki", Relation.CHILD, 1990),
            ("Dede", Relation.OTHER, 2019),
        )
    ]
    with store.recording() as writer:
        households.register(writer, household, people)
    return household.id


@pytest.fixture
def page(show: Show, household_id: UUID) -> HouseholdPage:
    return cast(HouseholdPage, show(HouseholdPage, household_id=household_id, tab="members"))


class Typist:
    """Answers every dialog that is opened; what it said is kept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[list[str]] = []
        self.types: Callable[[Any], object] = lambda _dialog: None

        def answer(dialog: Dialog) -> int:
            dialog.show()
            QApplication.processEvents()
            self.types(dialog)
            QApplication.processEvents()
            self.seen.append([x.text() for x in dialog.findChildren(QLabel) if x.isVisible()])
            dialog.accept()
            return dialog.result()

        for kind in (MemberDialog, LeavingDialog, HeadDialog, SplitDialog):
            monkeypatch.setattr(kind, "exec", answer)


@pytest.fixture
def typist(monkeypatch: pytest.MonkeyPatch) -> Typist:
    return Typist(monkeypatch)


def press(widget: QWidget, name: str, desk: Desk) -> None:
    """Presses a button by Enter, and waits until what follows is written and shown."""
    button = widget.findChild(Button, name)
    assert button is not None
    assert button.isEnabled()
    QTest.keyClick(button, ENTER)
    wait_idle(desk)
    if isinstance(widget, HouseholdPage):
        widget.refresh()
        wait_idle(desk)


def members(store: Store, household_id: UUID) -> dict[str, MemberView]:
    with store.reading() as connection:
        return {one.name.split()[0]: one for one in members_of(connection, household_id)}


def told(store: Store, household_id: UUID) -> dict[str, str]:
    """Name -> relation of who lives there, status of who does not."""
    return {
        name: one.relation if one.is_present else one.status
        for name, one in members(store, household_id).items()
    }


def other_family(store: Store, household_id: UUID) -> UUID:
    query = select(HOUSEHOLD.c.id).where(HOUSEHOLD.c.id != household_id)
    with store.reading() as connection:
        return UUID(str(connection.execute(query).scalar_one()))


def test_a_member_is_added(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist
) -> None:
    def types(dialog: MemberDialog) -> None:
        QTest.keyClicks(dialog.person.name, "Aisyah Contoh")
        QTest.keyClicks(dialog.person.birth_date, "1/2/2000")
        QTest.keyClicks(dialog.relation, "O")

    typist.types = types
    press(page, "add", desk)

    added = members(store, household_id)["Aisyah"]
    assert (added.relation, added.birth_date) == ("other", date(2000, 2, 1))
    assert "26 yr" in typist.seen[0]
    ages = [page.members.table.model().index(place, 4).data() for place in range(5)]
    assert sorted(ages) == ["26 yr", "36 yr", "64 yr", "66 yr", "7 yr"]


def test_a_child_is_born(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist
) -> None:
    typist.types = lambda dialog: QTest.keyClicks(dialog.person.name, "Bayi Contoh")
    press(page, "born", desk)

    born = members(store, household_id)["Bayi"]
    assert (born.relation, born.birth_date, born.occupation) == ("child", NOW.date(), None)
    assert "0 d" in typist.seen[0]
    assert "Occupation" not in typist.seen[0]


def test_a_child_has_a_day_of_birth(desk: Desk, page: HouseholdPage) -> None:
    dialog = MemberDialog(desk, None, page, is_born=True)
    dialog.show()
    dialog.person.name.setText("Bayi Contoh")
    for day in ("", "22/11/2026"):
        dialog.person.birth_date.setText(day)
        dialog.accept()
        assert dialog.isVisible()
        assert dialog.focusWidget() is dialog.person.birth_date
    dialog.deleteLater()


def test_a_member_is_corrected(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist
) -> None:
    def types(dialog: MemberDialog) -> None:
        dialog.person.name.selectAll()
        QTest.keyClicks(dialog.person.name, "Sarmin Contoh")

    typist.types = types
    page.members.table.select(0)
    QTest.keyClick(page.members.table, ENTER)
    wait_idle(desk)

    assert members(store, household_id)["Sarmin"].relation == "head"


def test_the_head_died_and_the_wife_is_the_head(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist
) -> None:
    page.members.table.select(0)
    press(page, "died", desk)

    assert "New head of family *" in typist.seen[0]
    assert told(store, household_id) == {
        "Siti": "head",
        "Rizki": "child",
        "Dede": "other",
        "Sarman": "died",
    }
    assert members(store, household_id)["Sarman"].left_on == NOW.date()


def test_another_head_may_be_chosen_and_what_follows_is_told(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist
) -> None:
    typist.types = lambda dialog: QTest.keyClick(dialog.head.field, DOWN)
    page.members.table.select(0)
    press(page, "moved_out", desk)

    assert "To them: Siti Contoh: Parent" in typist.seen[0]
    assert told(store, household_id) == {
        "Rizki": "head",
        "Siti": "parent",
        "Dede": "other",
        "Sarman": "moved_out",
    }


def test_a_child_leaves_and_comes_back(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist
) -> None:
    page.members.table.select(2)
    press(page, "moved_out", desk)
    assert told(store, household_id)["Rizki"] == "moved_out"
    assert "New head of family *" not in typist.seen[0]

    page.members.table.select(3)
    assert not page.findChild(Button, "moved_out").isVisible()  # type: ignore[union-attr]
    press(page, "returned", desk)
    assert told(store, household_id)["Rizki"] == "child"
    assert page.findChild(Button, "moved_out").isVisible()  # type: ignore[union-attr]


def test_that_nobody_is_left_is_told(desk: Desk, page: HouseholdPage) -> None:
    alone = MemberView(UUID(int=1), "Sarman", "head", "present", None, None, None, None, None, None)
    dialog = LeavingDialog(desk, [alone], MemberStatus.DIED, alone, page)
    dialog.show()

    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert any(words.startswith("Nobody lives in this family then.") for words in said)
    assert dialog.new_head() is None
    dialog.deleteLater()


def test_a_family_is_split_by_keys(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist, went: Went
) -> None:
    def types(dialog: SplitDialog) -> None:
        assert dialog.focusWidget() is next(iter(dialog.parts.values()))
        son, child = list(dialog.parts.values())[2:]
        QTest.keyClick(son, DOWN)
        for _ in range(3):
            QTest.keyClick(child, DOWN)
        dialog.hamlet.selectAll()
        QTest.keyClicks(dialog.hamlet, "Wetan")
        QTest.keyClicks(dialog.card, "3601012111260001")

    typist.types = types
    press(page, "split", desk)

    founded = other_family(store, household_id)
    assert told(store, founded) == {"Rizki": "head", "Dede": "child"}
    assert told(store, household_id) == {
        "Sarman": "head",
        "Siti": "spouse",
        "Rizki": "moved_out",
        "Dede": "moved_out",
    }
    with store.reading() as connection:
        row = connection.execute(select(HOUSEHOLD).where(HOUSEHOLD.c.id == founded)).one()
    assert row.hamlet == "Wetan"
    assert row.note == "Split from the family of Sarman Contoh on 21/11/2026"
    action = desk.notices.history[-1].action
    assert action is not None
    action.run()
    assert went.last == ("household", {"household_id": founded})


def test_both_pages_lead_to_the_other_family(
    desk: Desk, store: Store, show: Show, page: HouseholdPage, household_id: UUID, typist: Typist, went: Went
) -> None:  # fmt: skip
    typist.types = lambda dialog: QTest.keyClick(list(dialog.parts.values())[2], DOWN)
    press(page, "split", desk)
    founded = other_family(store, household_id)
    for here, there in ((household_id, founded), (founded, household_id)):
        shown = show(HouseholdPage, household_id=here)
        button = shown.findChild(Button, "see_kin")
        assert button is not None
        QTest.keyClick(button, ENTER)
        assert went.last == ("household", {"household_id": there})


@pytest.mark.parametrize(
    ("going", "sentence"),
    [
        ({}, "Choose who has a family of their own now."),
        ({2: "child"}, "Choose who is the head of the new family."),
        ({0: "head", 2: "head"}, "Only one can be the head of the new family."),
        (
            {0: "head", 1: "spouse", 2: "child", 3: "other"},
            "Somebody has to stay. If all of them moved, correct where the family lives.",
        ),
    ],
)
def test_a_split_that_is_none_says_why(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist,
    going: dict[int, str], sentence: str,
) -> None:  # fmt: skip
    with store.reading() as connection:
        before = connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one()
    refused: list[SplitDialog] = []

    def types(dialog: SplitDialog) -> None:
        for place, relation in going.items():
            list(dialog.parts.values())[place].set_value(relation)
        dialog._chosen()
        dialog.accept()
        refused.append(dialog)

    typist.types = types
    press(page, "split", desk)

    assert refused[0].isVisible()
    assert sentence in typist.seen[0]
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one() == before
    refused[0].deleteLater()


def test_a_card_number_that_is_none_stops_a_split(
    desk: Desk, page: HouseholdPage, household_id: UUID, store: Store
) -> None:
    with store.reading() as connection:
        people = people_of(connection, household_id)
    assert people is not None
    dialog = SplitDialog(desk, people, page)
    dialog.show()
    list(dialog.parts.values())[2].set_value("head")
    QTest.keyClicks(dialog.card, "123")
    dialog.accept()

    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.card
    dialog.deleteLater()


@pytest.mark.parametrize("relation", ["head", "child"])
def test_where_the_head_is_in_doubt_one_is_chosen(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, typist: Typist, relation: str
) -> None:
    """Two laptops may have chosen two, or the head went without anybody being chosen."""
    people = members(store, household_id)
    assert not page.members.head_words.isVisible()
    with store.recording() as writer:
        who = people["Rizki" if relation == "head" else "Sarman"]
        writer.update("member", who.id, {"relation": relation})
    page.refresh()
    wait_idle(desk)
    assert page.members.head_words.isVisible()
    press(page, "choose_head", desk)

    assert list(told(store, household_id).values()).count("head") == 1
    assert not page.members.head_words.isVisible()
    assert len(typist.seen) == 1


@pytest.fixture
def changes(app: QApplication, desk: Desk, household_id: UUID) -> Iterator[MemberChanges]:
    made = MemberChanges(desk, household_id)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    wait_idle(desk)
    made.close()
    made.deleteLater()
    app.processEvents()


def test_during_a_visit_the_buttons_follow_each_other(
    app: QApplication, changes: MemberChanges
) -> None:
    buttons = changes.findChildren(Button)
    assert [button.text() for button in buttons] == [
        "Add a member",
        "Moved out",
        "Died",
        "Born",
        "Split the family",
    ]
    buttons[0].setFocus()
    for button in buttons:
        assert focused(app) is button
        assert button.height() >= 36
        QTest.keyClick(button, TAB)


def test_during_a_visit_members_change(
    desk: Desk, store: Store, changes: MemberChanges, household_id: UUID, typist: Typist
) -> None:
    heard: list[int] = []
    changes.changed.connect(lambda: heard.append(len(members(store, household_id))))

    typist.types = lambda dialog: QTest.keyClicks(dialog.person.name, "Bayi Contoh")
    press(changes, "born", desk)
    typist.types = lambda dialog: QTest.keyClicks(dialog.who, "Rizki")
    press(changes, "moved_out", desk)

    assert heard == [5, 5], "once for each, after it was written"
    assert told(store, household_id) == {
        "Sarman": "head",
        "Siti": "spouse",
        "Bayi": "child",
        "Dede": "other",
        "Rizki": "moved_out",
    }


def test_a_dialog_that_is_left_changes_nothing(
    desk: Desk, store: Store, changes: MemberChanges, household_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    heard: list[None] = []
    changes.changed.connect(lambda: heard.append(None))
    monkeypatch.setattr(LeavingDialog, "exec", lambda _dialog: Dialog.DialogCode.Rejected)
    press(changes, "died", desk)

    assert heard == []
    assert set(told(store, household_id).values()) == {"head", "spouse", "child", "other"}
