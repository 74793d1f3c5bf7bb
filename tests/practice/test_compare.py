"""The comparison finds what differs; it reads the files itself, so it can be shown a planted fault."""

import shutil
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from desktop.models.store.local import Store
from desktop.practice.compare import Book, compare
from tests.practice.conftest import Filled

PLANTED = {
    "a missing row": "DELETE FROM visit_member WHERE rowid = (SELECT min(rowid) FROM visit_member)",
    "a changed field": "UPDATE household SET phone = '+628001' WHERE rowid = 1",
    "a changed answer": "UPDATE visit SET answers = json_set(answers, '$.toilet', 'none', '$.x', 1)"
    " WHERE rowid = 1",
    "a row too many": "INSERT INTO household (id, scope, status, extra) VALUES"
    " ('0192f0000000700080000000000000aa', '36.02.14.2009', 'active', '{}')",
    "a row of another village": "UPDATE family_card SET scope = '36.01.01.2001' WHERE rowid = 1",
}


def test_a_laptop_that_downloaded_everything_agrees(filled: Filled) -> None:
    agreement = compare(filled.server, filled.place())
    assert agreement.is_whole, agreement.differences
    assert agreement.rows["household"] == 12
    assert min(agreement.rows[name] for name in ("visit", "grant", "state_move", "user")) > 0
    assert agreement.set_aside == 0
    assert set(agreement.scopes["siti"]) > {"ref"}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_difference_is_found(filled: Filled, tmp_path: Path, fault: str) -> None:
    copy = tmp_path / "laptop"
    shutil.copytree(filled.laptop, copy)
    store = Store.open(copy)
    with store.writing() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text(PLANTED[fault]))
    store.close()
    agreement = compare(filled.server, filled.place(copy))
    assert not agreement.is_whole
    assert agreement.count == len(agreement.differences) == 1
    found = agreement.differences[0]
    assert found.laptop == "siti"
    assert found.here != found.there


def test_what_waits_is_no_agreement(filled: Filled, tmp_path: Path) -> None:
    copy = tmp_path / "laptop"
    shutil.copytree(filled.laptop, copy)
    store = Store.open(copy)
    with closing(Book(filled.place(copy))) as book:
        household = book.ask("SELECT id FROM household LIMIT 1")[0]["id"]
    with store.recording() as writer:
        writer.update("household", UUID(household), {"note": "Belum terkirim"})
    store.close()
    agreement = compare(filled.server, filled.place(copy))
    assert agreement.unsent == {"siti": 1}
    assert [difference.field for difference in agreement.differences] == ["note"]
