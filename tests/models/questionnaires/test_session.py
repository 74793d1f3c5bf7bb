"""A session of answers: relevance, rows of a repeat, checks, drafts, and what is re-evaluated."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.questionnaires.evaluation import Evaluation
from desktop.models.questionnaires.form import Questionnaire, Value
from desktop.models.questionnaires.program import Aspect, Cell
from desktop.models.questionnaires.session import AnswerSession
from desktop.models.questionnaires.states import ProblemKind, Progress
from desktop.models.questionnaires.values import AnswerError
from tests.models.questionnaires.forms import (
    ANI,
    BUDI,
    form,
    opened,
    person,
    question,
    section,
    text,
)

PEOPLE = {"members": [person(ANI, age=35), person(BUDI, age=9)]}
AGE = [{"name": "age", "type": "integer"}]


def cascade() -> Questionnaire:
    """`a` opens `b`, `b` opens `c`, `c` opens the section `t`; `total` adds what is asked."""
    return form(
        section(
            "s",
            question("a", "select_one"),
            question("b", "integer", relevant="../a = 'yes'", required=True),
            question("c", "integer", relevant="../b > 10"),
            question("total", "calculate", calculation="coalesce(../b, 0) + coalesce(../c, 0)"),
        ),
        section("t", question("last", required=True), relevant="/data/s/c != ''"),
    )


def household() -> Questionnaire:
    """Members by age, with a count of those at school at the household."""
    return form(
        section(
            "m",
            question("school", "select_one", relevant="../age <= 18", required=True),
            question("why", relevant="../school = 'no'"),
            question("older", "calculate", calculation="../age + 1"),
            repeat="members",
            facts=AGE,
        ),
        section(
            "s",
            question("at_school", "calculate", calculation="count(/data/m/school[. = 'yes'])"),
            question("proud", relevant="../at_school > 0"),
        ),
    )


def school(member: UUID) -> str:
    return f"members[{member}]/school"


def test_relevance_cascades_and_keeps_what_was_typed() -> None:
    session = opened(cascade())
    session.set("a", "yes")
    session.set("b", 11)
    assert session.set("c", 5) == {"c", "total", "last"}
    session.set("last", "ya")
    assert session.answers() == {"a": "yes", "b": 11, "c": 5, "total": 16, "last": "ya"}
    assert session.set("a", "no") == {"a", "b", "c", "total", "last"}
    assert session.answers() == {"a": "no", "total": 0}
    assert session.draft() == {"a": "no", "b": 11, "c": 5, "last": "ya"}
    session.set("a", "yes")
    assert session.answers() == {"a": "yes", "b": 11, "c": 5, "total": 16, "last": "ya"}


def test_setting_the_same_answer_changes_nothing() -> None:
    session = opened(cascade())
    assert session.set("a", "no") == {"a"}
    assert session.set("a", "no") == frozenset()


def test_members_are_asked_by_their_age() -> None:
    session = opened(household(), instances=PEOPLE)
    assert [item.path for item in session.items("m")] == [school(BUDI)]
    assert session.instance_answers("members") == {ANI: {"older": 36}, BUDI: {"older": 10}}


def test_a_member_is_not_another() -> None:
    people = {"members": [person(ANI, age=12), person(BUDI, age=9)]}
    session = opened(household(), instances=people)
    assert session.set(school(ANI), "no") == {school(ANI), f"members[{ANI}]/why"}
    assert session.set(school(BUDI), "yes") == {school(BUDI), "at_school", "proud"}
    assert session.household_answers() == {"at_school": 1}
    assert session.instance_answers("members")[ANI] == {"school": "no", "older": 13}


def test_an_answer_re_evaluates_only_what_depends_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluated: Counter[tuple[Cell, UUID | None]] = Counter()
    evaluate = Evaluation._evaluate

    def counted(self: Evaluation, cell: Cell, place: UUID | None) -> Any:
        evaluated[cell, place] += 1
        return evaluate(self, cell, place)

    people = {"members": [person(ANI, age=12), person(BUDI, age=9)]}
    monkeypatch.setattr(Evaluation, "_evaluate", counted)
    session = opened(household(), instances=people)
    assert set(evaluated.values()) == {1}, "opening evaluates every expression once"
    assert len(evaluated) == 10
    evaluated.clear()
    session.set(school(ANI), "no")
    assert evaluated == {
        (Cell("why", Aspect.RELEVANT), ANI): 1,
        (Cell("at_school", Aspect.VALUE), None): 1,
    }
    evaluated.clear()
    session.set(f"members[{ANI}]/why", "biaya")
    assert not evaluated, "nothing reads this answer"


def test_a_chain_evaluates_each_link_once(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(cascade(), answers={"b": 11, "c": 5})
    evaluated: list[str] = []
    evaluate = Evaluation._evaluate

    def noted(self: Evaluation, cell: Cell, place: UUID | None) -> Any:
        evaluated.append(f"{cell.name}.{cell.aspect}")
        return evaluate(self, cell, place)

    monkeypatch.setattr(Evaluation, "_evaluate", noted)
    session.set("a", "yes")
    assert sorted(evaluated) == ["b.relevant", "c.relevant", "t.relevant", "total.calculation"]


def test_required_and_constraints_stop_and_warnings_wait_for_a_reason() -> None:
    checked = question(
        "minutes",
        "integer",
        required=True,
        constraint={"expression": ". >= 0", "message": text("negatif")},
        warnings=[{"name": "far", "expression": ". <= 240", "message": text("jauh")}],
    )
    session = opened(form(section("s", checked)))
    assert [problem.kind for problem in session.checks.problems()] == [ProblemKind.REQUIRED]
    session.set("minutes", -1)
    (broken,) = session.checks.errors("minutes")
    assert (broken.kind, broken.message and broken.message.id) == ("constraint", "negatif")
    session.set("minutes", 300)
    (doubt,) = session.checks.problems()
    assert (doubt.kind, doubt.warning, doubt.stops) == (ProblemKind.WARNING, "far", True)
    with pytest.raises(ValueError, match="with a reason"):
        session.checks.accept("minutes", "far", " ")
    with pytest.raises(KeyError):
        session.checks.accept("minutes", "near", "alasan")
    session.checks.accept("minutes", "far", "lewat gunung")
    assert session.checks.problems() == []
    assert session.checks.warnings("minutes")[0].reason == "lewat gunung"
    assert session.checks.accepted() == {("minutes", "far"): "lewat gunung"}
    session.set("minutes", 400)
    assert [problem.warning for problem in session.checks.problems()] == ["far"]


def test_irrelevant_questions_are_never_wrong() -> None:
    session = opened(cascade())
    assert session.checks.problems() == []
    session.set("a", "yes")
    assert [problem.path for problem in session.checks.problems()] == ["b"]


def test_an_answer_that_is_no_longer_offered_is_an_error() -> None:
    offered = question("q", "select_one", codes=("x", "y"), choice_filter="name != /data/s/not")
    session = opened(form(section("s", question("not"), offered)))
    session.set("q", "x")
    assert session.set("not", "x") >= {"q"}
    assert [problem.kind for problem in session.checks.errors("q")] == [
        ProblemKind.CHOICE_NOT_OFFERED
    ]


def test_required_and_read_only_may_depend_on_answers() -> None:
    whole = form(
        section(
            "s",
            question("a", "select_one"),
            question("b", required="../a = 'yes'", read_only="../a = 'no'"),
        )
    )
    session = opened(whole)
    assert session.set("a", "yes") == {"a", "b"}
    assert (session.item("b").required, session.item("b").read_only) == (True, False)
    session.set("a", "no")
    assert (session.item("b").required, session.item("b").read_only) == (False, True)
    assert session.next_path("a") is None, "a read-only question is not gone to"


def test_defaults_fill_a_new_visit_but_not_a_draft() -> None:
    whole = form(
        section(
            "s",
            question("day", "date", default="today()"),
            question("size", "integer", default="/data/household/count"),
            question("again", "select_multiple", default="instance('__last-saved')/data/s/again"),
            question("gone", "select_one", default="'nowhere'"),
        ),
        facts=[{"name": "count", "type": "integer"}],
    )
    previous: dict[str, Value] = {"again": ["yes"]}
    session = opened(whole, facts={"count": 4, "unknown": 1}, previous=previous)
    assert session.answers() == {"day": "2026-11-20", "size": 4, "again": ["yes"]}
    session.set("size", None)
    again = opened(whole, facts={"count": 4}, previous=previous, answers=session.draft())
    assert again.answers() == {"day": "2026-11-20", "again": ["yes"]}


def test_a_draft_of_another_version_is_carried_along() -> None:
    strange: dict[str, Value] = {"old": "x", "a": "maybe", school(ANI): "yes"}
    session = opened(cascade(), answers={**strange, "b": 3})
    assert session.draft() == {**strange, "b": 3}
    assert "a" not in session.answers()


def test_items_show_the_previous_answer_and_what_changed() -> None:
    session = opened(cascade(), previous={"a": "no", "b": 3})
    session.set("a", "yes")
    first, second = session.items("s")
    assert (first.previous, first.value, first.changed) == ("no", "yes", True)
    assert (second.previous, second.value, second.changed) == (3, None, False)
    assert second.required


def test_sections_tell_how_far_they_are() -> None:
    session = opened(cascade())
    assert [s.progress for s in session.sections()] == [Progress.UNTOUCHED, Progress.COMPLETE]
    assert [s.relevant for s in session.sections()] == [True, False]
    session.set("a", "yes")
    first, _ = session.sections()
    assert (first.progress, first.answered, first.total) == (Progress.PARTIAL, 1, 2)
    session.set("b", 1)
    assert session.sections()[0].progress is Progress.COMPLETE


def test_a_section_with_an_impossible_answer_has_errors() -> None:
    keys = {"constraint": {"expression": ". > 0", "message": text("lebih")}}
    session = opened(form(section("s", question("n", "integer", **keys))))
    session.set("n", 0)
    assert session.sections()[0].progress is Progress.HAS_ERRORS


def test_going_to_the_next_and_the_previous_question() -> None:
    whole = form(
        section("s", question("a", "select_one"), question("note", "note")),
        section("m", question("b", relevant="../age > 10"), repeat="members", facts=AGE),
        section("t", question("c", relevant="/data/s/a = 'yes'")),
    )
    session = opened(whole, instances=PEOPLE)
    of_ani = f"members[{ANI}]/b"
    assert session.next_path(None) == "a"
    assert session.next_path("a") == of_ani
    assert session.next_path(of_ani) is None
    session.set("a", "yes")
    assert session.next_path(of_ani) == "c"
    assert session.previous_path("c") == of_ani
    assert session.previous_path(None) == "c"
    assert session.previous_path("a") is None
    assert [item.path for item in session.items("s")] == ["a", "note"]


def test_unknown_paths_and_wrong_values_are_refused() -> None:
    session = opened(household(), instances=PEOPLE)
    with pytest.raises(KeyError):
        session.set("nothing", "x")
    with pytest.raises(KeyError):
        session.set(f"members[{UUID(int=9)}]/school", "yes")
    with pytest.raises(AnswerError):
        session.set(school(ANI), "maybe")
    with pytest.raises(AnswerError):
        session.set("at_school", 3)


def test_a_repeat_without_rows_is_not_asked() -> None:
    session = opened(household())
    assert not session.sections()[0].relevant
    assert session.household_answers() == {"at_school": 0}


def _state(session: AnswerSession) -> tuple[object, ...]:
    return (
        session.answers(),
        dict(sorted(session.draft().items())),
        session.checks.problems(),
        session.sections(),
        [session.items(s.name) for s in session.form.sections],
    )


_SETS: list[tuple[str, Value]] = [
    ("a", "yes"),
    ("b", 11),
    ("c", 5),
    ("last", "ya"),
    (f"members[{ANI}]/x", 3),
    (f"members[{BUDI}]/x", 4),
    (f"members[{BUDI}]/y", "no"),
    ("sum", None),
]


def _whole() -> Questionnaire:
    sections = [
        section(
            "s",
            question("a", "select_one"),
            question("b", "integer", relevant="../a = 'yes'", required=True),
            question("c", "integer", relevant="../b > 10"),
            question("sum", "integer", required="/data/m/x > 3"),
            question("all", "calculate", calculation="sum(/data/m/x[. != '']) + number(../b)"),
        ),
        section(
            "m",
            question("x", "integer", relevant="/data/s/c != ''"),
            question("y", "select_one", relevant="/data/m/x = 4 and /data/s/all > 10"),
            repeat="members",
            facts=AGE,
        ),
        section("t", question("last"), relevant="/data/s/all > 15"),
    ]
    return form(*sections)


WHOLE = _whole()
IN_ORDER = opened(WHOLE, instances=PEOPLE)
for _path, _value in _SETS:
    IN_ORDER.set(_path, _value)


@given(st.permutations(_SETS))
def test_the_order_of_answers_does_not_matter(order: list[tuple[str, Value]]) -> None:
    session = opened(WHOLE, instances=PEOPLE)
    for path, value in order:
        session.set(path, value)
    assert _state(session) == _state(IN_ORDER)


@given(st.permutations(_SETS), st.permutations(_SETS))
def test_going_back_and_forth_ends_where_it_would_have(
    first: list[tuple[str, Value]], second: list[tuple[str, Value]]
) -> None:
    """A session that wandered shows what a fresh one opened on its draft shows."""
    session = opened(WHOLE, instances=PEOPLE)
    for path, value in first:
        session.set(path, value)
    for path, _ in second[:4]:
        session.set(path, None)
    assert _state(session) == _state(opened(WHOLE, instances=PEOPLE, answers=session.draft()))


def test_the_rest_of_a_section_is_as_it_was_last_time() -> None:
    asked = form(
        section(
            "s",
            question("a", "select_one"),
            question("b", "integer", relevant="../a = 'yes'"),
            question("c"),
            question("consent", "select_one", appearance="ask-anew"),
            question("gone", "select_one", codes=("x",)),
        ),
        section("t", question("other")),
    )
    before: dict[str, Value] = {"a": "yes", "b": 4, "c": "lama", "consent": "yes", "gone": "y"}
    session = opened(asked, previous=before | {"other": "lain"})
    session.set("c", "baru")
    assert session.can_repeat_previous("s")
    assert session.repeat_previous("s") >= {"a", "b"}
    assert session.answers() == {"a": "yes", "b": 4, "c": "baru"}
    assert not session.can_repeat_previous("t") or session.item("other").value is None
    assert session.repeat_previous("s") == frozenset()


def test_what_is_taken_over_has_to_be_confirmed() -> None:
    asked = form(
        section("s", question("a"), question("b"), question("c", relevant="../a = 'x'")),
        section("t", question("d", required=True)),
    )
    session = opened(asked, previous={"a": "x", "b": "y", "c": "z", "d": "w"})
    session.repeat_previous("s")
    session.repeat_previous("t")
    assert session.checks.unread("s") == ["a", "b", "c"]
    assert [(one.path, one.kind) for one in session.checks.problems()] == [
        (path, ProblemKind.UNREAD) for path in "abcd"
    ]
    states = {state.name: state for state in session.sections()}
    assert states["s"].progress is Progress.PARTIAL
    assert (states["t"].met, states["t"].needed) == (0, 1)

    assert session.confirm(["a", "nowhere"]) == {"a"}
    assert session.confirm(["a"]) == frozenset(), "once"
    session.set("b", "other")
    assert session.checks.unread("s") == ["c"], "what is answered anew needs no confirming"
    session.set("a", "not x")
    assert session.checks.unread("s") == [], "nor does what is not asked"

    again = opened(asked, answers=session.draft(), unread=["c", "d"])
    assert again.checks.unread("t") == ["d"], "a draft that is gone on with is where it was"
    assert again.confirm(again.checks.unread("t")) == {"d"}
    assert again.checks.problems() == []
    assert again.sections()[1].progress is Progress.COMPLETE


def test_rows_come_and_go_and_keep_what_was_said_in_them() -> None:
    asked = form(
        section(
            "kebun",
            question("pohon", "integer"),
            question("nomor", "calculate", calculation="position(..)"),
            repeat=True,
        ),
        section(
            "s",
            question("jumlah", "calculate", calculation="sum(/data/kebun/pohon)"),
            question("banyak", "calculate", calculation="count(/data/kebun)"),
        ),
    )
    session = opened(asked)
    first, _ = session.add_row("kebun")
    second, _ = session.add_row("kebun")
    session.set(f"kebun[{first}]/pohon", 3)
    session.set(f"kebun[{second}]/pohon", 4)
    assert session.answers()["jumlah"] == 7
    again = opened(asked, answers=session.draft())
    assert [row.id for row in again.rows("kebun")] == [first, second]
    assert again.answers() == session.answers()
    changed = session.remove_row(first)
    assert {"jumlah", "banyak", f"kebun[{second}]/nomor"} <= changed
    assert session.instance_answers("kebun") == {second: {"pohon": 4, "nomor": 1}}
    assert session.answers()["jumlah"] == 4
    gone = opened(asked, answers=session.draft())
    assert [row.id for row in gone.rows("kebun")] == [second]
    assert gone.draft()[f"kebun[{first}]/pohon"] == 3, "kept, though it is no part of the record"


def test_fewer_rows_and_more_again_bring_back_what_was_said() -> None:
    asked = form(
        section("s", question("n", "integer")),
        section("anak", question("nama"), repeat=True, count="/data/s/n"),
    )
    session = opened(asked)
    session.set("n", 2)
    rows = [row.id for row in session.rows("anak")]
    session.set(f"anak[{rows[1]}]/nama", "Budi")
    session.set("n", 1)
    assert [row.id for row in session.rows("anak")] == rows[:1]
    assert session.set("n", 3) >= {f"anak[{rows[1]}]/nama"}
    assert [row.id for row in session.rows("anak")][:2] == rows
    assert session.answers()[f"anak[{rows[1]}]/nama"] == "Budi"
    assert len(session.rows("anak")) == 3


def test_what_is_calculated_once_goes_on_with_the_draft() -> None:
    kept = question("kept", "calculate", calculation="if(../n = 3, once(now()), '')")
    whole = form(section("s", question("n", "integer"), kept))
    first = opened(whole)
    first.set("n", 3)
    draft = first.draft()
    assert draft["kept"] == first.answers()["kept"]
    again = opened(whole, answers=draft | {"kept": "2026-01-02T03:04:05.000+00:00"})
    assert again.answers()["kept"] == "2026-01-02T03:04:05.000+00:00"
    again.set("n", 4)
    assert again.draft()["kept"] is None
