"""A questionnaire with anything wrong in it is refused, naming the place and the thing."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.models.questionnaires.form import FormError, FormProblem, load
from desktop.models.questionnaires.loader import read
from tests.models.questionnaires.forms import choice, question, raw, section, text


def one(**keys: Any) -> dict[str, Any]:
    """A form with the question `q` (keys added) and the question `other`."""
    asked = question("q") | keys
    return raw(section("s", asked, question("other", "integer")))


def message(expression: str, **keys: str) -> dict[str, Any]:
    return {"expression": expression, "message": text("pesan"), **keys}


REFUSED: list[tuple[dict[str, Any], FormProblem, str, str]] = [
    (one(relevant="foo(1)"), FormProblem.BAD_EXPRESSION, "sections.s.q.relevant", "'foo'"),
    (
        one(relevant="pulldata('a', 'b', 'c', 'd')"),
        FormProblem.UNKNOWN_PATH,
        "sections.s.q.relevant",
        "a",
    ),
    (one(relevant="jr:itext('a')"), FormProblem.BAD_EXPRESSION, "sections.s.q.relevant", "itext"),
    (one(relevant="//other = 1"), FormProblem.BAD_EXPRESSION, "sections.s.q.relevant", "'//'"),
    (one(relevant="@id = 1"), FormProblem.BAD_EXPRESSION, "sections.s.q.relevant", "'@'"),
    (one(relevant="$other = 1"), FormProblem.BAD_EXPRESSION, "sections.s.q.relevant", "'$'"),
    (
        one(relevant="preceding-sibling::other = 1"),
        FormProblem.BAD_EXPRESSION,
        "sections.s.q.relevant",
        "preceding-sibling",
    ),
    (one(relevant="1 +"), FormProblem.BAD_EXPRESSION, "sections.s.q.relevant", "1 +"),
    (one(relevant="if(1, 2)"), FormProblem.BAD_EXPRESSION, "sections.s.q.relevant", "if"),
    (one(relevant="regex(., '[')"), FormProblem.BAD_EXPRESSION, "sections.s.q.relevant", "["),
    (one(relevant="regex(., ../other)"), FormProblem.BAD_EXPRESSION, "s.q.relevant", "literal"),
    (one(relevant="../othr = 1"), FormProblem.UNKNOWN_PATH, "sections.s.q.relevant", "othr"),
    (one(relevant="/data/t/other"), FormProblem.UNKNOWN_PATH, "sections.s.q.relevant", "t"),
    (one(relevant="../../../../x"), FormProblem.UNKNOWN_PATH, "sections.s.q.relevant", ".."),
    (
        one(default="instance('desa')/data/s/q"),
        FormProblem.UNKNOWN_PATH,
        "sections.s.q.default",
        "desa",
    ),
    (
        one(default="jr:choice-name('a', '/data/s/other')"),
        FormProblem.UNKNOWN_PATH,
        "sections.s.q.default",
        "/data/s/other",
    ),
    (one(relevant=". = 1"), FormProblem.CYCLE, "sections.q", "q"),
    (
        raw(
            section(
                "s",
                question("a", relevant="../b = 1"),
                question("b", "calculate", calculation="../a"),
            )
        ),
        FormProblem.CYCLE,
        "sections.",
        "a",
    ),
    (
        raw(section("s", question("a"), relevant="a = 'x'")),
        FormProblem.CYCLE,
        "sections.",
        "s",
    ),
    (one(constraint=message("foo()")), FormProblem.BAD_EXPRESSION, "s.q.constraint", "foo"),
    (
        one(warnings=[message(". = ../x", name="w")]),
        FormProblem.UNKNOWN_PATH,
        "sections.s.q.warnings",
        "x",
    ),
    (one(warnings=[message(".")]), FormProblem.MISSING, "sections.s.q.warnings.0", "name"),
    (
        one(warnings=[message(".", name="w"), message(".", name="w")]),
        FormProblem.NAME_TAKEN,
        "sections.s.q.warnings",
        "w",
    ),
    (one(constraint="x"), FormProblem.WRONG_TYPE, "sections.s.q.constraint", "str"),
    (one(type="geotrace"), FormProblem.WRONG_TYPE, "sections.s.q.type", "geotrace"),
    (one(type="calculate"), FormProblem.MISSING, "sections.s.q", "calculation"),
    (one(type="select_one"), FormProblem.NO_CHOICES, "sections.s.q", "q"),
    (one(choices=[choice("a")]), FormProblem.UNKNOWN_KEY, "sections.s.q", "choices"),
    (one(type="note", required=True), FormProblem.UNKNOWN_KEY, "sections.s.q", "required"),
    (one(type="note", calculation="1"), FormProblem.UNKNOWN_KEY, "sections.s.q", "calculation"),
    (one(requird=True), FormProblem.UNKNOWN_KEY, "sections.s.q", "requird"),
    (one(required="tru()"), FormProblem.BAD_EXPRESSION, "sections.s.q.required", "tru"),
    (one(required=3), FormProblem.WRONG_TYPE, "sections.s.q.required", "int"),
    (one(label={"id": "x"}), FormProblem.MISSING, "sections.s.q.label", "en"),
    (one(label="x"), FormProblem.WRONG_TYPE, "sections.s.q.label", "str"),
    (
        one(type="select_one", choices=[choice("a"), choice("a")]),
        FormProblem.NAME_TAKEN,
        "sections.s.q.choices",
        "a",
    ),
    (
        one(type="select_one", choices=[choice("a b")]),
        FormProblem.BAD_NAME,
        "sections.s.q.choices.a b",
        "a b",
    ),
    (one(name="Q 1"), FormProblem.BAD_NAME, "sections.s.Q 1", "Q 1"),
    (one(name="id"), FormProblem.BAD_NAME, "sections.s.id", "id"),
    (one(name="other"), FormProblem.NAME_TAKEN, "sections", "other"),
    (
        raw(section("s", question("a")), section("t", question("a"))),
        FormProblem.NAME_TAKEN,
        "sections",
        "a",
    ),
    (raw(section("household")), FormProblem.BAD_NAME, "sections.household", "household"),
    (raw(section("s", facts=[])), FormProblem.UNKNOWN_KEY, "sections.s", "facts"),
    (raw(version="1"), FormProblem.WRONG_TYPE, "version", "str"),
    (raw(sections=3), FormProblem.WRONG_TYPE, "sections", "int"),
    ({"id": "x"}, FormProblem.MISSING, "questionnaire", "sections"),
]


@pytest.mark.parametrize(("data", "problem", "place", "named"), REFUSED)
def test_refused_by_name(
    data: dict[str, Any], problem: FormProblem, place: str, named: str
) -> None:
    with pytest.raises(FormError) as refused:
        read(json.dumps(data))
    assert refused.value.problem is problem
    assert place in refused.value.place
    assert named in refused.value.detail


def test_what_is_no_json_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text('{\n"id": \n', encoding="utf-8")
    with pytest.raises(FormError, match="line 3: not_json"):
        load(file)


def test_a_list_is_no_questionnaire() -> None:
    with pytest.raises(FormError, match="wrong_type: list"):
        read("[]")
