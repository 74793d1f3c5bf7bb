"""The diagnostics file: what a helper needs is in it, and nothing that anybody typed."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlmodel import SQLModel

from desktop.__main__ import main
from desktop.models.operations import businesses, decisions, households
from desktop.models.records.base import new_id, utc_now
from desktop.models.records.businesses import Business, Grant
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.visits import Visit, VisitMember, VisitOutcome
from desktop.models.store.local import DATABASE_NAME
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import DRAFT, DRAFT_ANSWER, OUTBOX
from desktop.paths import HOME_VARIABLE
from desktop.sync.diagnostics import as_text, diagnose, diagnostics
from tests.models.conflicts import conflict, person, write
from tests.models.store.backups import register, store_of_five
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE

PAGE = 4096
SECRETS = (
    *("Nuraini", "Dedikusuma", "Budihartono", "Sitirahmawati", "Lasmini", "Pak Kuncoro"),
    *(
        "3601010101010101",
        "3601010101010102",
        "3601012345678901",
        "1234567890123",
        "+6281233344455",
    ),
    *("Gang Melati", "Kp. Rahasia", "Warung Lasmini", "Bank Rahasia", "9988776655", "Serangkota"),
    *("7654321", "8765432", "4443322", "8889990", "suka berutang", "butuh modal", "sakit paru"),
    *("penjahit keliling", "kata tetangga", "alasan pribadi", "jawaban panjang", "rahasia-kunci"),
)
"""Names, numbers, addresses, amounts and words that are in the store, and may be nowhere else."""


def filled(laptop: Laptop) -> None:
    """Puts every secret where people put such things, and into what only the laptop keeps."""
    family = Household(
        scope=VILLAGE,
        hamlet="Kp. Rahasia",
        address="Gang Melati",
        phone="+6281233344455",
        note="suka berutang",
        source={"NAMA": "Nuraini", "ALAMAT": "Gang Melati"},
    )
    head = Member(
        scope=VILLAGE,
        household_id=family.id,
        name="Nuraini",
        relation=Relation.HEAD,
        national_id="3601010101010101",
        birth_place="Serangkota",
        occupation="penjahit keliling",
    )
    child = Member(scope=VILLAGE, household_id=family.id, name="Dedikusuma")
    business = Business(
        scope=VILLAGE,
        household_id=family.id,
        name="Warung Lasmini",
        business_id_number="1234567890123",
        note="butuh modal",
    )
    grant = Grant(
        scope=VILLAGE,
        household_id=family.id,
        amount=7654321,
        bank="Bank Rahasia",
        account_number="9988776655",
    )
    visit = Visit(
        scope=VILLAGE,
        household_id=family.id,
        facilitator_id=new_id(),
        visited_on=utc_now().date(),
        outcome=VisitOutcome.MET,
        questionnaire="household_visit",
        questionnaire_version=1,
        started_at=utc_now(),
        finished_at=utc_now(),
        answers={"spending_food": 4443322, "why": "jawaban panjang"},
        accepted={"income:high": "kata tetangga"},
    )
    with laptop.store.recording() as writer:
        households.register(writer, family, [head, child], "3601012345678901")
        businesses.begin(writer, business)
        writer.insert(grant)
        writer.insert(visit)
        writer.insert(
            VisitMember(
                scope=VILLAGE,
                visit_id=visit.id,
                member_id=head.id,
                answers={"illness": "sakit paru"},
            )
        )
        figures: dict[str, Any] = {"revenue": 8765432, "follow_up_by": "Pak Kuncoro"}
        businesses.report_month(writer, (business.id, VILLAGE), "2026-09", figures)
    laptop.sync()
    budi = person(laptop.store, "Budihartono")
    now = utc_now()
    writes = (write("3601010101010101", budi, now), write("3601010101010102", budi, now))
    asked = conflict(laptop.store, ("member", head.id, VILLAGE), "national_id", writes)
    with laptop.store.recording() as writer:
        decisions.resolve(
            writer, asked, ("member", head.id), "national_id", "3601010101010102", "alasan pribadi"
        )
    draft = new_id()
    with laptop.store.writing() as connection:
        connection.execute(
            insert(DRAFT).values(
                id=draft,
                household_id=family.id,
                user_id=new_id(),
                scope=VILLAGE,
                questionnaire="household_visit",
                questionnaire_version=1,
                started_at=now,
                touched_at=now,
            )
        )
        connection.execute(
            insert(DRAFT_ANSWER).values(draft_id=draft, path="rent", value=8889990, accepted={})
        )
        set_meta(connection, Meta.USER_NAME, "Sitirahmawati")
        set_meta(connection, Meta.TOKEN, "rahasia-kunci")
        set_meta(
            connection, Meta.SERVER, "https://Sitirahmawati:rahasia-kunci@dinsos.example:8443/x"
        )
        last = select(OUTBOX.c.dseq).order_by(OUTBOX.c.dseq.desc()).limit(1).scalar_subquery()
        odd = update(OUTBOX).where(OUTBOX.c.dseq == last)
        connection.execute(odd.values(state="quarantined", reason="Nuraini"))


@pytest.fixture
def laptop(province: Province) -> Laptop:
    made = province.laptop("siti")
    filled(made)
    return made


def test_the_secrets_are_in_the_store(laptop: Laptop) -> None:
    """Or the next test proves nothing."""
    with laptop.store.reading() as connection:
        dump = "\n".join(
            str(row)
            for table in SQLModel.metadata.tables.values()
            for row in connection.execute(select(table))
        )
    assert [secret for secret in SECRETS if secret not in dump] == []


def test_nobody_s_data_is_in_the_file(laptop: Laptop) -> None:
    words = as_text(diagnostics(laptop.store, "0.1.0"))
    assert [secret for secret in SECRETS if secret.casefold() in words.casefold()] == []
    assert str(laptop.folder) not in words, "a path holds the name of a user of the machine"
    assert not re.search(r"\b\d{16}\b", words)


def test_what_a_helper_needs_is_in_the_file(laptop: Laptop) -> None:
    found = json.loads(as_text(diagnostics(laptop.store, "0.1.0")))

    assert (found["berdaya"], found["store"]["is_whole"]) == ("0.1.0", True)
    assert found["store"]["schema"] == found["schema_of_program"]
    assert found["store"]["free_megabytes_on_disk"] > 0
    assert found["rows"]["member"] == {"rows": 2, "deleted": 0}
    assert found["rows"]["draft"] == {"rows": 1}
    assert found["states"]["grant"] == {"proposed": 1}
    assert found["outbox"]["set_aside"] == [{"table": "conflict", "reason": "newer", "ops": 1}]
    assert found["conflicts"] == {"all": 1, "decided": 1}
    sync = found["sync"]
    assert sync["server"] == "https://dinsos.example:8443"
    assert {cursor["scope"] for cursor in sync["cursors"]} >= {VILLAGE}
    assert (sync["role"], len(sync["device"]), sync["clock_offset_ms"]) == ("facilitator", 8, 0)
    assert [run["fault"] for run in found["syncs"]] == [None]
    assert found["syncs"][0]["sent"] > 0


def test_the_command_tells_it_also_where_nothing_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert main(["diagnose"]) == 0
    assert json.loads(capsys.readouterr().out)["store"] == {"fault": "missing"}
    assert not (tmp_path / "data").exists(), "looking makes nothing"

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / DATABASE_NAME).write_bytes(b"no database" * 1000)
    target = tmp_path / "told.txt"
    assert main(["diagnose", str(target)]) == 0
    assert json.loads(target.read_text("utf-8"))["store"] == {"fault": "key_missing"}
    assert main(["diagnose", str(tmp_path / "nowhere" / "told.txt")]) == 1


@pytest.mark.parametrize("tenth", range(1, 10))
def test_of_a_store_with_a_bad_page_is_told_what_can_be_read(
    large: Path, tmp_path: Path, tenth: int
) -> None:
    folder = Path(shutil.copytree(large, tmp_path / "data"))
    content = bytearray((folder / DATABASE_NAME).read_bytes())
    begin = len(content) // PAGE * tenth // 10 * PAGE
    content[begin : begin + PAGE] = bytes(PAGE)
    (folder / DATABASE_NAME).write_bytes(content)

    found = json.loads(as_text(diagnose(folder, "0.1.0", utc_now)))

    assert found["store"]["is_whole"] is False
    parts = [found[name] for name in ("rows", "states", "outbox", "conflicts", "sync")]
    untold = [part for part in parts if "fault" in part]
    assert untold in ([], [{"fault": "damaged"}], [{"fault": "damaged"}] * 2)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in whose file most pages hold rows of families; to be copied, not to be changed."""
    folder = tmp_path_factory.mktemp("large") / "data"
    with store_of_five(folder) as store:
        register(store, 150)
    return folder


def test_a_store_that_opens_is_told_whole(laptop: Laptop) -> None:
    found = diagnose(laptop.folder, "0.1.0", laptop.clock)
    assert found["rows"]["household"] == {"rows": 1, "deleted": 0}
