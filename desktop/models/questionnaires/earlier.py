"""What was answered before a session: the rows of a draft, and the visit before."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from desktop.models.questionnaires import paths, values
from desktop.models.questionnaires.form import KNOWN_REPEAT, Path, Questionnaire, Value
from desktop.models.questionnaires.layout import Place
from desktop.models.questionnaires.rows import Rows
from desktop.models.questionnaires.states import Instance
from desktop.models.questionnaires.tree import DataTree
from desktop.models.questionnaires.values import AnswerError

TAKEN_AWAY = "-"
"""What a draft says of a row that was taken away; else the row that it stands within, or nothing."""


def mark(row: Instance) -> str:
    """What a draft says of a row that is there."""
    return "" if row.inside is None else str(row.inside)


def kept_rows(
    form: Questionnaire, kept: Mapping[Path, Value], *, gone: bool = False
) -> dict[str, list[Instance]]:
    """The rows that a draft or a record has, in the order in which they were added."""
    found: dict[str, list[Instance]] = {}
    for path, within in kept.items():
        repeat, row = paths.as_row(path) or ("", None)
        if row is not None and repeat in form.repeats and (gone or within != TAKEN_AWAY):
            outer = UUID(str(within)) if within and within != TAKEN_AWAY else None
            found.setdefault(repeat, []).append(Instance(row, inside=outer))
    return {repeat: sorted(rows, key=lambda row: row.id) for repeat, rows in found.items()}


class LastVisit:
    """The visit before: what was said then, as far as it can be an answer to the form of today.

    Args:
        form: the questionnaire of today.
        answers: of the visit before, which may have had another version of it.
    """

    def __init__(self, form: Questionnaire, answers: Mapping[Path, Value]) -> None:
        self._form = form
        self._answers = _readable(form, answers)
        self._rows = self._rows_of_then()

    def tree(self) -> DataTree:
        """Its answers as a tree of the same shape; what the form does not know is left."""
        tree = DataTree(self._form, {}, Rows(self._form, self._rows))
        for path, value in self._answers.items():
            name, repeat, instance = paths.split(path)
            if self._is_asked(name, repeat) and tree.has((name, instance)):
                tree.write((name, instance), values.as_text(value))
        return tree

    def answer(self, place: Place, rows: Rows) -> Value:
        """What was said then: of the same member, of the row in the same place of a list.

        Args:
            place: the question of today.
            rows: the rows of today.
        """
        if place.instance is None or place.path in self._answers:
            return self._answers.get(place.path)
        repeat = self._form.repeat_of(place.question.name)
        if repeat == KNOWN_REPEAT:
            return None  # others may stand in that place now: nobody answers for another person
        number = rows.within(str(repeat), place.instance.inside).index(place.instance)
        before = self._rows.get(str(repeat), ())
        if len(before) <= number or place.instance.inside is not None:
            return None
        return self._answers.get(paths.join(place.question.name, repeat, before[number].id))

    def _rows_of_then(self) -> dict[str, list[Instance]]:
        """The rows that are named, and those that something was said of."""
        rows = kept_rows(self._form, self._answers)
        for path in self._answers:
            name, repeat, row = paths.split(path)
            if repeat is None or row is None or not self._is_asked(name, repeat):
                continue
            if all(one.id != row for one in rows.get(repeat, ())):
                rows.setdefault(repeat, []).append(Instance(row))
        return rows

    def _is_asked(self, name: str, repeat: str | None) -> bool:
        return name in self._form.questions and self._form.repeat_of(name) == repeat


def _readable(form: Questionnaire, answers: Mapping[Path, Value]) -> dict[Path, Value]:
    """The answers without those to what was a question of another type then."""
    found: dict[Path, Value] = {}
    for path, value in answers.items():
        question = form.questions.get(paths.split(path)[0])
        if question is not None and question.type.is_asked and not question.type.is_select:
            with suppress(AnswerError):
                found[path] = values.normalised(question, value)
        else:
            found[path] = value
    return found
