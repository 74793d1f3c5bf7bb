"""What was chosen: `selected`, `count-selected`, `jr:choice-name`."""

from __future__ import annotations

from desktop.models.questionnaires.calls import Call, function


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
