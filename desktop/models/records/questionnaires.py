"""Questionnaires that the office published, and how often families are to be visited."""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from desktop.models.records.base import Moment, Record, moment_field, natural_id, whole_number


class PublishedQuestionnaire(Record):
    """One version of a questionnaire, as everybody receives it; what was published never changes.

    `form` is the compiled form as text, see `models/questionnaires/form.py`. A version that was
    withdrawn is not begun any more; visits that were begun with it are finished with it.
    """

    name: str = Field(min_length=1)
    number: int = whole_number()
    """The version; the highest one that was not withdrawn is asked."""
    form: str
    published_at: Moment = moment_field()
    withdrawn_at: Moment | None = moment_field(default=None)


def questionnaire_id(name: str, number: int) -> UUID:
    """The id of a `PublishedQuestionnaire`, from its natural key."""
    return natural_id("questionnaire", name, number)


class Cadence(Record):
    """How often a family is to be visited. Of those that hold by a day, the newest counts."""

    holds_from: date
    receipts_days: int = whole_number()
    """Days from the disbursement of a grant to the visit that looks at its receipts."""
    close_months: int = whole_number()
    """Months after the first visit in which a family is visited often."""
    close_step: int = whole_number()
    """Months from one visit to the next within that time."""
    later_step: int = whole_number()
    """The same after it."""
