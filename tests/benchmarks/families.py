"""A store of 100,000 synthetic families, made once a day and kept in the temporary folder.

Rows go in by executemany through the store's own engine and tables; the list of families and its
index are derived by the program's own code. The file is never written again: a benchmark that
writes takes a copy.
"""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, insert, select

from desktop.models.changes import Changes
from desktop.models.operations.reference import load_regions
from desktop.models.questionnaires import loader
from desktop.models.questionnaires.form import Questionnaire
from desktop.models.records.base import new_id, utc_now
from desktop.models.records.businesses import progress_report_id
from desktop.models.records.households import Member
from desktop.models.records.visits import visit_member_id
from desktop.models.rules.dates import month_key, months_until
from desktop.models.store import derived
from desktop.models.store.local import MIGRATIONS, Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import (
    BUSINESS,
    HOUSEHOLD,
    MEMBER,
    PROGRESS_REPORT,
    REGION,
    SCOPE_GRANT,
    STATE_MOVE,
    SYNCED,
    USER,
    VISIT,
    VISIT_MEMBER,
)
from desktop.paths import resources
from desktop.practice import answers, names, people
from desktop.practice.answers import Answered

HOUSEHOLDS: Final = 100_000
VILLAGES: Final = 300
VISITED: Final = 50_000
BUSINESSES: Final = 30_000
MONTHS: Final = 2
"""Of each business."""

WAITING: Final = 500
"""Families with an op that waits to be sent."""

REGENCY: Final = "36.01"
FACILITATOR: Final = UUID("019376f0-0000-7000-8000-0000000000b1")
_SEED: Final = 36
_PATTERNS: Final = 400
"""So many families are drawn in full; the others are like one of them, under names of their own."""

_BATCH: Final = 5_000
_PREFIX: Final = "berdaya-benchmarks-"
_SOURCES: Final = (Path(__file__), Path(derived.__file__), Path(people.__file__))


@dataclass(frozen=True)
class Pattern:
    """A family drawn in full, and what it answered at a visit (by place of the member)."""

    family: people.Family
    household: dict[str, Any]
    members: list[dict[str, Any]]


def home_of_families() -> Path:
    """The folder (as `BERDAYA_HOME`) of the store, made if today's is not there."""
    home = Path(tempfile.gettempdir()) / f"{_PREFIX}{_stamp()}"
    if not home.exists():
        print(f"making {HOUSEHOLDS:,} families in {home} ...", file=sys.stderr, flush=True)
        for old in home.parent.glob(f"{_PREFIX}*"):
            shutil.rmtree(old)
        draft = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}new-"))
        make(draft / "data", HOUSEHOLDS)
        draft.rename(home)
    return home


def questionnaire() -> Questionnaire:
    """The questionnaire that ships with the program."""
    file = resources() / "questionnaires" / "household_visit.json"
    return loader.read(file.read_text(encoding="utf-8"))


@cache
def patterns() -> list[Pattern]:
    """Families drawn in full, the same every time."""
    chance = Random(_SEED)  # noqa: S311 families, not secrets
    draw, form = people.Draw(chance, _today()), questionnaire()
    return [_pattern(draw, form) for _ in range(_PATTERNS)]


def _pattern(draw: people.Draw, form: Questionnaire) -> Pattern:
    family = people.draw_family(draw, f"{REGENCY}.01.2001")
    life = answers.draw_life(draw, family)
    met: Answered = answers.answer_visit(draw, form, life, draw.yesterday, None)
    while not met.members:  # nobody was at home
        met = answers.answer_visit(draw, form, life, draw.yesterday, None)
    about = [_said(met.members.get(member.id, {})) for member in family.members]
    return Pattern(family, _said(met.household), about)


def _said(answered: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answered.items() if value is not None}


def _stamp() -> str:
    """Another one whenever the schema, the way it is filled or the day is another."""
    digest = hashlib.sha256(_today().isoformat().encode())
    for source in sorted((*(MIGRATIONS / "versions").glob("*.py"), *_SOURCES)):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _today() -> date:
    return utc_now().date()


def make(folder: Path, count: int) -> None:
    """A store of so many families in a folder."""
    store = Store.open(folder)
    load_regions(store, resources() / "reference")
    with store.writing() as connection:
        _sign_in(connection)
        villages = _villages(connection)
        _fill(connection, islice(_households(villages), count))
    _edit_some(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _sign_in(connection: Connection) -> None:
    set_meta(connection, Meta.USER_ID, str(FACILITATOR))
    set_meta(connection, Meta.USER_NAME, "Rina Contoh")
    set_meta(connection, Meta.USER_ROLE, "facilitator")
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    connection.execute(
        insert(SCOPE_GRANT).values(
            user_id=FACILITATOR, scope=REGENCY, role="facilitator", valid_from=begun
        )
    )
    connection.execute(
        insert(USER).values(id=FACILITATOR, scope="ref", name="Rina Contoh", role="facilitator")
    )


def _villages(connection: Connection) -> list[str]:
    query = select(REGION.c.code).where(
        REGION.c.level == "village", REGION.c.code.startswith(f"{REGENCY}.")
    )
    return list(connection.execute(query.order_by(REGION.c.code).limit(VILLAGES)).scalars())


@dataclass(frozen=True)
class Drawn:
    """A household of the store: who it is like, where it lives, its number among all."""

    id: UUID
    number: int
    pattern: Pattern
    village: str
    chance: Random


def _households(villages: list[str]) -> Iterator[Drawn]:
    chance = Random(_SEED)  # noqa: S311 families, not secrets
    known = patterns()
    for number in range(HOUSEHOLDS):
        yield Drawn(
            new_id(), number, chance.choice(known), villages[number % len(villages)], chance
        )


def _fill(connection: Connection, households: Iterator[Drawn]) -> None:
    today = _today()
    while batch := list(islice(households, _BATCH)):
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SYNCED}
        changes = Changes()
        for drawn in batch:
            changes.add("household", drawn.id)
            rows[HOUSEHOLD.name].append(_household(drawn))
            members = [_member(drawn, member) for member in drawn.pattern.family.members[:3]]
            rows[MEMBER.name] += members
            if drawn.number % (HOUSEHOLDS // VISITED) == 0:
                _add_visit(rows, drawn, members, today)
            if drawn.number % 10 < 10 * BUSINESSES // HOUSEHOLDS:
                _add_business(rows, drawn, today)
        for name, some in rows.items():
            if some:
                connection.execute(insert(SYNCED[name]), some)
        derived.refresh_derived(connection, changes)


def _household(drawn: Drawn) -> dict[str, Any]:
    like = drawn.pattern.family.household.model_dump()
    phone = f"{people.SYNTHETIC_PHONE}{1_000_000 + drawn.number}"
    return {**like, "id": drawn.id, "scope": drawn.village, "phone": phone}


def _member(drawn: Drawn, member: Member) -> dict[str, Any]:
    chance, like = drawn.chance, member.model_dump()
    is_man = member.sex == "male"
    first, second = (names.MEN, names.SECOND_MEN) if is_man else (names.WOMEN, names.SECOND_WOMEN)
    stem = (
        f"{drawn.village.replace('.', '')[:6]}{chance.randint(1, 28):02}{chance.randint(1, 12):02}"
    )
    return {
        **like,
        "id": new_id(),
        "scope": drawn.village,
        "household_id": drawn.id,
        "name": f"{chance.choice(first)} {chance.choice(second)}",
        "national_id": f"{stem}{chance.randint(0, 99):02}{chance.randint(9000, 9999)}",
    }


def _add_visit(
    rows: dict[str, list[dict[str, Any]]], drawn: Drawn, members: list[dict[str, Any]], today: date
) -> None:
    """The last visit: one in twelve is overdue or due soon, the others were made within the month."""
    is_late = drawn.chance.random() < 1 / 12
    day = today - timedelta(
        days=drawn.chance.randint(23, 60) if is_late else drawn.chance.randint(1, 21)
    )
    begun = datetime.combine(day, time(3), UTC)
    visit_id = new_id()
    rows[VISIT.name].append(
        {
            "id": visit_id,
            "scope": drawn.village,
            "household_id": drawn.id,
            "facilitator_id": FACILITATOR,
            "visited_on": day,
            "outcome": "met",
            "questionnaire": "household_visit",
            "questionnaire_version": 1,
            "started_at": begun,
            "finished_at": begun + timedelta(minutes=30),
            "answers": drawn.pattern.household,
            "state": "submitted",
        }
    )
    rows[VISIT_MEMBER.name] += [
        {
            "id": visit_member_id(visit_id, member["id"]),
            "scope": drawn.village,
            "visit_id": visit_id,
            "member_id": member["id"],
            "answers": said,
        }
        for member, said in zip(members, drawn.pattern.members, strict=False)
    ]
    rows[STATE_MOVE.name].append(
        {
            "id": new_id(),
            "scope": drawn.village,
            "subject_table": "visit",
            "subject_id": visit_id,
            "from_state": "draft",
            "to_state": "submitted",
            "user_id": FACILITATOR,
            "moved_at": begun,
            "seq": drawn.number + 1,
        }
    )


def _add_business(rows: dict[str, list[dict[str, Any]]], drawn: Drawn, today: date) -> None:
    business_id, chance = new_id(), drawn.chance
    rows[BUSINESS.name].append(
        {
            "id": business_id,
            "scope": drawn.village,
            "household_id": drawn.id,
            "name": "Warung Contoh",
            "kbli_code": chance.choice(sorted(names.BUSINESSES)),
            "status": "active",
            "started_on": today - timedelta(days=200),
        }
    )
    for month in months_until(month_key(today), MONTHS + 1)[:MONTHS]:
        rows[PROGRESS_REPORT.name].append(
            {
                "id": progress_report_id(business_id, month),
                "scope": drawn.village,
                "business_id": business_id,
                "month": month,
                "revenue": chance.randrange(500_000, 3_000_000, 5_000),
                "expenses": chance.randrange(300_000, 1_500_000, 5_000),
                "status": "active",
                "state": "submitted",
            }
        )


def _edit_some(store: Store) -> None:
    """Gives some families an op that waits to be sent."""
    with store.reading() as connection:
        ids = list(connection.execute(select(HOUSEHOLD.c.id).limit(WAITING)).scalars())
    with store.recording() as writer:
        for row_id in ids:
            writer.update("household", row_id, {"note": "Rumah di belakang musala."})
