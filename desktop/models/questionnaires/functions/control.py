"""Conditions: `if`, `coalesce`, `once`, `not`, check lists."""

from __future__ import annotations

from desktop.models.questionnaires.calls import Call, function
from desktop.models.questionnaires.xpath import Atom, atom, text


@function("if", 3)
def _if(call: Call) -> object:
    return call.value(1 if call.truth(0) else 2)


@function("coalesce", (2, None))
def _coalesce(call: Call) -> object:
    return next((v for i in range(len(call)) if text(v := call.value(i)) != ""), "")


@function("once", 1)
def _once(call: Call) -> object:
    kept = atom(call.context.origin)
    return call.value(0) if kept == "" else kept


@function("not", 1)
def _not(call: Call) -> bool:
    return not call.truth(0)


@function("boolean", 1)
def _boolean(call: Call) -> bool:
    return call.truth(0)


@function("boolean-from-string", 1)
def _boolean_from_string(call: Call) -> bool:
    return call.text(0) in ("true", "1")


@function("true", 0)
def _true(_call: Call) -> bool:
    return True


@function("false", 0)
def _false(_call: Call) -> bool:
    return False


def _within(call: Call, total: float) -> bool:
    """Whether a count lies between the first two arguments, -1 meaning no limit."""
    least, most = call.number(0), call.number(1)
    return (least == -1 or total >= least) and (most == -1 or total <= most)


def _is_yes(value: Atom) -> bool:
    return value is True or value == "yes"


@function("checklist", (3, None))
def _checklist(call: Call) -> bool:
    return _within(call, sum(_is_yes(value) for value in call.values(2)))


@function("weighted-checklist", (4, None))
def _weighted_checklist(call: Call) -> bool:
    pairs = range(2, len(call) - 1, 2)
    return _within(call, sum(call.number(i + 1) for i in pairs if _is_yes(call.value(i))))
