"""What was answered before a session: the rows of a draft and of the visit before, as a tree of that visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from desktop.models.questionnaires import paths, values
from desktop.models.questionnaires.form import Path, Questionnaire, Value
from desktop.models.questionnaires.rows import Rows
from desktop.models.questionnaires.states import Instance
from desktop.models.questionnaires.tree import DataTree

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


def previous_rows(form: Questionnaire, previous: Mapping[Path, Value]) -> dict[str, list[Instance]]:
    """The rows of the visit before: those that are named, and those that something was said of."""
    rows = kept_rows(form, previous)
    for path in previous:
        name, repeat, row = paths.split(path)
        if repeat is None or row is None or not _is_of(form, name, repeat):
            continue
        if all(one.id != row for one in rows.get(repeat, ())):
            rows.setdefault(repeat, []).append(Instance(row))
    return rows


def _is_of(form: Questionnaire, name: str, repeat: str | None) -> bool:
    return name in form.questions and form.repeat_of(name) == repeat


def previous_tree(
    form: Questionnaire, previous: Mapping[Path, Value], rows: Mapping[str, Sequence[Instance]]
) -> DataTree:
    """The previous answers as a tree of the same shape; what the form does not know is left."""
    tree = DataTree(form, {}, Rows(form, rows))
    for path, value in previous.items():
        name, repeat, instance = paths.split(path)
        if _is_of(form, name, repeat) and tree.has((name, instance)):
            tree.write((name, instance), values.as_text(value))
    return tree
