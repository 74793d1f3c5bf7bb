"""What is said of a record's way to the province: that it waits, was sent and when, or is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.models.queries.transport import Transport
from desktop.models.rules.dates import format_date, format_time, to_wib
from desktop.ui.widgets.badge import TransportState, state_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desktop.models.queries.transport import Receipt
    from desktop.models.rules.dates import Language
    from desktop.ui.widgets.badge import TransportMark

REASONS: Final[Mapping[str, object]] = {
    "scope_not_granted": QT_TRANSLATE_NOOP(
        "Receipt",
        "This village was not assigned to you on that day. Please ask the office to check it.",
    ),
    "user_not_enrolled": QT_TRANSLATE_NOOP(
        "Receipt", "You were not registered on this laptop then. Please tell the office."
    ),
    "forbidden": QT_TRANSLATE_NOOP(
        "Receipt", "Your role may not change this. The office decides about it."
    ),
    "forbidden_transition": QT_TRANSLATE_NOOP(
        "Receipt", "Your role may not decide this. The office decides about it."
    ),
    "invalid": QT_TRANSLATE_NOOP(
        "Receipt", "The office cannot take this value. Please open it and correct it."
    ),
    "incomplete": QT_TRANSLATE_NOOP(
        "Receipt", "It belongs to something the province does not have yet, and waits for that."
    ),
    "depends": QT_TRANSLATE_NOOP(
        "Receipt", "It belongs to something that the office is still looking at."
    ),
}
OTHER_REASON: Final[object] = QT_TRANSLATE_NOOP(
    "Receipt", "The office is looking at it. You need not do anything."
)
"""For what only a fault of a program brings about."""


def transport_state(receipt: Receipt) -> TransportState:
    """The mark of a receipt."""
    return TransportState(receipt.state.value)


def receipt_words(receipt: Receipt, language: Language) -> str:
    """A receipt in few words; "sent" only with the province's word for it."""
    if receipt.state is Transport.CONFIRMED and receipt.at is not None:
        sent = QCoreApplication.translate("Receipt", "Sent {moment}")
        return sent.format(moment=moment_words(receipt.at, language))
    return state_text(transport_state(receipt))


def show_receipt(mark: TransportMark, receipt: Receipt, language: Language) -> None:
    """Shows a receipt on a mark; its tooltip says why the office looks at it, or what is not sent."""
    mark.set_state(transport_state(receipt), receipt_words(receipt, language))
    more = ""
    if receipt.state is Transport.SET_ASIDE:
        more = reason_sentence(receipt.reason)
    elif receipt.state is Transport.FILES_HERE:
        more = QCoreApplication.translate(
            "Receipt",
            "The province has everything but the photos and files: they are still only on this "
            "laptop.",
        )
    mark.setAccessibleDescription(more)
    if more:
        mark.setToolTip(more)


def reason_sentence(reason: str | None) -> str:
    """Why the office looks at something, and what to do."""
    source = REASONS.get(reason or "", OTHER_REASON)
    return QCoreApplication.translate("Receipt", str(source))


def moment_words(moment: datetime, language: Language) -> str:
    """A moment as it stands in a table: "21/11/2026 09.30"."""
    return (
        f"{format_date(to_wib(moment).date(), language, 'short')} {format_time(moment, language)}"
    )
