"""What is known of the eight factors after visits that did not ask of all of them; version 1.

A monthly visit asks of food, spending and income alone. What it did not ask of stands as it was
found last, with the day of that visit: it is neither forgotten nor taken for asked again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Final

from desktop.models.rules.deprivations import Factor, MemberAnswers, Outcome, Result, questions_of

RULE: Final = "carrying"
VERSION: Final = 1

_READ: Final = {factor: questions_of(factor) for factor in Factor}
_TIMES_READ: Final = Counter(chain.from_iterable(_READ.values()))
_OWN: Final = {
    factor: frozenset(name for name in names if _TIMES_READ[name] == 1)
    for factor, names in _READ.items()
}
"""By factor, the questions that are asked for it alone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one visit found: its day, the eight outcomes of its answers, and of which it had asked."""

    on: date
    outcomes: Mapping[Factor, Outcome]
    asked: frozenset[Factor]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known on the day of a visit, by it or by those before.

    Attributes:
        on: the day.
        outcomes: of the eight factors.
        since: for each factor that the visit did not ask of, the day on which it was asked of last.
    """

    on: date
    outcomes: Mapping[Factor, Outcome]
    since: Mapping[Factor, date] = field(default_factory=dict)

    @property
    def results(self) -> dict[str, str]:
        """The result of each factor, both as codes."""
        return {factor.value: outcome.result.value for factor, outcome in self.outcomes.items()}


def factors_asked(
    answers: Mapping[str, Any],
    members: Iterable[MemberAnswers],
    outcomes: Mapping[Factor, Outcome],
) -> frozenset[Factor]:
    """The factors of which a visit asked: those with an answer to a question of their own.

    That has to be enough to tell, or somebody said that they do not know: a questionnaire that
    asks of a toilet by the way has not asked of sanitation.
    """
    said = [(name, value) for name, value in answers.items() if value is not None]
    said += [pair for member in members for pair in member.answers.items()]
    answered = {name for name, _ in said}
    unsaid = {name for name, value in said if value in ("unknown", "refused")}
    return frozenset(
        factor
        for factor, own in _OWN.items()
        if own & (unsaid if outcomes[factor].result is Result.UNKNOWN else answered)
    )


def carry(findings: Iterable[Finding]) -> Iterator[Standing]:
    """What was known at each of a family's visits; both with the oldest first."""
    known: dict[Factor, tuple[Outcome, date]] = {}
    for finding in findings:
        since = {factor: day for factor, (_, day) in known.items() if factor not in finding.asked}
        known |= {factor: (finding.outcomes[factor], finding.on) for factor in finding.asked}
        yield Standing(
            finding.on,
            {
                factor: known[factor][0] if factor in known else outcome
                for factor, outcome in finding.outcomes.items()
            },
            since,
        )
