"""Texts: `concat`, `substr`, `regex` and their like."""

from __future__ import annotations

import re

from desktop.models.questionnaires.calls import Call, function


@function("string", (0, 1))
def _string(call: Call) -> str:
    return call.text(0)


@function("string-length", (0, 1))
def _string_length(call: Call) -> float:
    return float(len(call.text(0)))


@function("normalize-space", (0, 1))
def _normalize_space(call: Call) -> str:
    return " ".join(call.text(0).split())


@function("contains", 2)
def _contains(call: Call) -> bool:
    return call.text(1) in call.text(0)


@function("starts-with", 2)
def _starts_with(call: Call) -> bool:
    return call.text(0).startswith(call.text(1))


@function("ends-with", 2)
def _ends_with(call: Call) -> bool:
    return call.text(0).endswith(call.text(1))


@function("substr", (2, 3))
def _substr(call: Call) -> str:
    start, end = call.index(1), call.index(2) if len(call) == 3 else None
    return call.text(0)[start:end]


@function("substring-before", 2)
def _substring_before(call: Call) -> str:
    before, found, _after = call.text(0).partition(call.text(1) or "\0")
    return before if found else ""


@function("substring-after", 2)
def _substring_after(call: Call) -> str:
    target = call.text(1)
    return call.text(0).partition(target)[2] if target else call.text(0)


@function("translate", 3)
def _translate(call: Call) -> str:
    old, new = call.text(1), call.text(2)
    table: dict[str, str | int | None] = {}
    for place, character in enumerate(old):
        table.setdefault(character, new[place : place + 1])
    return call.text(0).translate(str.maketrans(table))


@function("regex", 2)
def _regex(call: Call) -> bool:
    return re.fullmatch(call.text(1), call.text(0)) is not None
