"""Laptops that are no more than what they send: requests made beforehand, byte for byte.

Each has an account, a token, and a village of its own, and stands where the province left it. Its
ops are real ones: stamped, chained, framed and gzipped as a laptop does it; then the load costs
this machine next to nothing while the province is measured.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select, update

from desktop.models.ops import LogHead, Op, new_seed, stamp
from desktop.models.records.base import as_json, new_id, utc_now
from desktop.models.records.people import Role
from desktop.sync import wire
from desktop.sync.messages import Batch, Origin, Request, Standing, grants_digest
from server.queries import accounts, devices, incarnations, tokens
from server.queries.authority import grants_of
from server.tables import ASIDE, DEVICE, LOG, SCOPE_HEAD
from tests.benchmarks.sync import families
from tests.benchmarks.sync.province import Province
from tests.servers import FAST_PASSWORDS, PASSWORD

OPS_A_FAMILY: Final = 2
_APP: Final = "0.1.0"


@dataclass
class Device:
    """A laptop that has received everything and sent nothing.

    Attributes:
        id: its device id.
        user_id: who works on it.
        token: what its requests carry.
        village: the scope that its user was granted, with nothing in it yet.
        standing: where it stands.
    """

    id: UUID
    user_id: UUID
    token: str
    village: str
    standing: Standing
    requests: list[bytes] = field(default_factory=list)

    def prepare(self, batches: int, ops: int) -> None:
        """Makes the requests of consecutive batches of so many ops, new families all of them."""
        chance = Random(self.village)  # noqa: S311 nobody's family twice, whoever else comes
        seed = new_seed()
        head = LogHead.fresh(self.id, 1, seed)
        cursors = dict(self.standing.cursors)
        for _ in range(batches):
            made = self._ops(ops, head.dseq, chance)
            origin = Origin(seed) if head.dseq == 0 else None
            batch = Batch(1, head.dseq + 1, head.hash, made, origin)
            for _, after in stamp(head, made):
                head = after
            there = Standing(self.standing.incarnation, 1, head.dseq, cursors, self.standing.grants)
            now = int(utc_now().timestamp() * 1000)
            request = Request(_APP, now, wire.DEFAULT_ROOM, digest=there.digest(), batch=batch)
            self.requests.append(self._http(request))
            cursors[self.village] = head.dseq

    def _ops(self, count: int, base: int, chance: Random) -> list[tuple[Op, bytes | None]]:
        at = int(utc_now().timestamp() * 1000)
        drawn = families.families(self.village, count // OPS_A_FAMILY, chance)
        return [
            (
                Op(
                    table,
                    record.id,
                    self.village,
                    base,
                    self.standing.incarnation,
                    at,
                    self.user_id,
                    as_json(record),
                ),
                None,
            )
            for family in drawn
            for table, record in (("household", family.household), ("member", family.head))
        ]

    def _http(self, request: Request) -> bytes:
        body, folded = wire.encode(wire.request_to_json(request))
        lines = (
            "POST /sync HTTP/1.1",
            "Host: province",
            "Accept-Encoding: gzip",
            "Content-Type: application/json",
            *(("Content-Encoding: gzip",) if folded else ()),
            f"Authorization: Bearer {self.token}",
            f"Content-Length: {len(body)}",
        )
        return "\r\n".join((*lines, "", "")).encode() + body


def enrolled(province: Province, count: int) -> list[Device]:
    """Devices of as many new users, each with a village to itself."""
    now = utc_now()
    villages = _fresh_villages(province, count)
    password = FAST_PASSWORDS.hash(PASSWORD)
    made: list[Device] = []
    with province.database.writing() as connection:
        incarnation = incarnations.current(connection)
        assert incarnation is not None
        for number, village in enumerate(villages):
            name = f"Pendamping {village}"
            new = accounts.NewAccount(name, name, Role.FACILITATOR, password)
            account = accounts.add(connection, new, now)
            accounts.grant(connection, account, village, now)
            device = devices.NewDevice(new_id(), f"laptop {number}", new_id().bytes * 2)
            devices.enrol(connection, device, account.user_id, now)
            token = tokens.issue(connection, account.user_id, device.id, now)
            grants = grants_digest(grants_of(connection, account.user_id))
            standing = Standing(incarnation.name, 1, 0, {}, grants)
            made.append(Device(device.id, account.user_id, token, village, standing))
        ref = select(SCOPE_HEAD.c.head).where(SCOPE_HEAD.c.scope == "ref")
        cursors = {"ref": connection.execute(ref).scalar_one()}
        ids = [device.id for device in made]
        connection.execute(update(DEVICE).where(DEVICE.c.id.in_(ids)).values(cursors=cursors))
    for one in made:
        one.standing = Standing(one.standing.incarnation, 1, 0, cursors, one.standing.grants)
    return made


def _fresh_villages(province: Province, count: int) -> list[str]:
    """Villages that nobody was granted yet."""
    with province.database.reading() as connection:
        taken = connection.execute(select(func.count()).select_from(DEVICE)).scalar_one()
    numbers = range(taken, taken + count)
    return [f"36.{number // 1000:02}.01.{2000 + number % 1000}" for number in numbers]


@dataclass(frozen=True)
class Line:
    """An open connection of a device."""

    source: asyncio.StreamReader
    sink: asyncio.StreamWriter

    @classmethod
    async def to(cls, address: str) -> "Line":
        """Connects."""
        place = urlsplit(address)
        return cls(*await asyncio.open_connection(place.hostname, place.port))

    async def ask(self, request: bytes) -> float:
        """Sends a request and reads the answer; the seconds that it took.

        Raises:
            RuntimeError: it was not answered with success.
        """
        begun = perf_counter()
        self.sink.write(request)
        head = await self.source.readuntil(b"\r\n\r\n")
        size = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await self.source.readexactly(int(size))
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        return perf_counter() - begun

    def close(self) -> None:
        """Hangs up."""
        self.sink.close()


def assert_applied(province: Province, asked: Sequence[Device], ops: int) -> None:
    """Every op of these devices is in the log, and none was set aside."""
    ids = [device.id for device in asked]
    with province.database.reading() as connection:
        in_log = select(func.count()).select_from(LOG).where(LOG.c.device_id.in_(ids))
        aside = select(func.count()).select_from(ASIDE).where(ASIDE.c.device_id.in_(ids))
        found = (connection.execute(in_log).scalar(), connection.execute(aside).scalar())
    assert found == (ops, 0), f"{found} of {ops} ops"
