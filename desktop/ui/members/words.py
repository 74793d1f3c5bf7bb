"""What is said of members: how old they are, and what they are to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.rules.ages import age_on
from desktop.ui.words import RELATIONS, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from desktop.models.queries.members import MemberView
    from desktop.models.records.households import Relation

_MONTHS_TOLD = 24
"""Below this age months are told, and days within the first one."""


def age_words(born: date | None, today: date) -> str:
    """How old somebody is today; "" if that is not known, or not born yet."""
    age = None if born is None else age_on(born, today)
    if age is None:
        return ""
    months = age.years * 12 + age.months
    if months >= _MONTHS_TOLD:
        return QCoreApplication.translate("Members", "{count} yr").format(count=age.years)
    if months:
        return QCoreApplication.translate("Members", "{count} mo").format(count=months)
    return QCoreApplication.translate("Members", "{count} d").format(count=age.days)


def relation_words(members: Sequence[MemberView], relations: Mapping[UUID, Relation]) -> str:
    """What some members are to the head: "Siti: head of family, Rizki: child"."""
    names = {one.id: one.name for one in members}
    return ", ".join(f"{names[one]}: {word(RELATIONS, said)}" for one, said in relations.items())
