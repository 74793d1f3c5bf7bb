"""Values and records as they travel, for tests that try many of them."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from desktop.models.records.base import natural_id

INTEGERS = st.integers(-(2**70), 2**70)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
RANDOM_IDS = st.uuids(version=4).map(str)
NATURAL_IDS = st.integers(0, 99).map(lambda number: str(natural_id("x", number)))


@st.composite
def _captured_ids(draw: st.DrawFn) -> str:
    """A UUIDv7."""
    time = draw(st.integers(0, 2**48 - 1)).to_bytes(6)
    rest = bytearray(draw(st.binary(min_size=10, max_size=10)))
    rest[0] = 0x70 | rest[0] & 0x0F
    rest[2] = 0x80 | rest[2] & 0x3F
    return str(UUID(bytes=time + bytes(rest)))


CAPTURED_IDS = _captured_ids()
IDS = CAPTURED_IDS | RANDOM_IDS | NATURAL_IDS
SCALARS = st.none() | st.booleans() | INTEGERS | FLOATS | TEXTS | IDS
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)
NAMES = st.sampled_from(["t", "r", "q", "=name", "=hamlet", "=answers.floor"]) | TEXTS
RECORDS = st.lists(st.dictionaries(NAMES, VALUES, min_size=1, max_size=5), max_size=12)
FIELDS = st.dictionaries(TEXTS, VALUES, max_size=5)
