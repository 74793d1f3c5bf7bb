"""Whether a user might write an op: enrolled on the device, granted the scope then, in that role."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from desktop.models.records.base import REF_SCOPE
from desktop.models.records.people import Role
from desktop.sync.messages import Grant, covers
from server.tables import DEVICE_USER, SCOPE_GRANT

_GRANTS = (
    select(SCOPE_GRANT)
    .where(SCOPE_GRANT.c.user_id == bindparam("user"))
    .order_by(SCOPE_GRANT.c.scope, SCOPE_GRANT.c.valid_from)
)


@dataclass(frozen=True)
class _Span:
    scope: str
    role: Role
    since: int
    until: int | None

    def holds(self, scope: str, moment: int) -> bool:
        return (
            covers(self.scope, scope)
            and self.since <= moment
            and (self.until is None or moment < self.until)
        )


class Authority:
    """Who may write on one device, and where, by the grants of its users."""

    def __init__(self, connection: Connection, device_id: UUID) -> None:
        enrolled = select(DEVICE_USER.c.user_id).where(DEVICE_USER.c.device_id == device_id)
        self._users = frozenset(connection.execute(enrolled).scalars())
        self._spans: dict[UUID, list[_Span]] = defaultdict(list)
        granted = select(SCOPE_GRANT).where(SCOPE_GRANT.c.user_id.in_(self._users))
        for row in connection.execute(granted):
            until = None if row.valid_to is None else _milliseconds(row.valid_to)
            self._spans[row.user_id].append(
                _Span(row.scope, Role(row.role), _milliseconds(row.valid_from), until)
            )

    def is_enrolled(self, user_id: UUID) -> bool:
        """Whether this user may write on this device at all."""
        return user_id in self._users

    def ever_granted(self, scope: str) -> bool:
        """Whether any user of the device was ever granted a scope."""
        spans = (span for held in self._spans.values() for span in held)
        return scope == REF_SCOPE or any(covers(span.scope, scope) for span in spans)

    def roles(self, user_id: UUID, scope: str, moment: int) -> frozenset[Role]:
        """The roles in which a user was granted a scope at a moment (milliseconds since 1970)."""
        spans = self._spans.get(user_id, ())
        if scope == REF_SCOPE:
            return frozenset(span.role for span in spans if span.holds(span.scope, moment))
        return frozenset(span.role for span in spans if span.holds(scope, moment))


def grants_of(connection: Connection, user_id: UUID) -> list[Grant]:
    """All grants of a user, ended ones too, in a fixed order."""
    return [Grant.of_row(row) for row in connection.execute(_GRANTS, {"user": user_id})]


def open_scopes(grants: Iterable[Grant], now: str) -> frozenset[str]:
    """The scopes that a user's laptop is told of at a time, the reference scope with them."""
    held = {grant.scope for grant in grants if grant.is_open(now)}
    return frozenset(held | {REF_SCOPE}) if held else frozenset()


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
