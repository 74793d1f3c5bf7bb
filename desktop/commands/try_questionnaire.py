"""`berdaya try`: a compiled questionnaire in the form of a visit, to a family that does not exist."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.models.operations import households
from desktop.models.questionnaires.form import FormError, Questionnaire
from desktop.models.questionnaires.loader import read
from desktop.models.records.base import REF_SCOPE, new_id, utc_now
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.people import Role
from desktop.models.records.questionnaires import PublishedQuestionnaire, questionnaire_id
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

_VILLAGE: Final = "36.01.01.2001"
_FAMILY: Final = (
    ("Ibu Contoh", Relation.HEAD, date(1985, 3, 4)),
    ("Bapak Contoh", Relation.SPOUSE, date(1982, 7, 9)),
    ("Anak Contoh", Relation.CHILD, date(2015, 8, 17)),
)


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(
        prog="berdaya try",
        description="Opens a questionnaire that `berdaya-server questionnaire try` compiled, as a"
        " facilitator would see it. Nothing is kept.",
    )
    made.add_argument("file", type=Path, help="the compiled form")
    return made


def run(arguments: Sequence[str]) -> int:
    """Opens the form; returns the exit code, 1 if the file cannot be read."""
    given = parser().parse_args(arguments)
    try:
        text = given.file.read_text(encoding="utf-8")
        form = read(text)
    except (OSError, FormError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="berdaya-try-") as folder:
        paths = Paths.inside(Path(folder))
        return _open(paths, prepare(paths, form, text), form)


def prepare(paths: Paths, form: Questionnaire, text: str) -> UUID:
    """A store with a family, and the questionnaire as if it had come from the province."""
    store = Store.open(paths.data)
    with store.writing() as connection:
        set_meta(connection, Meta.USER_ID, str(new_id()))
        set_meta(connection, Meta.USER_NAME, "Percobaan")
        set_meta(connection, Meta.USER_ROLE, Role.FACILITATOR.value)
    household = Household(scope=_VILLAGE, hamlet="Kp. Contoh")
    members = [
        Member(
            scope=_VILLAGE,
            household_id=household.id,
            name=name,
            relation=relation,
            birth_date=born,
        )
        for name, relation, born in _FAMILY
    ]
    published = PublishedQuestionnaire(
        id=questionnaire_id(form.id, form.version),
        scope=REF_SCOPE,
        name=form.id,
        number=form.version,
        form=text,
        published_at=utc_now(),
    )
    with store.recording() as writer:
        households.register(writer, household, members)
        writer.insert(published)
    store.close()
    return household.id


def _open(paths: Paths, household_id: UUID, form: Questionnaire) -> int:
    """The window, with the form in it as soon as the store is open."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 a file that cannot be read needs no window

    from desktop.app import App  # noqa: PLC0415 (see above)

    app = App(paths)

    def show() -> None:
        app.desk.went.disconnect(first)
        app.desk.go("visit", household_id=household_id, questionnaire=form.id)

    first = app.desk.went.connect(lambda *_place: show(), Qt.ConnectionType.QueuedConnection)
    app.start()
    code = int(app.qt.exec())
    app.stop()
    return code
