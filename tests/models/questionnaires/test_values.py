"""Answers by type: what may be typed, what is kept, what is refused."""

from typing import Any

import pytest

from desktop.models.questionnaires.form import Question, Value
from desktop.models.questionnaires.values import AnswerError, normalised, parse
from tests.models.questionnaires.forms import TODAY, form, question, section


def asked(kind: str) -> Question:
    keys: dict[str, Any] = {"codes": ("a", "b", "c")} if kind.startswith("select") else {}
    return form(section("s", question("q", kind, **keys))).questions["q"]


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("rupiah", "2,5 juta", 2_500_000),
        ("rupiah", "Rp 2.500.000", 2_500_000),
        ("rupiah", "  ", None),
        ("integer", "1.500", 1500),
        ("integer", " 30 ", 30),
        ("integer", "-2", -2),
        ("decimal", "36,5", "36.5"),
        ("decimal", "36.50", "36.5"),
        ("decimal", "100", "100"),
        ("date", "24/05/2022", "2022-05-24"),
        ("date", "24 Mei 2022", "2022-05-24"),
        ("text", " catatan ", "catatan"),
        ("select_one", "b", "b"),
        ("select_multiple", "c, a", ["a", "c"]),
        ("acknowledge", "OK", "OK"),
    ],
)
def test_typed(kind: str, typed: str, expected: Value) -> None:
    assert parse(asked(kind), typed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("rupiah", "2,500", "ambiguous"),
        ("rupiah", "banyak", "not_an_amount"),
        ("integer", "2,5", "not_a_whole_number"),
        ("decimal", "1.234", "ambiguous_number"),
        ("decimal", "luas", "not_a_number"),
        ("date", "32/01/2026", "impossible"),
        ("date", "besok", "not_a_date"),
        ("select_one", "z", "not_a_choice"),
        ("select_multiple", "a z", "not_a_choice"),
        ("note", "x", "not_asked"),
    ],
)
def test_typed_in_vain(kind: str, typed: str, code: str) -> None:
    with pytest.raises(AnswerError) as refused:
        parse(asked(kind), typed, today=TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("integer", "7", "not_a_whole_number"),
        ("integer", True, "not_a_whole_number"),
        ("rupiah", 10**15, "too_large"),
        ("decimal", "NaN", "not_a_number"),
        ("decimal", "1e30", "too_large"),
        ("decimal", ["1"], "not_a_number"),
        ("date", 5, "not_a_date"),
        ("date", "2026-02-30", "not_a_date"),
        ("text", 5, "not_text"),
        ("select_multiple", "a", "not_a_choice"),
        ("acknowledge", "ya", "not_a_choice"),
    ],
)
def test_values_of_the_wrong_kind(kind: str, value: Value, code: str) -> None:
    with pytest.raises(AnswerError) as refused:
        normalised(asked(kind), value)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("select_multiple", ["c", "a"], ["a", "c"]),
        ("select_multiple", [], None),
        ("text", " \n", None),
        ("decimal", 12, "12"),
        ("decimal", "1.500", "1.5"),
        ("date", "20261120", "2026-11-20"),
    ],
)
def test_kept_in_one_form(kind: str, value: Value, kept: Value) -> None:
    assert normalised(asked(kind), value) == kept
