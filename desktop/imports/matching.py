"""Whether a row is a family met before: earlier in the same file, or in the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple, Protocol

from desktop.imports.candidates import Candidate, RowFinding
from desktop.models.rules.findings import Finding, Severity
from desktop.models.rules.names import normalise_name

Value = str | int | date | None

COMPARED: Final = (
    "village_code",
    "head_name",
    "national_id",
    "sex",
    "birth_date",
    "birth_place",
    "family_card_number",
    "member_count",
    "address",
    "hamlet",
    "rt",
    "rw",
    "occupation",
    "phone",
    "bank_name",
    "bank_account",
    "business_type",
    "amount",
    "criteria",
    "note",
)
"""Fields of a candidate that can differ from what the store holds."""

_NO_CONTRADICTION: Final = frozenset({"note"})
"""Two people may note two things of one family."""

_ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ExistingHousehold:
    """A household of the store, as far as a list can speak of it.

    Attributes:
        household_id: its identity in the store.
        values: what is recorded, by the candidate's field names. A field left out is not
            compared; None says that nothing is recorded there.
    """

    household_id: str
    values: Mapping[str, Value] = field(default_factory=dict)


class Existing(Protocol):
    """The households in the store; asked for at most 500 at once."""

    def by_national_id(self, numbers: Collection[str]) -> Mapping[str, ExistingHousehold]:
        """Return the households with these heads, by national id."""

    def by_family_card(self, numbers: Collection[str]) -> Mapping[str, ExistingHousehold]:
        """Return the households that hold these cards now, by card number."""

    def by_fingerprint(self, fingerprints: Collection[str]) -> Mapping[str, ExistingHousehold]:
        """Return the households imported from rows with these fingerprints."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A row whose family is in the store, with nothing that contradicts it.

    Attributes:
        candidate: the row.
        household_id: the family's identity in the store.
        remarks: what the row says beyond the record: where nothing is recorded yet, and other
            notes. A person decides about it; the import writes nothing of it.
    """

    candidate: Candidate
    household_id: str
    remarks: tuple[Finding, ...] = ()


Outcome = Unchanged | tuple[Finding, ...] | None
"""Unchanged, the reasons against the row, or None for a new family."""


def match(candidates: Sequence[Candidate], existing: Existing) -> Iterator[Outcome]:
    """Yield what each candidate is, in their order."""
    prints = [_Prints(each.fingerprint, each.numberless_fingerprint) for each in candidates]
    stored = _Stored(candidates, prints, existing)
    seen: dict[str, Candidate] = {}
    for candidate, own in zip(candidates, prints, strict=True):
        if repeated := _repeated(candidate, own, seen):
            yield (repeated,)
            continue
        household = stored.find(candidate, own)
        if household is None:
            yield None
        else:
            yield _compare(candidate, household)


class _Prints(NamedTuple):
    """A candidate's fingerprints, made once."""

    full: str
    numberless: str


class _Stored:
    """The households of the store that these candidates may be."""

    def __init__(
        self, candidates: Sequence[Candidate], prints: Sequence[_Prints], existing: Existing
    ) -> None:
        self._by_national_id = _ask(
            existing.by_national_id, (each.national_id for each in candidates)
        )
        self._by_family_card = _ask(
            existing.by_family_card, (each.family_card_number for each in candidates)
        )
        self._by_fingerprint = _ask(
            existing.by_fingerprint, (each for pair in prints for each in pair)
        )

    def find(self, candidate: Candidate, prints: _Prints) -> ExistingHousehold | None:
        """Find by number, else by fingerprint.

        A family recorded without its national id is found again when the next list brings it; one
        recorded with another is somebody else of the same name.
        """
        found = (
            self._by_national_id.get(candidate.national_id or "")
            or self._by_family_card.get(candidate.family_card_number or "")
            or self._by_fingerprint.get(prints.full)
        )
        if found is None:
            namesake = self._by_fingerprint.get(prints.numberless)
            if namesake is not None and namesake.values.get("national_id") is None:
                found = namesake
        return found


def _ask(
    question: Callable[[Collection[str]], Mapping[str, ExistingHousehold]],
    keys: Iterable[str | None],
) -> dict[str, ExistingHousehold]:
    asked = list(dict.fromkeys(key for key in keys if key))
    found: dict[str, ExistingHousehold] = {}
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        found.update(question(asked[start : start + _ASKED_AT_ONCE]))
    return found


def _repeated(candidate: Candidate, prints: _Prints, seen: dict[str, Candidate]) -> Finding | None:
    """Find the earlier row with one of this row's identities, else remember this one's."""
    keys = {
        "national_id": candidate.national_id,
        "family_card_number": candidate.family_card_number,
        "head_name": None if candidate.national_id else prints.full,
    }
    for name, key in keys.items():
        earlier = seen.get(f"{name}:{key}") if key else None
        if earlier is not None:
            return Finding(
                RowFinding.DUPLICATE_IN_FILE,
                Severity.ERROR,
                {"field": name, "sheet": earlier.sheet, "row": earlier.row_number},
            )
    seen.update((f"{name}:{key}", candidate) for name, key in keys.items() if key)
    return None


def _compare(candidate: Candidate, household: ExistingHousehold) -> Unchanged | tuple[Finding, ...]:
    """Compare what the row states; what it leaves out is no difference.

    Neither is what the record leaves out: there the row contradicts nobody.
    """
    found = [
        _difference(name, stated, household)
        for name in COMPARED
        if name in household.values
        and (stated := getattr(candidate, name)) is not None
        and _comparable(name, stated) != _comparable(name, household.values[name])
    ]
    contradictions = tuple(each for each in found if each.severity is Severity.ERROR)
    return contradictions or Unchanged(candidate, household.household_id, tuple(found))


def _difference(name: str, stated: str | int | date, household: ExistingHousehold) -> Finding:
    details = {
        "field": name,
        "stated": _plain(stated),
        "household_id": household.household_id,
    }
    recorded = household.values[name]
    if recorded is None:
        return Finding(RowFinding.ALREADY_THERE_EMPTY, Severity.WARNING, details)
    severity = Severity.WARNING if name in _NO_CONTRADICTION else Severity.ERROR
    details["recorded"] = _plain(recorded)
    return Finding(RowFinding.ALREADY_THERE_DIFFERENT, severity, details)


def _plain(value: str | int | date) -> str | int:
    return value.isoformat() if isinstance(value, date) else value


def _comparable(name: str, value: Value) -> Value:
    """Let case, spacing and titles before a name make no difference."""
    if not isinstance(value, str):
        return value
    return normalise_name(value) if name == "head_name" else " ".join(value.casefold().split())
