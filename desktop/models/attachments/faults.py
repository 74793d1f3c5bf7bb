"""Why a photo or a file is not taken; the ui has a sentence for each."""

from enum import StrEnum


class AttachmentFault(StrEnum):
    """What is wrong with a photo or a file that was offered."""

    UNREADABLE = "file_unreadable"
    EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    NOT_A_PICTURE = "not_a_picture"
    HEIC = "picture_heic"
    UNSUPPORTED = "picture_unsupported"
    DAMAGED = "picture_damaged"
    TOO_LARGE = "picture_too_large"
    TOO_SMALL = "picture_too_small"
    NO_MEMORY = "no_memory"
    NO_SOUND = "not_a_sound"
    PROGRAM = "file_is_program"
    NO_VISIT = "visit_is_over"


class AttachmentFailure(Exception):
    """What was offered is not taken; `fault` says why. Nothing was kept of it."""

    def __init__(self, fault: AttachmentFault) -> None:
        super().__init__(fault)
        self.fault = fault
