"""The list of families: searched while typing, filtered, in order, among a hundred thousand.

Every typed word must begin a word of the family: a name, two names written together, a number or
a place. "Nur Aini" and "Nuraini" find each other. Whose head's name holds all the words stands
first, then where another member's does, then the rest. Where nothing, or little, is written like
that, words within a slip of the keyboard are tried as well.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, text

from desktop.models.changes import Changes
from desktop.models.queries.transport import Transport, transport_of
from desktop.models.rules.names import (
    HEAD_MARK,
    NEAR,
    normalise_name,
    search_tokens,
    similar_words,
)
from desktop.models.store.rows import chunks
from desktop.models.tables import DRAFT, HOUSEHOLD, MEMBER, REGION, SEARCH

COUNTED: Final = 2_000
"""Families are counted up to here; more than that says only that one more letter would help."""

_SORTED: Final = 1_000
"""More finds than this are quicker picked out of the list in order than sorted."""

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

_NOT_SEEN: Final = text("search.id NOT IN (SELECT value FROM json_each(:seen))")

_SHORT_NUMBER: Final = 6
"""The first digits of an identity number are a whole district's: with fewer digits than this a
number is sought as it stands, as that of a house, or as the last digits of an identity number."""

_VOCABULARY: Final = text(
    "SELECT DISTINCT term FROM search_vocabulary WHERE col <> 'numbers' AND term < :marks"
)


class Order(StrEnum):
    """By what the list is sorted."""

    NAME = "name"
    LAST_VISIT = "last_visit"


@dataclass(frozen=True)
class Filters:
    """Which families, and in which order.

    Attributes:
        scope: code of a village; "" for all.
        overdue_on: only those whose visit is overdue on this day, and was not begun.
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
    """A family as the list shows it; `matched` is the member found where the head was not."""

    household_id: UUID
    head_name: str
    hamlet: str
    village: str
    member_count: int
    last_visit_on: date | None
    transport: Transport
    matched: str = ""


@dataclass(frozen=True)
class SearchResult:
    """What was found.

    Attributes:
        rows: the first families, at most as many as asked for.
        total: how many there are, counted up to `COUNTED`.
        exact: how many of `rows` are written as typed; those behind are only similar.
        is_capped: whether there are more than were counted.
        meant: the family that is meant without a doubt: the only one, or the only one whose head
            has a name with all the words.
    """

    rows: Sequence[FamilyRow]
    total: int
    exact: int
    is_capped: bool = False
    meant: UUID | None = None


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
        result = self._found(connection, words, filters, limit)
        if result.total == result.exact == 1:
            return replace(result, meant=result.rows[0].household_id)
        return result

    def _found(
        self, connection: Connection, words: Sequence[str], filters: Filters, limit: int
    ) -> SearchResult:
        exact = _matching(connection, _tiers(words), filters, limit)
        exact = replace(exact, rows=_with_matched(connection, exact.rows, words))
        if exact.total >= _FEW:
            return exact
        similar = self._similar(connection, words)
        if similar is None:
            return exact
        more = _matching(connection, [similar], filters, limit)
        found = {row.household_id for row in exact.rows}
        behind = [row for row in more.rows if row.household_id not in found]
        rows = [*exact.rows, *behind][:limit]
        return replace(exact, rows=rows, total=max(more.total, len(rows)), is_capped=more.is_capped)

    def load(self, connection: Connection) -> None:
        """Loads the words, so that the first misspelt one need not wait for them."""
        if not self._vocabulary:
            self._add(connection.execute(_VOCABULARY, {"marks": HEAD_MARK}).scalars())

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


def expression(words: Sequence[str], mark: str = "") -> str:
    """Words as an FTS5 expression: each begins a word, or two neighbours together begin one.

    Args:
        words: as typed.
        mark: what stands before such words in the index.
    """
    readings = [
        " AND ".join(_begins(f"{mark}{word}") for word in reading) for reading in _readings(words)
    ]
    return _any_of(readings)


def is_short_number(typed: str) -> bool:
    """Whether it is a number that is sought as it stands, and not by its first digits."""
    words = _words(typed)
    return len(words) == 1 and words[0].isdecimal() and len(words[0]) < _SHORT_NUMBER


def _tiers(words: Sequence[str]) -> list[str]:
    """Expressions in the order of what they find: by the head, by one member, by anything."""
    everything = expression(words)
    if any(word.isdecimal() for word in words):
        return [everything]
    one_member = f"words : NEAR({' '.join(map(_begins, words))}, {NEAR})"
    return [expression(words, HEAD_MARK), one_member, everything]


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
        due = SEARCH.c.next_due_on
        found += [due > "", due < filters.overdue_on.isoformat(), ~_is_begun()]
    if filters.with_draft:
        found.append(_is_begun())
    return found


def _is_begun() -> ColumnElement[bool]:
    return SEARCH.c.household_id.in_(select(DRAFT.c.household_id))


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
    query = _ordered(select(SEARCH).where(*conditions), filters)
    rows = _shown(connection, connection.execute(query.limit(limit)).all())
    return SearchResult(rows, total, len(rows))


@dataclass(frozen=True)
class _Hits:
    """What an FTS5 expression matches, with the filters, to be counted and read.

    Few are found first and sorted then; many are picked out of the list that is in order already.
    """

    conditions: Sequence[Any]
    values: dict[str, Any]
    total: int

    @classmethod
    def of(cls, connection: Connection, matched: str, filters: Filters) -> "_Hits":
        counted = {"matched": matched, "counted": COUNTED + 1}
        found, total = connection.execute(_HITS, counted).one()
        is_many = total > min(COUNTED, _SORTED)
        values = {"matched": matched} if is_many else {"found": found}
        conditions: list[Any] = [_AMONG_MANY if is_many else _AMONG_FEW, *_conditions(filters)]
        if total and len(conditions) > 1:
            numbers = select(SEARCH.c.id).where(and_(*conditions)).limit(COUNTED + 1)
            remaining = select(func.count()).select_from(numbers.subquery())
            total = connection.execute(remaining, values).scalar_one()
        return cls(conditions, values, total)

    def rows(
        self, connection: Connection, filters: Filters, limit: int, seen: Collection[int] = ()
    ) -> Sequence[Row[Any]]:
        """The first ones in order, but for those that were seen."""
        if not self.total:
            return []
        query = _ordered(select(SEARCH).where(and_(*self.conditions)), filters)
        values = self.values
        if seen:
            query, values = query.where(_NOT_SEEN), {**values, "seen": json.dumps([*seen])}
        return connection.execute(query.limit(limit), values).all()


def _matching(
    connection: Connection, tiers: Sequence[str], filters: Filters, limit: int
) -> SearchResult:
    """Families that match the last of some FTS5 expressions; those that match the first, first.

    Where the order is not that of names it is kept, whatever matches.
    """
    everything = _Hits.of(connection, tiers[-1], filters)
    if not everything.total:
        return SearchResult([], 0, 0)
    first = _Hits.of(connection, tiers[0], filters) if len(tiers) > 1 else everything
    found: dict[int, Row[Any]] = {}

    def read(hits: _Hits) -> None:
        rows = hits.rows(connection, filters, limit - len(found), found)
        found.update((row.id, row) for row in rows)

    if filters.order is Order.NAME:
        read(first)
        for matched in tiers[1:-1] if len(found) < limit else ():
            read(_Hits.of(connection, matched, filters))
    if len(found) < limit:
        read(everything)
    shown = _shown(connection, list(found.values()))
    meant = None
    if first.total == 1 and len(tiers) > 1:
        meant = first.rows(connection, filters, 1)[0].household_id
    is_capped = everything.total > COUNTED
    return SearchResult(shown, min(everything.total, COUNTED), len(shown), is_capped, meant)


def _shown(connection: Connection, found: Sequence[Row[Any]]) -> list[FamilyRow]:
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


def _with_matched(
    connection: Connection, rows: Sequence[FamilyRow], words: Sequence[str]
) -> list[FamilyRow]:
    """The rows with the member who has the most of the words that the head's name lacks."""
    lacking = {
        row.household_id: _without(words, f"{row.head_name} {row.hamlet} {row.village}")
        for row in rows
    }
    asked = [household_id for household_id, some in lacking.items() if some]
    query = select(MEMBER.c.household_id, MEMBER.c.name).where(
        MEMBER.c.household_id.in_(asked), MEMBER.c.deleted_at.is_(None)
    )
    best: dict[UUID, tuple[int, str]] = {}
    for household_id, name in connection.execute(query) if asked else ():
        some = lacking[household_id]
        fit = len(some) - len(_without(some, name))
        if fit > best.get(household_id, (0, ""))[0]:
            best[household_id] = (fit, name)
    return [
        replace(row, matched=best[row.household_id][1]) if row.household_id in best else row
        for row in rows
    ]


def _without(words: Sequence[str], name: str) -> list[str]:
    """Those of the words that begin none of a name's, neither alone nor with a neighbour."""
    written = _written(name)
    lacking = [word for word in words if f" {word}" not in written]
    if not lacking or len(words) == 1:
        return lacking
    pairs = [pair for pair in pairwise(words) if f" {''.join(pair)}" in written]
    together = {word for pair in pairs for word in pair}
    return [word for word in lacking if word not in together]


@lru_cache(maxsize=2_048)  # at the next letter mostly the same names come again
def _written(name: str) -> str:
    """The words of a name with a blank before each."""
    return "".join(f" {token}" for token in search_tokens(name))
