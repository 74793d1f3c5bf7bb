"""Visits that were begun: when their family moves, a record is replaced, or a copy finished them.

A visit's id begins as its draft's does, and its end is drawn when it is finished: so it is known which
visit a draft became, and of a draft that two copies of a laptop finish come two visits.
"""

import json
from collections.abc import Iterable, Mapping, Set
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    String,
    bindparam,
    delete,
    func,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from desktop.models.changes import Changes
from desktop.models.questionnaires import paths
from desktop.models.records.base import new_id
from desktop.models.store.rows import chunks
from desktop.models.tables import (
    DRAFT,
    DRAFT_ANSWER,
    DRAFT_ATTACHMENT,
    HOUSEHOLD,
    MEMBER,
    VISIT,
    VISIT_MEMBER,
    VISIT_REPEAT,
)

_DRAWN = (1 << 32) - 1
"""The random end of an id; what is before it differs within one millisecond, too."""

_NOTHING = json.dumps(None)

_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_HEIR = HOUSEHOLD.alias("heir")
_REPLACED_FAMILIES = (
    select(HOUSEHOLD.c.id, _HEIR.c.id)
    .join(_HEIR, _HEIR.c.id == HOUSEHOLD.c.same_as)
    .where(HOUSEHOLD.c.id.in_(_SOME), HOUSEHOLD.c.deleted_at.is_not(None))
)
_REPLACED_MEMBERS = select(MEMBER.c.id, MEMBER.c.same_as).where(
    MEMBER.c.id.in_(_SOME), MEMBER.c.deleted_at.is_not(None), MEMBER.c.same_as.is_not(None)
)
_FAMILY: Select[Any] = select(HOUSEHOLD.c.id, HOUSEHOLD.c.scope).where(
    HOUSEHOLD.c.id == bindparam("sought")
)
_VISIT: Select[Any] = select(VISIT.c.id, VISIT.c.answers).where(
    VISIT.c.id.between(bindparam("first"), bindparam("last"))
)
_ANSWERS = select(DRAFT_ANSWER).where(DRAFT_ANSWER.c.draft_id == bindparam("draft"))
_RENAME_ANSWERS = (
    update(DRAFT_ANSWER)
    .where(DRAFT_ANSWER.c.draft_id == bindparam("draft"))
    .values(
        path=func.replace(DRAFT_ANSWER.c.path, bindparam("old"), bindparam("new")),
        value=func.replace(
            type_coerce(DRAFT_ANSWER.c.value, String), bindparam("old"), bindparam("new")
        ),
    )
)
_RENAME_FILES = (
    update(DRAFT_ATTACHMENT)
    .where(DRAFT_ATTACHMENT.c.draft_id == bindparam("draft"))
    .values(path=func.replace(DRAFT_ATTACHMENT.c.path, bindparam("old"), bindparam("new")))
)
_SAID = select(DRAFT_ANSWER.c.path, DRAFT_ANSWER.c.value).where(
    DRAFT_ANSWER.c.draft_id == bindparam("draft"), DRAFT_ANSWER.c.path.in_(_SOME)
)
_KEPT = ("value", "accepted", "is_unread")
_INSERT = insert(DRAFT_ANSWER)
_KEEP = _INSERT.on_conflict_do_update(
    index_elements=["draft_id", "path"], set_={name: _INSERT.excluded[name] for name in _KEPT}
)
_FILES = select(DRAFT_ATTACHMENT.c.id, DRAFT_ATTACHMENT.c.path).where(
    DRAFT_ATTACHMENT.c.draft_id == bindparam("draft")
)


def drawn_from(draft_id: UUID) -> UUID:
    """An id for the visit that a draft becomes now."""
    return UUID(int=draft_id.int & ~_DRAWN | uuid4().int & _DRAWN)


def visit_of(connection: Connection, draft_id: UUID) -> Row[Any] | None:
    """The visit that a draft became, on whatever laptop, and its answers; None if none is here."""
    low = draft_id.int & ~_DRAWN
    both = {"first": UUID(int=low), "last": UUID(int=low | _DRAWN)}
    return connection.execute(_VISIT, both).first()


def family_of(connection: Connection, household_id: UUID) -> Row[Any] | None:
    """The record by which a family goes now, and its village; None if it is not here."""
    heirs = _heirs(connection, _REPLACED_FAMILIES, [household_id])
    sought = {"sought": heirs.get(household_id, household_id)}
    return connection.execute(_FAMILY, sought).first()


def heirs_of(connection: Connection, members: Iterable[UUID]) -> dict[UUID, UUID]:
    """Member -> the one whose record took their place, nearest first; of those of whom one did."""
    return _heirs(connection, _REPLACED_MEMBERS, members)


def heir_paths(connection: Connection, asked: Iterable[str]) -> dict[str, str]:
    """Path -> the same of whose record took the place, nearest first; of those where one did."""
    known = list(asked)
    heirs = heirs_of(connection, {row for path in known if (row := paths.split(path)[2])})
    return {
        path: path.replace(str(replaced), str(heir))
        for replaced, heir in heirs.items()
        for path in known
        if str(replaced) in path
    }


def keep_answers(
    connection: Connection, draft_id: UUID, answers: Mapping[str, Mapping[str, Any]]
) -> None:
    """Writes answers by path, columns and all.

    What is said of somebody whose record another one replaced, is said of that one too, if nothing else is
    by itself.
    """
    rows = dict(answers)
    moved = heir_paths(connection, answers)
    sought = {"draft": draft_id, "some": [*moved, *moved.values()]}
    said = {row.path: row.value for row in connection.execute(_SAID, sought)} if moved else {}
    said |= {heirs: rows[heirs]["value"] for heirs in moved.values() if heirs in rows}
    for path, heirs in moved.items():
        if said.get(heirs) in (None, said.get(path)):
            rows[heirs] = answers[path]
            said[heirs] = answers[path]["value"]
    connection.execute(
        _KEEP,
        [
            {"draft_id": draft_id, "path": path} | {name: row[name] for name in _KEPT}
            for path, row in rows.items()
        ],
    )


def file_path(connection: Connection, draft_id: UUID, path: str) -> str:
    """Where a file is filed: under the one who is asked now, unless another file is there already."""
    heirs = heir_paths(connection, [path]).get(path, path)
    files = connection.execute(_FILES, {"draft": draft_id}).all()
    return path if any(file.path == heirs for file in files) else heirs


def hand_over_drafts(connection: Connection, changes: Changes) -> None:
    """Lets visits that were begun go on where their family lives, with the records that are used now.

    Those that were finished elsewhere do not go on.
    """
    if changes.touches(["visit"]):
        for draft in connection.execute(select(DRAFT)).all():
            _leave_finished(connection, draft)
    drafts = connection.execute(select(DRAFT)).all()
    replaced = heirs_of(connection, changes.of("member") if drafts else ()).keys()
    for draft in drafts:
        _follow_family(connection, draft)
        if replaced:
            _follow_members(connection, draft.id, replaced)


def _heirs(connection: Connection, replaced: Select[Any], ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Record -> the last of those that took its place one after the other, nearest first."""
    known = list(ids)
    after: dict[UUID, UUID] = {}
    fresh = set(known)
    while fresh:
        found = {
            row[0]: row[1]
            for some in chunks(fresh)
            for row in connection.execute(replaced, {"some": some})
        }
        after |= found
        fresh = set(found.values()) - after.keys()

    def line(one: UUID) -> list[UUID]:
        heirs = [one]
        while (heir := after.get(heirs[-1])) and heir not in heirs:
            heirs.append(heir)
        return heirs

    return {each[0]: each[-1] for each in sorted(map(line, known), key=len) if len(each) > 1}


def _follow_family(connection: Connection, draft: Row[Any]) -> None:
    family = family_of(connection, draft.household_id)
    if family is not None and (family.id, family.scope) != (draft.household_id, draft.scope):
        place = {"household_id": family.id, "scope": family.scope}
        connection.execute(update(DRAFT).where(DRAFT.c.id == draft.id).values(place))


def _follow_members(connection: Connection, draft_id: UUID, replaced: Set[UUID]) -> None:
    draft = {"draft": draft_id}
    rows = {row.path: row._asdict() for row in connection.execute(_ANSWERS, draft)}
    about = [path for path in rows if paths.split(path)[2] in replaced]
    moved = heir_paths(connection, about)
    if moved:
        keep_answers(connection, draft_id, {path: rows[path] for path in moved})
    for file in connection.execute(_FILES, draft).all():
        path = file_path(connection, draft_id, file.path)
        if path != file.path:
            of_file = DRAFT_ATTACHMENT.c.id == file.id
            connection.execute(update(DRAFT_ATTACHMENT).where(of_file).values(path=path))


def _leave_finished(connection: Connection, draft: Row[Any]) -> None:
    """Forgets a draft that was finished elsewhere; if it says more than the visit, it is one of its own.

    When it was gone on with says nothing: the copies may both have been, whatever their clocks say.
    """
    visit = visit_of(connection, draft.id)
    if visit is None:
        return
    said = _said(connection, visit)
    kept = _kept(connection, draft.id)
    if any(value != said.get(asked, _NOTHING) for asked, value in kept.items()):
        anew = new_id()
        connection.execute(insert(DRAFT).values({**draft._asdict(), "id": anew}))
        for table in (DRAFT_ANSWER, DRAFT_ATTACHMENT):
            of_draft = table.c.draft_id == draft.id
            connection.execute(update(table).where(of_draft).values(draft_id=anew))
        _draw_anew(connection, anew)
    connection.execute(delete(DRAFT).where(DRAFT.c.id == draft.id))


def _kept(connection: Connection, draft_id: UUID) -> dict[tuple[str, UUID | None], str]:
    """Question, and the member or row of whom it is -> what a draft says, as JSON."""
    rows = connection.execute(_ANSWERS, {"draft": draft_id}).all()
    replaced = heir_paths(connection, [one.path for one in rows])
    return {
        (name, row): json.dumps(one.value, sort_keys=True)
        for one in rows
        if not paths.as_row(one.path) and one.path not in replaced
        for name, _, row in [paths.split(one.path)]
    }


def _said(connection: Connection, visit: Row[Any]) -> dict[tuple[str, UUID | None], str]:
    """The same of a visit."""
    of_members = select(VISIT_MEMBER.c.member_id, VISIT_MEMBER.c.answers)
    of_rows = select(VISIT_REPEAT.c.id, VISIT_REPEAT.c.answers)
    said = [
        (None, visit.answers),
        *connection.execute(of_members.where(VISIT_MEMBER.c.visit_id == visit.id)),
        *connection.execute(of_rows.where(VISIT_REPEAT.c.visit_id == visit.id)),
    ]
    return {
        (name, row): json.dumps(value, sort_keys=True)
        for row, answers in said
        for name, value in answers.items()
    }


def _draw_anew(connection: Connection, draft_id: UUID) -> None:
    """Gives other ids to the files of a draft, and to the rows of its repeats: a visit has theirs."""
    draft = {"draft": draft_id}
    asked = [row.path for row in connection.execute(_ANSWERS, draft)]
    rows = [found[1] for path in asked if (found := paths.as_row(path))]
    files = [file.id for file in connection.execute(_FILES, draft)]
    for old in [*rows, *files]:
        fresh = new_id()
        ids = {"old": str(old), "new": str(fresh)}
        connection.execute(_RENAME_ANSWERS, {**draft, **ids})
        connection.execute(_RENAME_FILES, {**draft, **ids})
        of_file = DRAFT_ATTACHMENT.c.id == old
        connection.execute(update(DRAFT_ATTACHMENT).where(of_file).values(id=fresh))
