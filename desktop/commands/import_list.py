"""`berdaya import LIST`: a district's family list into the store, without a window."""

from __future__ import annotations

import argparse
import sys
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTranslator

from desktop.imports import applying
from desktop.imports.existing import GrantedRegions, StoreExisting
from desktop.imports.failures import ImportFailure
from desktop.imports.plan import ImportPlan, read_list
from desktop.imports.rejects import write_rejected
from desktop.models.operations.reference import load_regions
from desktop.models.queries.account import account, granted_villages
from desktop.models.reference import Reference
from desktop.models.rules.dates import to_wib
from desktop.models.rules.money import format_number
from desktop.models.store.engine import StoreFailure
from desktop.models.store.local import Store
from desktop.paths import Paths, resources
from desktop.settings import Settings
from desktop.ui.import_sentences import failure_sentence, finding_sentence
from desktop.ui.sentences import sentence_for

if TYPE_CHECKING:
    from collections.abc import Sequence


class Exit(IntEnum):
    """How the command ended."""

    DONE = 0
    FAILED = 1
    WITH_REJECTED = 4


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(
        prog="berdaya import", description="Imports a district's list of families."
    )
    made.add_argument("list", type=Path, help="an XLSX, XLS, ODS or CSV file")
    made.add_argument("--village", metavar="CODE", help="the village the whole list is for")
    made.add_argument("--dry-run", action="store_true", help="only say what would be done")
    made.add_argument("--rejects", type=Path, metavar="FILE", help="where rejected rows go (XLSX)")
    return made


def run(arguments: Sequence[str]) -> int:
    """Imports a list; returns 0, 1 if nothing could be done, 4 if rows were rejected."""
    given = parser().parse_args(arguments)
    paths = Paths.of_user()
    language = str(Settings(paths.settings)["language"])
    qt = QCoreApplication.instance() or QCoreApplication(["berdaya"])
    translator = QTranslator()
    translator.load(f"berdaya_{language}", str(resources() / "translations"))
    qt.installTranslator(translator)
    try:
        store = Store.open(paths.data)
        try:
            return _ListImport(store, language, given).run()
        finally:
            store.close()
    except ImportFailure as failure:
        return _fail(failure_sentence(failure))
    except StoreFailure as failure:
        return _fail(sentence_for(failure))
    finally:
        qt.removeTranslator(translator)


class _ListImport:
    """One list into one store."""

    def __init__(self, store: Store, language: str, given: argparse.Namespace) -> None:
        self._store = store
        self._language = language
        self._path: Path = given.list
        self._village: str | None = given.village
        self._is_dry: bool = given.dry_run
        beside = self._path.with_name(f"{self._path.stem}-rejected.xlsx")
        self._rejects: Path = given.rejects or beside

    def run(self) -> int:
        translate = QCoreApplication.translate
        load_regions(self._store, resources() / "reference")
        with self._store.reading() as connection:
            if account(connection) is None:
                sentence = translate(
                    "ImportCommand", "This laptop is not connected to an account yet."
                )
                return _fail(sentence)
            granted = {code for code, _ in granted_villages(connection)}
        if self._village is not None and self._village not in granted:
            return _fail(translate("ImportCommand", "This village is not one of yours."))
        plan = self._plan(granted)
        self._tell(plan)
        if not self._is_dry:
            self._apply(plan)
        if not plan.rejected:
            return Exit.DONE
        return self._keep_rejected(plan)

    def _plan(self, granted: set[str]) -> ImportPlan:
        regions = GrantedRegions(Reference(resources() / "reference").regions(), granted)
        with self._store.reading() as connection:
            return read_list(
                self._path,
                today=to_wib(self._store.clock()).date(),
                village_code=self._village,
                regions=regions,
                existing=StoreExisting(connection),
            )

    def _tell(self, plan: ImportPlan) -> None:
        translate = QCoreApplication.translate
        for sentence, count in (
            (translate("ImportCommand", "New families: {count}"), len(plan.accepted)),
            (translate("ImportCommand", "Already there: {count}"), len(plan.unchanged)),
            (translate("ImportCommand", "Rejected rows: {count}"), len(plan.rejected)),
            (
                translate("ImportCommand", "Rows that are no families: {count}"),
                plan.skipped.total(),
            ),
        ):
            _say(sentence.format(count=format_number(count)))

    def _apply(self, plan: ImportPlan) -> None:
        written = 0
        for start in range(0, len(plan.accepted), applying.BATCH):
            with self._store.recording() as writer:
                written += applying.apply(writer, plan.accepted[start : start + applying.BATCH])
        sentence = QCoreApplication.translate("ImportCommand", "Imported families: {count}")
        _say(sentence.format(count=format_number(written)))

    def _keep_rejected(self, plan: ImportPlan) -> int:
        translate = QCoreApplication.translate
        try:
            write_rejected(
                self._rejects, plan, lambda found: finding_sentence(found, self._language)
            )
        except OSError:
            sentence = translate(
                "ImportCommand", "The rejected rows could not be written to {file}."
            )
            return _fail(sentence.format(file=self._rejects))
        sentence = translate("ImportCommand", "The rejected rows were written to {file}.")
        _say(sentence.format(file=self._rejects))
        return Exit.WITH_REJECTED


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def _fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return Exit.FAILED
