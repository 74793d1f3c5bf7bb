"""What kind of file lies there, and whether it is safe to open, before any reader touches it.

The reader of workbooks keeps a sheet as one dense rectangle up to its furthest cell, and ends the
whole process when memory does not suffice. So the sizes are measured here, on the packed file,
while a refusal is still possible.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.imports.failures import FailureCode, ImportFailure

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|table|meta)", re.IGNORECASE)
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_VALUED_CELL = re.compile(rb'[<:]c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*[^/>]>')
_LONGEST_TAG = 256
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a list may weigh.

    Attributes:
        file_bytes: size of the file as it lies on the disk.
        unpacked_bytes: sum of the parts of a packed workbook, unpacked.
        rows: rows of all sheets together.
        cells: area of one sheet's rectangle, from its first cell to its furthest.
    """

    file_bytes: int = 50 * 1024 * 1024
    unpacked_bytes: int = 600 * 1024 * 1024
    rows: int = 100_000
    cells: int = 8_000_000


LIMITS = Limits()


class Kind(StrEnum):
    """How the file has to be read."""

    WORKBOOK = "workbook"
    DELIMITED = "delimited"


def kind_of(path: Path, limits: Limits = LIMITS) -> Kind:
    """Look at a file's first bytes and its packing.

    Raises:
        ImportFailure: it cannot be opened, is no spreadsheet, is protected, or is too large.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise ImportFailure(FailureCode.CANNOT_OPEN, {"errno": error.errno}) from error
    if size > limits.file_bytes:
        raise _too_much(FailureCode.FILE_TOO_LARGE, limits.file_bytes, size)
    if not head.strip():
        raise ImportFailure(FailureCode.EMPTY)
    if head.startswith(_ZIP):
        _check_package(path, limits)
        return Kind.WORKBOOK
    if head.startswith(_CFB):
        _check_compound_file(path)
        return Kind.WORKBOOK
    if _is_text(head):
        return Kind.DELIMITED
    raise ImportFailure(FailureCode.NOT_A_SPREADSHEET)


def _too_much(code: FailureCode, limit: int, found: int) -> ImportFailure:
    return ImportFailure(code, {"limit": limit, "found": found})


def _is_text(head: bytes) -> bool:
    """Tell plain text from pictures, PDF and web pages saved under a spreadsheet's name."""
    if head.startswith(_UTF16_MARKS):
        return True
    return b"\0" not in head and not head.startswith(b"%PDF") and not _MARKUP.match(head)


def _check_compound_file(path: Path) -> None:
    """An old XLS and a protected XLSX share one container; the stream's name tells them apart."""
    if _ENCRYPTED_PACKAGE in path.read_bytes():
        raise ImportFailure(FailureCode.PROTECTED)


def _check_package(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if any(part.flag_bits & 0x1 for part in parts):
                raise ImportFailure(FailureCode.PROTECTED)
            if not any(part.filename.startswith("xl/") for part in parts) and not (
                {"content.xml"} <= {part.filename for part in parts}
            ):
                raise ImportFailure(FailureCode.NOT_A_SPREADSHEET)
            declared = sum(part.file_size for part in parts)
            if declared > limits.unpacked_bytes:
                raise _too_much(FailureCode.UNPACKS_TOO_LARGE, limits.unpacked_bytes, declared)
            for part in parts:
                if _SHEET_PART.fullmatch(part.filename):
                    _check_area(package, part, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ImportFailure(FailureCode.NOT_A_SPREADSHEET) from error


def _check_area(package: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    """Refuse a sheet whose cells span more than may be held, however few they are."""
    columns: set[bytes] = set()
    last_row = 0
    with package.open(part) as stream:
        text = b""
        while chunk := stream.read(_CHUNK):
            text = text[-_LONGEST_TAG:] + chunk
            if found := _VALUED_CELL.findall(text):
                columns.update(column for column, _ in found)
                last_row = max(last_row, *(int(row) for _, row in found))
    area = last_row * max(map(_column_number, columns), default=0)
    if area > limits.cells:
        raise _too_much(FailureCode.TOO_SCATTERED, limits.cells, area)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
