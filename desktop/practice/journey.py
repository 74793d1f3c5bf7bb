"""The whole journey without a screen: two laptops, a province, a kill; then all three compared.

Each act is a process of its own. What is checked is read from the database files themselves.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from desktop.models.rules.dates import month_key
from desktop.practice.compare import Book, Place, compare
from desktop.practice.failures import PracticeFailure
from desktop.practice.province import Province
from desktop.practice.seed import BUDI, SITI, add_person, fill, today_here
from desktop.practice.villages import FAMILIES
from desktop.programs import clean_environment, own_command

ACT_SECONDS: Final = 300.0
READY_SECONDS: Final = 180.0
_POLL_SECONDS: Final = 0.02
FIGURES: Final = ("1.750.000", "1,1 juta", "250000", "400.000", "100 rb")
"""Typed into the month: revenue, expenses, savings, debt, instalment."""
RECORDED: Final = {
    "revenue": 1_750_000,
    "expenses": 1_100_000,
    "savings": 250_000,
    "debt": 400_000,
    "instalment": 100_000,
}
FIRST_CHANGE: Final = {"phone": "0800 9111 222", "hamlet": "Kp. Latihan"}
SECOND_CHANGE: Final = {"phone": "0800 9333 444", "note": "Pindah ke rumah orang tua sementara."}
"""What the two laptops write without knowing of each other; the phone is in both."""

NEW_FAMILY: Final = {
    "hamlet": "Kp. Latihan",
    "name": "Komariah Latihan",
    "national_id": "3602144107889901",
}
"""The family that both register without knowing of each other."""

REASON: Final = "Ditelepon, ini yang aktif."
"""Why the one number and not the other."""

Say = Callable[[str], object]


@dataclass
class Check:
    """One thing that has to be so."""

    name: str
    ok: bool
    detail: Any = None


@dataclass
class Result:
    """What is written at the end."""

    ok: bool = False
    checks: list[Check] = field(default_factory=list)
    recorded: dict[str, Any] = field(default_factory=dict)
    server: dict[str, Any] = field(default_factory=dict)
    second_laptop: dict[str, Any] = field(default_factory=dict)
    traffic: dict[str, Any] = field(default_factory=dict)
    agreement: dict[str, Any] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


class ActFailure(Exception):
    """An act did not come to its end; says which, and the last of what it said."""


class Journey:
    """Plays the journey once.

    Args:
        out: where the pictures and the result go; what it left there before is replaced.
        resources: the folder of resources.
        version: this program's version.
        say: told what is going on.
        families: how many families there are.
        with_pictures: whether to take pictures of every page.
        keeps: whether the laptops and the province stay when all is well; after a failure they do.
    """

    def __init__(
        self,
        out: Path,
        resources: Path,
        version: str,
        say: Say,
        *,
        families: int = FAMILIES,
        with_pictures: bool = True,
        keeps: bool = False,
    ) -> None:
        self._out, self._say = out, say
        self._work = out / "work"
        self._resources, self._version = resources, version
        self._families, self._with_pictures, self._keeps = families, with_pictures, keeps
        self._number = 0
        self._begun: dict[str, float] = {}
        self.result = Result()
        for stale in (self._work, out / "light", out / "dark"):
            shutil.rmtree(stale, ignore_errors=True)
        self._work.mkdir(parents=True)
        self.province = Province(self._work / "province")
        self._first = self._work / "siti"
        self._second = self._work / "budi"

    def play(self) -> bool:
        """Plays it and writes `result.json`; tells whether everything was as it has to be."""
        try:
            self._play()
        except (ActFailure, PracticeFailure) as failure:
            self._check("journey_completed", False, str(failure))
        finally:
            self.province.stop()
        result = self.result
        result.ok = bool(result.checks) and all(check.ok for check in result.checks)
        content = json.dumps(asdict(result), indent=1, ensure_ascii=False, default=str)
        (self._out / "result.json").write_text(content + "\n", encoding="utf-8")
        if result.ok and not self._keeps:
            shutil.rmtree(self._work)
        return result.ok

    # --- the acts ------------------------------------------------------------------------

    def _play(self) -> None:
        with self._timed("fill"):
            self.province.start()
            fill(self.province, self._resources, self._version, families=self._families)
            add_person(self.province, BUDI)
        signed_in = self._act("sign-in", self._first, login=SITI.login, **self._pictures())
        self._check("first_download", signed_in["families"] > 0, signed_in)
        first, second, third = self._families_to_visit()
        self.province.stop()
        self._offline(first)
        self._killed(second)
        self._conflict(first)
        if self._with_pictures:
            shown = self._act("show-all", self._first, **third, **self._pictures())
            self.result.pictures = shown["pictures"]
            from desktop.practice.gallery import LOOKS, NAMES  # noqa: PLC0415 brings Qt along

            wanted = {str(Path(look) / f"{name}.png") for look in LOOKS for name in NAMES}
            missing = sorted(wanted - set(shown["pictures"]))
            self._check("pictures_of_every_page", not missing, missing)
        self._decided(first)
        self._compare()

    def _offline(self, family: dict[str, Any]) -> None:
        """A visit and a month while the server is stopped: in the store at once, and waiting."""
        done = self._act("work-offline", self._first, figures=list(FIGURES), **family)
        visit_id, report_id = UUID(done["visit_id"]), None
        with self._book(self._first) as book:
            visit = book.row("visit", visit_id)
            query = "SELECT * FROM progress_report WHERE business_id = ? AND month = ?"
            months = book.ask(query, UUID(family["business_id"]).hex, family["month"])
            waiting = book.ask("SELECT count(*) AS n FROM outbox WHERE state = 'waiting'")[0]["n"]
        self._check(
            "visit_recorded_offline",
            visit is not None and visit["answers"] == done["answers"],
            {"visit": str(visit_id), "answers": len(done["answers"])},
        )
        figures = {name: months[0][name] for name in RECORDED} if months else {}
        self._check("month_recorded_offline", figures == RECORDED, figures)
        self._check("waits_while_offline", waiting > 0, {"ops": waiting})
        report_id = months[0]["id"] if months else None
        self.result.recorded["offline"] = {
            "visit": str(visit_id),
            "answers": done["answers"],
            "month": family["month"],
            "report": report_id,
            "figures": figures,
        }

    def _killed(self, family: dict[str, Any]) -> None:
        """A kill in the middle of a visit; the start after it goes on where it was."""
        process, task = self._start("begin-visit", self._first, **family)
        left = self._ready(process, task)
        process.kill()
        code = process.wait()
        self._note_seconds(task)
        expected = -signal.SIGKILL if sys.platform != "win32" else 1
        self._check("killed_in_the_middle", code == expected, {"exit": code, "at": left["at"]})
        process, task = self._start("recover-visit", self._first, **family)
        self._ready(process, task)
        self.province.start()
        done = self._ended(process, task)
        lost = {at: value for at, value in left["answers"].items() if done["kept"].get(at) != value}
        same = done["draft_id"] == left["draft_id"]
        self._check("draft_recovered", same and not lost, {"kept": len(done["kept"]), "lost": lost})
        self._check("sent_after_recovery", done["fault"] is None, done["fault"])
        with self._book(self._first) as book:
            waiting = book.ask("SELECT count(*) AS n FROM outbox WHERE state <> 'confirmed'")
        self._check("nothing_waits_after_sync", waiting[0]["n"] == 0, waiting[0]["n"])
        self.result.recorded["recovered"] = {"visit": done["visit_id"], "answers": done["answers"]}

    def _conflict(self, family: dict[str, Any]) -> None:
        """Another laptop changes the same family at the same time, in one field alike."""
        signed_in = self._act("sign-in", self._second, login=BUDI.login)
        self._check("second_laptop_download", signed_in["families"] > 0, signed_in)
        self.province.stop()
        self._act("change-family", self._first, fields=dict(FIRST_CHANGE), **family)
        self._act("change-family", self._second, fields=dict(SECOND_CHANGE), **family)
        for laptop in (self._first, self._second):
            self._act("register", laptop, fields=dict(NEW_FAMILY))
        self.province.start()
        for laptop in (self._first, self._second, self._first):
            done = self._act("send", laptop)
            self._check(f"sent_by_{laptop.name}", done["fault"] is None, done["fault"])
        household_id = UUID(family["household_id"])
        query = "SELECT field, kept, other FROM conflict WHERE subject_id = ?"
        with self._server() as book:
            found = book.ask(query, household_id.hex)
            self.result.server["household"] = book.row("household", household_id)
        both = [
            {json.loads(conflict[side])["value"] for side in ("kept", "other")}
            for conflict in found
            if conflict["field"] == "phone"
        ]
        self._check("conflict_keeps_both_values", len(both) == 1 and len(both[0]) == 2, found)
        self.result.recorded["changes"] = {SITI.login: FIRST_CHANGE, BUDI.login: SECOND_CHANGE}
        self._check_merged(household_id)

    def _decided(self, family: dict[str, Any]) -> None:
        """The first laptop decides; the second one has the decision, and the value."""
        once = self._act("write-once", self._first, reason=REASON)
        done = self._act("decide", self._first, reason=REASON)
        for laptop in (self._first, self._second):
            self._act("send", laptop)
        household_id = UUID(family["household_id"])
        query = "SELECT resolved_value, reason FROM conflict WHERE subject_id = ?"
        with self._book(self._second) as book:
            (record,) = book.ask(query, household_id.hex)
            household = book.row("household", household_id)
        seen = {
            "value": json.loads(record["resolved_value"]),
            "reason": record["reason"],
            "phone": None if household is None else household["phone"],
        }
        wanted = {**done, "phone": done["value"]}
        self._check("decision_reaches_the_other_laptop", seen == wanted, seen)
        query = (
            "SELECT household_id FROM member WHERE national_id = ? AND deleted_at IS NULL"
            " AND household_id IN (SELECT id FROM household WHERE deleted_at IS NULL)"
        )
        with self._book(self._second) as book:
            found = [
                UUID(row["household_id"]) for row in book.ask(query, NEW_FAMILY["national_id"])
            ]
        self._check("one_person_is_there_once", found == [UUID(once["kept"])], found)

    def _check_merged(self, household_id: UUID) -> None:
        """The fields that only one of them changed are there, on the other laptop too."""
        with self._book(self._second) as book:
            seen = book.row("household", household_id)
        self.result.second_laptop["household"] = seen
        wanted = {"hamlet": FIRST_CHANGE["hamlet"], "note": SECOND_CHANGE["note"]}
        merged = {name: None if seen is None else seen[name] for name in wanted}
        self._check("different_fields_both_stand", merged == wanted, merged)

    def _compare(self) -> None:
        """All three hold the same, and what was recorded is where it belongs."""
        recorded = self.result.recorded
        visits = [UUID(recorded[part]["visit"]) for part in ("offline", "recovered")]
        report = UUID(recorded["offline"]["report"])
        for name, open_book, into in (
            ("server", self._server, self.result.server),
            ("second_laptop", lambda: self._book(self._second), self.result.second_laptop),
        ):
            with open_book() as book:
                rows = [book.row("visit", visit_id) for visit_id in visits]
                month = book.row("progress_report", report)
                counts = {
                    table: book.ask(f'SELECT count(*) AS n FROM "{table}"')[0]["n"]  # noqa: S608
                    for table in book.synced_tables()
                }
            into |= {"visits": rows, "month": month, "rows": counts}
            answers = [None if row is None else row["answers"] for row in rows]
            wanted = [recorded[part]["answers"] for part in ("offline", "recovered")]
            self._check(f"visits_on_{name}", answers == wanted)
            figures = {} if month is None else {one: month[one] for one in RECORDED}
            self._check(f"month_on_{name}", figures == RECORDED, figures)
        self._tell_traffic()
        with self._timed("compare"):
            agreement = compare(
                Place.server(self.province.data),
                Place.laptop(SITI.login, self._first / "data"),
                Place.laptop(BUDI.login, self._second / "data"),
            )
        self.result.agreement = asdict(agreement)
        self._check("all_three_agree", agreement.is_whole, {"differences": agreement.count})

    def _tell_traffic(self) -> None:
        query = (
            "SELECT count(*) AS syncs, sum(requests) AS requests, sum(bytes_up) AS bytes_up,"
            " sum(bytes_down) AS bytes_down FROM sync_run"
        )
        for home in (self._first, self._second):
            with self._book(home) as book:
                self.result.traffic[home.name] = book.ask(query)[0]

    # --- what it takes -------------------------------------------------------------------

    def _families_to_visit(self) -> list[dict[str, Any]]:
        """Three families, each found by its name alone, met before, whose month is not written."""
        month = month_key(today_here())
        query = """
            SELECT s.household_id AS household_id, s.head_name AS head_name, b.id AS business_id
            FROM search s JOIN business b ON b.household_id = s.household_id
            WHERE s.member_count BETWEEN 3 AND 5
            AND (SELECT count(*) FROM search o WHERE o.head_name LIKE s.head_name || '%') = 1
            AND EXISTS (SELECT 1 FROM visit v
                WHERE v.household_id = s.household_id AND v.outcome = 'met')
            AND NOT EXISTS (SELECT 1 FROM progress_report p
                WHERE p.business_id = b.id AND p.month = ?)
            ORDER BY s.head_name LIMIT 3"""
        with self._book(self._first) as book:
            found = book.ask(query, month)
        if len(found) < 3:
            raise ActFailure("there are no three families to visit")
        return [
            {name: str(row[name]) for name in ("household_id", "head_name", "business_id")}
            | {"month": month}
            for row in found
        ]

    def _pictures(self) -> dict[str, str]:
        return {"pictures": str(self._out)} if self._with_pictures else {}

    def _act(self, name: str, home: Path, **more: Any) -> dict[str, Any]:
        """Plays an act to its end, and gives what it did."""
        process, task = self._start(name, home, **more)
        return self._ended(process, task)

    def _start(self, name: str, home: Path, **more: Any) -> tuple[subprocess.Popen[bytes], Path]:
        self._number += 1
        self._say(f"{self._number:2} {name}: {home.name}")
        task = self._work / f"{self._number:02}-{name}.json"
        given = {"home": str(home), "address": self.province.address, **more}
        task.write_text(json.dumps(given, indent=1), encoding="utf-8")
        with task.with_suffix(".log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 our own program
                [*own_command(), "practice", "act", name, str(task)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
            )
        self._begun[task.stem] = time.monotonic()
        return process, task

    def _ended(self, process: subprocess.Popen[bytes], task: Path) -> dict[str, Any]:
        try:
            code = process.wait(ACT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        self._note_seconds(task)
        done = task.with_suffix(".done.json")
        if code or not done.exists():
            raise self._failure(task, code)
        content: dict[str, Any] = json.loads(done.read_text(encoding="utf-8"))
        return content

    def _ready(self, process: subprocess.Popen[bytes], task: Path) -> dict[str, Any]:
        """What an act tells when it waits."""
        ready = task.with_suffix(".ready.json")
        deadline = time.monotonic() + READY_SECONDS
        while not ready.exists():
            try:
                raise self._failure(task, process.wait(_POLL_SECONDS))
            except subprocess.TimeoutExpired:
                if time.monotonic() > deadline:
                    process.kill()
                    raise self._failure(task, process.wait()) from None
        content: dict[str, Any] = json.loads(ready.read_text(encoding="utf-8"))
        return content

    def _note_seconds(self, task: Path) -> None:
        seconds = time.monotonic() - self._begun[task.stem]
        self.result.seconds[task.stem] = round(seconds, 2)

    def _failure(self, task: Path, code: int) -> ActFailure:
        log = task.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
        return ActFailure(f"{task.stem} ended with {code}: {log[-1500:].strip()}")

    @contextmanager
    def _book(self, home: Path) -> Iterator[Book]:
        with closing(Book(Place.laptop(home.name, home / "data"))) as book:
            yield book

    @contextmanager
    def _server(self) -> Iterator[Book]:
        with closing(Book(Place.server(self.province.data))) as book:
            yield book

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        self._say(f"   {name}")
        begun = time.monotonic()
        yield
        self.result.seconds[name] = round(time.monotonic() - begun, 2)

    def _check(self, name: str, ok: bool, detail: Any = None) -> None:
        self.result.checks.append(Check(name, ok, detail))
        self._say(f"   {'ok    ' if ok else 'FAILED'} {name}" + ("" if ok else f": {detail}"))


def _environment() -> dict[str, str]:
    """Without a screen, and with the place told if the program should ever crash."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return clean_environment(QT_QPA_PLATFORM=platform, PYTHONFAULTHANDLER="1")
