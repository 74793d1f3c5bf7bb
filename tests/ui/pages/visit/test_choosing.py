"""Choices by one key, or two where there are many."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.choice_field import ChoiceField, MultiChoiceField
from desktop.ui.widgets.rank_field import RankField
from desktop.ui.widgets.search_choice_field import SearchChoiceField
from desktop.ui.widgets.search_multi_choice_field import SearchMultiChoiceField
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


CODES = [f"k{number}" for number in range(1, 41)]


def many(kind: str, count: int) -> Story:
    """A questionnaire with one question about so many choices."""
    choices = [["wilayah", code, f"Kampung {code[1:]}"] for code in CODES[:count]]
    survey = [["type", "name", "label"], [f"{kind} wilayah", "wilayah", "Kampung mana?"]]
    return Story(
        "banyak",
        {
            "survey": [*survey, ["text", "lain", "Lainnya"]],
            "choices": [["list_name", "name", "label"], *choices],
            "settings": [["form_id", "form_title", "version"], ["banyak", "Banyak", "1"]],
        },
        {},
        [],
        {},
    )


def pause(page: VisitPage, path: str) -> None:
    """What was typed is long ago."""
    field = row(page, path).field
    assert isinstance(field, ChoiceField | MultiChoiceField | RankField)
    field.settle()


def test_two_digits_choose_from_the_tenth_on(open_visit: Show) -> None:
    page = open_visit()
    at_water(page)
    assert page.visit is not None
    session = page.visit.session
    names = [choice.name for choice in session.item("water_drinking").choices]
    assert len(names) == 15
    for typed, chosen in (("1", 1), ("10", 10), ("15", 15), ("2", 2), ("11", 11), ("19", 9)):
        type_keys(typed)
        pause(page, "water_drinking")
        assert session.item("water_drinking").value == names[chosen - 1], typed
    press(Qt.Key.Key_Return)
    assert asked(page) == "water_cooking"


def test_a_digit_after_a_pause_begins_anew(open_visit: Show) -> None:
    page = open_visit()
    at_water(page)
    assert page.visit is not None
    session = page.visit.session
    names = [choice.name for choice in session.item("water_drinking").choices]
    type_keys("1")
    pause(page, "water_drinking")
    assert session.item("water_drinking").value == names[0]
    type_keys("2")
    assert session.item("water_drinking").value == names[1], "there is no twentieth: nothing waits"


def test_two_digits_mark_among_several(store: Store, open_visit: Show, tmp_path: Path) -> None:
    publish(store, many("select_multiple", 15), tmp_path)
    page = open_visit(questionnaire="banyak")
    assert page.visit is not None
    session = page.visit.session
    for typed, value in (
        ("3", ["k3"]),
        ("12", ["k3", "k12"]),
        ("1", ["k1", "k3", "k12"]),
        ("12", ["k1", "k3"]),
        ("10", ["k1", "k3", "k10"]),
    ):
        type_keys(typed)
        pause(page, "wilayah")
        assert session.item("wilayah").value == value, typed


def test_two_digits_give_a_place_in_an_order(
    store: Store, open_visit: Show, tmp_path: Path
) -> None:
    publish(store, many("rank", 12), tmp_path)
    page = open_visit(questionnaire="banyak")
    type_keys("11")
    assert page.visit is not None
    assert page.visit.session.item("wilayah").value == [*CODES[1:11], "k1", "k12"]


def test_some_of_very_many_are_found_by_letters(
    store: Store, desk: Desk, open_visit: Show, tmp_path: Path
) -> None:
    publish(store, many("select_multiple", 40), tmp_path)
    page = open_visit(questionnaire="banyak")
    assert page.visit is not None
    session, field = page.visit.session, row(page, "wilayah").field
    assert isinstance(field, SearchMultiChoiceField)
    for letters in ("ng 39", "kampung 7", "ng 39"):
        type_keys(letters)
        press(Qt.Key.Key_Return)
        assert asked(page) == "wilayah", "there may be more"
    assert session.item("wilayah").value == ["k7", "k39"]
    type_keys("mars")
    press(Qt.Key.Key_Return)
    assert field.problem() == "Choose one of the list"
    field.line.selectAll()
    press(Qt.Key.Key_Delete)

    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert session.item("wilayah").value == ["k39"], "unmarked is taken back"
    assert field.line.hasFocus(), "and the keyboard has a place"
    press(Qt.Key.Key_Return)
    assert asked(page) == "lain"
    wait_idle(desk)
    again = open_visit(questionnaire="banyak")
    shown = row(again, "wilayah").field.findChildren(QAbstractButton)
    assert [button.text() for button in shown] == ["Kampung 39"]


def test_names_that_are_alike_are_told_apart(theme: Theme) -> None:
    names = {"3601": "Sukamaju", "3602": "Sukamaju", "3603": "Karangsari"}
    field = SearchChoiceField(theme, names, refusal="")
    for code, name in (("3601", "Sukamaju (3601)"), ("3602", "Sukamaju (3602)")):
        field.setText(name)
        assert field.value() == code
    field.set_value("3603")
    assert field.text() == "Karangsari"


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
