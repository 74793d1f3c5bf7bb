"""XLSForms written as Markdown tables, with the keys that answer them and what is then recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

FOLDER = Path(__file__).parent / "forms"
_SHEETS = ("survey", "choices", "settings", "warnings")


@dataclass(frozen=True)
class Story:
    """A form, the keys pressed in it, and the record.

    Attributes:
        name: of the file.
        sheets: name -> rows of cells.
        files: name -> lines of the tables beside the workbook.
        keys: what is pressed, one word after the other; `<Enter>` is a key, other words are typed;
            behind `!` stands what is said to be wrong with the question that has the keyboard.
        record: the answers by question name; a repeat's rows as a list under its name.
    """

    name: str
    sheets: dict[str, list[list[str]]]
    files: dict[str, list[str]]
    keys: list[str]
    record: dict[str, Any]

    def write(self, folder: Path) -> Path:
        """Writes the workbook."""
        path = folder / f"{self.name}.xlsx"
        book = openpyxl.Workbook()
        book.remove(book.active)  # type: ignore[arg-type] # a new workbook has a sheet
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(path)
        for name, lines in self.files.items():
            (folder / name).write_text("\n".join(lines), encoding="utf-8")
        return path


def read(path: Path) -> Story:
    """Reads a story."""
    sheets: dict[str, list[list[str]]] = {}
    files: dict[str, list[str]] = {}
    keys: list[str] = []
    record = ""
    current = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("keys:"):
            keys += line.removeprefix("keys:").split()
        elif line.startswith("files:"):
            name, *lines = line.removeprefix("files:").split()
            files[name] = lines
        elif line.startswith("record:"):
            record = line.removeprefix("record:")
        elif line.startswith("|"):
            first, *cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
            current = first or current
            if first in _SHEETS:
                sheets[first] = []
            if any(cells):
                sheets[current].append([cell.replace("¦", "|") for cell in cells])
        elif record:
            record += line
    sheets.setdefault(
        "settings", [["form_id", "form_title", "version"], [path.stem, path.stem, "1"]]
    )
    return Story(path.stem, sheets, files, keys, json.loads(record))


def stories() -> list[Path]:
    """The files of all stories."""
    return sorted(FOLDER.glob("*.md"))
