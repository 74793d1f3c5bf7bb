"""Regions: province, regency, district, village, by their Kemendagri codes."""

from enum import StrEnum

from sqlmodel import Field, SQLModel


class RegionLevel(StrEnum):
    """How deep a region lies."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


class Region(SQLModel):
    """One region. The code is its identity (names repeat); it is reference data, never synced."""

    code: str = Field(primary_key=True, max_length=13)
    name: str
    level: str
    kind: str
    parent: str | None = Field(default=None, index=True)
