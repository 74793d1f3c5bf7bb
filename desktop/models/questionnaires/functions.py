"""The functions of ODK XPath, each as its documentation says, added to the parser.

A function that is not here (random values, geography, look-ups in files) is refused when the
form is loaded, by its name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from elementpath.xpath_nodes import ElementNode

from desktop.models.questionnaires.calls import Body, Call, function
from desktop.models.questionnaires.xpath import DATE, Atom, OdkParser, atom, number, text
from desktop.models.rules.dates import DAY_NAMES, MONTH_NAMES

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = 15
"""All that a double holds; rounding to more places changes nothing."""

_LANGUAGE = "id"
"""Values computed into the record must not depend on the language of the screen."""


# --- control -------------------------------------------------------------------------------


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


# --- choices -------------------------------------------------------------------------------


@function("selected", 2)
def _selected(call: Call) -> bool:
    return call.text(1).strip() in call.text(0).split()


@function("selected-at", 2)
def _selected_at(call: Call) -> str:
    chosen, index = call.text(0).split(), call.number(1)
    return chosen[int(index)] if 0 <= index < len(chosen) else ""


@function("count-selected", 1)
def _count_selected(call: Call) -> float:
    return float(len(call.text(0).split()))


@function("choice-name", 2, prefix="jr")
def _choice_name(call: Call) -> str:
    question = call.text(1).strip().rpartition("/")[2]
    return call.environment.choice_label(question, call.text(0))


# --- nodes ---------------------------------------------------------------------------------


@function("current", 0)
def _current(call: Call) -> object:
    return [call.context.origin]


@function("instance", 1)
def _instance(call: Call) -> object:
    return [call.environment.previous]


@function("position", (0, 1))
def _position(call: Call) -> float:
    if not len(call):
        return float(call.context.position)
    for node in call.nodes(0):
        siblings = node.parent.children if isinstance(node.parent, ElementNode) else [node]
        return 1.0 + [s for s in siblings if s.name == node.name].index(node)
    return math.nan


@function("last", 0)
def _last(call: Call) -> float:
    return float(call.context.size or 0)


@function("indexed-repeat", 3)
def _indexed_repeat(call: Call) -> object:
    groups, index = call.nodes(1), call.number(2)
    if not 1 <= index <= len(groups):
        return []
    return [node for node in call.nodes(0) if node.parent is groups[int(index) - 1]]


@function("count", 1)
def _count(call: Call) -> float:
    return float(len(call.nodes(0)))


@function("count-non-empty", 1)
def _count_non_empty(call: Call) -> float:
    return float(sum(atom(node) != "" for node in call.nodes(0)))


@function("sum", (1, None))
def _sum(call: Call) -> float:
    return float(sum(map(number, call.values())))


@function("min", (1, None))
def _min(call: Call) -> float:
    return _extreme(min, call)


@function("max", (1, None))
def _max(call: Call) -> float:
    return _extreme(max, call)


def _extreme(choose: Callable[[list[float]], float], call: Call) -> float:
    numbers = [number(value) for value in call.values()]
    return math.nan if not numbers or any(map(math.isnan, numbers)) else choose(numbers)


@function("join", (2, None))
def _join(call: Call) -> str:
    return call.text(0).join(text(value) for value in call.values(1))


@function("concat", (1, None))
def _concat(call: Call) -> str:
    return "".join(text(value) for value in call.values())


# --- text ----------------------------------------------------------------------------------


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


# --- numbers -------------------------------------------------------------------------------


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


# --- dates ---------------------------------------------------------------------------------


@function("today", 0)
def _today(call: Call) -> str:
    return call.environment.today.isoformat()


@function("now", 0)
def _now(call: Call) -> str:
    return call.environment.now.isoformat(timespec="milliseconds")


@function("date", 1)
def _date(call: Call) -> str:
    """A date from its text or from days since 1970; empty where there is none."""
    moment = _moment(call.value(0))
    return "" if moment is None else moment.date().isoformat()


@function("date-time", 1)
def _date_time(call: Call) -> str:
    moment = _moment(call.value(0))
    return "" if moment is None else moment.isoformat(timespec="milliseconds")


@function("decimal-date-time", 1)
def _decimal_date_time(call: Call) -> float:
    return call.number(0)


@function("decimal-time", 1)
def _decimal_time(call: Call) -> float:
    moment = _moment(call.value(0))
    if moment is None:
        return math.nan
    return (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) / timedelta(days=1)


@function("format-date", 2)
@function("format-date-time", 2)
def _format_date(call: Call) -> str:
    moment = _moment(call.value(0))
    if moment is None:
        return ""
    return re.sub("%(.)", lambda mark: _written(moment, mark[1]), call.text(1))


def _moment(value: Atom) -> datetime | None:
    """A moment from its text or from days since 1970 (which a question holds as text, too)."""
    try:
        if isinstance(value, str) and DATE.fullmatch(value):
            return datetime.combine(date.fromisoformat(value), datetime.min.time(), tzinfo=UTC)
        if isinstance(value, str) and DATE.match(value):
            return datetime.fromisoformat(value)
        return _EPOCH + timedelta(days=number(value))
    except (ValueError, OverflowError):
        return None


_MARKS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at.year:04}",
    "y": lambda at: f"{at.year % 100:02}",
    "m": lambda at: f"{at.month:02}",
    "n": lambda at: str(at.month),
    "b": lambda at: MONTH_NAMES[_LANGUAGE][at.month - 1][:3],
    "d": lambda at: f"{at.day:02}",
    "e": lambda at: str(at.day),
    "a": lambda at: DAY_NAMES[_LANGUAGE][at.weekday()][:3],
    "H": lambda at: f"{at.hour:02}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02}",
    "S": lambda at: f"{at.second:02}",
    "3": lambda at: f"{at.microsecond // 1000:03}",
    "%": lambda _at: "%",
}


def _written(moment: datetime, mark: str) -> str:
    write = _MARKS.get(mark)
    return "%" + mark if write is None else write(moment)


def parser_with_functions() -> OdkParser:
    """A parser that knows every function of this module."""
    return OdkParser()
