"""Deciding a conflict: who may let which value stand, and when they have to say why.

The server judges the ops that follow by `authority` and `states`; this asks the same beforehand.
"""

from desktop.models.records.base import Json
from desktop.models.records.catalogue import BY_NAME, ScopeLevel
from desktop.models.records.fields import split
from desktop.models.records.people import Role
from desktop.models.rules.authority import WRITABLE, forbidden_fields, may_write
from desktop.models.rules.states import LIFECYCLES, way

STATE = "state"
"""The field of a conflict between two moves; it is written by a move, not by an edit."""

DELETED = "deleted_at"
"""The field of a conflict between a delete and an edit."""


DUPLICATE = "duplicate"
"""The field of a conflict between two members with one national id; it is of the member."""


DUPLICATE_RULE = "one-number-one-person"
"""The rule of such a record: a field of a newer version may have the same name."""

SEVERAL_PEOPLE = "several_people"
"""The answer to it after which nothing is asked any more, though the number stays shared."""


def may_resolve(role: Role, table: str) -> bool:
    """Whether a conflict about a table is any business of a role."""
    if BY_NAME[table].level is ScopeLevel.REF:
        return may_write(role, table)
    return "conflict" in WRITABLE[role]


def may_change(role: Role, table: str, field: str) -> bool:
    """Whether a role may let another value stand in a field than the one that does.

    While a conflict is open, the district may write the field that it is about.
    """
    column, _ = split(BY_NAME[table], field)
    is_free = role is Role.VERIFIER or not forbidden_fields(role, table, [column])
    return is_free and may_resolve(role, table)


def deciders(table: str, field: str, now: Json, value: Json) -> frozenset[Role]:
    """The roles that may let `value` stand where `now` does.

    For a state these are the roles that may make every move on the way to it.
    """
    return frozenset(role for role in Role if _may_choose(role, table, field, now, value))


def needs_reason(table: str, field: str) -> bool:
    """Whether a decision has to say why: about states, deletes, and whatever time may not decide."""
    return field in (STATE, DELETED) or BY_NAME[table].is_guarded(field)


def _may_choose(role: Role, table: str, field: str, now: Json, value: Json) -> bool:
    if now == value:
        return may_resolve(role, table)
    if field == STATE:
        return table in LIFECYCLES and way(table, str(now), str(value), role) is not None
    return may_change(role, table, field)
