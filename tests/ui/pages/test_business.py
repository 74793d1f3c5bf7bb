"""The page of a business: a month written with the keyboard alone, and what it says about it."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sqlalchemy import func, insert, select

from desktop.models.queries.businesses import LedgerMonth, business, ledger
from desktop.models.records.base import new_id
from desktop.models.rules.dates import to_wib
from desktop.models.store.local import Store
from desktop.models.tables import BUSINESS, CURSOR, OUTBOX
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.business import page as business_page
from desktop.ui.pages.business.chart import LedgerChart, Series, round_scale
from desktop.ui.pages.business.forms import BusinessForm, GrantDialog
from desktop.ui.pages.business.ledger_table import BALANCE, LedgerTable, WorkersField, write_workers
from desktop.ui.pages.business.month_card import MonthCard
from desktop.ui.pages.business.page import BusinessPage
from desktop.ui.pages.business.words import short_rupiah
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.search_choice_field import SearchChoiceField
from desktop.ui.words import short_month
from tests.ui.conftest import focused
from tests.ui.pages import businesses as made
from tests.ui.pages.conftest import NOW, Went, wait_idle

Show = Callable[..., Page]
TODAY = to_wib(NOW).date()


def shown(show: Show, business_id: UUID) -> tuple[BusinessPage, LedgerTable]:
    page = cast("BusinessPage", show(BusinessPage, business_id=business_id))
    return page, page._ledger.table


def months(store: Store, business_id: UUID) -> dict[str, LedgerMonth]:
    with store.reading() as connection:
        return {row.month: row for row in ledger(connection, business_id, TODAY)}


def type_keys(app: QApplication, *keys: str | Qt.Key) -> None:
    """Types into whatever has the keyboard."""
    for key in keys:
        if isinstance(key, str):
            for letter in key:
                QTest.keyClicks(focused(app), letter)
        else:
            QTest.keyClick(focused(app), key)
        app.processEvents()


def words_on(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def ops(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one())


def read_through(store: Store, scope: str, seq: int) -> None:
    """Others' writes in a scope are here up to that one."""
    with store.writing() as connection:
        connection.execute(insert(CURSOR).values(scope=scope, seq=seq))


def last_base(store: Store) -> int:
    with store.reading() as connection:
        query = select(OUTBOX.c.base).order_by(OUTBOX.c.dseq.desc())
        return int(connection.execute(query.limit(1)).scalar_one())


def test_a_month_is_written_with_the_keyboard_alone(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    _page, table = shown(show, owner.id)
    assert app.focusWidget() is table, "the current month's revenue has the keyboard"

    type_keys(app, "2,5 juta", Qt.Key.Key_Return)
    type_keys(app, "Rp. 900.000,-", Qt.Key.Key_Return)
    type_keys(app, "750rb", Qt.Key.Key_Return, "0", Qt.Key.Key_Return, "0", Qt.Key.Key_Return)
    type_keys(app, "2+1", Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return)
    wait_idle(desk)

    row = months(store, owner.id)["2026-11"]
    assert (row.revenue, row.expenses, row.profit) == (2_500_000, 900_000, 1_600_000)
    assert (row.savings, row.debt, row.instalment) == (750_000, 0, 0)
    assert (row.family_workers, row.hired_workers, row.status) == (2, 1, "active")


def test_every_confirmed_cell_is_on_the_disk(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    shown(show, owner.id)
    before = ops(store)
    type_keys(app, "1 juta", Qt.Key.Key_Return)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].revenue == 1_000_000
    assert ops(store) == before + 1
    assert app.focusWidget() is not None, "the next cell is open, the refresh did not close it"
    type_keys(app, "4")
    wait_idle(desk)
    type_keys(app, "00rb", Qt.Key.Key_Return)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].expenses == 400_000
    assert ops(store) == before + 2


def test_what_is_typed_survives_a_refresh(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    page, _table = shown(show, owner.id)
    type_keys(app, "12")
    page.refresh()
    wait_idle(desk)
    type_keys(app, "5 rb", Qt.Key.Key_Return)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].revenue == 125_000


def test_escape_leaves_the_cell_as_it_was(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    made.month(store, owner, "2026-11", revenue=500_000)
    before = ops(store)
    _page, table = shown(show, owner.id)
    type_keys(app, "9 juta", Qt.Key.Key_Escape)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].revenue == 500_000
    assert ops(store) == before
    assert app.focusWidget() is table


def test_arrows_move_and_what_cannot_be_read_stays_open(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    _page, table = shown(show, owner.id)
    type_keys(app, Qt.Key.Key_Up, Qt.Key.Key_Right)
    assert table.current_row().month == "2026-10"
    type_keys(app, "2,500", Qt.Key.Key_Return)
    assert app.focusWidget() is not table, "two readings: it is asked again"
    type_keys(app, "2,5 juta", Qt.Key.Key_Return)
    wait_idle(desk)
    assert months(store, owner.id)["2026-10"].expenses == 2_500_000, "it was selected: replaced"


def asked(monkeypatch: pytest.MonkeyPatch, answer: bool) -> list[str]:
    """Answers what the page asks before it is left; returns what it says, as it comes."""
    said: list[str] = []

    def ask(*words: Any, **_more: object) -> bool:
        said.append(words[3])
        return answer

    monkeypatch.setattr(business_page, "ask", ask)
    return said


def test_what_cannot_be_read_is_said_at_once(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    page, _table = shown(show, owner.id)
    type_keys(app, "dua juta", Qt.Key.Key_Return)
    assert "“dua juta” was not taken (Revenue, November 2026)." in words_on(page)
    type_keys(app, Qt.Key.Key_Escape)
    assert "was not taken" not in words_on(page), "it was taken back"
    type_keys(app, "dua juta", Qt.Key.Key_Return, "2 juta", Qt.Key.Key_Return)
    assert "was not taken" not in words_on(page)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].revenue == 2_000_000


def test_a_refused_cell_is_not_left_without_asking(
    app: QApplication,
    desk: Desk,
    store: Store,
    show: Show,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = made.business(store)
    page, table = shown(show, owner.id)
    said = asked(monkeypatch, answer=False)
    type_keys(app, "dua juta")
    assert not page.may_leave()
    assert "“dua juta” was not taken (Revenue, November 2026)." in said[0]
    type_keys(app, "3 juta", Qt.Key.Key_Return)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].revenue == 3_000_000, "one goes on in the cell"
    assert page.may_leave()

    type_keys(app, Qt.Key.Key_Escape)
    table.go_to("2026-10")
    said = asked(monkeypatch, answer=True)
    type_keys(app, "dua juta", Qt.Key.Key_Return)
    assert page.may_leave()
    assert page.may_leave()
    assert len(said) == 1, "it was given up, and is not asked about again"
    wait_idle(desk)
    assert months(store, owner.id)["2026-10"].revenue is None


def test_a_refused_cell_that_was_clicked_away_from_comes_back(
    app: QApplication,
    desk: Desk,
    store: Store,
    show: Show,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = made.business(store)
    page, table = shown(show, owner.id)
    said = asked(monkeypatch, answer=False)
    type_keys(app, "dua juta")
    place = table.visualRect(table.model().index(1, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "“dua juta” was not taken (Revenue, November 2026)." in words_on(page)
    page.refresh()
    wait_idle(desk)
    assert not page.may_leave()
    assert len(said) == 1
    type_keys(app, "4 juta", Qt.Key.Key_Return)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].revenue == 4_000_000


def test_what_is_being_typed_is_kept_when_the_page_is_left(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    page, _table = shown(show, owner.id)
    type_keys(app, "5 juta")
    assert page.may_leave()
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].revenue == 5_000_000


def test_the_ledger_has_the_keyboard_also_when_one_comes_back(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    page, table = shown(show, owner.id)
    back = page.findChildren(IconButton)[0]
    back.setFocus()
    page.refresh()
    wait_idle(desk)
    assert app.focusWidget() is back, "a refresh takes the keyboard from nobody"
    page.open_with(business_id=owner.id)
    page.refresh()
    wait_idle(desk)
    assert app.focusWidget() is table


def test_an_unreadable_amount_of_the_month_is_asked_about(
    app: QApplication,
    desk: Desk,
    store: Store,
    show: Show,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = made.business(store)
    page, _table = shown(show, owner.id)
    stock: MoneyField = page.findChildren(MonthCard)[0]._fields["stock"]
    stock.setFocus()
    type_keys(app, "banyak")
    said = asked(monkeypatch, answer=False)
    assert not page.may_leave()
    assert "“banyak” was not taken." in said[0]
    assert focused(app) is stock
    asked(monkeypatch, answer=True)
    assert page.may_leave()
    assert stock.text() == ""
    wait_idle(desk)


def test_the_newest_month_is_not_at_the_edge(desk: Desk, store: Store, show: Show) -> None:
    owner = made.business(store, started_on=None)
    page, table = shown(show, owner.id)
    wait_idle(desk)
    QApplication.processEvents()
    assert len(table.rows()) == 13
    view = page._scroll.viewport()
    cell = table.visualRect(table.currentIndex()).center()
    below = view.height() - table.viewport().mapTo(view, cell).y()
    assert 3 * 36 < below < view.height()


def test_a_loss_is_shown_with_a_minus(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    _page, table = shown(show, owner.id)
    type_keys(app, "100rb", Qt.Key.Key_Return, "150rb", Qt.Key.Key_Return)
    row = table.rows()[-1]
    assert row.profit == -50_000, "at once, before anything was loaded again"
    index = table.rows_model().index(len(table.rows()) - 1, 3)
    assert index.data() == "-50.000"
    wait_idle(desk)


def test_a_wild_jump_is_asked_about_and_may_stand(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    made.month(store, owner, "2026-10", revenue=2_000_000, expenses=1_000_000)
    page, _table = shown(show, owner.id)
    assert "Is that right?" not in words_on(page)
    type_keys(app, "25 juta", Qt.Key.Key_Return)
    assert "Is that right?" in words_on(page)
    assert "Rp\u00a025.000.000" in words_on(page)
    type_keys(app, "12 juta", Qt.Key.Key_Return)
    wait_idle(desk)
    row = months(store, owner.id)["2026-11"]
    assert (row.revenue, row.expenses) == (25_000_000, 12_000_000)


def test_a_month_is_handed_in_and_then_closed(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    page, table = shown(show, owner.id)
    hand_in = next(b for b in page.findChildren(Button) if b.text() == "Hand in the month")
    assert not hand_in.isEnabled(), "there is nothing to hand in yet"
    type_keys(app, "1 juta", Qt.Key.Key_Return, "400rb", Qt.Key.Key_Return, Qt.Key.Key_Escape)
    wait_idle(desk)
    hand_in.setFocus()
    type_keys(app, Qt.Key.Key_Space)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].state == "submitted"
    assert "handed in" in desk.notices.history[-1].text

    table.go_to("2026-11")
    before = ops(store)
    type_keys(app, "7 juta", Qt.Key.Key_Return)
    wait_idle(desk)
    assert ops(store) == before
    assert "the district can return it" in words_on(page)


def test_a_returned_month_shows_the_verifiers_words_and_is_open_again(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    report = made.month(store, owner, "2026-11", revenue=1_000_000, expenses=100_000)
    made.moved(store, report, "draft", "submitted")
    made.moved(store, report, "submitted", "returned", "Biaya belum memuat sewa.")
    page, _table = shown(show, owner.id)
    assert "Biaya belum memuat sewa." in words_on(page)
    type_keys(app, Qt.Key.Key_Right, "300rb", Qt.Key.Key_Return)
    wait_idle(desk)
    row = months(store, owner.id)["2026-11"]
    assert (row.expenses, row.state) == (300_000, "returned")


def test_constraint_and_follow_up_are_kept_when_left(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    page, _table = shown(show, owner.id)
    fields = page.findChildren(MonthCard)[0]._fields
    for name, words in (
        ("constraint", "Minyak mahal"),
        ("follow_up", "Beli bersama"),
        ("follow_up_by", "Bu Euis"),
        ("follow_up_due_on", "5/12/2026"),
    ):
        fields[name].setFocus()
        type_keys(app, words, Qt.Key.Key_Tab)
    wait_idle(desk)
    row = months(store, owner.id)["2026-11"]
    assert (row.constraint, row.follow_up) == ("Minyak mahal", "Beli bersama")
    assert row.follow_up_by == "Bu Euis"
    assert str(row.follow_up_due_on) == "2026-12-05"


@pytest.mark.parametrize("typed", ["", "Hujan terus"])
def test_what_came_in_while_a_field_was_written_in_is_not_taken_back(
    app: QApplication, desk: Desk, store: Store, show: Show, typed: str
) -> None:
    owner = made.business(store)
    read_through(store, owner.scope, 1)
    page, table = shown(show, owner.id)
    page.findChildren(MonthCard)[0]._fields["constraint"].setFocus()
    made.month(store, owner, "2026-11", constraint="Minyak mahal", revenue=500_000)
    page.refresh()
    wait_idle(desk)
    type_keys(app, typed, Qt.Key.Key_Tab)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].constraint == (typed or "Minyak mahal")
    assert last_base(store) == (0 if typed else 1), "what it knows of others' writes"
    assert table.rows()[-1].revenue == 500_000


@pytest.mark.parametrize("typed", ["", "600000"])
def test_what_came_in_while_a_cell_was_open_is_not_taken_back(
    app: QApplication, desk: Desk, store: Store, show: Show, typed: str
) -> None:
    owner = made.business(store)
    read_through(store, owner.scope, 1)
    made.month(store, owner, "2026-11", revenue=400_000)
    page, table = shown(show, owner.id)
    type_keys(app, Qt.Key.Key_F2)
    made.month(store, owner, "2026-11", revenue=500_000)
    page.refresh()
    wait_idle(desk)
    type_keys(app, typed, Qt.Key.Key_Return)
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].revenue == int(typed or 500_000)
    assert last_base(store) == (0 if typed else 1), "what it knows of others' writes"
    assert table.rows()[-1].revenue == int(typed or 500_000)


def test_leaving_keeps_what_was_typed(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    page, _table = shown(show, owner.id)
    page.findChildren(MonthCard)[0]._fields["constraint"].setFocus()
    type_keys(app, "Hujan terus")
    assert page.may_leave()
    wait_idle(desk)
    assert months(store, owner.id)["2026-11"].constraint == "Hujan terus"


def test_where_it_is_narrow_one_group_of_columns_is_shown(
    app: QApplication, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store)
    page, table = shown(show, owner.id)
    names = [column.name for column in table.rows_model().columns]
    assert not any(table.isColumnHidden(place) for place in range(len(names)))
    page.resize(760, 720)
    app.processEvents()
    assert {name for name in names if table.isColumnHidden(names.index(name))} == set(BALANCE)
    table.show_group(BALANCE)
    assert not table.isColumnHidden(names.index("debt"))
    assert table.isColumnHidden(names.index("revenue"))
    wait_idle(desk)


def test_the_grant_stands_at_the_head(desk: Desk, store: Store, show: Show) -> None:
    owner = made.business(store)
    made.grant(store, owner)
    page, _table = shown(show, owner.id)
    words = words_on(page)
    assert "Siti Contoh" in words
    assert "Rp\u00a02.000.000" in words
    assert "UEP 2025" in words
    del desk


def test_a_proposal_is_corrected(desk: Desk, store: Store, show: Show) -> None:
    owner = made.business(store)
    grant = made.grant(store, owner)
    page, _table = shown(show, owner.id)
    view = page._business
    assert view is not None
    dialog = GrantDialog(desk.theme, page._years, view.grants[0], page)
    dialog.amount.set_value(1_500_000)
    page._write_grant(view, view.grants[0], dialog.fields(), {})
    wait_idle(desk)
    with store.reading() as connection:
        after = business(connection, owner.id)
    assert after is not None
    assert [(one.id, one.amount, one.programme) for one in after.grants] == [
        (grant.id, 1_500_000, "UEP 2025")
    ]


def test_a_programme_fills_amount_and_bank(desk: Desk, store: Store, show: Show) -> None:
    owner = made.business(store)
    grant = made.grant(store, owner)
    page, _table = shown(show, owner.id)
    dialog = GrantDialog(desk.theme, page._years, None, page)
    dialog.year.setFocus()
    QTest.keyClick(dialog.year, Qt.Key.Key_Down)
    fields = dialog.fields()
    assert fields["programme_year_id"] == str(grant.programme_year_id)
    assert (fields["amount"], fields["bank"]) == (2_000_000, "Bank Banten")


def test_a_new_business_is_begun(
    app: QApplication, desk: Desk, store: Store, show: Show, went: Went
) -> None:
    household = made.family(store, "Asep Contoh")
    page = show(BusinessPage, household_id=household)
    type_keys(app, "Tempe Asep", Qt.Key.Key_Tab, "Tempe", Qt.Key.Key_Tab, "1/10/2026")
    type_keys(app, Qt.Key.Key_Tab, "1234567890123")
    save = next(b for b in page.findChildren(QPushButton) if b.text() == "Save the business")
    save.click()
    wait_idle(desk)
    with store.reading() as connection:
        row = connection.execute(select(BUSINESS)).one()
    assert (row.name, row.kbli_code, str(row.started_on)) == ("Tempe Asep", "10391", "2026-10-01")
    assert (row.business_id_number, row.household_id) == ("1234567890123", household)
    assert went.last == ("business", {"business_id": row.id})
    assert page.may_leave(), "nothing is unsaved any more"


@pytest.mark.parametrize("number", ["123", "12345678901234", "abc"])
def test_a_wrong_nib_is_not_saved(desk: Desk, store: Store, show: Show, number: str) -> None:
    household = made.family(store, "Asep Contoh")
    page = show(BusinessPage, household_id=household)
    form = page.findChildren(BusinessForm)[0]
    form.name.set_value("Tempe Asep")
    form.number.set_value(number)
    assert not form.check()
    assert "A NIB has 13 digits" in words_on(page)
    wait_idle(desk)


def test_a_business_that_is_gone_is_said(desk: Desk, store: Store, show: Show) -> None:
    owner = made.business(store)
    with store.recording() as writer:
        writer.delete("business", owner.id)
    page = show(BusinessPage, business_id=owner.id)
    assert "no longer on this laptop" in words_on(page)
    del desk


def test_a_kind_is_found_by_its_name_or_code(theme: Theme) -> None:
    names = {"47112": "Warung kelontong", "10391": "Tempe"}
    field = SearchChoiceField(theme, names, refusal="Choose a kind from the list")
    cases: list[tuple[str, Any, bool]] = [
        ("tempe", "10391", False),
        (" Warung Kelontong ", "47112", False),
        ("47112", "47112", False),
        ("kapal", None, True),
        ("", None, False),
    ]
    for typed, code, is_wrong in cases:
        field.setText(typed)
        assert field.value() == code, typed
        assert bool(field.problem()) is is_wrong, typed


@pytest.mark.parametrize(
    ("typed", "workers"),
    [("2", (2, None)), ("2+1", (2, 1)), (" 2 + 1 ", (2, 1)), ("0+3", (0, 3)), ("x", None)],
)
def test_workers_are_written_as_they_are_counted(
    app: QApplication, typed: str, workers: tuple[int, int | None] | None
) -> None:
    del app
    field = WorkersField()
    field.setText(typed)
    assert field.value() == workers
    assert bool(field.problem()) is (workers is None)
    if workers:
        assert write_workers(workers) == typed.replace(" ", "")


@pytest.mark.parametrize(
    ("amount", "words", "english"),
    [
        (0, "0", "0"),
        (500, "500", "500"),
        (750_000, "750 rb", "750 k"),
        (1_000_000, "1 jt", "1 m"),
        (1_500_000, "1,5 jt", "1,5 m"),
        (-2_250_000, "-2,25 jt", "-2,25 m"),
        (40_000_000, "40 jt", "40 m"),
    ],
)
def test_amounts_at_an_axis_are_short(amount: int, words: str, english: str) -> None:
    assert short_rupiah(amount, "id") == words
    assert short_rupiah(amount, "en") == english


@pytest.mark.parametrize(
    ("lowest", "highest", "scale"),
    [
        (0, 0, [0, 25_000]),
        (0, 900_000, [0, 250_000, 500_000, 750_000, 1_000_000]),
        (0, 2_090_000, [0, 1_000_000, 2_000_000, 3_000_000]),
        (-160_000, 4_000_000, [-1_000_000, 0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]),
        (-3_900_000, 0, [-4_000_000, -3_000_000, -2_000_000, -1_000_000, 0, 1_000_000]),
    ],
)
def test_the_axis_ends_at_round_amounts(lowest: int, highest: int, scale: list[int]) -> None:
    assert round_scale(lowest, highest) == scale


def test_no_line_is_drawn_over_a_bar(app: QApplication, theme: Theme) -> None:
    chart = LedgerChart(theme, "en")
    rows = [
        LedgerMonth("2026-10", new_id(), exists=True, revenue=1_900_000),
        LedgerMonth("2026-11", new_id(), exists=True, revenue=2_090_000),
    ]
    chart.show_months(rows, [Series("Revenue", lambda row: row.revenue, "primary", "bars")])
    chart.resize(600, 300)
    chart.show()
    app.processEvents()
    picture = chart._plot.grab().toImage()
    view = chart._plot.getViewBox()

    def colour(month: float, amount: float) -> str:
        point = view.mapViewToDevice(QPointF(month, amount)).toPoint()
        name: str = picture.pixelColor(point).name()
        return name

    green = theme.tokens.primary
    inside = [colour(0, amount) for amount in range(100_000, 1_850_000, 10_000)]
    assert set(inside) == {green}, "also where a line of the grid passes"
    assert colour(0.5, 1_000_000) != theme.tokens.surface, "the line is there, between the bars"
    chart.close()


def test_months_are_short_in_both_languages() -> None:
    assert short_month("2026-08", "id") == "Agu 2026"
    assert short_month("2026-08", "en") == "Aug 2026"
