"""Delimited text (CSV): its encoding and separator are guessed, every cell stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from desktop.imports.failures import FailureCode, ImportFailure
from desktop.imports.grids import Cell, Grid

_SEPARATORS = ";,\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_TEXT_FORMULA = re.compile(r'="(.*)"')
_SAMPLE_ROWS = 50


def read_delimited(path: Path) -> Grid:
    """Read a text file as one sheet.

    Raises:
        ImportFailure: the text cannot be decoded or is no table.
    """
    text = _decoded(path.read_bytes())
    if stated := _SEPARATOR_LINE.match(text):
        separator, text = stated[1], text[stated.end() :]
    else:
        separator = _guessed_separator(text)
    try:
        rows = [[_cell(field) for field in row] for row in _reader(text, separator)]
    except csv.Error as error:
        raise ImportFailure(FailureCode.NOT_A_SPREADSHEET) from error
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return Grid(path.stem, rows)


def _decoded(content: bytes) -> str:
    encodings = (
        ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    )
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportFailure(FailureCode.NOT_A_SPREADSHEET)


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _guessed_separator(text: str) -> str:
    """The separator that cuts most of the first lines into the same, largest number of cells."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_ROWS])

    def evenness(separator: str) -> int:
        widths = [len(row) for row in _reader(sample, separator) if len(row) > 1]
        return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)

    return max(_SEPARATORS, key=evenness)


def _cell(field: str) -> Cell:
    if formula := _TEXT_FORMULA.fullmatch(field):
        field = formula[1]
    return field.strip() or None
