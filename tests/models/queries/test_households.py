"""Finding families: what is typed and who is found, filters, order, and forgiven spelling."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from desktop.models.operations.households import edit_member
from desktop.models.queries.households import (
    Filters,
    HouseholdSearch,
    Order,
    SearchResult,
    expression,
)
from desktop.models.queries.transport import Transport, transport_of
from desktop.models.records.base import new_id
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, MEMBER, OUTBOX, SEARCH
from tests.models.queries.families import KERTAJAYA, NOW, TODAY, names, opened, register

NIK = "3601011205850001"
KK = "3601010102100001"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    register(store, "Nuraini", hamlet="Kampung Baru", national_id=NIK, card=KK)
    register(store, "Nur Aini", "Rizki Contoh", scope=KERTAJAYA, phone="+6281234567890")
    register(store, "H. Sarman", hamlet="Cikadu")
    register(store, "Ma'mun Suhaemi")
    yield store
    store.close()


def search(store: Store, typed: str, filters: Filters | None = None) -> SearchResult:
    with store.reading() as connection:
        return HouseholdSearch().search(connection, typed, filters or Filters())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["H. Sarman", "Ma'mun Suhaemi", "Nur Aini", "Nuraini"]),
        ("nu", ["Nur Aini", "Nuraini"]),
        ("nur aini", ["Nur Aini", "Nuraini"]),
        ("nuraini", ["Nur Aini", "Nuraini"]),
        ("NURA", ["Nur Aini", "Nuraini"]),
        ("aini nur", ["Nur Aini"]),
        ("nur a", ["Nur Aini", "Nuraini"]),
        ("haji sarman", ["H. Sarman"]),
        ("mamun", ["Ma'mun Suhaemi"]),
        ("rizki", ["Nur Aini"]),
        ("kertajaya", ["Nur Aini"]),
        ("sarman cikadu", ["H. Sarman"]),
        ("sarman kertajaya", []),
        (NIK, ["Nuraini"]),
        ("3601 0112 0585", ["Nuraini"]),
        ("3601.0101.0210", ["Nuraini"]),
        ("0812 3456", ["Nur Aini"]),
        ("+62 812 3456", ["Nur Aini"]),
        ("999999", []),
        ('"; DROP', []),
        ("nur*", ["Nur Aini", "Nuraini"]),
    ],
)
def test_what_is_typed_finds(store: Store, typed: str, found: list[str]) -> None:
    result = search(store, typed)

    assert names(result.rows) == found
    assert result.exact == len(found)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("sraman", "H. Sarman"), ("suhaemni", "Ma'mun Suhaemi"), ("cikada", "H. Sarman")],
)
def test_a_slip_of_the_keyboard_is_forgiven(store: Store, typed: str, first: str) -> None:
    result = search(store, typed)

    assert names(result.rows) == [first]
    assert result.exact == 0


def test_similar_ones_stand_behind_those_written_as_typed(store: Store) -> None:
    register(store, "Sarmin")

    result = search(store, "sarman")

    assert names(result.rows) == ["H. Sarman", "Sarmin"]
    assert (result.exact, result.total) == (1, 2)


def test_names_written_later_are_learnt(store: Store) -> None:
    finder = HouseholdSearch()
    with store.reading() as connection:
        finder.load(connection)
        member = connection.execute(MEMBER.select().where(MEMBER.c.name == "H. Sarman")).one()
    with store.recording() as writer:
        edit_member(writer, member.id, {"name": "Zubaedah"})
    with store.reading() as connection:
        finder.learn(connection, writer.changes)
        result = finder.search(connection, "zubeadah", Filters())

    assert names(result.rows) == ["Zubaedah"]


def test_only_a_village(store: Store) -> None:
    filters = Filters(scope=KERTAJAYA)

    assert names(search(store, "", filters).rows) == ["Nur Aini"]
    assert names(search(store, "nuraini", filters).rows) == ["Nur Aini"]
    assert search(store, "", filters).total == 1


def test_overdue_are_those_not_visited_for_ninety_days_or_never(store: Store) -> None:
    days = {"Nuraini": 90, "Nur Aini": 91}
    with store.writing() as connection:
        for name, ago in days.items():
            visited = (TODAY - timedelta(days=ago)).isoformat()
            change = update(SEARCH).where(SEARCH.c.head_name == name)
            connection.execute(change.values(last_visit_on=visited))

    found = search(store, "", Filters(overdue_on=TODAY))

    assert names(found.rows) == ["H. Sarman", "Ma'mun Suhaemi", "Nur Aini"]


def test_by_last_visit_the_longest_ago_comes_first(store: Store) -> None:
    with store.writing() as connection:
        for name, day in (("Nuraini", "2026-11-01"), ("Nur Aini", "2026-10-01")):
            change = update(SEARCH).where(SEARCH.c.head_name == name)
            connection.execute(change.values(last_visit_on=day))
    filters = Filters(order=Order.LAST_VISIT)

    assert names(search(store, "nu", filters).rows) == ["Nur Aini", "Nuraini"]
    newest_first = replace(filters, descending=True)
    assert names(search(store, "nu", newest_first).rows) == ["Nuraini", "Nur Aini"]


def test_only_those_with_a_visit_begun(store: Store) -> None:
    row = search(store, "sarman").rows[0]
    with store.writing() as connection:
        connection.execute(
            insert(DRAFT).values(
                id=new_id(),
                household_id=row.household_id,
                user_id=new_id(),
                scope="36.01.01.2001",
                questionnaire="household_visit",
                questionnaire_version=1,
                started_at=NOW,
                touched_at=NOW,
            )
        )

    assert names(search(store, "", Filters(with_draft=True)).rows) == ["H. Sarman"]


def test_more_than_are_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.models.queries.households.COUNTED", 1)

    result = search(store, "nu")

    assert names(result.rows) == ["Nur Aini", "Nuraini"]
    assert (result.total, result.is_capped) == (1, True)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["nur"], '(("nur"*))'),
        (["nur", "aini"], '(("nur"* AND "aini"*) OR ("nuraini"*))'),
        (["12"], '(("12"))'),
        (["081234"], '(("081234"*) OR ("6281234"*))'),
    ],
)
def test_the_expression(words: list[str], written: str) -> None:
    assert expression(words) == written


def test_transport_is_that_of_the_weakest_op(store: Store) -> None:
    ids = [row.household_id for row in search(store, "").rows]
    with store.writing() as connection:
        for household_id, state in zip(ids, ("confirmed", "quarantined"), strict=False):
            change = update(OUTBOX).where(OUTBOX.c.row_id == household_id)
            connection.execute(change.values(state=state, overlay=state != "confirmed"))

    with store.reading() as connection:
        found = transport_of(connection, ids)

    assert [found[each] for each in ids] == [
        Transport.CONFIRMED,
        Transport.SET_ASIDE,
        Transport.WAITING,
        Transport.WAITING,
    ]
