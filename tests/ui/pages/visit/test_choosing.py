"""Choices by one key, or two where there are many."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.ui.pages.visit.typed_fields import LongChoiceField
from tests.ui.pages.visit.acting import Show, asked, at_water, press, row, type_keys


def test_two_digits_choose_from_the_tenth_on(open_visit: Show) -> None:
    page = open_visit()
    at_water(page)
    assert page.visit is not None
    session = page.visit.session
    names = [choice.name for choice in session.item("water_drinking").choices]
    assert len(names) == 15
    for typed, chosen in (("1", 1), ("10", 10), ("15", 15), ("2", 2), ("11", 11), ("19", 9)):
        field = row(page, "water_drinking").field
        assert isinstance(field, LongChoiceField)
        field.pause.timeout.emit()  # what was typed before is long ago
        type_keys(typed)
        assert session.item("water_drinking").value == names[chosen - 1], typed
    press(Qt.Key.Key_Return)
    assert asked(page) == "water_cooking"


def test_a_digit_after_a_pause_begins_anew(open_visit: Show) -> None:
    page = open_visit()
    at_water(page)
    assert page.visit is not None
    session = page.visit.session
    names = [choice.name for choice in session.item("water_drinking").choices]
    field = row(page, "water_drinking").field
    assert isinstance(field, LongChoiceField)
    type_keys("1")
    assert field.pause.isActive()
    field.pause.timeout.emit()
    type_keys("2")
    assert session.item("water_drinking").value == names[1]


def test_the_two_digits_stand_on_the_choice(open_visit: Show) -> None:
    page = open_visit()
    at_water(page)
    words = [row.text() for row in row(page, "water_drinking").field.findChildren(QAbstractButton)]
    assert [text[:2] for text in words[9:]] == ["10", "11", "12", "13", "14", "15"]
    assert not words[8][0].isdigit(), "it has a key of its own"
