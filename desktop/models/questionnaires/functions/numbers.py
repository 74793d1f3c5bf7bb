"""Numbers: rounding, roots, trigonometry."""

from __future__ import annotations

import math
from collections.abc import Callable

from desktop.models.questionnaires.calls import Body, Call, function

_DIGITS = 15
"""All that a double holds; rounding to more places changes nothing."""


@function("number", (0, 1))
def _number(call: Call) -> float:
    return call.number(0)


@function("int", 1)
def _int(call: Call) -> float:
    return _whole(call.number(0), math.trunc)


@function("floor", 1)
def _floor(call: Call) -> float:
    return _whole(call.number(0), math.floor)


@function("ceiling", 1)
def _ceiling(call: Call) -> float:
    return _whole(call.number(0), math.ceil)


@function("round", (1, 2))
def _round(call: Call) -> float:
    """Halves go up, as XPath says, not to the even neighbour as Python's `round`."""
    places = call.index(1) if len(call) == 2 else 0
    scale = 10.0 ** max(-_DIGITS, min(places, _DIGITS))
    return _whole(call.number(0) * scale + 0.5, math.floor) / scale


def _whole(value: float, cut: Callable[[float], int]) -> float:
    return float(cut(value)) if math.isfinite(value) else value


def _real(compute: Callable[..., float], arity: int) -> Body:
    """A function of real numbers that is NaN where it is not defined."""

    def body(call: Call) -> float:
        try:
            return float(compute(*(call.number(i) for i in range(arity))))
        except (ValueError, OverflowError, ZeroDivisionError):
            return math.nan

    return body


_REAL_FUNCTIONS: dict[str, tuple[Callable[..., float], int]] = {
    "abs": (abs, 1),
    "acos": (math.acos, 1),
    "asin": (math.asin, 1),
    "atan": (math.atan, 1),
    "atan2": (math.atan2, 2),
    "cos": (math.cos, 1),
    "exp": (math.exp, 1),
    "exp10": (lambda x: 10.0**x, 1),
    "log": (math.log, 1),
    "log10": (math.log10, 1),
    "pi": (lambda: math.pi, 0),
    "pow": (math.pow, 2),
    "sin": (math.sin, 1),
    "sqrt": (math.sqrt, 1),
    "tan": (math.tan, 1),
}
for _name, (_compute, _arity) in _REAL_FUNCTIONS.items():
    function(_name, _arity)(_real(_compute, _arity))
