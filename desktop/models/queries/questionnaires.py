"""The questionnaires that can be asked: those that the office published, and those that ship."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, func, select

from desktop.models.questionnaires.form import FormError, Questionnaire, Text, load
from desktop.models.records.questionnaires import questionnaire_id
from desktop.models.tables import QUESTIONNAIRE

HOUSEHOLD_VISIT: Final = "household_visit"
"""The questionnaire of an ordinary visit; it ships with the program."""

_LOG = logging.getLogger(__name__)

Version = tuple[str, int]
"""A questionnaire's name and number."""


class FormFault(StrEnum):
    """Why a questionnaire cannot be asked."""

    NOT_HERE = "form_not_here"


class FormNotHereError(LookupError):
    """A version is not on this laptop, or of a newer program."""

    fault = FormFault.NOT_HERE


class Forms:
    """Questionnaires by name and version, each read once.

    Args:
        folder: where those lie that ship with the program.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Version, Questionnaire | None] = {}
        self._shipped: dict[str, Questionnaire | None] = {}

    def current(self, connection: Connection, name: str = HOUSEHOLD_VISIT) -> Questionnaire:
        """The newest version that may be begun and that this program understands.

        Raises:
            LookupError: there is none.
        """
        found = self._newest(connection, name)
        if found is None:
            raise LookupError(name)
        return found

    def offered(self, connection: Connection) -> list[Questionnaire]:
        """What a visit can be begun with: the ordinary visit first, then what the office published."""
        newest = (self._newest(connection, name) for name in _names(connection))
        return [form for form in newest if form is not None]

    def version(self, connection: Connection, name: str, number: int) -> Questionnaire | None:
        """A certain version; None if it is not on this laptop, or of a newer program."""
        if (name, number) not in self._read:
            query = select(QUESTIONNAIRE.c.form).where(
                QUESTIONNAIRE.c.id == questionnaire_id(name, number),
                QUESTIONNAIRE.c.deleted_at.is_(None),
            )
            text = connection.execute(query).scalar()
            if text is None:
                return self._shipped_version(name, number)
            self._read[name, number] = _parsed(name, number, text)
        return self._read[name, number]

    def begun(self, connection: Connection, name: str, number: int) -> Questionnaire:
        """The version that a visit was begun with, and is finished with.

        Raises:
            FormNotHereError: it cannot be gone on with here, or not yet.
        """
        found = self.version(connection, name, number)
        if found is None:
            raise FormNotHereError(f"{name} {number}")
        return found

    def known(self, name: str, number: int) -> Questionnaire | None:
        """A version that was read before; reads no database."""
        return self._read.get((name, number)) or self._shipped_version(name, number)

    def _newest(self, connection: Connection, name: str) -> Questionnaire | None:
        shipped = self._ships(name)
        for number in _numbers(connection, name):
            if shipped is not None and number < shipped.version:
                break
            found = self.version(connection, name, number)
            if found is not None:
                return found
        return shipped

    def _shipped_version(self, name: str, number: int) -> Questionnaire | None:
        """A version that ships, or that shipped with an earlier program."""
        newest = self._ships(name)
        if newest is None or newest.version == number:
            return newest
        return self._ships(earlier_name(name, number))

    def _ships(self, name: str) -> Questionnaire | None:
        if name not in self._shipped:
            path = self._folder / f"{name}.json"
            self._shipped[name] = load(path) if path.is_file() else None
        return self._shipped[name]


def earlier_name(name: str, number: int) -> str:
    """What a version is called in the folder of those that ship, once there is a newer one."""
    return f"{name}-{number}"


def _names(connection: Connection) -> Sequence[str]:
    query = select(QUESTIONNAIRE.c.name).where(
        QUESTIONNAIRE.c.withdrawn_at.is_(None), QUESTIONNAIRE.c.deleted_at.is_(None)
    )
    published = set(connection.execute(query).scalars())
    return [HOUSEHOLD_VISIT, *sorted(published - {HOUSEHOLD_VISIT})]


def _numbers(connection: Connection, name: str) -> Sequence[int]:
    """The versions that may be begun, the newest first."""
    query = select(QUESTIONNAIRE.c.number).where(
        QUESTIONNAIRE.c.name == name,
        QUESTIONNAIRE.c.withdrawn_at.is_(None),
        QUESTIONNAIRE.c.deleted_at.is_(None),
    )
    return connection.execute(query.order_by(QUESTIONNAIRE.c.number.desc())).scalars().all()


def _parsed(name: str, number: int, text: str) -> Questionnaire | None:
    """A published form; one that uses what this program does not know is left to newer ones."""
    from desktop.models.questionnaires.loader import read  # noqa: PLC0415 it loads the expressions

    try:
        return read(text)
    except FormError as error:
        what = (name, number, error.problem.value, error.place)
        _LOG.exception("questionnaire %s %d cannot be asked by this version: %s at %s", *what)
        return None


def title_instead(draft: Table) -> ColumnElement[str | None]:
    """The title of what a draft asks (for `as_title`), where that is not the ordinary visit."""
    published = QUESTIONNAIRE.c
    return (
        select(func.json_extract(published.form, "$.title"))
        .where(
            draft.c.questionnaire != HOUSEHOLD_VISIT,
            published.name == draft.c.questionnaire,
            published.number == draft.c.questionnaire_version,
            published.deleted_at.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )


def as_title(found: str | None) -> Text | None:
    """A title in both languages, as `title_instead` finds it."""
    return Text(**json.loads(found)) if found else None
