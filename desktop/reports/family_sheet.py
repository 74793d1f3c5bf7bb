"""The sheet that a family keeps of a visit: what it says, made from the records and the visit.

It may lie on the table when neighbours come: no identity numbers, no amounts of money, nothing of
anybody's health beyond that a factor is lacking. The words are in `family_words`; how the sheet
looks is drawn elsewhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from desktop.models.queries.family_sheet import GrantStanding, Promise, SheetBasis
from desktop.models.records.visits import VisitOutcome
from desktop.models.rules.carrying import Standing
from desktop.models.rules.dates import format_date, format_month
from desktop.models.rules.deprivations import Factor, Result
from desktop.models.rules.identity import group_phone
from desktop.reports import family_words as say
from desktop.reports.discretion import COVERED, for_every_eye
from desktop.reports.family_words import Turn
from desktop.reports.told_visit import ToldVisit, in_time

MOST_PROMISES: Final = 3
MOST_GRANTS: Final = 2
_LONGEST_NAME: Final = 80
"""Of a head of a family in the name of a file."""


class StepKind(StrEnum):
    """What sort of thing comes next."""

    VISIT = "visit"
    PROMISE = "promise"
    GRANT = "grant"


class AskKind(StrEnum):
    """Who can be asked."""

    FACILITATOR = "facilitator"
    VILLAGE = "village"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever prints decides.

    Attributes:
        phone: the facilitator's phone; None leaves room to write it by hand.
        spells_out: whether it is told what is to be done, or only until when.
    """

    phone: str | None = None
    spells_out: bool = True


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One of the eight: its name, whether it is lacking, since when if not asked now, how it changed."""

    factor: Factor
    name: str
    result: Result
    state: str
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What got better, or worse; without a turn, that nothing did."""

    words: str
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Something that comes next: when (or what), and below it the rest."""

    kind: StepKind
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Who can be asked. `line` begins a line to write on by hand, where a phone is not known."""

    kind: AskKind
    name: str
    words: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class FamilySheet:
    """All that the sheet says, top to bottom.

    Attributes:
        household_id: the family.
        visited_on: the day of the visit.
        head: name of the head of the family.
        title: what it is.
        place: the village.
        visited: the day of the visit in words.
        factors: the eight, or none if the family was not asked; then `instead` says so.
        instead: why there are no factors.
        changes_title: since when; empty without factors.
        changes: what got better and worse.
        steps: what comes next.
        asks: who can be asked.
        foot: what the family may do with the sheet and with what is recorded.
        printed: the day of printing in words.
    """

    household_id: UUID
    visited_on: date
    head: str
    title: str
    place: str
    visited: str
    factors: tuple[FactorLine, ...]
    instead: str
    changes_title: str
    changes: tuple[ChangeLine, ...]
    steps: tuple[Step, ...]
    asks: tuple[Ask, ...]
    foot: str
    printed: str

    def words(self) -> Iterator[str]:
        """Every word of it, in the order of reading."""
        yield from (self.title, self.head, self.place, self.visited)
        if self.factors:
            yield say.FACTORS_TITLE
        for one in self.factors:
            yield ": ".join((one.name, one.state))
            yield say.TURNS[one.turn] if one.turn else ""
        yield from (self.instead, self.changes_title, *(one.words for one in self.changes))
        yield say.NEXT_TITLE
        for step in self.steps:
            yield from (step.heading, step.words)
        yield say.ASK_TITLE
        for ask in self.asks:
            yield from (ask.name, ask.words, ask.line)
        yield from (self.foot, self.printed)


def family_sheet(basis: SheetBasis, visit: ToldVisit, choices: Choices, today: date) -> FamilySheet:
    """What the sheet of a visit says.

    Args:
        basis: what is known of the family.
        visit: the visit.
        choices: what whoever prints decided.
        today: the day of printing.
    """
    found = basis.family
    village = say.VILLAGES.get(basis.village_kind, "{village}").format(village=found.village)
    factors = _factors(visit)
    return FamilySheet(
        household_id=found.id,
        visited_on=visit.on,
        head=found.head.name if found.head else say.NO_NAME,
        title=say.TITLE,
        place=", ".join(filter(None, (found.hamlet, village))),
        visited=say.VISITED.format(day=_day(visit.on)),
        factors=factors,
        instead="" if factors else _instead(visit),
        changes_title=_changes_title(visit),
        changes=_changes(visit, factors),
        steps=_steps(basis, visit, choices, today),
        asks=_asks(basis, visit, choices),
        foot=say.FOOT,
        printed=say.PRINTED.format(day=_day(today)),
    )


def file_name(sheet: FamilySheet) -> str:
    """A name for the sheet's PDF that every file system takes."""
    head = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", sheet.head)
    head = " ".join(head.split())[:_LONGEST_NAME].strip(" .")
    return f"{say.TITLE} - {head or say.NO_NAME} - {sheet.visited_on.isoformat()}.pdf"


def _day(day: date) -> str:
    return format_date(day, "id", "long")


def _factors(visit: ToldVisit) -> tuple[FactorLine, ...]:
    if visit.now is None:
        return ()
    before = visit.before.results if visit.before else {}
    return tuple(_factor(factor, visit.now, before) for factor in say.FACTORS)


def _factor(factor: Factor, now: Standing, before: Mapping[str, str]) -> FactorLine:
    result = Result(now.results.get(factor.value, Result.UNKNOWN))
    was = Result(before.get(factor.value, Result.UNKNOWN))
    turns = {
        (Result.DEPRIVED, Result.NOT_DEPRIVED): Turn.BETTER,
        (Result.NOT_DEPRIVED, Result.DEPRIVED): Turn.WORSE,
    }
    state, since = say.STATES[result], now.since.get(factor)
    if since is not None:
        state = say.ASKED_BEFORE.format(state=state, month=format_month(since))
    return FactorLine(factor, say.FACTORS[factor], result, state, turns.get((was, result)))


def _instead(visit: ToldVisit) -> str:
    return say.NOBODY_HOME if visit.outcome == VisitOutcome.NOBODY_HOME else say.NOT_ASKED


def _changes_title(visit: ToldVisit) -> str:
    if visit.now is None or visit.before is None:
        return ""
    return say.CHANGES_TITLE.format(day=_day(visit.before.on))


def _changes(visit: ToldVisit, factors: Sequence[FactorLine]) -> tuple[ChangeLine, ...]:
    if visit.now is None:
        return ()
    if visit.before is None:
        return (ChangeLine(say.FIRST_VISIT),)
    lines = []
    for turn, words in say.CHANGES.items():
        names = [one.name for one in factors if one.turn is turn]
        if names:
            lines.append(ChangeLine(words.format(factors=", ".join(names)), turn))
    return tuple(lines) or (ChangeLine(say.NO_CHANGE),)


def _steps(basis: SheetBasis, visit: ToldVisit, choices: Choices, today: date) -> tuple[Step, ...]:
    steps = [_next_visit(visit.next_due_on, today)] if basis.is_accompanied else []
    told = sorted(visit.promises[:MOST_PROMISES], key=in_time)
    steps += [_promise(one, choices) for one in told]
    more = len(visit.promises) - MOST_PROMISES
    if more > 0:
        steps.append(Step(StepKind.PROMISE, say.MORE.format(count=more), ""))
    steps += [_grant(one) for one in basis.grants[:MOST_GRANTS]]
    return tuple(steps) or (Step(StepKind.VISIT, say.NOTHING_NEXT, ""),)


def _next_visit(due: date | None, today: date) -> Step:
    if due is None or due < today:
        return Step(StepKind.VISIT, say.SOON, say.NEXT_VISIT_SOON)
    return Step(StepKind.VISIT, _day(due), say.NEXT_VISIT)


def _promise(promise: Promise, choices: Choices) -> Step:
    what = for_every_eye(promise.what) if choices.spells_out else COVERED
    if promise.business and what != COVERED:
        what = say.OF_BUSINESS.format(name=for_every_eye(promise.business), what=what)
    doer = say.DOERS.get(promise.by)
    if doer is None and promise.by:
        doer = say.SOMEBODY.format(name=for_every_eye(promise.by))
    day = _day(promise.due_on) if promise.due_on else say.NO_DAY
    heading = ", ".join(filter(None, (day, doer)))
    return Step(StepKind.PROMISE, heading, f"{what.rstrip('.')}.")


def _grant(grant: GrantStanding) -> Step:
    state = "disbursed_on" if grant.state == "disbursed" and grant.disbursed_on else grant.state
    words = say.GRANTS.get(state, say.GRANT_UNKNOWN).format(
        handed_out=say.CASH if grant.is_cash else say.GOODS,
        day=_day(grant.disbursed_on) if grant.disbursed_on else "",
    )
    name = say.GRANT if grant.programme else say.GRANT_OF_NO_PROGRAMME
    return Step(StepKind.GRANT, name.format(programme=grant.programme), words)


def _asks(basis: SheetBasis, visit: ToldVisit, choices: Choices) -> tuple[Ask, ...]:
    phone = choices.phone if visit.is_own else None
    office = say.VILLAGE_OFFICES.get(basis.village_kind, say.VILLAGE_OFFICE)
    asks = [
        Ask(
            AskKind.FACILITATOR,
            say.FACILITATOR.format(name=visit.facilitator) if visit.facilitator else say.NOBODY,
            f"{say.PHONE} {group_phone(phone)}" if phone else "",
            "" if phone else say.PHONE,
        ),
        Ask(AskKind.VILLAGE, office.format(village=basis.family.village)),
    ]
    if basis.regency:
        asks.append(Ask(AskKind.OFFICE, say.OFFICE.format(regency=basis.regency)))
    return tuple(asks)
