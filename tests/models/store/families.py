"""Synthetic families in a real store, and the proof that rows, ops and the log belong together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.operations import households, visits
from desktop.models.ops import LogHead, Op, stamp
from desktop.models.records.base import Fields, new_id, utc_now
from desktop.models.records.fields import flatten
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.engine import check_integrity
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.tables import DEVICE_LOG, DRAFT, OUTBOX, SYNCED
from tests.servers import VILLAGE

USER = UUID("019376f0-0000-7000-8000-0000000000a1")
QUESTIONNAIRE = ("household_visit", 1)


@dataclass(frozen=True)
class Family:
    """A family that was recorded: the household and its members, the head first."""

    id: UUID
    members: tuple[UUID, ...]


def new_store(folder: Path, clock: Callable[[], datetime] = utc_now) -> Store:
    """A store whose user is known, as after the first sign-in."""
    store = Store.open(folder, clock)
    with store.writing() as connection:
        set_meta(connection, Meta.USER_ID, str(USER))
    return store


def record_family(
    store: Store, *names: str, national_id: str | None = None, card: str | None = None
) -> Family:
    """Registers a family; the first name is its head's, who has the NIK."""
    household = Household(scope=VILLAGE, hamlet="Krajan", phone="+6281200000001")
    members = [
        Member(
            scope=VILLAGE,
            household_id=household.id,
            name=name,
            relation=Relation.CHILD if place else Relation.HEAD,
            national_id=None if place else national_id,
        )
        for place, name in enumerate(names)
    ]
    with store.recording() as writer:
        households.register(writer, household, members, card)
    return Family(household.id, tuple(member.id for member in members))


def begin_visit(store: Store, family: Family, **answers: object) -> UUID:
    """A draft with some answers; gives its id."""
    draft = visits.DraftHead(new_id(), family.id, VILLAGE, *QUESTIONNAIRE, utc_now())
    kept = {path: visits.KeptAnswer(value) for path, value in answers.items()}
    with store.writing() as connection:
        visits.save_answers(connection, draft, USER, kept, place=next(reversed(kept), None))
    return draft.id


def finish_visit(store: Store, family: Family, draft_id: UUID) -> UUID:
    """Finishes a draft, with an answer of its own and one about each member; gives the visit's id."""
    with store.recording() as writer:
        draft = writer.connection.execute(select(DRAFT).where(DRAFT.c.id == draft_id)).one()
        finished = visits.FinishedVisit(
            visited_on=date(2026, 11, 21),
            outcome=VisitOutcome.MET,
            answers={"floor": "earth", "rooms": 2, "debt": 1_500_000},
            members={member: {"school": True} for member in family.members},
        )
        return visits.finish(writer, draft, finished)


def assert_consistent(store: Store) -> None:
    """The file is sound, the log is a chain, and each row is what its ops say and nothing else.

    Only for a store that has never received anything: there every row comes from its ops.
    """
    with store.reading() as connection:
        assert check_integrity(connection)
        assert_chained(connection)
        assert _rows(connection) == _rows_of_ops(connection), "rows and outbox say different things"


def assert_chained(connection: Connection) -> None:
    """Salts, digests and hashes of each epoch are those that its seed and its ops give."""
    device_id = UUID(get_meta(connection, Meta.DEVICE_ID))
    for log in connection.execute(select(DEVICE_LOG)):
        rows = connection.execute(
            select(OUTBOX).where(OUTBOX.c.epoch == log.epoch).order_by(OUTBOX.c.dseq)
        ).all()
        head = LogHead.fresh(device_id, log.epoch, log.seed)
        ops = [
            (
                Op(
                    row.table_name,
                    row.row_id,
                    row.scope,
                    row.base,
                    row.incarnation,
                    row.at,
                    row.user_id,
                    row.fields,
                ),
                row.salt if row.salt_kept else None,
            )
            for row in rows
        ]
        for row, (stamped, after) in zip(rows, stamp(head, ops), strict=True):
            made = (stamped.dseq, stamped.salt, stamped.digest, stamped.hash)
            assert made == (row.dseq, row.salt, row.digest, row.hash), f"op {row.dseq}"
            head = after
        assert (head.dseq, head.hash, head.key) == (log.dseq, log.hash, log.key)


def _rows(connection: Connection) -> dict[UUID, tuple[str, str, Fields]]:
    return {
        row.id: (name, row.scope, flatten(name, row._asdict()))
        for name, table in SYNCED.items()
        for row in connection.execute(select(table))
    }


def _rows_of_ops(connection: Connection) -> dict[UUID, tuple[str, str, Fields]]:
    found: dict[UUID, tuple[str, str, Fields]] = {}
    for op in connection.execute(select(OUTBOX).order_by(OUTBOX.c.epoch, OUTBOX.c.dseq)):
        fields = found.setdefault(op.row_id, (op.table_name, op.scope, {}))[2]
        fields.update(op.fields)
    return {
        row_id: (name, scope, {key: value for key, value in fields.items() if value is not None})
        for row_id, (name, scope, fields) in found.items()
    }
