"""`berdaya-server questionnaire`: checking a workbook, publishing it, and what came of it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from desktop.models.questionnaires.loader import read
from desktop.models.rules.dates import to_wib
from server.commands import CommandFailure, CommandFault
from server.database import Database
from server.queries import questionnaires
from server.queries.questionnaires import PublishingFailure, PublishingFault
from server.queries.recorded import rows_of, visits_of
from server.questionnaires.compiler import Compiled, compile_workbook
from server.questionnaires.export import Style, sheets, write_csv, write_geojson, write_xlsx


def check(file: Path) -> list[str]:
    """What is remarkable about a workbook that can be used, and `ok` at the end.

    Raises:
        RefusedWorkbook: it cannot be used.
        OSError: it cannot be read.
    """
    return [*map(str, compile_workbook(file).notes), "ok"]


def attempt(file: Path) -> None:
    """Compiles a workbook and opens the desktop program on it; waits until its window is closed.

    Raises:
        RefusedWorkbook: it cannot be used.
        CommandFailure: the desktop program could not show it.
        OSError: it cannot be read, or the desktop program is not installed here.
    """
    compiled = compile_workbook(file)
    with tempfile.TemporaryDirectory(prefix="berdaya-form-") as folder:
        form = Path(folder) / f"{compiled.form.id}.json"
        form.write_text(compiled.text, encoding="utf-8")
        shown = subprocess.run([*_desktop_command(), "try", str(form)], check=False)  # noqa: S603 our own
    if shown.returncode:
        raise CommandFailure(CommandFault.NO_DESKTOP, shown.returncode)


def _desktop_command() -> list[str]:
    """How the desktop program is started: in a bundle it is an executable beside this one."""
    if getattr(sys, "frozen", False):
        suffix = Path(sys.executable).suffix
        return [str(Path(sys.executable).with_name(f"berdaya{suffix}"))]
    return [sys.executable, "-m", "desktop"]


def publish(database: Database, now: datetime, file: Path) -> list[str]:
    """Compiles a workbook and publishes it: every laptop has it with its next sync.

    Raises:
        RefusedWorkbook: it cannot be used.
        PublishingFailure: the version was published before.
        OSError: it cannot be read.
    """
    compiled: Compiled = compile_workbook(file)
    form = compiled.form
    with database.writing() as connection:
        questionnaires.publish(connection, now, form.id, form.version, compiled.text)
    questions = len(form.questions)
    return [*map(str, compiled.notes), f"{form.id}, version {form.version}: {questions} questions"]


def listing(database: Database) -> list[str]:
    """One line a version."""
    with database.reading() as connection:
        rows = questionnaires.published(connection)
    return [
        f"{row.name} {row.number}  published {to_wib(row.published_at):%Y-%m-%d %H:%M}"
        + (f"  withdrawn {to_wib(row.withdrawn_at):%Y-%m-%d %H:%M}" if row.withdrawn_at else "")
        for row in rows
    ]


def export(database: Database, name: str, target: Path, style: Style) -> list[str]:
    """Writes what was recorded: a folder of CSV files, or one XLSX or GeoJSON file, by the target's ending.

    Raises:
        PublishingFailure: no version of it was published, so that its questions are not known here.
        OSError: it cannot be written.
    """
    with database.reading() as connection:
        forms = [read(text) for text in questionnaires.texts_of(connection, name)]
        if not forms:
            raise PublishingFailure(PublishingFault.NOT_PUBLISHED, name)
        visits, rows = visits_of(connection, name), rows_of(connection, name)
        made = sheets(forms, visits, rows, style)
    if target.suffix == ".xlsx":
        write_xlsx(target, made)
    elif target.suffix in (".geojson", ".json"):
        write_geojson(target, forms, made[0])
    else:
        write_csv(target, made)
    return [f"{sheet.name}: {len(sheet.lines)}" for sheet in made]


def withdraw(database: Database, now: datetime, name: str, number: int) -> list[str]:
    """Withdraws a version.

    Raises:
        PublishingFailure: it was not published.
    """
    with database.writing() as connection:
        questionnaires.withdraw(connection, now, name, number)
    return [f"{name} {number} is withdrawn: no visit is begun with it any more"]
