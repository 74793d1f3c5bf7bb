"""Killed at any moment, a store is whole: what was said to be saved is there, and nothing half."""

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.models.store.drafts import visit_of
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, DRAFT_ANSWER
from tests.models.store.children import child, write_visits
from tests.models.store.families import assert_consistent, new_store, record_family

KILLS = 20
MOST_SAVED = 12
"""So many times at most it says that something is saved before the kill is near."""
INSTANT = 0.02
"""Seconds; longer than it takes to save one of them."""
PATIENCE = 60.0


def said_until_killed(folder: Path, family: Any, saved: int, seconds: float) -> dict[UUID, str]:
    """What a writing process had said was saved when it was killed: id -> draft or visit.

    It is killed so many `seconds` after it has `saved` so often, however busy the machine is.
    """
    said: dict[UUID, str] = {}
    with child(write_visits, folder, family) as (process, pipe):
        assert pipe.recv() == ("ready", None)
        for _ in range(saved):
            assert pipe.poll(PATIENCE), "it does not write"
            what, row_id = pipe.recv()
            said[row_id] = what
        time.sleep(seconds)  # the moment of the kill, not a wait for anything
        process.kill()
        process.join()
        try:
            while True:
                what, row_id = pipe.recv()
                said[row_id] = what
        except EOFError:
            return said


def assert_kept(store: Store, said: dict[UUID, str]) -> None:
    with store.reading() as connection:
        visits = {row_id for row_id in said if visit_of(connection, row_id)}
        drafts = set(connection.execute(select(DRAFT.c.id)).scalars())
        answers = Counter(connection.execute(select(DRAFT_ANSWER.c.draft_id)).scalars())
    assert not visits & drafts, "a finished visit is still a draft"
    for row_id, what in said.items():
        if what == "visit":
            assert row_id in visits, "a visit that was saved is gone"
        else:
            assert row_id in visits | drafts, "a draft that was saved is gone"
            assert row_id in visits or answers[row_id] == 2, "an answer that was saved is gone"


def test_a_kill_at_any_moment_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    family = record_family(store, "Nur Aini", "Siti", "Budi")
    store.close()
    moments = random.Random(20261121)  # noqa: S311 which moments, not which secret
    said: dict[UUID, str] = {}
    for kill in range(KILLS):
        saved, seconds = moments.randrange(MOST_SAVED), moments.uniform(0, INSTANT)
        said |= said_until_killed(tmp_path, family, saved, seconds)
        store = Store.open(tmp_path)
        try:
            assert_kept(store, said)
            assert_consistent(store)
        except AssertionError as error:
            raise AssertionError(f"after kill {kill + 1}: {error}") from error
        finally:
            store.close()
    assert "visit" in said.values(), "no kill found the writer at work"
