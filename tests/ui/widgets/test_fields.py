"""Fields read what people type, say what they cannot read, and never tell what was not typed."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.choice_field import ChoiceField, MultiChoiceField
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.text_field import LongTextField, NumberField, TextField
from tests.ui.conftest import focused

TODAY = date(2026, 11, 21)
WATERS = [Option(str(code), f"Source {code}") for code in range(1, 12)]


def show(app: QApplication, widget: QWidget) -> None:
    widget.show()
    widget.activateWindow()
    app.processEvents()


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("2,5 juta", 2_500_000),
        ("Rp. 2.500.000,-", 2_500_000),
        ("2500000", 2_500_000),
        ("750rb", 750_000),
        ("", None),
    ],
)
def test_money_is_read_generously(theme: Theme, typed: str, amount: int | None) -> None:
    field = MoneyField()
    QTest.keyClicks(field, typed)
    assert field.value() == amount
    assert field.problem() == ""


def test_money_is_written_out_on_enter(theme: Theme) -> None:
    field = MoneyField()
    QTest.keyClicks(field, "2,5 juta")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "Rp\u00a02.500.000"


@pytest.mark.parametrize("typed", ["banyak", "2,500", "-5000", "1,25"])
def test_money_says_what_it_cannot_read(theme: Theme, typed: str) -> None:
    field = MoneyField()
    QTest.keyClicks(field, typed)
    assert field.value() is None
    assert field.problem()


@pytest.mark.parametrize("typed", ["24/05/2022", "24-5-22", "24 Mei 2022", "2022-05-24"])
def test_dates_are_read_generously(theme: Theme, typed: str) -> None:
    field = DateField(lambda: TODAY)
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == date(2022, 5, 24)
    assert field.text() == "24/05/2022"


def test_a_date_has_bounds(theme: Theme) -> None:
    field = DateField(lambda: TODAY, latest=lambda: TODAY, earliest=lambda: date(2026, 1, 1))
    for day in (date(2026, 11, 22), date(2025, 12, 31)):
        field.set_value(day)
        assert field.problem()
        assert field.value() is None


def test_keys_of_the_date_field(theme: Theme) -> None:
    field = DateField(lambda: TODAY)
    QTest.keyClick(field, Qt.Key.Key_H)
    assert field.value() == TODAY
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), ("1.250", 1250), ("2001", None), ("x", None)]
)
def test_numbers(theme: Theme, typed: str, number: int | None) -> None:
    field = NumberField(maximum=2000)
    QTest.keyClicks(field, typed)
    assert field.value() == number
    assert bool(field.problem()) == (number is None)


def test_setting_a_value_is_silent_and_typing_is_not(theme: Theme) -> None:
    fields: list[tuple[Any, object]] = [
        (TextField(), "a"),
        (LongTextField(), "a"),
        (MoneyField(), 1),
        (NumberField(), 1),
        (DateField(lambda: TODAY), TODAY),
    ]
    for field, value in fields:
        heard: list[object] = []
        field.changed.connect(lambda heard=heard: heard.append(1))
        field.set_value(value)
        assert field.value() == value
        assert heard == []
        field.set_value(None)
        assert field.value() is None
        QTest.keyClick(field, Qt.Key.Key_1)
        assert len(heard) == 1


def test_number_keys_choose(app: QApplication, theme: Theme) -> None:
    field = ChoiceField(theme, WATERS)
    show(app, field)
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    QTest.keyClick(field, Qt.Key.Key_8)
    QTest.keyClick(field, Qt.Key.Key_3)
    assert chosen == ["8", "3"]
    assert field.value() == "3"
    field.set_value(None)
    assert field.value() is None


def test_number_keys_mark_and_unmark(app: QApplication, theme: Theme) -> None:
    field = MultiChoiceField(theme, WATERS, columns=2)
    show(app, field)
    for key in (Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_1):
        QTest.keyClick(field, key)
    field.settle()
    assert field.value() == frozenset({"4"})
    field.set_value(frozenset({"2", "11"}))
    assert field.value() == frozenset({"2", "11"})


def test_arrows_and_enter_in_a_choice(app: QApplication, theme: Theme) -> None:
    field = ChoiceField(theme, WATERS)
    show(app, field)
    entered: list[int] = []
    field.entered.connect(lambda: entered.append(1))
    field.setFocus()
    QTest.keyClick(focused(app), Qt.Key.Key_Space)
    QTest.keyClick(focused(app), Qt.Key.Key_Down)
    assert field.value() == "2"
    QTest.keyClick(focused(app), Qt.Key.Key_Return)
    assert entered == [1]


def test_an_unknown_code_is_an_error(theme: Theme) -> None:
    for field in (ChoiceField(theme, WATERS), ComboField(theme, WATERS)):
        with pytest.raises(KeyError):
            field.set_value("99")


def test_options_say_what_they_are(theme: Theme) -> None:
    roles = {ChoiceField: QAccessible.Role.RadioButton, MultiChoiceField: QAccessible.Role.CheckBox}
    for kind, role in roles.items():
        field = kind(theme, WATERS)
        row = next(iter(field._rows.values()))
        spoken = QAccessible.queryAccessibleInterface(row)
        assert spoken.role() == role
        assert spoken.text(QAccessible.Text.Name) == "Source 1"


def test_a_combo_keeps_what_was_chosen(theme: Theme) -> None:
    field = ComboField(theme, WATERS)
    assert field.value() is None
    field.set_value("4")
    field.set_options(list(reversed(WATERS)))
    assert field.value() == "4"
    field.set_options(WATERS[:2])
    assert field.value() is None


def test_tab_walks_down_the_form(app: QApplication, theme: Theme) -> None:
    form = FormGrid(theme)
    name, water, area = TextField(), ChoiceField(theme, WATERS), NumberField()
    for field in (name, water, area):
        form.add_row("Question", field)
    show(app, form)
    name.setFocus()
    visited: list[QWidget] = []
    for _step in range(3):
        visited.append(focused(app))
        QTest.keyClick(focused(app), Qt.Key.Key_Tab)
    assert visited[0] is name
    assert visited[1].parent() is water
    assert visited[2] is area


def test_a_row_shows_and_forgives_a_problem(app: QApplication, theme: Theme) -> None:
    form = FormGrid(theme)
    money, name = MoneyField(), TextField()
    row = form.add_row("Income", money, hint="Per month")
    form.add_row("Name", name, required=True)
    show(app, form)
    QTest.keyClicks(money, "banyak")
    assert not form.check()
    assert money.property("problem") is True
    assert money.problem() in money.accessibleDescription()
    assert focused(app) is money
    money.selectAll()
    QTest.keyClicks(money, "5000")
    assert money.property("problem") is False
    assert not form.check(), "the name is still missing"
    QTest.keyClicks(name, "Siti")
    assert form.check()
    assert row.field is money


def base_line(widget: QWidget, in_widget: QWidget, scale: float) -> int:
    """The lowest dark line of the left part of a widget that shows the letter H."""
    image = in_widget.grab().toImage()
    corner = widget.mapTo(in_widget, widget.rect().topLeft())
    ratio = in_widget.devicePixelRatio()
    dark = [
        y
        for y in range(corner.y() + 5, corner.y() + round(36 * scale) - 5)
        for x in range(corner.x() + 4, corner.x() + 34)
        if image.pixelColor(round(x * ratio), round(y * ratio)).lightness() < 110
    ]
    return max(dark)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_labels_stand_on_the_base_line_of_their_fields(
    app: QApplication, theme: Theme, scale: float
) -> None:
    theme.apply(app, "light", scale)
    form = FormGrid(theme)
    form.setStyleSheet("background: white")
    line, combo, lines = TextField(), ComboField(theme, [Option("h", "HH")]), LongTextField()
    rows = [form.add_row("HH", field) for field in (line, combo, lines)]
    line.set_value("HH")
    combo.set_value("h")
    lines.set_value("HH")
    form.resize(620, 400)
    show(app, form)
    line.clearFocus()
    off = [base_line(row.label, form, scale) - base_line(row.field, form, scale) for row in rows]
    assert off == [0, 0, 0], f"label below field by {off}"
