"""What all failures of the server's commands have in common: what is wrong, and of what."""

from enum import StrEnum
from typing import Generic, TypeVar

F = TypeVar("F", bound=StrEnum)


class Failure(Exception, Generic[F]):
    """Something was not done; `subject` is what is at fault."""

    def __init__(self, fault: F, subject: object = "") -> None:
        super().__init__(f"{fault}: {subject}")
        self.fault = fault
        self.subject = subject
