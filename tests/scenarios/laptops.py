"""Laptops for scenarios: real stores and the real engine, against a real server in this process."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.models.operations import households, visits
from desktop.models.records.base import Fields, new_id, utc_now
from desktop.models.records.fields import flatten
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.engine import check_integrity
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta
from desktop.models.store.rows import read_row
from desktop.models.tables import CONFLICT, CURSOR, MEMBER, OUTBOX, SHADOW, SYNCED, VISIT
from desktop.sync import messages
from desktop.sync.client import Client
from desktop.sync.engine import Engine, Pace
from desktop.sync.enrolment import enrol
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.history import Run
from tests.servers import PASSWORD, VILLAGE


@dataclass
class Laptop:
    """One facilitator's laptop: a folder, a store in it, an account on a server."""

    folder: Path
    server: str
    login: str
    clock: Callable[[], datetime] = utc_now
    pace: Pace = field(default_factory=Pace)

    def __post_init__(self) -> None:
        self.store = Store.open(self.folder, self.clock)

    def enrol(self) -> "Laptop":
        with self.client() as client:
            enrol(self.store, client, self.login, PASSWORD)
        return self

    @contextmanager
    def client(self) -> Iterator[Client]:
        with self.store.reading() as connection:
            token = get_meta(connection, Meta.TOKEN)
        client = Client(self.server, token)
        try:
            yield client
        finally:
            client.close()

    def try_sync(self, client: Client | None = None) -> Run:
        if client is not None:
            return Engine(self.store, client, "0.1.0", self.pace).run()
        with self.client() as own:
            return Engine(self.store, own, "0.1.0", self.pace).run()

    def sync(self) -> Run:
        run = self.try_sync()
        assert run.fault is None, f"{self.login} could not sync: {run.fault} {run.detail}"
        return run

    def register(self, name: str, scope: str = VILLAGE, **fields: Any) -> UUID:
        household = Household(scope=scope, **fields)
        head = Member(scope=scope, household_id=household.id, name=name, relation=Relation.HEAD)
        with self.store.recording() as writer:
            households.register(writer, household, [head])
        return household.id

    def add_member(self, household_id: UUID, name: str, scope: str = VILLAGE) -> UUID:
        member = Member(scope=scope, household_id=household_id, name=name)
        with self.store.recording() as writer:
            households.add_member(writer, member)
        return member.id

    def edit(self, row_id: UUID, table: str = "household", **fields: Any) -> None:
        with self.store.recording() as writer:
            writer.update(table, row_id, dict(fields))

    def relocate(self, household_id: UUID, village: str) -> None:
        with self.store.recording() as writer:
            households.relocate(writer, household_id, village)

    def delete(self, row_id: UUID, table: str = "household") -> None:
        with self.store.recording() as writer:
            writer.delete(table, row_id)

    def begin_visit(self, household_id: UUID) -> visits.DraftHead:
        """A visit that is not finished: a draft with one answer."""
        family = self.everything()[household_id]
        draft = visits.DraftHead(
            new_id(), household_id, family[1], "household_visit", 1, self.clock()
        )
        with self.store.writing() as connection:
            user_id = UUID(get_meta(connection, Meta.USER_ID))
            answer = {"water": visits.KeptAnswer("1")}
            visits.save_answers(connection, draft, user_id, answer, None)
        return draft

    def finish_visit(self, draft: visits.DraftHead, **answers: Any) -> UUID:
        finished = visits.FinishedVisit(self.clock().date(), VisitOutcome.MET, answers)
        with self.store.recording() as writer:
            return visits.finish(writer, draft, finished)

    def visit(self, household_id: UUID, **answers: Any) -> UUID:
        return self.finish_visit(self.begin_visit(household_id), **answers)

    def row(self, row_id: UUID, table: str = "household") -> Fields | None:
        with self.store.reading() as connection:
            found = read_row(connection, table, row_id)
        return None if found is None else found[1]

    def scope_of(self, row_id: UUID) -> str | None:
        """Where a row lives here."""
        found = self.everything().get(row_id)
        return None if found is None else found[1]

    def state_of(self, visit_id: UUID) -> str:
        """Where a visit stands here."""
        query = select(VISIT.c.state).where(VISIT.c.id == visit_id)
        with self.store.reading() as connection:
            return str(connection.execute(query).scalar_one())

    def members_of(self, household_id: UUID) -> list[UUID]:
        query = select(MEMBER.c.id).where(MEMBER.c.household_id == household_id)
        with self.store.reading() as connection:
            return list(connection.execute(query.order_by(MEMBER.c.id)).scalars())

    def conflicts(self) -> list[Any]:
        with self.store.reading() as connection:
            return list(connection.execute(select(CONFLICT).order_by(CONFLICT.c.field)).all())

    def outbox(self) -> list[Any]:
        order = (OUTBOX.c.epoch, OUTBOX.c.dseq)
        with self.store.reading() as connection:
            return list(connection.execute(select(OUTBOX).order_by(*order)).all())

    def everything(self) -> dict[UUID, tuple[str, str, Fields]]:
        """Every row here: table, scope, fields."""
        found = {}
        with self.store.reading() as connection:
            for name, table in SYNCED.items():
                for row in connection.execute(select(table)):
                    found[row.id] = (name, row.scope, flatten(name, row._asdict()))
        return found

    def scopes(self) -> set[str]:
        """The scopes that this laptop holds."""
        with self.store.reading() as connection:
            held = select(CURSOR.c.scope).where(~CURSOR.c.withdrawn)
            return set(connection.execute(held).scalars())

    def states(self) -> set[str]:
        return {row.state for row in self.outbox()}

    def assert_whole(self) -> None:
        """Everything is sent, nothing lies over the province's values, the file is sound."""
        assert self.states() <= {"confirmed", "quarantined", "answered"}
        with self.store.reading() as connection:
            overlay = [row for row in self.outbox() if row.overlay and row.state == "confirmed"]
            assert not overlay
            assert not [
                row
                for row in connection.execute(select(SHADOW)).all()
                if row.row_id not in {op.row_id for op in self.outbox() if op.overlay}
            ]
            assert check_integrity(connection)

    def copied_to(self, folder: Path, login: str | None = None) -> "Laptop":
        """A copy of the disk: the same laptop twice."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        self.store = Store.open(self.folder, self.clock)
        return Laptop(folder, self.server, login or self.login, self.clock)

    def close(self) -> None:
        self.store.close()


def later(clock: Callable[[], datetime], **delta: float) -> Callable[[], datetime]:
    """A clock that is wrong by some time."""
    return lambda: clock() + timedelta(**delta)


class AnswerLost(Client):
    """A session whose next answers are lost on the way: the province has heard, we have not."""

    lost = 1

    def exchange(self, request: messages.Request) -> tuple[messages.Answer, float]:
        answer = super().exchange(request)
        if self.lost > 0:
            self.lost -= 1
            raise SyncFailure(SyncFault.CUT_OFF)
        return answer
