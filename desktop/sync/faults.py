"""Why the province was not reached, or did not do what was asked."""

from enum import StrEnum


class SyncFault(StrEnum):
    """Why the province was not reached, or did not do what was asked."""

    OFFLINE = "offline"
    TIMEOUT = "timeout"
    NOT_THE_PROVINCE = "not_the_province"
    CUT_OFF = "cut_off"
    SERVER_FAILED = "server_failed"
    SERVER_BUSY = "server_busy"
    NOT_SIGNED_IN = "not_signed_in"
    WRONG_LOGIN = "wrong_login"
    ACCOUNT_CLOSED = "account_closed"
    DEVICE_UNKNOWN = "device_unknown"
    TOO_LARGE = "too_large"
    REFUSED = "refused"
    CERTIFICATE = "certificate"
    INSECURE_ADDRESS = "insecure_address"
    STOPPED = "stopped"


class SyncFailure(Exception):
    """A request did not succeed; `fault` says why. What was to be sent is still waiting."""

    def __init__(self, fault: SyncFault, detail: str = "") -> None:
        super().__init__(f"{fault} {detail}".strip())
        self.fault = fault
        self.detail = detail
