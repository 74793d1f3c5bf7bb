"""From a form's expressions as they are written to a program: parsed, checked, and put in order.

The paths give the graph by which an answer re-evaluates only what depends on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from desktop.models.questionnaires.form import (
    Fact,
    FormError,
    FormProblem,
    Group,
    Question,
    Section,
    walk,
)
from desktop.models.questionnaires.functions.library import parser_with_functions
from desktop.models.questionnaires.program import Aspect, Cell, Dependent, Expression, Program
from desktop.models.questionnaires.reading import ExpressionReader
from desktop.models.questionnaires.structure import Structure, Tables


def compile_form(
    facts: Sequence[Fact], sections: Sequence[Section], tables: Tables | None = None
) -> Program:
    """Parse and check every expression of a form.

    Args:
        facts: what is known of the family before the visit.
        sections: the form.
        tables: the look-up tables that came with it.

    Raises:
        FormError: an expression cannot be parsed, calls an unknown function, names an unknown
            path, or depends on itself.
    """
    structure = Structure(facts, sections, tables or {})
    expressions: dict[Cell, tuple[Expression, ...]] = {}
    dependents: dict[str, list[Dependent]] = defaultdict(list)
    parser = parser_with_functions()
    for cell, place, sources in _written(sections):
        parsed = []
        for source in sources:
            reader = ExpressionReader(parser, structure, cell, place)
            parsed.append(reader.read(source))
            for name, own in reader.references:
                if cell.aspect is not Aspect.DEFAULT:
                    dependents[name].append(Dependent(cell, own))
        expressions[cell] = tuple(parsed)
    return Program(
        expressions=expressions,
        dependents={name: tuple(dict.fromkeys(found)) for name, found in dependents.items()},
        rank=_rank(expressions, dependents, sections),
    )


def _written(sections: Sequence[Section]) -> Iterator[tuple[Cell, str, tuple[str, ...]]]:
    """Every cell that has expressions: the cell, its place in the file, the expressions."""
    for section in sections:
        here = f"sections.{section.name}"
        if section.group is not None:
            yield from _of_group(section.group, here)
        for item in walk(section.items):
            place = f"{here}.{item.name}"
            yield from (
                _of_question(item, place) if isinstance(item, Question) else _of_group(item, place)
            )


def _of_group(group: Group, place: str) -> Iterator[tuple[Cell, str, tuple[str, ...]]]:
    count = group.repeat.count if group.repeat else None
    for aspect, source in ((Aspect.RELEVANT, group.relevant), (Aspect.COUNT, count)):
        if source is not None:
            yield Cell(group.name, aspect), f"{place}.{aspect}", (source,)
    if group.label is not None and group.label.outputs:
        yield Cell(group.name, Aspect.OUTPUTS), f"{place}.label", group.label.outputs


def _of_question(question: Question, place: str) -> Iterator[tuple[Cell, str, tuple[str, ...]]]:
    single = {
        Aspect.RELEVANT: question.relevant,
        Aspect.VALUE: question.calculation,
        Aspect.DEFAULT: question.default,
        Aspect.REQUIRED: question.required,
        Aspect.READ_ONLY: question.read_only,
        Aspect.CHOICES: question.choice_filter,
        Aspect.CONSTRAINT: question.constraint.expression if question.constraint else None,
    }
    for aspect, source in single.items():
        if source is not None:
            yield Cell(question.name, aspect), f"{place}.{aspect}", (source,)
    if question.warnings:
        cell = Cell(question.name, Aspect.WARNINGS)
        yield cell, f"{place}.{cell.aspect}", tuple(w.expression for w in question.warnings)
    outputs = tuple(dict.fromkeys(one for text in question.texts for one in text.outputs))
    if outputs:
        yield Cell(question.name, Aspect.OUTPUTS), f"{place}.label", outputs


def _rank(
    expressions: Mapping[Cell, object],
    dependents: Mapping[str, Sequence[Dependent]],
    sections: Sequence[Section],
) -> dict[Cell, int]:
    """Number the cells so that each comes after all it reads.

    Relevance and value of a question together make the node others read; a node also waits for
    that of the group it stands in.
    """
    graph: TopologicalSorter[Cell | str] = TopologicalSorter()
    for item in _all_items(sections):
        outer = item.group if isinstance(item, Question) else item.within
        aspects = (Aspect.RELEVANT, Aspect.VALUE, Aspect.COUNT)
        graph.add(item.name, *filter(None, [outer]), *(Cell(item.name, one) for one in aspects))
    for name, readers in dependents.items():
        for reader in readers:
            graph.add(reader.cell, name)
    try:
        order = list(graph.static_order())
    except CycleError as error:
        names = [step.name if isinstance(step, Cell) else step for step in error.args[1]]
        loop = " -> ".join(dict.fromkeys(names))
        raise FormError(FormProblem.CYCLE, f"sections.{names[0]}", loop) from error
    ranks = {step: place for place, step in enumerate(order)}
    return {cell: ranks.get(cell, 0) for cell in expressions}


def _all_items(sections: Sequence[Section]) -> Iterator[Question | Group]:
    for section in sections:
        yield from walk(section.items if section.group is None else (section.group,))
