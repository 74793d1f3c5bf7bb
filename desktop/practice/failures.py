"""Why practice cannot go on, as codes; the command words them."""

from enum import StrEnum


class PracticeFault(StrEnum):
    """What was in the way."""

    NO_SERVER = "no_server"
    ACCOUNT_REFUSED = "account_refused"
    NOT_SYNCED = "not_synced"
    NOT_A_PRACTICE_FOLDER = "not_a_practice_folder"


class PracticeFailure(Exception):
    """Practice cannot go on; `detail` is what a log or another program said."""

    def __init__(self, fault: PracticeFault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault
        self.detail = detail
