"""The words for codes of families, members, visits and businesses, and for months in narrow places."""

from collections.abc import Mapping
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.fields import split
from desktop.models.rules.dates import MONTH_NAMES, Language, month_start
from desktop.models.rules.resolution import DELETED
from desktop.ui.widgets.option import Option

RELATIONS: Final[Mapping[str, object]] = {
    "head": QT_TRANSLATE_NOOP("Household", "Head of family"),
    "spouse": QT_TRANSLATE_NOOP("Household", "Wife or husband"),
    "child": QT_TRANSLATE_NOOP("Household", "Child"),
    "parent": QT_TRANSLATE_NOOP("Household", "Parent"),
    "other": QT_TRANSLATE_NOOP("Household", "Other"),
}
SEXES: Final[Mapping[str, object]] = {
    "female": QT_TRANSLATE_NOOP("Household", "Female"),
    "male": QT_TRANSLATE_NOOP("Household", "Male"),
}
LEAVING: Final[Mapping[str, object]] = {
    "moved_out": QT_TRANSLATE_NOOP("Household", "Moved out"),
    "died": QT_TRANSLATE_NOOP("Household", "Died"),
}
MEMBER_STATES: Final[Mapping[str, object]] = {
    "present": QT_TRANSLATE_NOOP("Household", "Lives here"),
    **LEAVING,
}
OUTCOMES: Final[Mapping[str, object]] = {
    "met": QT_TRANSLATE_NOOP("Household", "Met the family"),
    "nobody_home": QT_TRANSLATE_NOOP("Household", "Nobody home"),
    "moved": QT_TRANSLATE_NOOP("Household", "Moved away"),
    "refused": QT_TRANSLATE_NOOP("Household", "Refused the visit"),
}
PURPOSES: Final[Mapping[str, object]] = {
    "baseline": QT_TRANSLATE_NOOP("Household", "First visit"),
    "receipts": QT_TRANSLATE_NOOP("Household", "Check of receipts"),
    "monthly": QT_TRANSLATE_NOOP("Household", "Monthly visit"),
    "quarterly": QT_TRANSLATE_NOOP("Household", "Quarterly visit"),
}
BUSINESS_STATES: Final[Mapping[str, object]] = {
    "active": QT_TRANSLATE_NOOP("Household", "Active"),
    "declining": QT_TRANSLATE_NOOP("Household", "Declining"),
    "paused": QT_TRANSLATE_NOOP("Household", "Paused"),
    "closed": QT_TRANSLATE_NOOP("Household", "Closed"),
}
HOUSEHOLD_STATES: Final[Mapping[str, object]] = {
    "active": QT_TRANSLATE_NOOP("Household", "Accompanied"),
    "moved": QT_TRANSLATE_NOOP("Household", "Moved away"),
    "ended": QT_TRANSLATE_NOOP("Household", "Accompaniment ended"),
}
AID_FORMS: Final[Mapping[str, object]] = {
    "cash": QT_TRANSLATE_NOOP("Household", "Money"),
    "goods": QT_TRANSLATE_NOOP("Household", "Goods"),
    "materials": QT_TRANSLATE_NOOP("Household", "Materials"),
}
RECORDS: Final[Mapping[str, object]] = {
    "household": QT_TRANSLATE_NOOP("Household", "Family"),
    "family_card": QT_TRANSLATE_NOOP("Household", "Family card"),
    "member": QT_TRANSLATE_NOOP("Household", "Member"),
    "visit": QT_TRANSLATE_NOOP("Household", "Visit"),
    "visit_member": QT_TRANSLATE_NOOP("Household", "Visit, about a member"),
    "visit_repeat": QT_TRANSLATE_NOOP("Household", "Visit, a row of a list"),
    "visit_assignment": QT_TRANSLATE_NOOP("Household", "Assigned visit"),
    "attachment": QT_TRANSLATE_NOOP("Household", "Photo or file"),
    "business": QT_TRANSLATE_NOOP("Household", "Business"),
    "grant": QT_TRANSLATE_NOOP("Household", "Grant"),
    "progress_report": QT_TRANSLATE_NOOP("Household", "Month of a business"),
    "state_move": QT_TRANSLATE_NOOP("Household", "Handing in"),
    "conflict": QT_TRANSLATE_NOOP("Household", "Decision"),
    "programme_year": QT_TRANSLATE_NOOP("Household", "Programme"),
    "user": QT_TRANSLATE_NOOP("Household", "User"),
    "questionnaire": QT_TRANSLATE_NOOP("Household", "Questionnaire"),
    "cadence": QT_TRANSLATE_NOOP("Household", "How often visits are due"),
}
"""What a row is, by its table."""
FIELDS: Final[Mapping[str, object]] = {
    "household.hamlet": QT_TRANSLATE_NOOP("Household", "Hamlet"),
    "household.rt": QT_TRANSLATE_NOOP("Household", "RT"),
    "household.rw": QT_TRANSLATE_NOOP("Household", "RW"),
    "household.address": QT_TRANSLATE_NOOP("Household", "Address"),
    "household.phone": QT_TRANSLATE_NOOP("Household", "Phone"),
    "household.status": QT_TRANSLATE_NOOP("Household", "Status of the family"),
    "household.registered_on": QT_TRANSLATE_NOOP("Household", "Registered on"),
    "household.welfare_decile": QT_TRANSLATE_NOOP("Household", "Welfare decile"),
    "household.welfare_decile_on": QT_TRANSLATE_NOOP("Household", "Day of the welfare decile"),
    "household.note": QT_TRANSLATE_NOOP("Household", "Note"),
    "household.scope": QT_TRANSLATE_NOOP("Household", "Village of the family"),
    "household.same_as": QT_TRANSLATE_NOOP("Household", "Same family as"),
    "household.source": QT_TRANSLATE_NOOP("Household", "Row of the imported list"),
    "family_card.household_id": QT_TRANSLATE_NOOP("Household", "Family"),
    "family_card.number": QT_TRANSLATE_NOOP("Household", "Number of the family card"),
    "family_card.valid_from": QT_TRANSLATE_NOOP("Household", "Family card valid from"),
    "family_card.reason": QT_TRANSLATE_NOOP("Household", "Reason for the new card"),
    "member.household_id": QT_TRANSLATE_NOOP("Household", "Family"),
    "member.name": QT_TRANSLATE_NOOP("Household", "Name"),
    "member.relation": QT_TRANSLATE_NOOP("Household", "Place in the family"),
    "member.national_id": QT_TRANSLATE_NOOP("Household", "NIK"),
    "member.sex": QT_TRANSLATE_NOOP("Household", "Sex"),
    "member.birth_date": QT_TRANSLATE_NOOP("Household", "Date of birth"),
    "member.birth_place": QT_TRANSLATE_NOOP("Household", "Place of birth"),
    "member.occupation": QT_TRANSLATE_NOOP("Household", "Occupation"),
    "member.status": QT_TRANSLATE_NOOP("Household", "Status of the member"),
    "member.left_on": QT_TRANSLATE_NOOP("Household", "Left on"),
    "member.same_as": QT_TRANSLATE_NOOP("Household", "Same person as"),
    "member.duplicate": QT_TRANSLATE_NOOP("Household", "One NIK in several records"),
    "visit.household_id": QT_TRANSLATE_NOOP("Household", "Family"),
    "visit.facilitator_id": QT_TRANSLATE_NOOP("Household", "Facilitator"),
    "visit.visited_on": QT_TRANSLATE_NOOP("Household", "Day of the visit"),
    "visit.outcome": QT_TRANSLATE_NOOP("Household", "Outcome of the visit"),
    "visit.questionnaire": QT_TRANSLATE_NOOP("Household", "Questionnaire"),
    "visit.questionnaire_version": QT_TRANSLATE_NOOP("Household", "Version of the questionnaire"),
    "visit.started_at": QT_TRANSLATE_NOOP("Household", "Begun at"),
    "visit.finished_at": QT_TRANSLATE_NOOP("Household", "Finished at"),
    "visit.state": QT_TRANSLATE_NOOP("Household", "State of the visit"),
    "visit.answers": QT_TRANSLATE_NOOP("Household", "An answer of the visit"),
    "visit.accepted": QT_TRANSLATE_NOOP("Household", "Why an unusual answer was accepted"),
    "visit_member.answers": QT_TRANSLATE_NOOP("Household", "An answer about a member"),
    "visit_member.visit_id": QT_TRANSLATE_NOOP("Household", "Visit"),
    "visit_member.member_id": QT_TRANSLATE_NOOP("Household", "Member"),
    "visit.purpose": QT_TRANSLATE_NOOP("Household", "What the visit is for"),
    "visit.paradata": QT_TRANSLATE_NOOP("Household", "How the answers came about"),
    "visit_repeat.answers": QT_TRANSLATE_NOOP("Household", "An answer in a list"),
    "visit_repeat.place": QT_TRANSLATE_NOOP("Household", "Place in the list"),
    "visit_repeat.visit_id": QT_TRANSLATE_NOOP("Household", "Visit"),
    "attachment.household_id": QT_TRANSLATE_NOOP("Household", "Family"),
    "attachment.visit_id": QT_TRANSLATE_NOOP("Household", "Visit"),
    "attachment.caption": QT_TRANSLATE_NOOP("Household", "Caption"),
    "attachment.question": QT_TRANSLATE_NOOP("Household", "Question"),
    "visit_assignment.household_id": QT_TRANSLATE_NOOP("Household", "Family"),
    "visit_assignment.due_on": QT_TRANSLATE_NOOP("Household", "Due on"),
    "visit_assignment.purpose": QT_TRANSLATE_NOOP("Household", "What the visit is for"),
    "visit_assignment.reason": QT_TRANSLATE_NOOP("Household", "Reason"),
    "visit_repeat.repeat": QT_TRANSLATE_NOOP("Household", "List"),
    "visit_repeat.inside": QT_TRANSLATE_NOOP("Household", "Belongs to"),
    "attachment.kind": QT_TRANSLATE_NOOP("Household", "Kind of file"),
    "attachment.media_type": QT_TRANSLATE_NOOP("Household", "Format of the file"),
    "attachment.sha256": QT_TRANSLATE_NOOP("Household", "Digest of the file"),
    "attachment.size": QT_TRANSLATE_NOOP("Household", "Size of the file"),
    "attachment.width": QT_TRANSLATE_NOOP("Household", "Width"),
    "attachment.height": QT_TRANSLATE_NOOP("Household", "Height"),
    "attachment.taken_at": QT_TRANSLATE_NOOP("Household", "Taken at"),
    "attachment.location": QT_TRANSLATE_NOOP("Household", "Taken where"),
    "attachment.name": QT_TRANSLATE_NOOP("Household", "Name of the file"),
    "visit_assignment.questionnaire": QT_TRANSLATE_NOOP("Household", "Questionnaire"),
    "visit_assignment.assigned_by": QT_TRANSLATE_NOOP("Household", "Assigned by"),
    "visit_assignment.assigned_at": QT_TRANSLATE_NOOP("Household", "Assigned at"),
    "visit_assignment.withdrawn_at": QT_TRANSLATE_NOOP("Household", "Withdrawn at"),
    "questionnaire.name": QT_TRANSLATE_NOOP("Household", "Name of the questionnaire"),
    "questionnaire.number": QT_TRANSLATE_NOOP("Household", "Version"),
    "questionnaire.form": QT_TRANSLATE_NOOP("Household", "Content of the questionnaire"),
    "questionnaire.published_at": QT_TRANSLATE_NOOP("Household", "Published at"),
    "questionnaire.withdrawn_at": QT_TRANSLATE_NOOP("Household", "Withdrawn at"),
    "cadence.holds_from": QT_TRANSLATE_NOOP("Household", "Holds from"),
    "cadence.receipts_days": QT_TRANSLATE_NOOP("Household", "Days until the receipts check"),
    "cadence.close_months": QT_TRANSLATE_NOOP("Household", "Months of close visits"),
    "cadence.close_step": QT_TRANSLATE_NOOP("Household", "Months between close visits"),
    "cadence.later_step": QT_TRANSLATE_NOOP("Household", "Months between later visits"),
    "business.household_id": QT_TRANSLATE_NOOP("Household", "Family"),
    "business.name": QT_TRANSLATE_NOOP("Household", "Name of the business"),
    "business.kbli_code": QT_TRANSLATE_NOOP("Household", "Kind of business"),
    "business.kbli_version": QT_TRANSLATE_NOOP("Household", "Version of the kinds of business"),
    "business.business_id_number": QT_TRANSLATE_NOOP("Household", "NIB"),
    "business.started_on": QT_TRANSLATE_NOOP("Household", "Started on"),
    "business.status": QT_TRANSLATE_NOOP("Household", "Status of the business"),
    "business.note": QT_TRANSLATE_NOOP("Household", "Note"),
    "grant.household_id": QT_TRANSLATE_NOOP("Household", "Family"),
    "grant.business_id": QT_TRANSLATE_NOOP("Household", "Business"),
    "grant.programme_year_id": QT_TRANSLATE_NOOP("Household", "Programme"),
    "grant.amount": QT_TRANSLATE_NOOP("Household", "Amount"),
    "grant.form": QT_TRANSLATE_NOOP("Household", "Form of the aid"),
    "grant.proposed_on": QT_TRANSLATE_NOOP("Household", "Proposed on"),
    "grant.disbursed_on": QT_TRANSLATE_NOOP("Household", "Disbursed on"),
    "grant.bank": QT_TRANSLATE_NOOP("Household", "Bank"),
    "grant.account_number": QT_TRANSLATE_NOOP("Household", "Account number"),
    "grant.note": QT_TRANSLATE_NOOP("Household", "Note"),
    "grant.state": QT_TRANSLATE_NOOP("Household", "State of the grant"),
    "progress_report.business_id": QT_TRANSLATE_NOOP("Household", "Business"),
    "progress_report.month": QT_TRANSLATE_NOOP("Household", "Month"),
    "progress_report.revenue": QT_TRANSLATE_NOOP("Household", "Revenue"),
    "progress_report.expenses": QT_TRANSLATE_NOOP("Household", "Expenses"),
    "progress_report.stock": QT_TRANSLATE_NOOP("Household", "Stock"),
    "progress_report.savings": QT_TRANSLATE_NOOP("Household", "Savings"),
    "progress_report.debt": QT_TRANSLATE_NOOP("Household", "Debt"),
    "progress_report.instalment": QT_TRANSLATE_NOOP("Household", "Instalment"),
    "progress_report.family_workers": QT_TRANSLATE_NOOP("Household", "Workers of the family"),
    "progress_report.hired_workers": QT_TRANSLATE_NOOP("Household", "Hired workers"),
    "progress_report.status": QT_TRANSLATE_NOOP("Household", "Status of the business"),
    "progress_report.constraint": QT_TRANSLATE_NOOP("Household", "What holds it back"),
    "progress_report.follow_up": QT_TRANSLATE_NOOP("Household", "Follow-up"),
    "progress_report.follow_up_by": QT_TRANSLATE_NOOP("Household", "Who follows up"),
    "progress_report.follow_up_due_on": QT_TRANSLATE_NOOP("Household", "Follow up by"),
    "progress_report.state": QT_TRANSLATE_NOOP("Household", "State of the month"),
    "programme_year.name": QT_TRANSLATE_NOOP("Household", "Name of the programme"),
    "programme_year.year": QT_TRANSLATE_NOOP("Household", "Year"),
    "programme_year.amount": QT_TRANSLATE_NOOP("Household", "Amount"),
    "programme_year.form": QT_TRANSLATE_NOOP("Household", "Form of the aid"),
    "programme_year.tranches": QT_TRANSLATE_NOOP("Household", "Number of tranches"),
    "programme_year.bank": QT_TRANSLATE_NOOP("Household", "Bank"),
    "programme_year.funder": QT_TRANSLATE_NOOP("Household", "Funder"),
    "programme_year.receipts_required": QT_TRANSLATE_NOOP("Household", "Receipts required"),
    "programme_year.report_due_on": QT_TRANSLATE_NOOP("Household", "Report due on"),
    "user.name": QT_TRANSLATE_NOOP("Household", "Name"),
    "user.role": QT_TRANSLATE_NOOP("Household", "Role"),
}
"""Fields by table and name. The answers of visits have the words of their questions."""


def field_word(table: str, field: str) -> str:
    """The word for a field of a table; for an answer, that it is one; for a delete, what was deleted."""
    if field == DELETED:
        return word(RECORDS, table)
    column, _ = split(BY_NAME[table], field)
    return word(FIELDS, f"{table}.{column}")


def word(table: Mapping[str, object], code: str | None) -> str:
    """The word for a code; a code of a newer version is shown as it is."""
    if code is None:
        return ""
    source = table.get(code)
    return code if source is None else QCoreApplication.translate("Household", str(source))


def options(table: Mapping[str, object]) -> list[Option]:
    """All codes of a table, to choose from."""
    return [Option(code, word(table, code)) for code in table]


def short_month(month: str, language: str) -> str:
    """A month as it stands in a narrow column: "Agu 2026"."""
    day = month_start(month)
    return f"{MONTH_NAMES[cast('Language', language)][day.month - 1][:3]} {day.year}"
