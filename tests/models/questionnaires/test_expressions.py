"""What ODK expressions yield, as one table over a small filled form."""

from typing import Any

import pytest

from desktop.models.questionnaires.form import FormError, Value
from tests.models.questionnaires.forms import (
    ANI,
    BUDI,
    CICI,
    choice,
    form,
    opened,
    person,
    question,
    section,
)

DATA = (
    section(
        "s",
        question("n", "integer"),
        question("zero", "integer"),
        question("d", "decimal"),
        question("empty", "integer"),
        question("word"),
        question("many", "select_multiple", codes=("a", "b", "c")),
        question("one", "select_one", codes=("a", "b")),
        question("day", "date"),
        question("hidden", relevant="false()"),
    ),
    section(
        "m",
        question("score", "integer"),
        question("unasked", "integer", relevant="../age > 20"),
        repeat="members",
        facts=[{"name": "age", "type": "integer"}],
    ),
)
ANSWERS: dict[str, Value] = {
    "n": 7,
    "zero": 0,
    "d": "2.5",
    "word": "Nur Aini",
    "many": ["a", "c"],
    "one": "b",
    "day": "2026-11-01",
    "hidden": "rahasia",
    f"members[{ANI}]/score": 10,
    f"members[{BUDI}]/score": 5,
    f"members[{ANI}]/unasked": 1,
    f"members[{BUDI}]/unasked": 2,
}
PEOPLE = {"members": [person(ANI, age=40), person(BUDI, age=9), person(CICI, age=30)]}

TABLE: list[tuple[str, Value]] = [
    # numbers
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("7 div 2", "3.5"),
    ("7 mod 4", 3),
    ("-7 mod 4", -3),
    ("0.1 + 0.2 < 0.31", "true"),
    ("- ../n", -7),
    ("../n - 1", 6),
    ("1 div 0", None),
    ("0 div 0", None),
    ("string(1 div 0)", "Infinity"),
    ("number('12')", 12),
    ("string(number('dua'))", "NaN"),
    ("number(true())", 1),
    ("int(-2.7)", -2),
    ("floor(-2.5)", -3),
    ("ceiling(2.1)", 3),
    ("round(2.5)", 3),
    ("round(-2.5)", -2),
    ("round(2.345, 2)", "2.35"),
    ("round(1250, -2)", 1300),
    ("pow(2, 10)", 1024),
    ("sqrt(16) + abs(-1) + exp(0) + log10(100)", 8),
    ("round(pi(), 2)", "3.14"),
    ("string(sqrt(-1))", "NaN"),
    ("2500000 * 12", 30_000_000),
    # the unanswered is empty text, never zero and never "no node"
    ("../empty = ''", "true"),
    ("../empty = 0", "false"),
    ("../empty < 1 or ../empty >= 1", "false"),
    ("../empty + 1", None),
    ("coalesce(../empty, 0) + 1", 1),
    ("boolean(../empty)", "false"),
    ("../hidden = ''", "true"),
    ("string-length(/data/s/hidden)", 0),
    ("count(/data/s/hidden)", 0),
    ("coalesce(../empty, ../hidden)", None),
    ("not(../empty)", "true"),
    # comparison
    ("../n = 7", "true"),
    ("../n = '7'", "true"),
    ("../n != 7", "false"),
    ("../n > ../d", "true"),
    ("'b' = ../one", "true"),
    ("true() = 'apa pun'", "true"),
    ("/data/m/score = 5", "true"),
    ("../n = 7 and ../d = 2.5 or false()", "true"),
    # choices
    ("selected(../many, 'a')", "true"),
    ("selected(../many, 'b')", "false"),
    ("selected(../empty, 'a')", "false"),
    ("selected-at(../many, 1)", "c"),
    ("selected-at(../many, 5)", None),
    ("count-selected(../many)", 2),
    ("count-selected(../empty)", 0),
    ("jr:choice-name(../one, '/data/s/one')", "pilihan b"),
    ("jr:choice-name(selected-at(../many, 0), ' /data/s/many ')", "pilihan a"),
    # control
    ("if(../n > 5, 'banyak', 'sedikit')", "banyak"),
    ("if(../empty > 5, 1, 2)", 2),
    ("once('pertama')", "pertama"),
    ("boolean('0')", "true"),
    ("boolean(0)", "false"),
    ("boolean-from-string('1')", "true"),
    ("boolean-from-string('ya')", "false"),
    ("checklist(1, 2, 'yes', 'no', 'yes')", "true"),
    ("checklist(3, -1, 'yes', 'no', 'yes')", "false"),
    ("checklist(-1, 1, 'yes', 'yes')", "false"),
    ("weighted-checklist(5, 9, 'yes', 3, 'no', 5, 'yes', 4)", "true"),
    # text
    ("concat('a', ../n, /data/m/score)", "a7105"),
    ("join(', ', /data/m/score)", "10, 5, "),
    ("join('-', 'a', 'b')", "a-b"),
    ("string-length(../word)", 8),
    ("substr('pendamping', 0, 3)", "pen"),
    ("substr('pendamping', 7)", "ing"),
    ("substring-before('36.04', '.')", "36"),
    ("substring-before('36', '.')", None),
    ("substring-after('36.04', '.')", "04"),
    ("translate('1-2-3', '-2', '/')", "1//3"),
    ("normalize-space('  a   b ')", "a b"),
    ("contains(../word, 'Aini')", "true"),
    ("starts-with(../word, 'nur')", "false"),
    ("ends-with(../word, 'ini')", "true"),
    ("regex('3604', '[0-9]+')", "true"),
    ("regex('3604x', '[0-9]+')", "false"),
    ("string(2.50)", "2.5"),
    ("string(5 div 1)", 5),
    # dates count as days
    ("today()", "2026-11-20"),
    ("../day < today()", "true"),
    ("today() - ../day", 19),
    ("date(today() + 7)", "2026-11-27"),
    ("date('2026-02-30')", None),
    ("date(../n)", "1970-01-08"),
    ("date(10000000000)", None),
    ("date-time('2026-11-20')", "2026-11-20T00:00:00.000+00:00"),
    ("decimal-date-time('1970-01-11')", 10),
    ("decimal-time('2026-11-20T06:00:00+00:00')", "0.25"),
    ("substr(now(), 0, 16)", "2026-11-20T03:30"),
    ("format-date(../day, '%e %b %Y, %a')", "1 Nov 2026, Min"),
    ("format-date(../empty, '%Y')", None),
    ("format-date-time(now(), '%d/%m/%y %H.%M')", "20/11/26 03.30"),
    ("../day = '2026-11-01'", "true"),
    # rows of a repeat
    ("count(/data/m)", 3),
    ("count(/data/m/score)", 3),
    ("count-non-empty(/data/m/score)", 2),
    ("string(sum(/data/m/score))", "NaN"),
    ("sum(/data/m/score[. != ''])", 15),
    ("sum(/data/m[age > 20]/unasked[. != ''])", 1),
    ("count(/data/m/unasked)", 2),
    ("max(/data/m/age)", 40),
    ("min(/data/m/age)", 9),
    ("min(3, 2, 5)", 2),
    ("string(max(/data/m/score))", "NaN"),
    ("indexed-repeat(/data/m/age, /data/m, 2)", 9),
    ("indexed-repeat(/data/m/age, /data/m, 9)", None),
    ("/data/m[2]/age", 9),
    ("/data/m[last()]/age", 30),
    ("/data/m[position() = 1]/age", 40),
    ("count(/data/s/n | /data/s/d)", 2),
    ("count(/data/m/*) > 3", "true"),
    # the previous visit
    ("instance('__last-saved')/data/s/n", 6),
    ("../n > 10 * instance('__last-saved')/data/s/n", "false"),
    ("../n > 10 * instance('__last-saved')/data/s/d", "false"),
    ("count(instance('__last-saved')/data/m)", 1),
    ("current()/../n", 7),
]


def value_of(expression: str) -> Value:
    answer = question("answer", "calculate", calculation=expression)
    first, *others = DATA
    whole = form({**first, "questions": [*first["questions"], answer]}, *others)
    previous: dict[str, Value] = {"n": 6, f"members[{ANI}]/score": 1}
    session = opened(whole, answers=ANSWERS, instances=PEOPLE, previous=previous)
    found = session.answers().get("answer")
    return int(found) if isinstance(found, str) and found.isdecimal() else found


@pytest.mark.parametrize(("expression", "expected"), TABLE)
def test_expression(expression: str, expected: Value) -> None:
    found = value_of(expression)
    wanted = int(expected) if isinstance(expected, str) and expected.isdecimal() else expected
    assert found == wanted


def test_the_table_is_large_enough() -> None:
    assert len(TABLE) >= 60


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("../score", {ANI: "10", BUDI: "5"}),
        ("number(/data/m/score)", {ANI: 10, BUDI: 5}),
        ("position(..)", {ANI: 1, BUDI: 2, CICI: 3}),
        ("count(/data/m)", {ANI: 3, BUDI: 3, CICI: 3}),
        ("max(../../m/age)", {ANI: 40, BUDI: 40, CICI: 40}),
        ("/data/s/n + ../age", {ANI: 47, BUDI: 16, CICI: 37}),
        (
            "/data/m[position() = position(current()/..) - 1]/age",
            {BUDI: "40", CICI: "9"},
        ),
        ("indexed-repeat(/data/m/age, /data/m, position(..) - 1)", {BUDI: "40", CICI: "9"}),
        (
            "instance('__last-saved')/data/m[id = current()/../id]/score",
            {ANI: "1"},
        ),
    ],
)
def test_paths_inside_a_repeat(expression: str, expected: dict[Any, Value]) -> None:
    """An absolute path is that instance's own; a path that climbs out sees them all."""
    first, second = DATA
    answer = question("answer", "calculate", calculation=expression)
    whole = form(first, {**second, "questions": [*second["questions"], answer]})
    previous: dict[str, Value] = {f"members[{ANI}]/score": 1}
    session = opened(whole, answers=ANSWERS, instances=PEOPLE, previous=previous)
    rows = session.instance_answers("members")
    assert {key: row["answer"] for key, row in rows.items() if "answer" in row} == expected


ODD = ("''", "'kata'", "../empty", "../hidden", "-1", "0", "1e3", "99999", "1 div 0", "number('')")
CALLS = (
    *(
        [
            "abs",
            "int",
            "floor",
            "ceiling",
            "round",
            "sqrt",
            "log",
            "log10",
            "exp",
            "exp10",
            "acos",
            "number",
            "string",
        ]
    ),
    *(
        [
            "date",
            "date-time",
            "decimal-date-time",
            "decimal-time",
            "count-selected",
            "boolean",
            "not",
        ]
    ),
    *(
        [
            "boolean-from-string",
            "normalize-space",
            "string-length",
            "sum",
            "min",
            "max",
            "once",
            "concat",
        ]
    ),
)
CALLS_OF_TWO = (
    *(
        [
            "round",
            "pow",
            "atan2",
            "selected",
            "selected-at",
            "substr",
            "contains",
            "starts-with",
            "ends-with",
        ]
    ),
    *(
        [
            "substring-before",
            "substring-after",
            "coalesce",
            "join",
            "format-date",
            "format-date-time",
        ]
    ),
)


def test_no_function_fails_on_odd_values() -> None:
    """In the middle of a visit an expression yields something, or nothing; it never fails."""
    calls = [f"{name}({odd})" for name in CALLS for odd in ODD]
    calls += [f"{name}({a}, {b})" for name in CALLS_OF_TWO for a in ODD for b in ODD]
    calls += [f"substr('abc', {a}, {b}) = translate({a}, {b}, 'x')" for a in ODD for b in ODD]
    calls += [f"{a} {sign} {b}" for sign in ("mod", "div", "*", "<", "=") for a in ODD for b in ODD]
    answers = [question(f"c{i}", "calculate", calculation=c) for i, c in enumerate(calls)]
    first, *others = DATA
    found = opened(form({**first, "questions": [*first["questions"], *answers]}, *others)).answers()
    yielded = [found.get(one["name"]) for one in answers]
    assert all(value is None or isinstance(value, bool | int | float | str) for value in yielded)
    assert any(value is not None for value in yielded)


def test_once_keeps_the_first_value() -> None:
    whole = form(
        section("s", question("n", "integer"), question("kept", "calculate", calculation="1"))
    )
    assert opened(whole).answers()["kept"] == 1
    kept = question("first", "calculate", calculation="once(../n)")
    session = opened(form(section("s", question("n", "integer"), kept)))
    session.set("n", 3)
    session.set("n", 4)
    assert session.answers()["first"] == "3"


def test_a_choice_filter_compares_attributes() -> None:
    villages = question(
        "village",
        "select_one",
        choices=[choice("x", district="a"), choice("y", district="b")],
        choice_filter="district = /data/s/district and name != 'z'",
    )
    districts = question("district", "select_one", codes=("a", "b"))
    session = opened(form(section("s", districts, villages)))
    assert session.item("village").choices == ()
    assert "village" in session.set("district", "b")
    assert [offered.name for offered in session.item("village").choices] == ["y"]


def test_an_unknown_attribute_in_a_choice_filter_is_refused() -> None:
    asked = question("village", "select_one", choice_filter="distrik = 'a'")
    with pytest.raises(FormError, match=r"s\.village\.choice_filter: unknown_path: distrik"):
        form(section("s", asked))
