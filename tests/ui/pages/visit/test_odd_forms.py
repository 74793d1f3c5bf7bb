"""Forms that ask for odd things: what is said in them is kept, and each can be finished."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.models.operations import visits
from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import KNOWN_REPEAT
from desktop.models.records.base import new_id
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from desktop.ui.widgets.button import Button
from tests.ui.conftest import focused
from tests.ui.pages.conftest import NOW, wait_idle
from tests.ui.pages.visit.acting import (
    CTRL,
    SHIFT,
    Family,
    Show,
    asked,
    at_water,
    before,
    on_disk,
    press,
    row,
    to_do,
    type_keys,
    visited_before,
)
from tests.ui.pages.visit.test_choosing import many
from tests.ui.pages.xlsforms.sheets import Story
from tests.ui.pages.xlsforms.test_xlsforms import publish

Rows = list[list[str]]
Ask = Callable[..., VisitPage]
ENTER = Qt.Key.Key_Return
YES_NO: Rows = [["list_name", "name", "label"], ["ya", "yes", "Ya"], ["ya", "no", "Tidak"]]
PLACES: Rows = [
    ["list_name", "name", "label", "kab"],
    ["kab", "l", "Lebak", ""],
    ["kab", "p", "Pandeglang", ""],
    ["kec", "c1", "Cipanas", "l"],
    ["kec", "c2", "Sobang", "l"],
]
HEAD = ["type", "name", "label"]
COUNTED: Rows = [
    [*HEAD, "repeat_count"],
    ["integer", "anak", "Anak", ""],
    ["begin_repeat", "daftar", "Daftar", "${anak}"],
    ["text", "nama", "Nama", ""],
    ["end_repeat", "", "", ""],
]


@pytest.fixture
def ask(store: Store, open_visit: Show, tmp_path: Path) -> Ask:
    """Publishes a questionnaire and opens a visit that asks it."""

    def make(survey: Rows, choices: Rows = YES_NO) -> VisitPage:
        settings = [["form_id", "form_title", "version"], ["aneh", "Aneh", "1"]]
        sheets = {"survey": survey, "choices": choices, "settings": settings}
        publish(store, Story("aneh", sheets, {}, [], {}), tmp_path)
        return open_visit(questionnaire="aneh")

    return make


def said_before(
    store: Store,
    family: Family,
    answers: Mapping[str, Any],
    rows: Sequence[visits.FinishedRow] = (),
    members: Mapping[UUID, Mapping[str, Any]] | None = None,
) -> None:
    """A visit of August with these answers."""
    head = visits.DraftHead(new_id(), family.id, family.scope, "aneh", 1, NOW)
    met = VisitOutcome.MET
    done = visits.FinishedVisit(date(2026, 8, 12), met, answers, members or {}, repeats=rows)
    with store.recording() as writer:
        visits.finish(writer, head, done)


def value(page: VisitPage, path: str) -> Any:
    assert page.visit is not None
    return page.visit.session.item(path).value


def type_in(*words: str) -> None:
    for word in words:
        type_keys(word)
        press(ENTER)


def test_nobody_answers_for_another_member(store: Store, open_visit: Show, family: Family) -> None:
    siti, rizki = family.members.values()
    said_before(store, family, {"outcome": "met"}, members={siti: {"insurance": "none"}})
    page = open_visit()
    type_keys("1")
    while page.shown != KNOWN_REPEAT:
        press(Qt.Key.Key_PageDown, CTRL)
    press(Qt.Key.Key_L, CTRL)
    assert value(page, paths.join("insurance", KNOWN_REPEAT, siti)) == "none"
    assert value(page, paths.join("insurance", KNOWN_REPEAT, rizki)) is None
    assert not before(page, paths.join("insurance", KNOWN_REPEAT, rizki)).text()


def test_rows_that_are_not_counted_any_more_are_gone_from_the_page(ask: Ask) -> None:
    page = ask(COUNTED)
    type_in("3", "Ani", "Budi", "Cici")
    page._go("anak")
    type_in("2")
    assert len([one for one in page.stack.rows() if one.path.endswith("nama")]) == 2
    press(ENTER, CTRL)
    assert (page.shown, to_do(page)) == (FINISH, [])


def test_a_row_that_comes_again_counts_again(ask: Ask) -> None:
    survey = [
        [*HEAD, "repeat_count", "calculation", "relevant", "required"],
        ["integer", "anak", "Anak", "", "", "", ""],
        ["begin_repeat", "daftar", "Daftar", "${anak}", "", "", ""],
        ["integer", "umur", "Umur", "", "", "", ""],
        ["text", "kerja", "Kerja", "", "", "${umur} > 17", "yes"],
        ["end_repeat", "", "", "", "", "", ""],
        ["calculate", "jumlah", "", "", "sum(${umur})", "", ""],
    ]
    page = ask(survey)
    type_in("2", "40", "tani", "35", "guru")
    for count in ("1", "2"):
        page._go("anak")
        type_in(count)
    assert page.visit is not None
    finished = page.visit.finished()
    assert finished.answers["jumlah"] == 75
    assert [one.answers["kerja"] for one in finished.repeats] == ["tani", "guru"]


CASCADE: Rows = [
    [*HEAD, "choice_filter"],
    ["begin_group", "tempat", "Tempat", ""],
    ["select_one kab", "kab", "Kabupaten", ""],
    ["select_one kec", "kec", "Kecamatan", "kab=${kab}"],
    ["text", "akhir", "Akhir", ""],
    ["end_group", "", "", ""],
]


def test_where_nothing_is_offered_nothing_is_the_answer(ask: Ask) -> None:
    page = ask(CASCADE, PLACES)
    type_in("1", "1")
    page._go("kab")
    type_in("2")
    assert asked(page) == "akhir", "there is nothing to choose from"
    assert page.visit is not None
    assert "kec" not in page.visit.session.answers()
    press(ENTER, CTRL)
    assert to_do(page) == []
    page._go("kab")
    type_in("1")
    assert value(page, "kec") == "c1", "it was kept all the while"


def test_what_is_not_offered_is_not_taken_over(store: Store, family: Family, ask: Ask) -> None:
    said_before(store, family, {"kab": "l", "kec": "c1", "akhir": "x"})
    page = ask(CASCADE, PLACES)
    type_keys("2")
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_L, CTRL | SHIFT)
    press(ENTER, CTRL)
    assert to_do(page) == []
    assert page.visit is not None
    assert page.visit.session.answers() == {"kab": "p", "akhir": "x"}


def test_of_several_what_is_still_offered_stays(ask: Ask) -> None:
    choices = [
        ["list_name", "name", "label", "di"],
        ["k", "x", "X", ""],
        ["k", "y", "Y", ""],
        *[["l", name, name, places] for name, places in (("a", "x"), ("b", "xy"), ("d", "y"))],
    ]
    survey = [
        [*HEAD, "choice_filter"],
        ["select_one k", "k", "K", ""],
        ["select_multiple l", "m", "M", "contains(di, ${k})"],
    ]
    page = ask(survey, choices)
    type_in("1", "12")
    assert value(page, "m") == ["a", "b"]
    page._go("k")
    type_in("2")
    type_keys("2")
    assert value(page, "m") == ["b", "d"]


@pytest.mark.parametrize(
    ("kind", "calculation"),
    [
        ("integer", "${x} div 3"),
        ("date", "today() + 30"),
        ("datetime", "'besok'"),
        ("time", "'x'"),
        ("select_one ya", "'mungkin'"),
        ("select_multiple ya", "'yes mungkin'"),
        ("geopoint", "'1 2'"),
    ],
)
def test_whatever_is_calculated_the_visit_goes_on(
    store: Store, desk: Desk, ask: Ask, kind: str, calculation: str
) -> None:
    survey = [
        [*HEAD, "calculation", "appearance"],
        ["integer", "x", "X", "", ""],
        [kind, "y", "Y", calculation, "rupiah" if kind == "integer" else ""],
        ["text", "z", "Z", "", ""],
    ]
    page = ask(survey)
    type_in("10")
    assert asked(page) == "z"
    wait_idle(desk)
    assert on_disk(store)["x"] == 10
    press(ENTER, CTRL)
    assert page.shown == FINISH


@pytest.mark.parametrize("kind", ["date", "datetime", "integer", "geopoint", "rank ya"])
def test_an_earlier_answer_of_another_type_is_none(
    store: Store, family: Family, ask: Ask, kind: str
) -> None:
    said_before(store, family, {"a": "dua", "b": ["x"]})
    survey = [HEAD, ["begin_group", "g", "G"], [kind, "a", "A"], ["text", "b", "B"]]
    page = ask([*survey, ["end_group", "", ""]])
    assert asked(page) == "a"
    press(Qt.Key.Key_L, CTRL)
    assert (value(page, "a"), value(page, "b")) == (None, None)


def test_rows_that_an_answer_of_last_time_counts_are_taken_over_with_it(
    store: Store, family: Family, ask: Ask
) -> None:
    rows = [
        visits.FinishedRow(new_id(), "daftar", place, None, {"nama": name})
        for place, name in enumerate(("Ani", "Budi"))
    ]
    said_before(store, family, {"anak": 2}, rows)
    page = ask([COUNTED[0], ["begin_group", "g", "G", ""], *COUNTED[1:], ["end_group", "", "", ""]])
    press(Qt.Key.Key_L, CTRL)
    assert page.visit is not None
    assert len(page.visit.session.checks.unread("g")) == 3
    names = [one.value() for one in page.stack.rows() if one.path.endswith("nama")]
    assert names == ["Ani", "Budi"]


def test_an_answer_of_last_time_may_take_rows_away(
    store: Store, desk: Desk, family: Family, ask: Ask
) -> None:
    said_before(store, family, {"sendiri": "yes", "akhir": "z"})
    survey = [
        [*HEAD, "repeat_count"],
        ["begin_group", "g", "G", ""],
        ["select_one ya", "sendiri", "Sendiri?", ""],
        ["begin_repeat", "daftar", "Daftar", "if(${sendiri}='yes', 0, 1)"],
        ["text", "nama", "Nama", ""],
        ["end_repeat", "", "", ""],
        ["text", "akhir", "Akhir", ""],
        ["end_group", "", "", ""],
    ]
    page = ask(survey)
    press(Qt.Key.Key_L, CTRL)
    wait_idle(desk)
    assert (row(page, "sendiri").value(), row(page, "akhir").value()) == ("yes", "z")
    assert on_disk(store)["akhir"] == "z"


def test_what_cannot_be_answered_any_more_needs_no_confirming(
    store: Store, family: Family, ask: Ask
) -> None:
    said_before(store, family, {"b": "y"})
    survey = [
        [*HEAD, "read_only"],
        ["begin_group", "g", "G", ""],
        ["select_one ya", "k", "K", ""],
        ["text", "b", "B", "${k}='yes'"],
        ["end_group", "", "", ""],
    ]
    page = ask(survey)
    press(Qt.Key.Key_L, CTRL)
    assert page.visit is not None
    assert page.visit.session.checks.unread("g") == ["b"]
    type_in("1")
    press(ENTER, CTRL)
    assert to_do(page) == []


def test_where_nothing_can_be_answered_the_keyboard_leads_on(app: QApplication, ask: Ask) -> None:
    survey = [
        [*HEAD, "read_only", "default"],
        ["begin_group", "g1", "G1", "", ""],
        ["text", "a", "A", "", ""],
        ["end_group", "", "", "", ""],
        ["begin_group", "g2", "G2", "", ""],
        ["text", "b", "B", "yes", "x"],
        ["end_group", "", "", "", ""],
    ]
    ask(survey)
    press(Qt.Key.Key_PageDown, CTRL)
    button = focused(app)
    assert isinstance(button, Button)
    assert button.text() == "Next section"


def test_a_section_may_be_called_finish(ask: Ask) -> None:
    survey = [
        HEAD,
        ["begin_group", "awal", "Awal"],
        ["text", "a", "A"],
        ["end_group", "", ""],
        ["begin_group", "finish", "Akhir"],
        ["text", "b", "B"],
        ["end_group", "", ""],
    ]
    page = ask(survey)
    type_in("x")
    assert asked(page) == "b"
    type_in("y")
    assert page.shown == FINISH


def test_a_name_that_was_typed_whole_is_chosen_without_enter(
    store: Store, open_visit: Show, tmp_path: Path
) -> None:
    publish(store, many("select_multiple", 40), tmp_path)
    page = open_visit(questionnaire="banyak")
    type_keys("kampung 7")
    press(Qt.Key.Key_Tab)
    press(ENTER, CTRL)
    assert (value(page, "wilayah"), to_do(page)) == (["k7"], [])


def test_what_cannot_be_read_is_not_written_over(
    store: Store, open_visit: Show, family: Family
) -> None:
    visited_before(store, family, outcome="met", water_drinking="8", water_minutes=10)
    page = open_visit()
    at_water(page)
    page._go("water_minutes")
    type_keys("4x")
    press(Qt.Key.Key_L, CTRL)
    assert row(page, "water_minutes").field.text() == "4x"  # type: ignore[union-attr]
    assert value(page, "water_minutes") is None
    assert value(page, "water_drinking") == "8"
