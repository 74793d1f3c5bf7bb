"""What a check found: a code, how serious it is, and the figures its sentence needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding stops a record or only asks a person to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    Attributes:
        code: a member of the checking module's own enumeration; the screen words it.
        severity: an error cannot be saved as final; a warning can.
        details: what the sentence needs, by name: dates as ISO text, money in rupiah.
    """

    code: StrEnum
    severity: Severity
    details: Mapping[str, str | int] = field(default_factory=dict)
