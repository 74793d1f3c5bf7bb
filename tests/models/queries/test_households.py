"""Finding families: what is typed and who is found, filters, order, and forgiven spelling."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from desktop.models.operations.households import edit_member
from desktop.models.queries.due import due_visits
from desktop.models.queries.households import (
    Filters,
    HouseholdSearch,
    Order,
    SearchResult,
    expression,
    is_short_number,
)
from desktop.models.queries.transport import Transport, transport_of
from desktop.models.records.base import new_id
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, FAMILY_CARD, MEMBER, OUTBOX, SEARCH
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
        ("0001", ["Nuraini"]),
        ("nuraini 0001", ["Nuraini"]),
        ("3601", []),
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


def test_overdue_are_those_who_were_due_before_today(store: Store) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    days = {"Nuraini": TODAY.isoformat(), "Nur Aini": yesterday, "Ma'mun Suhaemi": yesterday}
    with store.writing() as connection:
        for name, due in days.items():
            change = update(SEARCH).where(SEARCH.c.head_name == name)
            connection.execute(change.values(next_due_on=due))
    begin(store, "mamun")

    found = search(store, "", Filters(overdue_on=TODAY))

    assert names(found.rows) == ["Nur Aini"]
    with store.reading() as connection:
        overdue = [each for each in due_visits(connection, TODAY) if each.is_overdue]
    assert [each.head_name for each in overdue] == ["Nur Aini"]


@pytest.mark.parametrize("limit", [200, 4, 3, 1])
@pytest.mark.parametrize("counted", [2_000, 2])
def test_who_is_named_so_comes_first(
    store: Store, monkeypatch: pytest.MonkeyPatch, limit: int, counted: int
) -> None:
    monkeypatch.setattr("desktop.models.queries.households.COUNTED", counted)
    register(store, "Ujang Permana", "Sanusi Contoh")  # the words, but of two people
    register(store, "Contoh Sanusi", "Permana Contoh")
    register(store, "Warsih", "Contoh", "Sanusi bin Permana")
    register(store, "Yani Sanusi Permana")
    order = ["Yani Sanusi Permana", "Warsih", "Contoh Sanusi", "Ujang Permana"]

    with store.reading() as connection:
        found = HouseholdSearch().search(connection, "permana san", Filters(), limit)

    assert names(found.rows) == order[:limit]
    assert found.rows[0].household_id == found.meant


def test_the_order_that_was_asked_for_is_kept(store: Store) -> None:
    register(store, "Yani Permana")
    register(store, "Asih", "Permana")

    by_visit = search(store, "permana", Filters(order=Order.LAST_VISIT))
    backwards = search(store, "permana", Filters(descending=True))

    assert set(names(by_visit.rows)) == {"Yani Permana", "Asih"}
    assert by_visit.meant == search(store, "yani").rows[0].household_id
    assert names(backwards.rows) == ["Yani Permana", "Asih"]


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("sanusi", "Sanusi Wijaya"),
        ("baehaki sanusi", "Sanusi Wijaya"),
        ("sanusi cikadu", "Sanusi Wijaya"),
        ("baehaki", ""),
        ("baehaki cikadu", ""),
        ("bae haki", ""),
        ("cikadu per", ""),
    ],
)
def test_the_member_who_was_found_is_named(store: Store, typed: str, matched: str) -> None:
    register(store, "Baehaki Permana", "Contoh", "Sanusi Wijaya", hamlet="Cikadu")

    row = next(row for row in search(store, typed).rows if row.head_name == "Baehaki Permana")

    assert row.matched == matched


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sarman", "H. Sarman"),
        ("rizki", "Nur Aini"),
        ("kertajaya", "Nur Aini"),
        ("nur aini", None),
        ("sraman", None),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_a_family_is_meant_without_a_doubt(store: Store, typed: str, meant: str | None) -> None:
    result = search(store, typed)

    heads = {row.household_id: row.head_name for row in result.rows}
    assert (heads[result.meant] if result.meant else None) == meant


@pytest.mark.parametrize(
    ("typed", "is_short"),
    [("9639", True), ("0812 3", True), ("36010112", False), ("no 12", False), ("", False)],
)
def test_a_short_number_is_sought_as_it_stands(typed: str, is_short: bool) -> None:
    assert is_short_number(typed) is is_short


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
    begin(store, "sarman")

    assert names(search(store, "", Filters(with_draft=True)).rows) == ["H. Sarman"]


def begin(store: Store, name: str) -> None:
    """Begins a visit to the family of that name."""
    row = search(store, name).rows[0]
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
    """Of the family, its members and its cards: "sent" is said of all of it or not at all."""
    ids = [row.household_id for row in search(store, "").rows]
    states = ("confirmed", "quarantined", "confirmed")
    with store.writing() as connection:
        for household_id, state in zip(ids, states, strict=False):
            change = update(OUTBOX).where(OUTBOX.c.row_id == household_id)
            connection.execute(change.values(state=state, overlay=state != "confirmed"))
        members = select(MEMBER.c.id).where(MEMBER.c.household_id == ids[0])
        cards = select(FAMILY_CARD.c.id).where(FAMILY_CARD.c.household_id == ids[0])
        change = update(OUTBOX).where(OUTBOX.c.row_id.in_(members.union(cards)))
        connection.execute(change.values(state="confirmed", overlay=False))

    with store.reading() as connection:
        found = transport_of(connection, ids)

    assert [found[each] for each in ids] == [
        Transport.CONFIRMED,
        Transport.SET_ASIDE,
        Transport.WAITING,
        Transport.WAITING,
    ]
