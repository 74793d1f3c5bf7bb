"""The list of families: searched while typing, filtered, in order, among a hundred thousand.

Every typed word must begin a word of the family: a name, two names written together, a number or
a place. "Nur Aini" and "Nuraini" find each other. Where nothing, or little, is written like that,
words within a slip of the keyboard are tried as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, text

from desktop.models.changes import Changes
from desktop.models.queries.transport import Transport, transport_of
from desktop.models.rules.names import normalise_name, search_tokens, similar_words
from desktop.models.store.rows import chunks
from desktop.models.tables import DRAFT, HOUSEHOLD, MEMBER, REGION, SEARCH

OVERDUE_DAYS: Final = 90
"""A family not visited for longer than this is overdue; one never visited is, too."""

COUNTED: Final = 2_000
"""Families are counted up to here; more than that says only that one more letter would help."""

_FEW: Final = 3
"""With fewer exact finds than this, spelling is forgiven."""

_TRIED: Final = 6
"""How many similar words are tried for a typed one, nearest first."""

_MOST_SLIPS: Final = 2

_HITS: Final = text(
    "SELECT json_group_array(rowid), count(*) FROM"
    " (SELECT rowid FROM search_index WHERE search_index MATCH :matched LIMIT :counted)"
)

_AMONG_FEW: Final = text("search.id IN (SELECT value FROM json_each(:found))")

_AMONG_MANY: Final = text(
    # The plus keeps SQLite from going through the matches: they are too many to be sorted.
    "+search.id IN (SELECT rowid FROM search_index WHERE search_index MATCH :matched)"
)

_SHORT_NUMBER: Final = 6
"""The first digits of an identity number are a whole district's: with fewer digits than this a
number is sought as it stands, as that of a house or a street."""


class Order(StrEnum):
    """By what the list is sorted."""

    NAME = "name"
    LAST_VISIT = "last_visit"


@dataclass(frozen=True)
class Filters:
    """Which families, and in which order.

    Attributes:
        scope: code of a village; "" for all.
        overdue_on: only those overdue on this day.
        with_draft: only those with a visit begun and not finished.
        order: by name, or by last visit with the longest ago first.
        descending: the other way round.
    """

    scope: str = ""
    overdue_on: date | None = None
    with_draft: bool = False
    order: Order = Order.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family as the list shows it."""

    household_id: UUID
    head_name: str
    hamlet: str
    village: str
    member_count: int
    last_visit_on: date | None
    transport: Transport


@dataclass(frozen=True)
class SearchResult:
    """What was found.

    Attributes:
        rows: the first families, at most as many as asked for.
        total: how many there are, counted up to `COUNTED`.
        exact: how many of `rows` are written as typed; those behind are only similar.
        is_capped: whether there are more than were counted.
    """

    rows: Sequence[FamilyRow]
    total: int
    exact: int
    is_capped: bool = False


class HouseholdSearch:
    """Searches one store; keeps the words that families are written with, to forgive spelling."""

    def __init__(self) -> None:
        self._vocabulary: dict[int, dict[str, None]] = {}  # by length, since a slip changes little

    def search(
        self, connection: Connection, typed: str, filters: Filters, limit: int = 200
    ) -> SearchResult:
        """Finds families.

        Args:
            connection: the store.
            typed: names, places or numbers, as typed so far; empty finds all.
            filters: which of them, and in which order.
            limit: the most rows.
        """
        words = _words(typed)
        if not words:
            return _all(connection, filters, limit)
        exact = _matching(connection, expression(words), filters, limit)
        if exact.total >= _FEW:
            return exact
        similar = self._similar(connection, words)
        if similar is None:
            return exact
        more = _matching(connection, similar, filters, limit)
        found = {row.household_id for row in exact.rows}
        behind = [row for row in more.rows if row.household_id not in found]
        rows = [*exact.rows, *behind][:limit]
        return SearchResult(rows, max(more.total, len(rows)), exact.exact, more.is_capped)

    def load(self, connection: Connection) -> None:
        """Loads the words, so that the first misspelt one need not wait for them."""
        if not self._vocabulary:
            query = text("SELECT DISTINCT term FROM search_vocabulary WHERE col <> 'numbers'")
            self._add(connection.execute(query).scalars())

    def learn(self, connection: Connection, changes: Changes) -> None:
        """Adds the words of families and members that were written."""
        if not self._vocabulary:
            return
        for some in chunks(changes.of("member")):
            names = select(MEMBER.c.name).where(MEMBER.c.id.in_(some))
            for name in connection.execute(names).scalars():
                self._add(search_tokens(name))
        for some in chunks(changes.of("household")):
            places = select(HOUSEHOLD.c.hamlet, HOUSEHOLD.c.address)
            for place in connection.execute(places.where(HOUSEHOLD.c.id.in_(some))):
                self._add(normalise_name(" ".join(filter(None, place))).split())

    def _add(self, words: Iterable[str]) -> None:
        for word in words:
            self._vocabulary.setdefault(len(word), {})[word] = None

    def _similar(self, connection: Connection, words: Sequence[str]) -> str | None:
        """The search with each word or one like it; None if no word has any like it."""
        self.load(connection)
        tries = [[word, *self._like(word)] for word in words]
        if all(len(each) == 1 for each in tries):
            return None
        return " AND ".join(_any_of(map(_begins, each)) for each in tries)

    def _like(self, word: str) -> list[str]:
        if not word.isalpha():
            return []
        lengths = range(len(word) - _MOST_SLIPS, len(word) + _MOST_SLIPS + 1)
        known = [each for length in lengths for each in self._vocabulary.get(length, ())]
        return similar_words(word, known)[:_TRIED]


def expression(words: Sequence[str]) -> str:
    """Words as an FTS5 expression: each begins a word, or two neighbours together begin one."""
    readings = [" AND ".join(map(_begins, reading)) for reading in _readings(words)]
    return _any_of(readings)


def _words(typed: str) -> list[str]:
    """The words of what was typed; digits set in groups are one number.

    A single letter before or behind longer words would match nearly everyone, so it waits.
    """
    words: list[str] = []
    for is_number, group in groupby(normalise_name(typed).split(), str.isdecimal):
        some = list(group)
        words += ["".join(some)] if is_number else some
    longer = [word for word in words if len(word) > 1 or word.isdecimal()]
    return longer or words


def _readings(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words apart, and with each two neighbours joined; a phone as it is kept, too."""
    plain = [word for word in words if not word.startswith("0") or not word.isdecimal()]
    yield words
    for place, (first, second) in enumerate(pairwise(words)):
        yield (*words[:place], first + second, *words[place + 2 :])
    if len(plain) < len(words):
        yield [f"62{word[1:]}" if word not in plain else word for word in words]


def _begins(word: str) -> str:
    is_whole = word.isdecimal() and len(word) < _SHORT_NUMBER
    return f'"{word}"' if is_whole else f'"{word}"*'


def _any_of(parts: Iterable[str]) -> str:
    return "(" + " OR ".join(f"({part})" for part in parts) + ")"


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.scope:
        found.append(SEARCH.c.scope == filters.scope)
    if filters.overdue_on is not None:
        before = (filters.overdue_on - timedelta(days=OVERDUE_DAYS)).isoformat()
        found.append(func.coalesce(SEARCH.c.last_visit_on, "") < before)
    if filters.with_draft:
        found.append(SEARCH.c.household_id.in_(select(DRAFT.c.household_id)))
    return found


def _ordered(query: Select[Any], filters: Filters) -> Select[Any]:
    column: ColumnElement[Any] = SEARCH.c.head_name
    if filters.order is Order.LAST_VISIT:
        column = SEARCH.c.last_visit_on
    return query.order_by(column.desc() if filters.descending else column)


def _all(connection: Connection, filters: Filters, limit: int) -> SearchResult:
    conditions = _conditions(filters)
    total = connection.execute(
        select(func.count()).select_from(select(SEARCH.c.id).where(*conditions).subquery())
    ).scalar_one()
    rows = _rows(connection, _ordered(select(SEARCH).where(*conditions), filters), limit)
    return SearchResult(rows, total, len(rows))


def _matching(connection: Connection, matched: str, filters: Filters, limit: int) -> SearchResult:
    """Families that match an FTS5 expression.

    Few are found first and sorted then; many are picked out of the list that is in order already.
    """
    counted = {"matched": matched, "counted": COUNTED + 1}
    found, count = connection.execute(_HITS, counted).one()
    is_capped = count > COUNTED
    values = {"matched": matched} if is_capped else {"found": found}
    conditions: list[Any] = [_AMONG_MANY if is_capped else _AMONG_FEW, *_conditions(filters)]
    total = count
    if len(conditions) > 1:
        numbers = select(SEARCH.c.id).where(and_(*conditions)).limit(COUNTED + 1)
        remaining = select(func.count()).select_from(numbers.subquery())
        total = connection.execute(remaining, values).scalar_one()
    query = _ordered(select(SEARCH).where(and_(*conditions)), filters)
    rows = _rows(connection, query, limit, values)
    return SearchResult(rows, min(total, COUNTED), len(rows), is_capped=total > COUNTED)


def _rows(
    connection: Connection,
    query: Select[Any],
    limit: int,
    values: dict[str, Any] | None = None,
) -> list[FamilyRow]:
    found = connection.execute(query.limit(limit), values or {}).all()
    codes = {row.scope for row in found}
    names = select(REGION.c.code, REGION.c.name).where(REGION.c.code.in_(codes))
    villages = {row.code: row.name for row in connection.execute(names)}
    transport = transport_of(connection, [row.household_id for row in found])
    return [
        FamilyRow(
            household_id=row.household_id,
            head_name=row.head_name,
            hamlet=row.hamlet or "",
            village=villages.get(row.scope, row.scope),
            member_count=row.member_count,
            last_visit_on=date.fromisoformat(row.last_visit_on) if row.last_visit_on else None,
            transport=transport[row.household_id],
        )
        for row in found
    ]
