"""The shipped questionnaire: what it asks whom, what it refuses and what it doubts."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import Questionnaire, Text, Value, load
from desktop.models.questionnaires.session import AnswerSession
from desktop.models.questionnaires.states import Instance
from resources.questionnaires.build import write_workbook
from server.questionnaires.compiler import compile_workbook
from tests.models.questionnaires.forms import ANI, BUDI, SHIPPED, TODAY, opened, person

FORM = load(SHIPPED)


def visit(*people: Instance, previous: dict[str, Value] | None = None) -> AnswerSession:
    rows = people or (person(ANI, name="Ani (contoh)", birth_date="1988-04-02", relation="head"),)
    session = opened(
        FORM,
        facts={"member_count": len(rows), "village_kind": "rural"},
        instances={"members": rows},
        previous=previous or {},
    )
    session.set("outcome", "met")
    return session


def relevant_sections(session: AnswerSession) -> list[str]:
    return [section.name for section in session.sections() if section.relevant]


def test_it_is_the_household_visit() -> None:
    assert (FORM.id, FORM.version) == ("household_visit", 1)
    assert FORM.title == Text("Kunjungan rumah tangga", "Household visit")


def _texts(form: Questionnaire) -> Iterator[tuple[str, Text]]:
    for section in form.sections:
        yield section.name, section.title
        for q in (one for one in section.questions if one.type.is_shown):
            found = [*q.texts, *(choice.label for choice in q.choices)]
            yield from ((f"{section.name}.{q.name}", text) for text in found)


def test_every_text_is_in_both_languages() -> None:
    same_in_both = {"450 VA", "900 VA"}
    for place, text in _texts(FORM):
        assert text.id.strip(), place
        assert text.en.strip(), place
        assert text.id != text.en or text.id in same_in_both, place


def test_workbook_and_compiled_form_are_those_of_the_sheets(tmp_path: Path) -> None:
    workbook = tmp_path / f"{FORM.id}.xlsx"
    write_workbook(SHIPPED.parent / FORM.id, workbook)
    assert workbook.read_bytes() == SHIPPED.with_suffix(".xlsx").read_bytes()
    assert compile_workbook(workbook).text == SHIPPED.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("outcome", ["nobody_home", "moved", "refused"])
def test_who_was_not_met_is_not_asked(outcome: str) -> None:
    session = visit()
    session.set("outcome", outcome)
    assert relevant_sections(session) == ["visit", "follow_up"]
    assert [item.path for item in session.items("visit")][-1] == "outcome_note"


def test_who_does_not_agree_is_not_recorded() -> None:
    session = visit()
    session.set("fies_worried", "yes")
    session.set("consent", "no")
    assert relevant_sections(session) == ["visit", "follow_up"]
    assert "fies_worried" not in session.answers()


@pytest.mark.parametrize(
    ("born", "asked"),
    [
        ("2026-11-01", set()),
        ("2019-11-21", set()),
        ("2019-11-20", {"school"}),
        ("2011-11-20", {"school", "works"}),
        ("2008-11-21", {"school", "works"}),
        ("2008-11-20", {"school", "schooling", "works"}),
        ("2007-11-20", {"schooling", "works"}),
        (None, set()),
    ],
)
def test_members_are_asked_by_age(born: str | None, asked: set[str]) -> None:
    facts = {} if born is None else {"birth_date": born}
    session = visit(person(ANI, **facts))
    always = {"insurance", "ill_last_month"}
    assert {item.question.name for item in session.items("members")} == always | asked


def test_an_estimated_age_serves_where_no_birth_date_is_known() -> None:
    session = visit(person(ANI, age=10), person(BUDI, birth_date="2020-02-29", age=50))
    rows = session.instance_answers("members")
    assert [rows[key]["age_years"] for key in (ANI, BUDI)] == [10, 6]


def test_an_illness_asks_about_the_treatment() -> None:
    session = visit()
    illness, treatment = (f"members[{ANI}]/{name}" for name in ("ill_last_month", "treatment"))
    assert treatment in session.set(illness, "yes")
    assert treatment in {item.path for item in session.items("members")}
    session.set(illness, "no")
    assert treatment not in {item.path for item in session.items("members")}


def test_totals_are_computed_only_from_all_parts() -> None:
    session = visit()
    session.set("spending_food", 600_000)
    assert "spending_total" not in session.answers()
    session.set("spending_other", 400_001)
    session.set("household_size", 3)
    answers = session.household_answers()
    assert (answers["spending_total"], answers["spending_per_person"]) == (1_000_001, 333_333)


@pytest.mark.parametrize(
    ("path", "value", "hard"),
    [
        ("visited_on", "2026-11-21", True),
        ("visited_on", "2026-11-20", False),
        ("household_size", 0, True),
        ("household_size", 41, True),
        ("spending_food", -1, True),
        ("spending_food", 0, False),
        ("income_aid", -5, True),
        ("water_minutes", 1441, True),
        ("water_minutes", 0, False),
        ("floor_area", "0", True),
        ("floor_area", "5000.5", True),
        ("floor_area", "36.5", False),
    ],
)
def test_what_is_impossible(path: str, value: Value, hard: bool) -> None:
    session = visit()
    session.set("has_dwelling", "yes")
    session.set(path, value)
    assert bool(session.checks.errors(path)) is hard


@pytest.mark.parametrize(
    ("before", "path", "value", "warning"),
    [
        ({}, "visited_on", "2026-10-20", "long_ago"),
        ({}, "visited_on", "2026-10-21", None),
        ({}, "household_size", 2, "differs_from_members"),
        ({}, "household_size", 1, None),
        ({}, "spending_food", 0, "no_food_spending"),
        ({"spending_food": 960_000}, "spending_other", 40_000, "food_is_nearly_all"),
        ({"spending_food": 950_000}, "spending_other", 50_000, None),
        ({}, "water_minutes", 240, None),
        ({}, "water_minutes", 241, "very_far"),
        ({"has_dwelling": "yes"}, "floor_area", "500", None),
        ({"has_dwelling": "yes"}, "floor_area", "500.5", "very_large"),
        ({"has_dwelling": "yes"}, "floor_area", "3.9", "very_small"),
        ({"fies_hungry": "no"}, "fies_whole_day", "yes", "not_hungry"),
        ({"fies_hungry": "unknown"}, "fies_whole_day", "yes", None),
        ({"follow_up_needed": "yes"}, "follow_up_due", "2027-05-19", None),
        ({"follow_up_needed": "yes"}, "follow_up_due", "2027-05-20", "far_away"),
    ],
)
def test_what_is_doubtful(
    before: dict[str, Value], path: str, value: Value, warning: str | None
) -> None:
    session = visit()
    for earlier, answer in before.items():
        session.set(earlier, answer)
    session.set(path, value)
    assert not session.checks.errors(path)
    assert [found.warning for found in session.checks.warnings(path)] == (
        [warning] if warning else []
    )


def test_ten_times_the_previous_amount_is_doubted() -> None:
    previous: dict[str, Value] = {"spending_food": 300_000, "spending_total": 400_000}
    session = visit(previous=previous)
    session.set("spending_food", 3_000_000)
    assert not session.checks.warnings("spending_food")
    session.set("spending_food", 3_000_001)
    assert [found.warning for found in session.checks.warnings("spending_food")] == [
        "ten_times_previous"
    ]
    session.set("spending_other", 1_000_000)
    names = [found.warning for found in session.checks.warnings("spending_other")]
    assert names == ["total_ten_times_previous"]


def test_a_follow_up_says_what_who_and_when() -> None:
    session = visit()
    session.set("follow_up_needed", "yes")
    missing = {problem.path for problem in session.checks.problems()}
    assert missing >= {"follow_up_what", "follow_up_who", "follow_up_due"}
    session.set("follow_up_due", "2026-11-19")
    assert session.checks.errors("follow_up_due")


def test_a_whole_visit_can_be_answered_and_finished() -> None:
    """Whoever goes from question to question and picks the first answer comes to an end."""
    session = visit(
        person(ANI, birth_date="1988-04-02"),
        person(BUDI, birth_date="2015-06-01"),
        person(UUID(int=3)),
    )
    path = session.next_path(None)
    numbers: dict[str, Value] = {"household_size": 3, "water_minutes": 5, "floor_area": "36"}
    while path is not None:
        if paths.as_end(path) is not None:
            path = session.next_path(path)
            continue
        item = session.item(path)
        first: dict[str, Value] = {
            "select_one": item.choices[0].name if item.choices else None,
            "select_multiple": [choice.name for choice in item.choices[:2]],
            "rupiah": 500_000,
            "text": "catatan",
            "signature": str(UUID(int=7)),
            "image": str(UUID(int=8)),
            "date": date(TODAY.year, TODAY.month, TODAY.day).isoformat(),
        }
        session.set(path, numbers.get(path, first.get(item.question.type)))
        path = session.next_path(path)
    assert session.checks.problems() == []
    assert {section.progress for section in session.sections()} == {"complete"}


def test_the_engine_is_imported_only_when_a_form_is_opened() -> None:
    code = (
        "import sys; import desktop.models.questionnaires.form;"
        "sys.exit(any(name.startswith('elementpath') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603
    assert done.returncode == 0
