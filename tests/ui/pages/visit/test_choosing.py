"""Choices by one key, or two where there are many."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.pages.visit.typed_fields import LongChoiceField
from tests.models.attachments.pictures import QUARTERS, encoded, quarters
from tests.ui.pages.conftest import wait_idle
from tests.ui.pages.visit.acting import SHIFT, Show, asked, at_water, press, row, type_keys
from tests.ui.pages.xlsforms.sheets import FOLDER, Story, read
from tests.ui.pages.xlsforms.test_xlsforms import publish

PICTURED = Story(
    "gambar",
    {
        "survey": [["type", "name", "label"], ["select_one jamban", "jamban", "Jamban"]],
        "choices": [
            ["list_name", "name", "label", "media::image"],
            ["jamban", "leher", "Leher angsa", "leher.png"],
            ["jamban", "lain", "Lain", ""],
        ],
        "settings": [["form_id", "form_title", "version"], ["gambar", "Gambar", "1"]],
    },
    {},
    [],
    {},
)


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


def test_choices_are_seen_by_their_pictures(store: Store, open_visit: Show, tmp_path: Path) -> None:
    (tmp_path / "leher.png").write_bytes(encoded(quarters(300, 200), "PNG"))
    publish(store, PICTURED, tmp_path)
    page = open_visit(questionnaire="gambar")
    pictured, _bare = row(page, "jamban").field.findChildren(QAbstractButton)
    seen = pictured.grab().toImage()
    colours = {
        seen.pixelColor(x, y).getRgb()[:3]  # type: ignore[index]
        for x in range(0, seen.width() // 2, 4)
        for y in range(0, seen.height(), 4)
    }
    assert colours.issuperset(QUARTERS)
    type_keys("1")
    press(Qt.Key.Key_Return)
    assert page.visit is not None
    assert page.visit.session.item("jamban").value == "leher"


def test_an_answer_that_is_not_offered_any_more_is_said_to_be_wrong_when_gone_on_with(
    store: Store, desk: Desk, open_visit: Show, tmp_path: Path
) -> None:
    publish(store, read(FOLDER / "cascade.md"), tmp_path)
    page = open_visit(questionnaire="cascade")
    for keys in ("2", "1"):
        type_keys(keys)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, SHIFT)
    press(Qt.Key.Key_Return, SHIFT)
    assert asked(page) == "kab"
    type_keys("1")
    wait_idle(desk)

    again = open_visit(questionnaire="cascade")
    assert again.recovered.isVisible()
    subdistrict = row(again, "kec")
    assert (subdistrict.value(), subdistrict.error()) == (None, "This answer does not fit")
    assert again.visit is not None
    assert again.visit.session.item("kec").value == "sobang", "kept until another one is chosen"
