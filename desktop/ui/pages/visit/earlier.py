"""What earlier visits said, section by section: not every visit asks of everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import KNOWN_REPEAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from desktop.models.queries.visits import PreviousVisit
    from desktop.models.questionnaires.form import Path, Questionnaire, Value

_NOT_COMPARED = frozenset({"visited_on"})
"""What differs from visit to visit by its nature."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The answers of earlier visits.

    Attributes:
        answers: by path; those of one section all come from one visit, the last that asked it.
        days: by section, the day of that visit.
    """

    answers: Mapping[Path, Value]
    days: Mapping[str, date]


def earlier_answers(form: Questionnaire, visits: Iterable[PreviousVisit]) -> Earlier:
    """What visits, newest first, said of the sections of a form."""
    answers: dict[Path, Value] = {}
    days: dict[str, date] = {}
    for visit in visits:
        said = _by_path(visit)
        section = {path: form.section_of(path) for path in said}
        asked = set(filter(None, section.values())) - days.keys()
        answers |= {path: value for path, value in said.items() if section[path] in asked}
        days |= dict.fromkeys(asked, visit.visited_on)
    return Earlier(answers, days)


def _by_path(visit: PreviousVisit) -> dict[Path, Value]:
    said = {name: value for name, value in visit.answers.items() if name not in _NOT_COMPARED}
    for member_id, answers in visit.members.items():
        said |= {paths.join(name, KNOWN_REPEAT, member_id): one for name, one in answers.items()}
    for row in visit.rows:
        said[paths.row(row.repeat, row.id)] = str(row.inside) if row.inside else ""
        said |= {paths.join(name, row.repeat, row.id): one for name, one in row.answers.items()}
    return said
