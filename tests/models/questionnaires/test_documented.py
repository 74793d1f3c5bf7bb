"""Each function as ODK documents it, with what its documentation promises as expected values.

Source: docs.getodk.org, "Form Operators and Functions", and the ODK XForms specification, "XPath
functions". What is documented and not supported is refused by name.
"""

import math
import re
from typing import Any

import pytest

from desktop.models.questionnaires.form import FormError, FormProblem, Value
from tests.models.questionnaires.forms import (
    ANI,
    BUDI,
    CICI,
    form,
    opened,
    person,
    question,
    section,
)

DATA = (
    section(
        "s",
        question("even", "integer"),
        question("empty", "integer"),
        question("nothing"),
        question("colours", "select_multiple", codes=("red", "blue", "green", "purple")),
        question("when", "dateTime"),
        question("at", "time"),
        question("day", "date"),
        question("field", "geopoint"),
    ),
    section(
        "child",
        question("name"),
        question("weight", "integer"),
        repeat="members",
        facts=[{"name": "age", "type": "integer"}],
    ),
)
ANSWERS: dict[str, Value] = {
    "even": 4,
    "colours": ["red", "green", "purple"],
    "when": "2026-05-24T18:00:00.250+07:00",
    "at": "18:00:00.000+07:00",
    "day": "2026-02-03",
    "field": "-6.1203 106.1503 0 0",
    f"members[{ANI}]/name": "Ani",
    f"members[{BUDI}]/name": "Budi",
    f"members[{ANI}]/weight": 31,
}
PEOPLE = {"members": [person(ANI, age=12), person(BUDI, age=9), person(CICI, age=15)]}

PROMISED: list[tuple[str, str, Value]] = [
    # an unanswered question is an empty string, and is not converted to zero
    ("empty", "string-length(string(../empty))", 0),
    ("empty", "string(../empty + 1)", "NaN"),
    ("empty", "../empty = 0", "false"),
    ("empty", "../empty >= 0", "false"),
    ("empty", "../empty = ''", "true"),
    ("empty", "../empty != ''", "false"),
    ("empty", "string(round(../empty, 1))", "NaN"),
    ("empty", "string(sum(/data/child/weight))", "NaN"),
    ("empty", "concat('a', ../nothing, 'b')", "ab"),
    ("empty", "coalesce(../empty, 5)", 5),
    ("empty", "if(../empty = '', 'kosong', 'isi')", "kosong"),
    ("empty", "format-date(../nothing, '%Y')", None),
    ("empty", "selected(../nothing, 'x')", "false"),
    # operators
    ("mod", "(../even mod 2) = 0", "true"),
    ("div", "50 div 100", "0.5"),
    ("and", "../even > -1 and ../even < 120", "true"),
    ("or", "../even < 19 or ../even > 64", "true"),
    # control flow
    ("if", "if(../even > 3, 'ya', 'tidak')", "ya"),
    ("position", "position(/data/child[2])", 2),
    ("once", "once(../even)", 4),
    # choices: a zero-indexed, space-delimited array of names
    ("selected", "selected(../colours, 'green')", "true"),
    ("selected", "selected(../colours, 'gree')", "false"),
    ("selected-at", "selected-at(../colours, 0)", "red"),
    ("selected-at", "selected-at(../colours, 3)", None),
    ("count-selected", "count-selected(../colours) = 3", "true"),
    (
        "jr:choice-name",
        "jr:choice-name(selected-at(../colours, 2), '/data/s/colours')",
        "pilihan purple",
    ),
    # repeats
    ("indexed-repeat", "indexed-repeat(/data/child/name, /data/child, 2)", "Budi"),
    ("indexed-repeat", "indexed-repeat(/data/child/name, /data/child, 4)", None),
    ("count", "count(/data/child)", 3),
    ("count-non-empty", "count-non-empty(/data/child/name)", 2),
    ("sum", "sum(/data/child/age)", 36),
    ("max", "max(/data/child/age)", 15),
    ("min", "min(/data/child/age)", 9),
    # strings
    ("regex", "regex('A', '[A-Z]')", "true"),
    ("regex", "regex('AB', '[A-Z]')", "false"),  # an exact and complete match
    ("contains", "contains('pendamping', 'damp')", "true"),
    ("starts-with", "starts-with('pendamping', 'pen')", "true"),
    ("ends-with", "ends-with('pendamping', 'ping')", "true"),
    ("substr", "substr('pendamping', 3, 7)", "damp"),  # up to, but not including, the end
    ("substr", "substr('pendamping', 3)", "damping"),
    ("substring-before", "substring-before('36.04.01', '.')", "36"),
    ("substring-before", "substring-before('.36', '.')", None),
    ("substring-before", "substring-before('36', '.')", None),
    ("substring-after", "substring-after('36.04.01', '.')", "04.01"),
    ("substring-after", "substring-after('36', '.')", None),
    ("translate", "translate('aaabc', 'ab', 'x')", "xxxc"),
    ("string-length", "string-length('kopi')", 4),
    ("normalize-space", "normalize-space('  kopi   susu ')", "kopi susu"),
    ("concat", "concat('a', 1, 'b')", "a1b"),
    ("concat", "concat(/data/child/name)", "AniBudi"),
    ("join", "join(' ', /data/child/name[. != ''])", "Ani Budi"),
    ("boolean-from-string", "boolean-from-string('true')", "true"),
    ("boolean-from-string", "boolean-from-string('1')", "true"),
    ("boolean-from-string", "boolean-from-string('yes')", "false"),
    ("string", "concat(string(3.50), '|')", "3.5|"),
    # numbers
    ("round", "round(3.14159, 2)", "3.14"),
    ("int", "int(3.99)", 3),
    ("int", "int(-3.99)", -3),
    ("number", "number('12') + 1", 13),
    ("number", "number(true())", 1),
    ("number", "number(false())", 0),
    ("number", "string(number('dua belas'))", "NaN"),
    ("digest", "digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest", "digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
    (
        "digest",
        "digest('abc', 'SHA-256', 'hex')",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    ("base64-decode", "base64-decode('QmFudGVu')", "Banten"),
    ("pow", "pow(2, 3)", 8),
    ("log", "round(log(2.718281828459045), 6)", 1),
    ("log10", "log10(1000)", 3),
    ("abs", "abs(-4)", 4),
    ("sin", "round(sin(pi() div 2), 6)", 1),
    ("cos", "cos(0)", 1),
    ("tan", "tan(0)", 0),
    ("asin", "round(asin(1) * 2, 5) = round(pi(), 5)", "true"),
    ("acos", "acos(1)", 0),
    ("atan", "round(atan(1) * 4, 5) = round(pi(), 5)", "true"),
    ("atan2", "round(atan2(1, -1), 5) = round(pi() * 0.75, 5)", "true"),
    ("sqrt", "sqrt(81)", 9),
    ("exp", "exp(0)", 1),
    ("exp10", "exp10(3)", 1000),
    ("pi", "substr(string(pi()), 0, 7)", "3.14159"),
    ("floor", "floor(2.9)", 2),
    ("ceiling", "ceiling(2.1)", 3),
    # dates: `date` and `decimal-date-time` are the inverse of each other
    ("today", "today()", "2026-11-20"),
    ("now", "substr(now(), 0, 19)", "2026-11-20T03:30:00"),
    ("decimal-date-time", "decimal-date-time(date('1970-01-02'))", 1),
    ("date", "date(decimal-date-time(../day))", "2026-02-03"),
    ("date", "date('2026-02-28') + 1 = decimal-date-time(date('2026-03-01'))", "true"),
    ("date-time", "date-time('1970-01-01') = date-time(0)", "true"),
    ("decimal-time", "decimal-time('2026-05-24T12:00:00.000+07:00')", "0.5"),
    ("decimal-time", "decimal-time(../when)", "0.75000289"),
    ("format-date", "format-date(../day, '%Y %y %m %n %d %e')", "2026 26 02 2 03 3"),
    ("format-date", "format-date('2026-08-17', '%a, %e %b')", "Sen, 17 Agu"),
    ("format-date-time", "format-date-time(../when, '%H.%M:%S,%3')", "18.00:00,250"),
    ("format-date-time", "format-date-time('2026-05-24T06:05:00.000+07:00', '%h %H')", "6 06"),
    # geography: metres and square metres, without altitude
    ("distance", "round(distance('0 0 0 0', '0 1 0 0') div 1000)", 111),
    ("distance", "round(distance('0 0;0 1;1 1;0 0') div 1000)", 380),
    ("area", "round(area('0 0;0 1;1 1;1 0;0 0') div 1000000000)", 12),
    # utility
    ("random", "random() >= 0 and random() < 1", "true"),
    (
        "uuid",
        "regex(uuid(), '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}')",
        "true",
    ),
    ("uuid", "string-length(uuid(12))", 12),
    ("boolean", "boolean(2)", "true"),
    ("boolean", "boolean(0)", "false"),
    ("boolean", "boolean('0')", "true"),
    ("boolean", "boolean('')", "false"),
    ("boolean", "boolean(/data/child)", "true"),
    ("boolean", "boolean(/data/child[age > 99])", "false"),
    ("not", "not(1 = 2)", "true"),
    ("coalesce", "coalesce('', 'b')", "b"),
    ("coalesce", "coalesce(../empty, ../nothing)", None),
    ("checklist", "checklist(1, 2, 'yes', 'yes', 'no')", "true"),
    ("checklist", "checklist(1, 2, 'yes', 'yes', 'yes')", "false"),
    ("checklist", "checklist(-1, 1, 'no')", "true"),
    ("checklist", "checklist(1, -1, 'Yes')", "false"),  # exactly the string "yes"
    ("weighted-checklist", "weighted-checklist(3, 5, 'yes', 2, 'yes', 2, 'no', 9)", "true"),
    ("weighted-checklist", "weighted-checklist(-1, 3, 'yes', 2, 'yes', 2)", "false"),
    ("true", "true()", "true"),
    ("false", "false()", "false"),
]
"""What is shown, an expression, and what it yields; None where that is nothing."""

DOCUMENTED = frozenset(
    [
        "if",
        "position",
        "once",
        "selected",
        "selected-at",
        "count-selected",
        "jr:choice-name",
        "indexed-repeat",
        "count",
        "count-non-empty",
        "sum",
        "max",
        "min",
        "regex",
        "contains",
        "starts-with",
        "ends-with",
        "substr",
        "substring-before",
        "substring-after",
        "translate",
        "string-length",
        "normalize-space",
        "concat",
        "join",
        "boolean-from-string",
        "string",
        "round",
        "int",
        "number",
        "digest",
        "pow",
        "log",
        "log10",
        "abs",
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
        "atan",
        "atan2",
        "sqrt",
        "exp",
        "exp10",
        "pi",
        "today",
        "now",
        "decimal-date-time",
        "date",
        "decimal-time",
        "format-date",
        "format-date-time",
        "area",
        "distance",
        "random",
        "uuid",
        "boolean",
        "not",
        "coalesce",
        "checklist",
        "weighted-checklist",
        "true",
        "false",
    ]
)
"""All functions of the documentation but `randomize`, which is refused."""


def value_of(expression: str) -> Any:
    answer = question("answer", "calculate", calculation=expression)
    first, *others = DATA
    whole = form({**first, "questions": [*first["questions"], answer]}, *others)
    return opened(whole, answers=ANSWERS, instances=PEOPLE).answers().get("answer")


def test_every_documented_function_is_shown() -> None:
    assert {name for name, _expression, _value in PROMISED} >= DOCUMENTED


@pytest.mark.parametrize(("name", "expression", "promised"), PROMISED)
def test_what_is_promised_is_so(name: str, expression: str, promised: Value) -> None:
    found = value_of(expression)
    if isinstance(promised, str) and re.fullmatch(r"-?\d+\.\d+", promised):
        assert math.isclose(float(found), float(promised), abs_tol=1e-6), name
    else:
        assert str(found) == str(promised), name


@pytest.mark.parametrize("name", ["randomize", "jr:itext", "thousands-sep", "intersects"])
def test_what_is_not_supported_is_refused_by_name(name: str) -> None:
    with pytest.raises(FormError) as refused:
        value_of(f"{name}(/data/child)")
    assert refused.value.problem is FormProblem.BAD_EXPRESSION
    assert f"unknown function '{name.rpartition(':')[2]}'" in refused.value.detail


def test_once_keeps_what_was_there_when_its_question_changes() -> None:
    kept = question("kept", "calculate", calculation="once(../n)")
    session = opened(form(section("s", question("n", "integer"), kept)))
    session.set("n", 3)
    session.set("n", 4)
    session.set("n", None)
    assert session.answers()["kept"] == "3"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("position(..)", [1, 2, 3]),  # the index of this row
        ("count(/data/child)", [3, 3, 3]),
        ("indexed-repeat(/data/child/age, /data/child, position(..))", ["12", "9", "15"]),
        ("../age", ["12", "9", "15"]),  # the answer of the same row
        ("sum(../../child/age) - ../age", [24, 27, 21]),
    ],
)
def test_within_a_repeat(expression: str, expected: list[Any]) -> None:
    first, second = DATA
    answer = question("answer", "calculate", calculation=expression)
    whole = form(first, {**second, "questions": [*second["questions"], answer]})
    rows = opened(whole, answers=ANSWERS, instances=PEOPLE).instance_answers("members")
    assert [rows[one]["answer"] for one in (ANI, BUDI, CICI)] == expected


@pytest.mark.parametrize(
    ("expression", "typed", "is_fit"),
    [
        (". >= 18", 17, False),
        (". >= 18", 18, True),
        ("string-length() = 2", 18, True),  # without an argument: of the question itself
        ("string-length(.) = 3", 18, False),
    ],
)
def test_a_dot_is_the_question_itself(expression: str, typed: int, is_fit: bool) -> None:
    message = {"id": "Tidak sesuai", "en": "Does not fit"}
    asked = question("n", "integer", constraint={"expression": expression, "message": message})
    session = opened(form(section("s", asked)))
    session.set("n", typed)
    assert (not session.checks.errors("n")) is is_fit
