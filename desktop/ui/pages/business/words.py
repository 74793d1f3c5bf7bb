"""The words for a business: how it is doing, how far its grant is, its kind, its amounts."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.models.records.businesses import BusinessStatus
from desktop.models.reference import Reference

_MILLION: Final = 1_000_000
_THOUSAND: Final = 1_000


def status_text(status: str) -> str:
    """How a business is doing, in the language of the application."""
    translate = QCoreApplication.translate
    texts: dict[str, str] = {
        BusinessStatus.ACTIVE: translate("Business", "Active"),
        BusinessStatus.DECLINING: translate("Business", "Declining"),
        BusinessStatus.PAUSED: translate("Business", "Paused"),
        BusinessStatus.CLOSED: translate("Business", "Closed"),
    }
    return texts[status]


def grant_state_text(state: str) -> str:
    """How far a grant is; a state of a newer version is shown as it is written."""
    translate = QCoreApplication.translate
    texts = {
        "proposed": translate("Grant", "Proposed"),
        "verified": translate("Grant", "Verified by the district"),
        "approved": translate("Grant", "Approved by the province"),
        "disbursed": translate("Grant", "Disbursed"),
        "accounted": translate("Grant", "Accounted for"),
        "monitored": translate("Grant", "Monitored"),
        "closed": translate("Grant", "Closed"),
        "returned": translate("Grant", "Returned"),
        "cancelled": translate("Grant", "Cancelled"),
    }
    return texts.get(state, state)


def kind_names(reference: Reference, language: str) -> dict[str, str]:
    """Code -> everyday name of the kinds of business."""
    return {
        kind.kbli_code: kind.name_id if language == "id" else kind.name_en
        for kind in reference.business_types()
    }


def short_rupiah(amount: int, language: str) -> str:
    """An amount as it stands at an axis: "1,5 jt", "750 rb", "-2 jt"; in English "1,5 m", "750 k"."""
    million, thousand = ("jt", "rb") if language == "id" else ("m", "k")
    size = abs(amount)
    if size >= _MILLION:
        whole, part = divmod(round(size * 100 / _MILLION), 100)
        decimals = f",{part:02}".rstrip("0") if part else ""
        words = f"{whole}{decimals} {million}"
    else:
        words = f"{round(size / _THOUSAND)} {thousand}" if size >= _THOUSAND else str(size)
    return f"-{words}" if amount < 0 else words
