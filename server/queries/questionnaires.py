"""The questionnaires that the office published: what everybody receives, version by version."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from desktop.models.records.base import REF_SCOPE, as_json, format_time
from desktop.models.records.questionnaires import PublishedQuestionnaire, questionnaire_id
from server.faults import Failure
from server.queries.merge import write_server_row
from server.tables import QUESTIONNAIRE

_TABLE = "questionnaire"


class PublishingFault(StrEnum):
    """Why a questionnaire was not published or withdrawn."""

    OLD_VERSION = "old_version"
    NOT_PUBLISHED = "not_published"


class PublishingFailure(Failure[PublishingFault]):
    """A questionnaire was not published or withdrawn; `subject` is the version that is in the way."""


def published(connection: Connection) -> Sequence[Any]:
    """Name, number, and when it was published and withdrawn, of each version, the newest last."""
    columns = (
        QUESTIONNAIRE.c.name,
        QUESTIONNAIRE.c.number,
        QUESTIONNAIRE.c.published_at,
        QUESTIONNAIRE.c.withdrawn_at,
    )
    query = select(*columns).order_by(QUESTIONNAIRE.c.name, QUESTIONNAIRE.c.number)
    return connection.execute(query).all()


def texts_of(connection: Connection, name: str) -> Sequence[str]:
    """The compiled forms of all versions of a questionnaire, the newest first."""
    query = select(QUESTIONNAIRE.c.form).where(QUESTIONNAIRE.c.name == name)
    return connection.execute(query.order_by(QUESTIONNAIRE.c.number.desc())).scalars().all()


def publish(connection: Connection, now: datetime, name: str, number: int, form: str) -> None:
    """Publishes a compiled form; a version once published is never another one.

    Raises:
        PublishingFailure: this version, or a later one, was published before.
    """
    newest = select(func.max(QUESTIONNAIRE.c.number)).where(QUESTIONNAIRE.c.name == name)
    before = connection.execute(newest).scalar()
    if before is not None and number <= before:
        raise PublishingFailure(PublishingFault.OLD_VERSION, before)
    row = PublishedQuestionnaire(
        id=questionnaire_id(name, number),
        scope=REF_SCOPE,
        name=name,
        number=number,
        form=form,
        published_at=now,
    )
    write_server_row(connection, now, _TABLE, row.id, REF_SCOPE, as_json(row))


def withdraw(connection: Connection, now: datetime, name: str, number: int) -> None:
    """Lets nobody begin a visit with a version any more; those that were begun are finished with it.

    Raises:
        PublishingFailure: no such version was published.
    """
    row_id = questionnaire_id(name, number)
    found = select(QUESTIONNAIRE.c.id).where(QUESTIONNAIRE.c.id == row_id)
    if connection.execute(found).first() is None:
        raise PublishingFailure(PublishingFault.NOT_PUBLISHED, f"{name} {number}")
    fields: Any = {"withdrawn_at": format_time(now)}
    write_server_row(connection, now, _TABLE, row_id, REF_SCOPE, fields)
