"""What the compiled form's reader objects to, said of the workbook: in which row, and in a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from desktop.models.questionnaires.form import FormError, FormProblem
from server.questionnaires.findings import SURVEY, Finding
from server.questionnaires.workbook import Workbook

_SENTENCES: Mapping[FormProblem, str] = {
    FormProblem.BAD_NAME: "The name $detail cannot be used: letters, digits, _ and -, no digit first.",
    FormProblem.NAME_TAKEN: "The name $detail is used twice.",
    FormProblem.NO_CHOICES: "$detail has no choices.",
    FormProblem.BAD_EXPRESSION: "The expression cannot be read: $detail",
    FormProblem.BAD_RANGE: "The range has to go from start to end in whole steps.",
    FormProblem.NESTED: "The family's members cannot be asked within another repeat.",
    FormProblem.UNKNOWN_PATH: "$detail is no question, and nothing that is known.",
    FormProblem.CYCLE: "These questions depend on each other in a circle: $detail",
}
"""All others would be a mistake of the compiler, and say so."""


def finding_of(error: FormError, book: Workbook) -> Finding:
    """A form's error as a finding of the workbook."""
    names = error.place.split(".")
    row = next((row for row in map(book.named, reversed(names)) if row is not None), None)
    sentence = _SENTENCES.get(error.problem, "This is not supported ($problem: $detail).")
    text = Template(sentence).substitute(detail=error.detail, problem=error.problem.value)
    column = names[-1] if row is not None and names[-1] != row.name else ""
    where = f"{column}: {text}" if column else text
    return Finding(where, SURVEY, row.number if row else None, row.name if row else "")
