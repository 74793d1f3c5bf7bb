"""Who may write what: role x table x field. The server checks it for every op, the ui asks it first.

State moves are judged by `states`, which knows the transitions.
"""

from collections.abc import Iterable, Mapping

from desktop.models.records.people import Role

ALL = frozenset({"*"})
"""Every field of a table."""

RESOLUTION = frozenset({"resolved_value", "resolved_by", "resolved_at", "reason"})
_FAMILY = ("household", "family_card", "member", "business", "grant", "state_move")
_RECORDING = ("visit", "visit_member", "visit_repeat", "attachment", "progress_report")
_ASKING = ("visit_assignment",)
_REFERENCE = ("programme_year", "user", "questionnaire", "cadence")

_BELONGING: dict[str, frozenset[str]] = {
    "visit": frozenset({"household_id"}),
    "visit_member": frozenset({"member_id"}),
    "attachment": frozenset({"household_id"}),
}
"""Whose a visit is, when one record of a family takes the place of another.

Likewise a facilitator writes of an assigned visit only whose it is.
"""

WRITABLE: Mapping[Role, Mapping[str, frozenset[str]]] = {
    Role.FACILITATOR: dict.fromkeys(_FAMILY + _RECORDING, ALL)
    | {"conflict": RESOLUTION, "visit_assignment": frozenset({"household_id"})},
    Role.VERIFIER: dict.fromkeys(_FAMILY + _ASKING, ALL) | _BELONGING | {"conflict": RESOLUTION},
    Role.PROVINCE: dict.fromkeys(_FAMILY + _ASKING + _REFERENCE, ALL)
    | _BELONGING
    | {"conflict": RESOLUTION},
    Role.PARTNER: {},
}


def forbidden_fields(role: Role, table: str, fields: Iterable[str]) -> frozenset[str]:
    """The fields among `fields` that this role may not write in this table."""
    allowed = WRITABLE[role].get(table, frozenset())
    return frozenset() if allowed == ALL else frozenset(fields) - allowed


def may_add(role: Role, table: str) -> bool:
    """Whether this role may write new rows in this table."""
    return WRITABLE[role].get(table) == ALL


def may_write(role: Role, table: str) -> bool:
    """Whether this role may write anything in this table."""
    return table in WRITABLE[role]
